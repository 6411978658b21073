"""The walk's rules across records on packs: labels, the order of what happened, uses and ends."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from tests.walk.given import infusions
from tests.walk.linking import Key, reached
from tests.walk.values import Typed, key_of
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    or_none,
)

RULES = (
    "R02",
    "E02",
    "E03.vials",
    "E03.end",
)
Pack = tuple[str, str]  # GTIN and serial
LOST = ("destroyed", "lost", "wasted")
PREPARED_GIVEN = "given by preparation"
USES = ("dispensed", "prepared", "given", PREPARED_GIVEN)


class Line(NamedTuple):
    """One version of a row that tells something of a pack."""

    told: str
    place: str
    key: Key
    vials: int | None
    position: int | None
    at: datetime | None

    @property
    def some(self) -> int:
        """How many vials it stands for; one where it does not say."""
        return 1 if self.vials is None else self.vials


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every pack."""
    later: dict[Pack, set[Pack]] = {}
    for _, row in world.rows("relabelling"):
        later.setdefault((row["gtin"], row["serial"]), set()).add(
            (row["new_gtin"], row["new_serial"])
        )
    for key, pack in world.rows("pack"):
        names = reached([(pack["gtin"], pack["serial"])], later)
        lines = [line for gtin, serial in names for line in _lines(world, gtin, serial)]
        yield from (("R02", key, _labelled(pack, lot)) for lot in or_none(_packed(world, pack)))
        yield "E02", key, _in_order(pack, lines)
        yield (
            "E03.vials",
            key,
            _counted(
                pack["vials"],
                [line for line in lines if line.told not in ("shipped", "moved", "sent back")],
            ),
        )
        yield "E03.end", key, _ended(pack["vials"], lines)


def _packed(world: World, pack: Typed) -> list[Typed]:
    return world.find(
        "lot", manufacturer=pack["manufacturer"], lot_number=pack["lot_number"], step="packed"
    )


def _labelled(pack: Typed, lot: Typed | None) -> Verdict:
    if pack["label_expires_on"] is None or lot is None or lot["expires_on"] is None:
        return PENDING
    return FINDING if pack["label_expires_on"] != lot["expires_on"] else PASS


def _lines(world: World, gtin: str, serial: str) -> Iterator[Line]:
    """What is told of a pack under one of its names."""
    for row in world.find("shipment", gtin=gtin, serial=serial):
        told = {"return": "sent back", None: "moved"}.get(row["kind"], "shipped")
        yield Line(told, row["from_party"], _key("shipment", row), 0, None, row["shipped_at"])
    for row in world.find("dispensing", gtin=gtin, serial=serial):
        yield _line("dispensed", "dispensing", row["pharmacy"], row, row["dispensed_at"])
    for row in world.find("vial_fate", gtin=gtin, serial=serial):
        yield _line(_fate(world, row), "vial_fate", row["party"], row, row["at"])
    for row in world.find("administration_vial", gtin=gtin, serial=serial):
        yield from (
            _line("given", "administration_vial", row["site"], row, at) for at in _given(world, row)
        )
    for row in world.find("reconstitution_vial", gtin=gtin, serial=serial):
        of = {"site": row["site"], "preparation": row["preparation"]}
        for mixed in or_none(world.find("reconstitution", **of)):
            at = mixed["started_at"] if mixed else None
            yield _line("prepared", "reconstitution_vial", row["site"], row, at)
        for given in world.find("administration_vial", **of):
            if given["serial"] is None and given["lot_number"] is None:
                yield from (
                    _line(PREPARED_GIVEN, "reconstitution_vial", row["site"], row, at)
                    for at in _given(world, given)
                )


def _line(told: str, record: str, place: str, row: Typed, at: datetime | None) -> Line:
    return Line(told, place, _key(record, row), row["vials"], row["position"], at)


def _key(record: str, row: Typed) -> Key:
    key = key_of(record, row)
    assert key is not None
    return key


def _given(world: World, row: Typed) -> Iterator[datetime | None]:
    """When a line was given: by every version of its infusion that does not say it was not."""
    for infusion in or_none(infusions(world, row)):
        if infusion is None:
            yield None
        elif infusion["status"] != "not_given":
            yield infusion["started_at"]


def _fate(world: World, row: Typed) -> str:
    if row["kind"] is None:
        return "unsaid"
    if row["kind"] in LOST:
        return "ended"
    if row["fit"] != "yes":
        return "returned"
    versions = world.find("vial_fate", party=row["party"], fate=row["fate"])
    same = all(
        other[name] == row[name] for other in versions for name in ("kind", "fit", "gtin", "serial")
    )
    return "back and fit" if same else "told"


def _in_order(pack: Typed, lines: list[Line]) -> Verdict:
    moves = [line for line in lines if line.told in (*USES, "shipped", "moved", "sent back")]
    if not moves:
        return NOT_APPLICABLE
    packed = pack["packed_at"]
    again = pack["vials"] == 1 and any(
        _before(hand.at, ship.at)
        for hand in moves
        if hand.told == "dispensed"
        for ship in moves
        if ship.told == "shipped"
    )
    if again or any(_before(line.at, packed) for line in moves):
        return FINDING
    return PENDING if packed is None else PASS


def _before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def _counted(holds: int | None, lines: list[Line]) -> Verdict:
    """Whether no more vials were handed out, used or gone than a pack holds."""
    if not lines:
        return NOT_APPLICABLE
    if holds is not None and max(_ways(lines)) > holds:
        return FINDING
    unsaid = any(line.vials is None or line.told == "unsaid" for line in lines)
    return PENDING if unsaid or holds is None else PASS


def _ways(lines: list[Line]) -> Iterator[int]:
    """The vials that a pack must have had, counted in each way."""
    yield max(line.some for line in lines)
    yield _most(lines, "dispensed") - _sum(lines, min, "back and fit")
    sites = [
        [line for line in lines if line.place == place] for place in {line.place for line in lines}
    ]
    given = [max(_most(here, "given"), _most(here, PREPARED_GIVEN)) for here in sites]
    yield sum(max(_most(here, "prepared"), some) for here, some in zip(sites, given, strict=True))
    yield sum(given) + _most(lines, "ended")


def _most(lines: Iterable[Line], told: str) -> int:
    return _sum(lines, max, told)


def _sum(lines: Iterable[Line], choose: Any, told: str) -> int:
    """The vials of lines of one kind: of each, by the version that says most, or least."""
    keys: dict[tuple[str, Key], list[int]] = {}
    for line in lines:
        if line.told == told:
            keys.setdefault((line.place, line.key), []).append(line.some)
    return sum(choose(versions) for versions in keys.values())


def _ended(holds: int | None, lines: list[Line]) -> Verdict:
    ends = [line for line in lines if line.told in ("ended", "returned", "unsaid")]
    uses = [line for line in lines if line.told in (*USES, "shipped")]
    if not ends:
        return NOT_APPLICABLE
    for use in uses:
        before = [end for end in ends if end.told != "unsaid" and _before(end.at, use.at)]
        gone = max(_most(before, "ended"), _most(before, "returned"))
        again = any(end.position is not None and end.position == use.position for end in before)
        if again or (before and holds is not None and gone >= holds):
            return FINDING
    unsaid = any(end.at is None or end.vials is None or end.told == "unsaid" for end in ends)
    return PENDING if unsaid or holds is None or any(use.at is None for use in uses) else PASS
