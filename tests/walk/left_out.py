"""The walk's reasons to leave an open end out of an answer: product, maker and time, as
docs/certificate.md says them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from tests.walk.ends import End
from tests.walk.linking import Accepted, Key, Node, reached
from tests.walk.near import alike
from tests.walk.paths import LINES
from tests.walk.values import Typed

T = TypeVar("T")
PRODUCT, MAKER, TIME, LOT, NUMBER = "product", "maker", "time", "lot", "number"


@dataclass
class Walked:
    """What an answer walks, as far as it tells what cannot belong to it."""

    nodes: set[Node] = field(default_factory=set)
    packs: set[tuple[str, str]] = field(default_factory=set)
    donations: set[Key] = field(default_factory=set)
    units: set[Key] = field(default_factory=set)
    # Of packs of nobody knows which lot the maker and number, and the GTIN, as far as they are told.
    untold: list[tuple[tuple[object, object], str | None]] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)  # what was looked up of it

    def once(self, name: str, found: Callable[[], T]) -> T:
        """What is looked up of it once."""
        if name not in self.memo:
            self.memo[name] = found()
        kept: T = self.memo[name]
        return kept


def of_line(accepted: Accepted, walked: Walked, rows: list[Typed], record: str) -> str | None:
    """Why a line, or what tells where packs are, is none of an answer's; None where it may be."""
    gtins = walked.once("gtins", lambda: _gtins(accepted, walked))
    told = {row[c] for row in rows for c in ("gtin", "new_gtin") if c in row}
    made = walked.once("made", lambda: _made(accepted, walked))
    when = [at for row in rows for at in times(accepted, record, row)]
    why = None
    if gtins and rows and None not in told and not told & gtins:
        why = PRODUCT
    elif made and _before(when, made):
        why = TIME
    return None if why and any(_named(accepted, row, walked) for row in rows) else why


def of_label(accepted: Accepted, walked: Walked, row: Typed, lots: set[Node]) -> str | None:
    """Why a refused line is none of an answer's by its label; None where it may be. lots: those that
    it leads to.
    """
    if not lots:
        return of_line(accepted, walked, [row], "")
    return None if lots & walked.nodes or _named(accepted, row, walked) else LOT


def times(accepted: Accepted, record: str, row: Typed) -> list[datetime | None]:
    """When the vials of a line were dispensed, prepared or given, by each version."""
    if record == "dispensing":
        return [row["dispensed_at"]]
    of = {"administration_vial": "administration", "reconstitution_vial": "reconstitution"}.get(
        record, record
    )
    if of not in ("administration", "reconstitution"):
        return [None]
    name = row["administration" if of == "administration" else "preparation"]
    found = accepted.of(of, (str(row["site"]), str(name)))
    if accepted.possible(of, (str(row["site"]), str(name))):
        return [None]
    when = "started_at" if of == "administration" else "completed_at"
    return [one[when] for one in found] or [None]


STEPS = ("pool", "external", "paste", "bulk", "filled", "dried", "packed")


def of_lot(accepted: Accepted, walked: Walked, lot: Node, refused: str = "") -> str | None:
    """Why a lot without inputs was made of nothing of an answer; None where it may have been. refused:
    the record of a row that was refused and tells what it was made of.
    """
    why = _other_lot(accepted, walked, lot, refused)
    return None if why and any(alike(lot[1], node[1]) for node in walked.nodes) else why


def _other_lot(accepted: Accepted, walked: Walked, lot: Node, refused: str) -> str | None:
    if lot[2] == "external" and _all_told(_products(accepted, lot)):
        return NUMBER
    makers = {node[0] for node in walked.nodes}
    if makers and lot[0] not in makers and refused != "lot_input":
        handed = walked.once("handed", lambda: _handed(accepted, makers))
        return None if lot[0] in handed else MAKER
    ours = walked.once("ours", lambda: {p for n in walked.nodes for p in _products(accepted, n)})
    theirs = _products(accepted, lot)
    # Of one lot several products are made, at its own step too.
    later = all(
        node[2] not in ("pool", "paste") and STEPS.index(node[2]) > STEPS.index(lot[2])
        for node in walked.nodes
    )
    if later and _all_told(ours) and _all_told(theirs) and not ours & {*theirs}:
        return PRODUCT
    return None


def of_pool(accepted: Accepted, walked: Walked, pool: Key, unit: str = "") -> str | None:
    """Why a pool, or a unit in it, has nothing of an answer's donations; None where it may have."""
    pooled = [row["pooled_at"] for row in accepted.of("pool", pool)]
    given: list[datetime | None] = []
    for donation in walked.donations:
        given += [row["collected_at"] for row in accepted.of("donation", donation)] or [None]
    if accepted.possible("pool", pool) or not _before(pooled, given):
        return None
    if any(alike(pool[1], node[1]) for node in walked.nodes):
        return None
    near = any(alike(unit, name) for (name,) in walked.units | walked.donations)
    return None if near else TIME


def of_end(accepted: Accepted, walked: Walked, end: End) -> str | None:
    """Why an open end of a record that tells of packs or lines cannot belong to an answer."""
    if end.record not in (*LINES, *TELL_OF_PACKS) or _of_untold_product(accepted, end):
        return None
    return of_line(accepted, walked, accepted.of(end.record, end.key), end.record)


def _of_untold_product(accepted: Accepted, end: End) -> bool:
    """Whether it is a relabelling from a product that is told to one that no lot and no pack tells."""
    if (end.record, end.link) != ("relabelling", "new_pack"):
        return False
    told = {row["gtin"] for record in ("lot", "pack") for _, row in accepted.standing(record)}
    return end.key[0] in told and end.key[2] not in told


TELL_OF_PACKS = ("pack", "relabelling", "shipment", "stock_count", "vial_fate", "package_content")


def _before(one: list[datetime | None], other: list[datetime | None]) -> bool:
    """Whether all of some instants, each of them told, lie before all others."""
    these = [at for at in one if at is not None]
    those = [at for at in other if at is not None]
    if not these or not those or None in one or None in other:
        return False
    return max(these) < min(those)


def _all_told(values: Iterable[Any]) -> bool:
    found = list(values)
    return bool(found) and None not in found


def _named(accepted: Accepted, row: Typed, walked: Walked) -> bool:
    """Whether a name of a line is equal or near to one that the answer walks."""
    numbers = [node[1] for node in walked.nodes]
    serials = walked.once("serials", lambda: [*_serials(accepted, walked)])
    return any(
        told is not None and any(alike(str(told), name) for name in names)
        for told, names in (
            (row.get("lot_number"), numbers + serials),
            (row["serial"], serials + numbers),
            (row.get("new_serial"), serials + numbers),
        )
    )


def _serials(accepted: Accepted, walked: Walked) -> set[str]:
    """The serials of its packs, and of all others of its lots, under every name."""
    lots = {node[:2] for node in walked.nodes if node[2] == "packed"}
    later, before = _renamed(accepted)
    packs = walked.packs | {
        (str(row["gtin"]), str(row["serial"]))
        for _, row in accepted.standing("pack")
        if (row["manufacturer"], row["lot_number"]) in lots
    }
    return {serial for _, serial in reached(packs, later) | reached(packs, before)}


Names = dict[tuple[str, str], set[tuple[str, str]]]


def _renamed(accepted: Accepted) -> tuple[Names, Names]:
    """What each pack became, and what it was before."""
    later: Names = {}
    before: Names = {}
    for _, row in accepted.standing("relabelling"):
        old, new = (row["gtin"], row["serial"]), (row["new_gtin"], row["new_serial"])
        later.setdefault(old, set()).add(new)
        before.setdefault(new, set()).add(old)
    return later, before


def _made(accepted: Accepted, walked: Walked) -> list[datetime | None]:
    """When the packed lots were made; nothing where one has no record, for sure."""
    lots = [node for node in walked.nodes if node[2] == "packed"]
    if not _lots_told(accepted, walked):
        return []
    return [row["made_at"] for lot in lots for row in accepted.of("lot", lot)]


def _lots_told(accepted: Accepted, walked: Walked) -> bool:
    """Whether there is a packed lot, and each has a record, for sure."""
    lots = [node for node in walked.nodes if node[2] == "packed"]
    return bool(lots) and all(
        accepted.of("lot", lot) and not accepted.possible("lot", lot) for lot in lots
    )


def _gtins(accepted: Accepted, walked: Walked) -> set[str]:
    """The products of the packed lots of an answer, by their records and packs; none where one does
    not tell its own.
    """
    found: set[str] = {gtin for gtin, _ in walked.packs}
    lots = {node[:2] for node in walked.nodes if node[2] == "packed"}
    later, before = _renamed(accepted)
    packed = {
        (str(row["gtin"]), str(row["serial"]))
        for _, row in accepted.standing("pack")
        if (row["manufacturer"], row["lot_number"]) in lots
    }
    found |= {gtin for gtin, _ in reached(packed, later)}
    found |= {gtin for gtin, _ in reached(packed | walked.packs, before)}
    for of, gtin in walked.untold:
        if any(all(told in (None, lot[n]) for n, told in enumerate(of)) for lot in lots):
            if gtin is None:
                return set()
            found.add(gtin)
    of_lots: dict[tuple[str, str], set[str]] = {}
    for _, row in accepted.standing("pack"):
        of_lots.setdefault((row["manufacturer"], row["lot_number"]), set()).add(row["gtin"])
    for lot in (node for node in walked.nodes if node[2] == "packed"):
        own = {row["gtin"] for row in accepted.of("lot", lot)}
        packs = of_lots.get(lot[:2], set())
        if not packs and (None in own or not own):
            return set()
        found |= (own | packs) - {None}
    return found


def _products(accepted: Accepted, node: Node) -> list[str | None]:
    """What a lot is of, by each version of its record; None where nobody says. A pool has none."""
    if node[2] == "pool":
        return []
    of, key = ("external_lot", node[:2]) if node[2] == "external" else ("lot", node)
    rows = accepted.of(of, key)
    return [row["product"] for row in rows] or [None]


def _handed(accepted: Accepted, makers: set[str]) -> set[str]:
    """The makers to whose lots a lot_input leads from a pool or lot of some makers."""
    return {
        row["manufacturer"]
        for _, row in accepted.standing("lot_input")
        if row["from_manufacturer"] in makers
    }
