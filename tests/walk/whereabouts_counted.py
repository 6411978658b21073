"""The walk's account of what is told by lot and count, and of what differs: docs/counting.md,
"Where packs are".
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.walk import vials as lines
from tests.walk.linking import Accepted, Key, Node
from tests.walk.values import Typed
from tests.walk.whereabouts import Place, by_serial, packs

Told = tuple[str, str, int, int]  # what, party, packs, expected
Count = tuple[datetime, int]


@dataclass(frozen=True)
class Move:
    """A shipment by count as it stands at one party; sent: the same, once for all of its parties."""

    sender: str
    party: str
    left: datetime
    at: datetime
    shipped: int
    sent: int
    packs: int
    came: bool


class Counted:
    """What is told of one lot by lot and count."""

    def __init__(self, accepted: Accepted, lot: Node) -> None:
        """Look up its rows, and what each party counted last."""
        self.lot, self.accepted = lot, accepted
        self.serial = by_serial(accepted, lot)
        self.stock = self._stock()
        self.ends = list(self._greatest("vial_fate", "kind"))
        self.moves = list(self._moves())

    def _of(self, record: str) -> list[tuple[Key, Typed]]:
        return [
            (key, row)
            for key, row in self.accepted.standing(record)
            if row["lot_number"] == self.lot[1]
            and not (row["serial"] and row["gtin"])
            and self._ours(row["gtin"])
        ]

    def _ours(self, gtin: str | None) -> bool:
        """Whether this GTIN is not one that only other lots of this number have."""
        of_number = [
            row
            for _, row in self.accepted.standing("lot")
            if row["lot_number"] == self.lot[1] and row["step"] == "packed"
        ]
        own = {row["gtin"] for row in of_number if row["manufacturer"] == self.lot[0]}
        return (
            not own
            or None in own
            or gtin in own
            or gtin is None
            or gtin not in {r["gtin"] for r in of_number}
        )

    def _greatest(self, record: str, end: str | None = None) -> Iterator[Typed]:
        """The version with the most vials of each key, and of each end that its versions name."""
        found: dict[tuple[Key, str], Typed] = {}
        for key, row in self._of(record):
            one = key, row[end] if end else ""
            if one not in found or lines.vials_of(row) > lines.vials_of(found[one]):
                found[one] = row
        yield from found.values()

    def _moves(self) -> Iterator[Move]:
        """Each shipment by the party where its packs stand: that of each delivery, else its
        consignee.
        """
        items: dict[Key, list[Typed]] = {}
        for key, row in self._of("shipment"):
            items.setdefault(key, []).append(row)
        for key, rows in items.items():
            came = self.accepted.of("delivery", key)
            most = max(map(sent_of, rows))
            first, left = True, max(row["shipped_at"] for row in rows)
            consignees = [row["to_party"] or "?" for row in rows]
            held = (
                [(row["to_party"] or to, row) for row in came for to in consignees]
                if came
                else list(zip(consignees, rows, strict=True))
            )
            # One that does not say where: with its consignee, or with anybody.
            held += [("?", row) for row in came if row["to_party"] is None and row["packs"] != 0]
            for party in sorted({party for party, _ in held}):
                here = [row for one, row in held if one == party]
                at = max(row["delivered_at" if came else "shipped_at"] for row in here)
                shipped = most if came else max(map(sent_of, here))
                stand = (
                    min(row["packs"] if row["packs"] is not None else most for row in here)
                    if came
                    else shipped
                )
                yield Move(
                    key[0], party, left, at, shipped, most if first else 0, stand, bool(came)
                )
                first = False

    def _stock(self) -> dict[str, Count]:
        """The instant of each party's latest count, and what it found."""
        items: dict[tuple[str, str], dict[int, list[Typed]]] = {}
        for _, row in self._of("stock_count"):
            items.setdefault((row["party"], row["stocktake"]), {}).setdefault(
                row["item"], []
            ).append(row)
        found: dict[str, Count] = {}
        for (party, _), rows in items.items():
            told = [row["counted_at"] for several in rows.values() for row in several]
            if not any(told):
                continue  # nobody can tell whether it is the latest
            at = max(at for at in told if at)
            found_there = sum(max(map(packs_of, several)) for several in rows.values())
            found[party] = max((at, found_there), found.get(party, (at, found_there)))
        return found

    def unsaid(self) -> bool:
        """Whether a shipment or count by lot, or a delivery of one, does not say how many packs, or
        says several numbers.
        """
        told = dict[tuple[str, Key], set[int | None]]()
        for of in ("shipment", "stock_count"):
            for key, row in self._of(of):
                told.setdefault((of, key), set()).add(
                    row["packs"] if of == "stock_count" else row["packs"] or None
                )
        for key, _ in self._of("shipment"):
            for row in self.accepted.of("delivery", key):
                told.setdefault(("delivery", key), set()).add(row["packs"])
        return any(None in packs or len(packs) > 1 for packs in told.values())

    def missed(self) -> Iterator[tuple[str, int]]:
        """How many packs came to a party until its latest count, were not sent on until then, and were
        not found by it; and how many did not arrive that were shipped there.
        """
        for move in self.moves:
            if move.shipped > move.packs:
                yield move.party, move.shipped - move.packs
        for party, (at, stock) in self.stock.items():
            came = sum(m.packs for m in self.moves if m.party == party and m.at <= at)
            # What did not arrive was perhaps not sent.
            sent = [m for m in self.moves if m.sender == party and m.left <= at]
            went = sum(min(m.sent, m.packs) for m in sent)
            if came - went > stock:
                yield party, came - went - stock

    def places(self) -> Counter[Place]:
        """Packs by place; vials of what ended."""
        found: Counter[Place] = Counter()
        for party, (_, stock) in self.stock.items():
            found["in stock by count" if stock else "not found by count", party] = stock
        for move in self.moves:
            if move.party not in self.stock or move.at > self.stock[move.party][0]:
                found["delivered by count" if move.came else "shipped by count", move.party] += (
                    move.packs
                )
        for row in self.ends:
            found[f"{row['kind']} by count", row["party"]] += lines.vials_of(row)
        return found

    def differences(self) -> set[Told]:
        """What differs."""
        return {*self._moved(), *self._counted(), *self._ended(), *self._in_all()}

    def _moved(self) -> Iterator[Told]:
        for party in {move.sender for move in self.moves}:
            yield "shipped by count", party, sum(m.sent for m in self.moves if m.sender == party), 0
        otherwise = [m for m in self.moves if m.came and m.packs != m.shipped]
        for party, more in {(m.party, m.packs > m.shipped) for m in otherwise}:
            of_it = [m for m in otherwise if m.party == party and (m.packs > m.shipped) == more]
            yield (
                "delivered by count",
                party,
                sum(m.packs for m in of_it),
                sum(m.shipped for m in of_it),
            )

    def _counted(self) -> Iterator[Told]:
        for party, (at, stock) in self.stock.items():
            came = sum(m.packs for m in self.moves if m.party == party and m.at <= at)
            went = sum(m.sent for m in self.moves if m.sender == party and m.left <= at)
            ends = [row for row in self.ends if row["party"] == party and row["at"] <= at]
            out = [
                row
                for row in self._greatest("dispensing")
                if row["pharmacy"] == party and row["dispensed_at"] <= at
            ]
            out += [row for row in ends if row["kind"] != "returned"]
            back = [row for row in ends if row["kind"] == "returned"]
            fit = [row for row in back if row["fit"] != "no"]
            least = max(0, came - went - _vials(out) - _vials(back))
            most = max(
                0,
                came + self._may_stand(party) - went - _vials(out) // self._largest() + _vials(fit),
            )
            if stock < least:
                yield "in stock by count", party, stock, least
            elif stock > most:
                yield "in stock by count", party, stock, most
            if stock and self._stand(party):
                yield "in stock twice", party, stock, self._stand(party)

    def _ended(self) -> Iterator[Told]:
        for party in {row["party"] for row in self.ends}:
            vials = _vials([row for row in self.ends if row["party"] == party])
            came = sum(move.packs for move in self.moves if move.party == party)
            ended = -(-vials // self._largest())
            expected = max(came, self.stock.get(party, (None, 0))[1]) + self._may_stand(party)
            if ended > expected:
                yield "ended by count", party, ended, expected

    def _in_all(self) -> Iterator[Told]:
        known, serial = len(packs(self.accepted, self.lot)), self._stand()
        if self.serial.total() > known:
            yield "in several places", self.lot[0], self.serial.total(), known
        count = sum(
            n
            for (where, _), n in self.places().items()
            if where.split()[0] in ("in", "shipped", "delivered")
        )
        if serial + count > self._packed():
            yield "in all", self.lot[0], serial + count, self._packed()

    def _stand(self, party: str | None = None) -> int:
        """By serial, at one party or in all; what was relabelled stands under its new label."""
        return sum(
            n
            for (where, holder), n in self.serial.items()
            if where != "relabelled" and party in (None, holder)
        )

    def _may_stand(self, party: str) -> int:
        elsewhere = self._stand() - self._stand(party)
        return max(self._stand(party), self._packed() - elsewhere if party == self.lot[0] else 0)

    def _largest(self) -> int:
        return max(packs(self.accepted, self.lot).values(), default=1)

    def _packed(self) -> int:
        smallest = min(packs(self.accepted, self.lot).values(), default=1)
        told = [
            int(row["amount"]) if row["amount_unit"] == "packs" else int(row["amount"] / smallest)
            for row in self.accepted.of("lot", self.lot)
            if row["amount_unit"] in ("packs", "vials")
        ]
        return max(told, default=len(packs(self.accepted, self.lot)))


def sent_of(row: Typed) -> int:
    """How many packs a line of a shipment stands for; one at least where it does not say, or says none."""
    return int(row["packs"] or 1)


def packs_of(row: Typed) -> int:
    """How many packs a row by count stands for; one at least where it does not say."""
    return 1 if row["packs"] is None else int(row["packs"])


def _vials(rows: list[Typed]) -> int:
    return sum(map(lines.vials_of, rows))
