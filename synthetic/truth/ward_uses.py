"""What is told of seeded packs, line by line; and whether that is more than they hold, or after
their end (E03).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lots.records import records
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING, Values, legible
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimens_wards import SENDERS

Pack = tuple[str, str]  # GTIN and serial
Lines = dict[Pack, list["Line"]]
MOVED = ("sale", "transfer", "return", "trial_supply")
HANDED, PREPARED, GIVEN, MIXED = "handed", "prepared", "given", "given by preparation"
USED = (HANDED, PREPARED, GIVEN, MIXED)
ENDED, RETURNED, FIT, UNSAID = "ended", "returned", "fit", "unsaid"


@dataclass(frozen=True, slots=True)
class Line:
    """What a row tells of a pack: what happened, where, by the row of which number, of how many
    vials, when.
    """

    told: str
    place: str
    number: str
    vials: str
    position: str
    at: str

    @property
    def some(self) -> int:
        """Its vials; one where nobody could read them."""
        return int(self.vials or 1)


def accepted(seeder: Seeder, record: str) -> Iterator[Values]:
    """The seeded rows of a record that count, as far as they can be read."""
    for seeded in seeder.lines[SENDERS[record], record]:
        if not (seeded.refused or seeded.known):
            yield legible(records()[record], seeded.values)


def lines(seeder: Seeder) -> Lines:
    """What is told of each pack, under its own name."""
    found: Lines = defaultdict(list)
    for pack, line in (*_moves(seeder), *_fates(seeder), *_infused(seeder), *_prepared(seeder)):
        if all(pack):
            found[pack].append(line)
    return found


def with_later_names(seeder: Seeder, told: Lines) -> Lines:
    """The same, with what is told of each pack under a name that it was given later."""
    later: dict[Pack, set[Pack]] = defaultdict(set)
    for row in accepted(seeder, "relabelling"):
        later[row["gtin"], row["serial"]].add((row["new_gtin"], row["new_serial"]))
    found = dict(told)
    for first in later:
        names, ahead = {first}, [first]
        while ahead:
            ahead = [new for name in ahead for new in later.get(name, ()) if new not in names]
            names.update(ahead)
        found[first] = [line for name in names for line in told.get(name, ())]
    return found


def _pack(row: Values) -> Pack:
    return row["gtin"], row["serial"]


def _line(told: str, place: str, number: str, row: Values, at: str) -> Line:
    return Line(told, place, number, row["vials"], row.get("position", ""), at)


def _moves(seeder: Seeder) -> Iterator[tuple[Pack, Line]]:
    for row in accepted(seeder, "shipment"):
        number = f"{row['shipment']}/{row['item']}"
        yield (
            _pack(row),
            Line(row["kind"] or "moved", row["from_party"], number, "0", "", row["shipped_at"]),
        )
    for row in accepted(seeder, "dispensing"):
        yield (
            _pack(row),
            _line(HANDED, row["pharmacy"], row["dispensing"], row, row["dispensed_at"]),
        )


def _fates(seeder: Seeder) -> Iterator[tuple[Pack, Line]]:
    for row in accepted(seeder, "vial_fate"):
        yield _pack(row), _line(_fate(row), row["party"], row["fate"], row, row["at"])


def _fate(row: Values) -> str:
    if row["kind"] == "returned":
        return FIT if row["fit"] == "yes" else RETURNED
    return ENDED if row["kind"] else UNSAID


def _starts(seeder: Seeder) -> dict[str, list[str]]:
    """When each infusion began, by every version that does not say that it was not given."""
    found: dict[str, list[str]] = {}
    for row in accepted(seeder, "administration"):
        found.setdefault(row["administration"], []).extend(
            [] if row["status"] == "not_given" else [row["started_at"]]
        )
    return found


def _infused(seeder: Seeder) -> Iterator[tuple[Pack, Line]]:
    starts = _starts(seeder)
    for row in accepted(seeder, "administration_vial"):
        number = f"{row['administration']}/{row['item']}"
        for at in starts.get(row["administration"], [""]):
            yield _pack(row), _line(GIVEN, row["site"], number, row, at)


def _prepared(seeder: Seeder) -> Iterator[tuple[Pack, Line]]:
    starts, given = _starts(seeder), defaultdict(list)
    for row in accepted(seeder, "administration_vial"):
        if row.get("preparation") and not row["serial"] and not row["lot_number"]:
            given[row["preparation"]].extend(starts.get(row["administration"], [""]))
    mixed = {row["preparation"]: row["started_at"] for row in accepted(seeder, "reconstitution")}
    for row in accepted(seeder, "reconstitution_vial"):
        number = f"{row['preparation']}/{row['item']}"
        yield (
            _pack(row),
            _line(PREPARED, row["site"], number, row, mixed.get(row["preparation"], "")),
        )
        for at in given[row["preparation"]]:
            yield _pack(row), _line(MIXED, row["site"], number, row, at)


def counted(holds: str, told: list[Line]) -> str:
    """Whether no more vials of a pack were handed out, used or gone than it holds."""
    told = [line for line in told if line.told not in (*MOVED, "moved")]
    if not told:
        return NOT_APPLICABLE
    if holds and max(_needed(told)) > int(holds):
        return FINDING
    unsaid = any(not line.vials or line.told == UNSAID for line in told)
    return PENDING if unsaid or not holds else PASS


def _needed(told: list[Line]) -> Iterator[int]:
    yield max(line.some for line in told)
    yield _sum(told, HANDED) - _sum(told, FIT)
    places = sorted({line.place for line in told})
    given = {place: max(_sum(told, GIVEN, place), _sum(told, MIXED, place)) for place in places}
    yield sum(max(given[place], _sum(told, PREPARED, place)) for place in places)
    yield sum(given.values()) + _sum(told, ENDED)


def _sum(told: list[Line], what: str, place: str = "") -> int:
    """The vials of one kind of line, each row once."""
    rows = {
        (line.place, line.number): line.some
        for line in told
        if line.told == what and place in ("", line.place)
    }
    return sum(rows.values())


def ended(holds: str, told: list[Line]) -> str:
    """Whether nothing is told of a pack's vials after their end."""
    ends = [line for line in told if line.told in (ENDED, RETURNED, UNSAID)]
    uses = [line for line in told if line.told in (*USED, "sale", "transfer", "trial_supply")]
    if not ends:
        return NOT_APPLICABLE
    if any(_is_after(use, ends, holds) for use in uses):
        return FINDING
    unsaid = any(not end.at or not end.vials or end.told == UNSAID for end in ends)
    return PENDING if unsaid or not holds or any(not use.at for use in uses) else PASS


def _is_after(use: Line, ends: list[Line], holds: str) -> bool:
    before = [
        end
        for end in ends
        if end.told != UNSAID
        and end.at
        and use.at
        and datetime.fromisoformat(end.at) < datetime.fromisoformat(use.at)
    ]
    if any(end.position and end.position == use.position for end in before):
        return True
    return bool(before and holds) and max(_sum(before, ENDED), _sum(before, RETURNED)) >= int(holds)
