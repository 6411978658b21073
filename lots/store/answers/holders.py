"""Where packs are, by serial and by count, and what differs between the accounts of them:
docs/counting.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.answers import Difference, LotName, Whereabouts
from lots.store.answers import arrays, statements
from lots.store.queries import query

ENDS = ("returned", "destroyed", "lost", "wasted", "ended")
MOVES = ("shipped", "delivered")


@dataclass(frozen=True, slots=True)
class Held:
    """Where packs of lots are, what differs between the accounts of them, and the vials of the
    largest known pack of each lot that has one. unsaid: the lots of which a row does not say how
    many packs, or a pack does not say how many vials; sizeless: those of the latter alone.

    missed: by lot and party, how many packs that came by count before its latest count were not
    found by that, nor sent on; and how many were shipped there by count, and did not arrive by what
    the delivery says.
    """

    places: tuple[Whereabouts, ...]
    differ: tuple[Difference, ...]
    largest: Mapping[LotName, int]
    unsaid: frozenset[LotName]
    missed: Mapping[tuple[LotName, str], int]
    sizeless: frozenset[LotName] = frozenset()


NOWHERE = Held((), (), {}, frozenset(), {})


def held(connection: sa.Connection, nodes: statements.Nodes) -> Held:
    """Packs of these lots by where they were last known to be, then those told by lot and count;
    what differs.
    """

    def rows(name: str) -> Sequence[Any]:
        return connection.execute(query(name), {"nodes": arrays.of_numbers(nodes)}).all()

    names = {node: n.name for node, n in nodes.items()}
    told = rows("told_by_count")
    placed = (*by_serial(connection, nodes), *_by_count(told, names))
    told_of, placed_of = _by_lot(told), _by_lot(placed)
    lots = rows("packs_of_lots")
    accounts = [
        _Account(names[lot.lot], lot, told_of[lot.lot], placed_of[names[lot.lot]]) for lot in lots
    ]
    differ = tuple(d for account in accounts for d in account.differences())
    largest = {names[lot.lot]: lot.largest for lot in lots if lot.known}
    unsaid = frozenset(names[row.lot] for row in (*told, *lots) if row.unsaid)
    sizeless = frozenset(names[lot.lot] for lot in lots if lot.unsaid)
    return Held(placed, differ, largest, unsaid, _missed(told, names), sizeless)


def by_serial(connection: sa.Connection, nodes: statements.Nodes) -> list[Whereabouts]:
    """Packs of these lots with a record, by where they were last known to be."""
    found = connection.execute(query("whereabouts"), {"nodes": arrays.of_numbers(nodes)}).all()
    return [
        Whereabouts(nodes[r.lot].name, r.whereabouts, r.holder, r.packs, r.vials) for r in found
    ]


def _by_lot(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.lot].append(row)
    return found


def _by_count(told: Sequence[Any], names: Mapping[int, LotName]) -> Iterator[Whereabouts]:
    """What is told by lot and count, by party: what came until the party's latest count is in that
    count.
    """
    packs: Counter[tuple[int, str, str]] = Counter()
    vials: Counter[tuple[int, str, str]] = Counter()
    for row in told:
        if row.told in ENDS:
            vials[row.lot, row.told, row.party] += int(row.vials)
        elif row.told == "in stock":
            # A count of 0 packs is a word too: that none was found where they should be.
            packs[row.lot, "in stock" if row.packs else "not found", row.party] += int(row.packs)
        # What came until the latest count is in that count, and must not stand twice.
        elif row.told != "dispensed" and not row.until:
            packs[row.lot, row.told, row.party] += int(row.packs)
    for lot, what, party in sorted({*packs, *vials}):
        place = lot, what, party
        yield Whereabouts(
            names[lot], f"{what} by count", party, packs[place], vials[place], serials=False
        )


def _missed(told: Sequence[Any], names: Mapping[int, LotName]) -> Mapping[tuple[LotName, str], int]:
    """How many packs came by count until a party's latest count, were not sent on by count until then,
    and were not found by it; and how many did not arrive there that were shipped.
    """
    packs: Counter[tuple[LotName, str]] = Counter()
    short: Counter[tuple[LotName, str]] = Counter()
    for row in told:
        if row.told in MOVES:
            packs[names[row.lot], row.party] += int(row.packs) if row.until else 0
            packs[names[row.lot], row.from_party] -= int(row.left_there) if row.gone else 0
            short[names[row.lot], row.party] += max(0, int(row.shipped) - int(row.packs))
        elif row.told == "in stock":
            packs[names[row.lot], row.party] -= int(row.packs)
    return +packs + short


@dataclass(frozen=True, slots=True)
class _Account:
    """What is known of one lot: its packs, what is told of it by count, and where its packs are."""

    name: LotName
    lot: Any
    told: Sequence[Any]
    placed: Sequence[Whereabouts]

    def differences(self) -> Iterator[Difference]:
        """Each of docs/counting.md's table, in its order."""
        yield from self._moved()
        for row in self.told:
            if row.told == "in stock":
                yield from self._in_stock(row.party, int(row.packs))
        yield from self._ended()
        yield from self._in_all()

    def _difference(self, what: str, party: str, packs: int, expected: int) -> Difference:
        return Difference(self.name, what, party, packs, expected)

    def _moved(self) -> Iterator[Difference]:
        sent: Counter[str] = Counter()
        came: Counter[tuple[str, bool]] = Counter()
        shipped: Counter[tuple[str, bool]] = Counter()
        for row in self.told:
            if row.told in MOVES:
                sent[row.from_party] += int(row.sent)
            # Fewer and more apart, else a pack too many here would hide one that is lost there.
            if row.told == "delivered" and row.packs != row.shipped:
                came[row.party, row.packs > row.shipped] += int(row.packs)
                shipped[row.party, row.packs > row.shipped] += int(row.shipped)
        for party, packs in sent.items():
            yield self._difference("shipped by count", party, packs, 0)
        for (party, more), packs in came.items():
            yield self._difference("delivered by count", party, packs, shipped[party, more])

    def _in_stock(self, party: str, found: int) -> Iterator[Difference]:
        least, most = self._expected(party)
        if not least <= found <= most:
            yield self._difference(
                "in stock by count", party, found, least if found < least else most
            )
        if found and (serial := self._by_serial(party)):
            yield self._difference("in stock twice", party, found, serial)

    def _expected(self, party: str) -> tuple[int, int]:
        """How many packs a count by count may find at a party: at least, at most."""
        came = [r for r in self.told if r.told in MOVES and r.party == party]
        gone = sum(int(r.sent) for r in self.told if r.from_party == party and r.gone)
        until = [
            r for r in self.told if r.told in (*ENDS, "dispensed") and r.party == party and r.until
        ]
        out = sum(int(r.vials) for r in until)
        back = sum(int(r.vials) for r in until if r.told == "returned")
        fit = sum(int(r.vials) for r in until if r.told == "returned" and not r.unfit)
        # At least as if each vial that left took a whole pack with it; at most, as if they came of
        # as few packs as could be.
        least = sum(int(r.packs) for r in came if r.until) - gone - out
        most = (
            sum(int(r.packs) for r in came if r.until or r.undated) + self._may_stand(party) - gone
        )
        most += fit - (out - back) // self.lot.largest
        return max(0, least), max(0, most, least)

    def _may_stand(self, party: str) -> int:
        """How many packs that are told by serial, or were packed, may stand at a party."""
        here = self._by_serial(party)
        if party != self.lot.maker:
            return here
        # A maker has what was packed and stands nowhere else, whether or not each pack has a
        # record.
        standing = sum(w.packs for w in self._standing() if w.serials)
        return max(here, self._packed() + here - standing)

    def _by_serial(self, party: str) -> int:
        return sum(w.packs for w in self._standing() if w.serials and w.holder == party)

    def _standing(self) -> Iterator[Whereabouts]:
        """Where packs are, each under one label: what was relabelled stands under its new one."""
        return (w for w in self.placed if w.whereabouts != "relabelled")

    def _packed(self) -> int:
        return int(self.lot.known if self.lot.told is None else self.lot.told)

    def _ended(self) -> Iterator[Difference]:
        vials: Counter[str] = Counter()
        for row in self.told:
            if row.told in ENDS:
                vials[row.party] += int(row.vials)
        for party, count in vials.items():
            here = [r for r in self.told if r.party == party]
            came = max(
                sum(int(r.packs) for r in here if r.told in MOVES),
                sum(int(r.packs) for r in here if r.told == "in stock"),
            )
            # The fewest packs that so many vials can have been, so that what is told as too many
            # surely is.
            packs, expected = -(-count // self.lot.largest), came + self._may_stand(party)
            if packs > expected:
                yield self._difference("ended by count", party, packs, expected)

    def _in_all(self) -> Iterator[Difference]:
        serial = sum(w.packs for w in self.placed if w.serials)
        if serial > self.lot.known:
            yield self._difference("in several places", self.lot.maker, serial, self.lot.known)
        stand = sum(w.packs for w in self._standing())
        if stand > self._packed():
            yield self._difference("in all", self.lot.maker, stand, self._packed())
