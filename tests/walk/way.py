"""The walk's way along one question: what stands and is open, what was reached, and the two steps, down
to the rows that name a thing and up to what a row names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.walk import left_out
from tests.walk import vials as lines
from tests.walk.ends import (
    AWAITED,
    EMPTY,
    PARKED,
    RUNS,
    WITHOUT,
    End,
    Refused,
    Value,
    ends,
    value,
)
from tests.walk.left_out import Walked
from tests.walk.linking import EDGES, Accepted, Key, Node
from tests.walk.near import alike
from tests.walk.paths import LINKS, PATHS, RECORDS, WALKED
from tests.walk.values import Typed, values

SURE, PLAIN, MOST = "sure", "plain", "at most"
Line = tuple[str, Key]
# What is told above the packs: where a row of these is not known, nobody knows which lots there are.
ABOVE = {
    "same_person",
    "donation",
    "plasma_unit",
    "pool_unit",
    "test_result",
    "minipool_member",
    *EDGES,
    *RUNS,
}
SINGLE = ("diluent-lot", "patient", "party")  # are of single lines, whatever lots these reach
# Of what a period can be asked for (docs/questions.md).
TIMES = {
    "donation": ("collected_at",),
    "test_result": ("tested_at",),
    "viral_inactivation": ("started_at", "ended_at"),
    "virus_removal": ("started_at", "ended_at"),
    "filling": ("started_at", "ended_at"),
    "lyophilisation": ("loaded_at", "unloaded_at"),
    "reconstitution": ("started_at", "completed_at"),
}
PLACES = {"delivery", "shipment", "stock_count", "vial_fate", "package_content"}


@dataclass
class Told:
    """A world, and its open ends by record and link."""

    accepted: Accepted
    refused: list[Refused] = field(default_factory=list)
    rows: dict[str, dict[Key, list[Typed]]] = field(init=False)
    ends: set[End] = field(init=False)
    stock: lines.Stock = field(init=False)
    by_link: dict[tuple[str, str], list[End]] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what stands, and what is open."""
        self.rows = {
            record: {key: rows for key in keys if (rows := self.accepted.of(record, key))}
            for record, keys in self.accepted.versions.items()
        }
        self.stock = lines.stock(self.accepted)
        self.ends = ends(self.accepted, self.refused)
        self.by_link = {}
        for end in sorted(self.ends):
            self.by_link.setdefault((end.record, end.link), []).append(end)


@dataclass
class Answer:
    """What a question reaches: pools and lots, lines of vials, and in which respects it is open; which
    open ends it met, and which it left out, and why.
    """

    question: str = ""
    nodes: set[Node] = field(default_factory=set)
    lines: set[Line] = field(default_factory=set)
    packs: set[tuple[str, str]] = field(default_factory=set)
    before: set[tuple[str, str]] = field(default_factory=set)  # what the pack asked about was
    shown: "Answer | None" = None  # for a trace alone, where this is at most: the answer itself
    above: set[Node] = field(default_factory=set)  # for a trace alone: what went into these
    donations: set[Key] = field(default_factory=set)
    units: set[Key] = field(default_factory=set)
    preparations: set[Key] = field(default_factory=set)
    open_lots: set[End] = field(default_factory=set)
    open_vials: set[End] = field(default_factory=set)
    unplaced: set[Line] = field(default_factory=set)  # of a pack that nobody knows
    open_prepared: set[End] = field(default_factory=set)  # of whose preparation no vial is known
    refused: dict[End, int] = field(default_factory=dict)  # lines by their labels, with their vials
    nameless: set[End] = field(default_factory=set)  # of which nobody knows whose the vials were
    loads: set[str] = field(default_factory=set)  # of the runs that are asked about
    keys: set[Line] = field(default_factory=set)
    met: set[End] = field(default_factory=set)
    met_above: set[End] = field(default_factory=set)  # on the way up, where they add no vial
    out: dict[End, str] = field(default_factory=dict)
    alike: set[str] = field(default_factory=set)  # names that may be what is asked about, rewritten
    untold: list[tuple[tuple[object, object], str | None]] = field(default_factory=list)
    seen: tuple[Walked, tuple[int, ...]] | None = None

    def walked(self) -> Walked:
        """What it tells of what cannot belong to it, put together anew once it has grown."""
        sizes = (len(self.nodes), len(self.packs), len(self.donations), len(self.units))
        if self.seen is None or self.seen[1] != sizes:
            them = self.nodes, self.packs, self.donations, self.units
            self.seen = Walked(*them, self.untold), sizes
        return self.seen[0]


def _untold_packs(told: Told) -> Iterator[tuple[tuple[object, object], str | None]]:
    """Packs of which a row was refused, is awaited, or does not tell the lot: its maker and number, and
    the GTIN, as far as these can be read.
    """
    for one in told.refused:
        if one.record == "pack" and one.text:
            row = values("pack", one.text)
            whole = row["gtin"] is not None and row["serial"] is not None
            lot = row["manufacturer"], row["lot_number"]
            told_whole = row["step"] and None not in lot
            yield lot if told_whole else (None, None), row["gtin"] if whole else None
        elif one.record in ("pack", ""):
            yield (None, None), None
    for end in told.ends:
        if (end.record, end.sort) == ("pack", AWAITED):
            yield (None, None), end.key[0]
    for _, pack in told.accepted.standing("pack"):
        if None in (pack["manufacturer"], pack["lot_number"], pack["step"]):
            yield (pack["manufacturer"], pack["lot_number"]), pack["gtin"]


def beside(told: Told, record: str, key: Key) -> Iterator[Line]:
    """What was prepared in the preparation by which alone a line was given, or not given."""
    rows = told.rows["administration_vial"].get(key, []) if record == "administration_vial" else []
    alone = [row for row in rows if row["serial"] is None and row["lot_number"] is None]
    bags = {(str(row["site"]), str(row["preparation"])) for row in alone}
    for vial in told.rows.get("reconstitution_vial", {}) if bags else ():
        if vial[:2] in bags:
            yield "reconstitution_vial", vial


class Way(Answer):
    """One question's way, in one mode."""

    def __init__(self, told: Told, question: str, mode: str) -> None:
        super().__init__()
        self.told, self.question, self.mode = told, question, mode
        self.stock = told.stock
        self.party = ""  # where it is asked about one
        self.most = mode == MOST
        self.untold = list(_untold_packs(told))
        self.on_path = RECORDS[question]
        self.downwards = {record for _, record, _ in PATHS[question]}

    def size(self) -> int:
        """How much was reached; it never shrinks."""
        sizes = [len(self.nodes), len(self.lines), len(self.packs), len(self.donations)]
        return (
            sum(sizes)
            + len(self.units)
            + len(self.above)
            + len(self.keys | {e[:2] for e in self._open()})
        )

    def _open(self) -> set[End]:
        return self.open_lots | self.open_vials

    def down(self, record: str, name: str, wanted: Iterable[Value]) -> set[Key]:
        """The rows of a record that name one of these by a link."""
        these, found = set(wanted), set()
        for key, rows in self.told.rows.get(record, {}).items():
            hits = [value(record, name, row) in these for row in rows]
            if any(hits) and (self.mode != SURE or self._sure(record, key, hits)):
                found.add(key)
        if self.most:
            for end in self.told.by_link.get((record, name), []):
                if end.sort in (EMPTY, PARKED) and self._let_in(end):
                    found.add(end.key)
        self.keys |= {(record, key) for key in found}
        return found

    def written(self, record: str, name: str, asked: str) -> set[Value]:
        """What is asked about, and at most each name in that column that is it, rewritten."""
        others = {
            other
            for row in self._rows(record)
            for other in [str((value(record, name, row) or (None,))[0] or "")]
            if other not in ("", asked) and (alike(other, asked) or alike(asked, other))
        }
        self.alike |= others if self.most else set()
        return {(asked,), *(((other,) for other in others) if self.most else ())}

    def up(self, record: str, name: str, keys: Iterable[Key]) -> set[Value]:
        """What rows name by a link; open where one names nothing, or what nobody knows."""
        found: set[Value] = set()
        these = set(keys)
        for key in these:
            told = [value(record, name, row) for row in self.told.rows.get(record, {}).get(key, [])]
            named = {v for v in told if v is not None and None not in v}
            if self.mode != SURE or self._sure(record, key, [len(set(told)) == 1]):
                found |= named
        for end in self.told.by_link.get((record, name), []) if self.most else []:
            if end.key in these and end.sort in (EMPTY, PARKED) and not self._leads_on(end):
                self.open_lots.add(end)
                self.met.add(end)
        return found

    def _leads_on(self, end: End) -> bool:
        """Whether it names donations of which units are known, though their rows have not come."""
        if end.link != "donation":
            return False
        named = {value(end.record, end.link, row) for row in self._of(end.record, [end.key])}
        pooled = {(row["donation_number"],) for row in self._rows("plasma_unit")}
        return None not in named and named <= pooled

    def _sure(self, record: str, key: Key, hits: list[bool]) -> bool:
        if not all(hits) or self.told.accepted.possible(record, key):
            return False
        links = [name for of, name in LINKS if of == record and (of, name) in WALKED]
        rows = self.told.accepted.of(record, key)
        alike = all(len({value(record, name, row) for row in rows}) == 1 for name in links)
        return alike and all(len({row[at] for row in rows}) == 1 for at in TIMES.get(record, ()))

    def _let_in(self, end: End) -> bool:
        """Whether an open end could belong to the answer."""
        other = "donor" if self.question == "patient" else "patient"
        if end.record == "same_person" and {
            r["kind"] for r in self._of("same_person", [end.key])
        } == {other}:
            return (
                False  # whose keys are one patient's leads to no donation, and the other way round
            )
        unprepared = (end.record, end.link, end.sort) == (
            "administration_vial",
            "preparation",
            EMPTY,
        )
        if unprepared and self.question != "diluent-lot":
            return False
        why = left_out.of_end(self.told.accepted, self.walked(), end)
        if end.record == "pool_unit":
            why = left_out.of_pool(self.told.accepted, self.walked(), end.key[:2], end.key[2])
        if end.record == "plasma_unit":
            why = self._pooled_before(end.key[0])
        if why:
            self.out[end] = why
        else:
            self.met.add(end)
        return why is None

    def _pooled_before(self, unit: str) -> str | None:
        """Why a unit that tells no donation has nothing of the answer's: by each pool that it went into."""
        pools = {key[:2] for key in self.told.rows.get("pool_unit", {}) if key[2] == unit}
        whys = {left_out.of_pool(self.told.accepted, self.walked(), pool) for pool in pools}
        return whys.pop() if len(whys) == 1 else None

    def _elsewhere(self, end: End) -> bool:
        """Whether the key of a row says that it is another party's than the one asked about."""
        placed = {"dispensing", "stock_count", "vial_fate", "treatment_order"}
        placed |= {
            of + more for of in ("administration", "reconstitution") for more in ("", "_vial")
        }
        return bool(self.party) and end.record in placed and end.key[0] != self.party

    def _lacking(self, record: str, things: Iterable[Key], by: str = "") -> set[End]:
        """The ends of those of some things of which nothing is told."""
        of = set(things)
        return {
            end
            for end in self.told.ends
            if end.sort == WITHOUT
            and end.record == record
            and end.key in of
            and by in ("", end.link)
        }

    def _rows(self, record: str) -> list[Typed]:
        return [row for rows in self.told.rows.get(record, {}).values() for row in rows]

    def _of(self, record: str, keys: Iterable[Key]) -> list[Typed]:
        return [row for key in keys for row in self.told.rows.get(record, {}).get(key, [])]

    def _only(self, values: Iterable[Value]) -> set[Key]:
        """Names as keys."""
        return {tuple(str(part) for part in v) for v in values}
