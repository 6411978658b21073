"""The walk's account of where packs are: docs/counting.md, "Where packs are", in loops over
standing rows.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Any

from tests.walk import vials as lines
from tests.walk.linking import VIALS, Accepted, Key, Node
from tests.walk.values import Typed

Pack = tuple[str, str]
Place = tuple[str, str]  # where, and its holder
NEVER = datetime.min.replace(tzinfo=UTC)
ENDLESS = datetime.max.replace(tzinfo=UTC)


def by_serial(accepted: Accepted, lot: Node) -> Counter[Place]:
    """How many packs of a lot are known by their serial to be at each place."""
    found: Counter[Place] = Counter()
    for pack, holds in packs(accepted, lot).items():
        found.update(places_of(accepted, pack, holds, lot[0]))
    return found


def packs(accepted: Accepted, lot: Node) -> dict[Pack, int]:
    """The packs of a lot, and the most vials that a version tells; one at least."""
    found: dict[Pack, int] = {}
    for _, row in accepted.standing("pack"):
        if (row["manufacturer"], row["lot_number"]) == lot[:2]:
            pack = row["gtin"], row["serial"]
            found[pack] = max(1, row["vials"] or 1, found.get(pack, 1))
    return found


def unsaid(accepted: Accepted, lot: Node) -> bool:
    """Whether a version of a pack of a lot does not say how many vials it holds."""
    return any(
        lines.says(row) is None
        for _, row in accepted.standing("pack")
        if (row["manufacturer"], row["lot_number"]) == lot[:2]
    )


def places_of(accepted: Accepted, pack: Pack, holds: int, maker: str) -> set[Place]:
    """Where a pack stands with every line that may be its own, and without those that may not."""
    found: set[Place] = set()
    for sure in (True, False):
        used = _used(accepted, pack, sure=sure)
        if used.vials["given"] >= holds:
            found.add(("given", used.sites["given"]))
            continue
        if used.vials["given"]:
            found.add(("partly given", used.sites["given"]))
        else:
            found |= _besides(accepted, pack)
        if renamed := _last(accepted, "relabelling", pack, "relabelled_at"):
            places = {("relabelled", row["party"] or "?") for row in renamed}
        else:
            places = _told(accepted, pack, holds, maker, used)
        if used.vials["given"]:
            places = {one for one in places if one[0] in MOVED}
        found |= places
    return found


@dataclass
class Used:
    """The vials of a pack's lines by what became of them, and where and when; dispensed: when last."""

    vials: Counter[str] = field(default_factory=Counter)
    sites: dict[str, str] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    dispensed: datetime | None = None

    @property
    def gravest(self) -> str | None:
        """What is gravest of what became of them."""
        states = ("given", "dispensed", "prepared", "not_given")
        return next((state for state in states if self.vials[state]), None)


@dataclass
class Move:
    """When a pack went, where, and to whom; anywhere: or to anybody."""

    at: datetime | None
    where: str
    party: str
    anywhere: bool = False

    @property
    def places(self) -> set[Place]:
        """Where it may be by that."""
        return {(self.where, self.party)} | ({(self.where, "?")} if self.anywhere else set())


MOVED = ("in stock", "not found at a count", "delivered", "not delivered", "in transit")


def _told(accepted: Accepted, pack: Pack, holds: int, maker: str, used: Used) -> set[Place]:
    """Where a pack stands, whichever of what may be the last word is so."""
    counts = [
        row
        for row in _perhaps_last(accepted, "stock_count", pack, "counted_at")
        if row["counted_at"]
    ]
    same = {
        at: [r for r in counts if r["counted_at"] == at] for at in {r["counted_at"] for r in counts}
    }
    counts = [max(of, key=_found) for of in same.values()]
    unsent = _labelled(accepted, pack) or {("never shipped", maker)}
    moves: list[Move | None] = [*_moves(accepted, pack)] or [None]
    counted: list[Typed | None] = [*counts] or [None]
    ends: list[Typed | None] = [*_ends(accepted, pack, holds)] or [None]
    found = set[Place]()
    for move, count, end in product(moves, counted, ends):
        found |= _by(move, count, end, used, holds, unsent)
    return found


def _by(
    move: Move | None,
    count: Typed | None,
    end: Typed | None,
    used: Used,
    holds: int,
    unsent: set[Place],
) -> set[Place]:
    """Where a pack stands by its last move, count and end."""
    lost = end is not None and end["kind"] not in ("returned", None)
    # What is lost or destroyed no count finds, and one that does not says nothing new.
    looked = count and (not lost or _found(count))
    moved, counted = move.at if move else None, count["counted_at"] if count and looked else None
    last = max((at for at in (moved, counted, used.dispensed) if at), default=None)
    without = _without_end(move, count, used, holds, unsent)
    if end is None:
        return without
    late = last is None or (end["at"] is not None and end["at"] >= last)
    if end["kind"] == "returned" and end["at"] is not None and not late:
        return without
    place = {(end["kind"] or "ended", end["party"])}
    sure = (late or end["at"] is None) if lost else (late and not (move and move.at is None))
    return place if sure else place | without


def _without_end(
    move: Move | None, count: Typed | None, used: Used, holds: int, unsent: set[Place]
) -> set[Place]:
    stock = {
        ("in stock" if _found(count) else "not found at a count", str(count["party"]))
        for count in ([count] if count else [])
    }
    if state := used.gravest:
        site, at = used.sites[state], used.times[state]
        what = {
            "given": "partly given",
            "dispensed": "dispensed" if used.vials[state] >= holds else "partly dispensed",
        }.get(state, "prepared, not given")
        found = {(what, site)}
        if move and move.party != site and (at is None or move.at is None or move.at >= at):
            found |= move.places
        if count and _found(count) and count["party"] != site:
            found |= stock if at is None or count["counted_at"] >= at else set()
        return found
    if move and count and move.at is None:
        return stock | move.places
    if count and (move is None or count["counted_at"] > move.at):
        return stock
    return move.places if move else unsent


def _found(count: Typed) -> int:
    """How many packs a count found; one where it does not say."""
    return 1 if count["packs"] is None else int(count["packs"])


def _of(accepted: Accepted, record: str, pack: Pack) -> list[Typed]:
    return [row for _, row in accepted.standing(record) if (row["gtin"], row["serial"]) == pack]


def _labelled(accepted: Accepted, pack: Pack) -> set[Place]:
    """With whom a pack of which nothing else was told got this label."""
    return {
        ("in stock", row["party"] or "?")
        for _, row in accepted.standing("relabelling")
        if (row["new_gtin"], row["new_serial"]) == pack
    }


def _last(accepted: Accepted, record: str, pack: Pack, at: str) -> list[Any]:
    """What was told of a pack at the last instant."""
    told = _of(accepted, record, pack)
    last = max((row[at] or NEVER for row in told), default=None)
    return [row for row in told if (row[at] or NEVER) == last]


def _perhaps_last(accepted: Accepted, record: str, pack: Pack, at: str) -> list[Typed]:
    """The versions that name a pack, of those keys of which none other is surely later."""
    keys = [
        [row for row in accepted.of(record, key) if (row["gtin"], row["serial"]) == pack]
        for key in accepted.versions.get(record, {})
    ]
    return _not_surely_before(keys, at)


def _not_surely_before(keys: list[list[Typed]], at: str) -> list[Typed]:
    told = [versions for versions in keys if versions]
    surely = max((min(row[at] or NEVER for row in versions) for versions in told), default=NEVER)
    return [
        row
        for versions in told
        if max(row[at] or ENDLESS for row in versions) >= surely
        for row in versions
    ]


def _used(accepted: Accepted, pack: Pack, *, sure: bool) -> Used:
    """What became of the vials of a pack's lines; sure: of those of which every version names it."""
    used = Used()
    for record in VIALS:
        for key in accepted.versions.get(record, {}):
            versions = accepted.of(record, key)
            named = [row for row in versions if (row["gtin"], row["serial"]) == pack]
            if not named or (sure and _others(versions, pack)):
                continue
            if sure and (record, key) in lines.disagreeing(accepted):
                continue
            [state] = {state for row in named for state, _ in lines.use(accepted, record, key, row)}
            used.vials[state] += max(map(lines.vials_of, named))
            used.sites[state] = key[0]
            times = [at for at in _times(accepted, record, key, named) if at]
            before = used.times.get(state)
            used.times[state] = max([*times, *([before] if before else [])], default=None)
    used.dispensed = used.times.get("dispensed")
    return used


def _times(accepted: Accepted, record: str, key: Key, named: list[Typed]) -> list[datetime | None]:
    """When the vials of a line were dispensed, prepared or given."""
    if record == "dispensing":
        return [row["dispensed_at"] for row in named]
    of = "administration" if record == "administration_vial" else "reconstitution"
    return [row["started_at"] for row in accepted.of(of, key[:2])]


def _others(versions: list[Typed], pack: Pack) -> bool:
    """Whether one of these names something else."""
    return any((row["gtin"], row["serial"]) != pack for row in versions)


def _ends(accepted: Accepted, pack: Pack, holds: int) -> list[Typed]:
    """What ended all vials of a pack, as may be last."""
    fates = [accepted.of("vial_fate", key) for key in accepted.versions.get("vial_fate", {})]
    told = [
        versions
        for versions in fates
        if versions and all((row["gtin"], row["serial"]) == pack for row in versions)
    ]
    if sum(min(map(lines.vials_of, versions)) for versions in told) < holds:
        return []
    return _perhaps_last(accepted, "vial_fate", pack, "at")


def _moves(accepted: Accepted, pack: Pack) -> list[Move]:
    """Where each version of what may be the last shipment of a pack went, delivered or not."""
    keys = dict[Key, list[Typed]]()
    for row in _sent(accepted, pack):
        keys.setdefault((row["from_party"], row["shipment"], str(row["item"])), []).append(row)
    last = _not_surely_before([*keys.values()], "shipped_at")
    return [move for row in last for move in _went(accepted, row)]


def _went(accepted: Accepted, row: Typed) -> list[Move]:
    """When and to whom a shipment went, delivered or not."""
    found = []
    for d in _came(accepted, row):
        at = max((at for at in (row["shipped_at"], d["delivered_at"]) if at), default=None)
        move = Move(at, "not delivered" if d["packs"] == 0 else "delivered", d["to_party"])
        # One that does not say where: with its consignee, or with anybody.
        move.anywhere = d["to_party"] is None and d["packs"] != 0
        move.party = move.party or row["to_party"] or "?"
        found.append(move)
    return found or [Move(row["shipped_at"], "in transit", row["to_party"] or "?")]


def _came(accepted: Accepted, row: Typed) -> list[Typed]:
    """The versions of a shipment's delivery."""
    return accepted.of("delivery", (row["from_party"], row["shipment"], str(row["item"])))


def _besides(accepted: Accepted, pack: Pack) -> set[Place]:
    """Where a label that a pack had before was told of since it has another: moved, or in stock."""
    found = set[Place]()
    for former, since in _formerly(accepted, pack):
        late = [r for r in _sent(accepted, former) if (r["shipped_at"] or ENDLESS) >= since]
        found |= {(move.where, move.party) for row in late for move in _went(accepted, row)}
        for row in _of(accepted, "stock_count", former):
            if row["packs"] != 0 and (row["counted_at"] or ENDLESS) >= since:
                found.add(("in stock", row["party"]))
    return found


def _sent(accepted: Accepted, pack: Pack) -> list[Typed]:
    """The shipments of a pack under this label, or of a package that it was in then."""
    boxes = list(_boxes(accepted, pack, NEVER, ENDLESS))
    return [
        row
        for _, row in accepted.standing("shipment")
        if (row["gtin"], row["serial"]) == pack
        or any(
            row["sscc"] == box
            and row["serial"] is None
            and since <= (row["shipped_at"] or since) <= until
            for box, since, until in boxes
        )
    ]


def _formerly(accepted: Accepted, pack: Pack) -> Iterator[tuple[Pack, datetime]]:
    """The labels that a pack had before, each with an instant at which it got this one."""
    renamed = [row for _, row in accepted.standing("relabelling")]
    for row in renamed:
        if (row["new_gtin"], row["new_serial"]) == pack:
            before = {(row["gtin"], row["serial"])}
            while (
                more := {
                    (r["gtin"], r["serial"])
                    for r in renamed
                    if (r["new_gtin"], r["new_serial"]) in before
                }
                - before
            ):
                before |= more
            for label in before:
                yield label, row["relabelled_at"] or NEVER


def _boxes(
    accepted: Accepted, pack: Pack | str, since: datetime, until: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    """The packages that a pack was in, directly or in others, and from when until when."""
    for _, row in accepted.standing("package_content"):
        if pack in ((row["gtin"], row["serial"]), row["child_sscc"]):
            within = (
                max(since, row["packed_at"] or NEVER),
                min(until, row["unpacked_at"] or ENDLESS),
            )
            yield row["sscc"], *within
            yield from _boxes(accepted, row["sscc"], *within)
