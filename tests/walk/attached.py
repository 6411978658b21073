"""Every world that a world with open ends may be: each end attached in each allowed way, or left as it is,
and of a contested key each version by itself.
"""

from collections.abc import Callable, Iterator
from itertools import product
from math import prod
from random import Random
from typing import Any

from tests.walk.ends import AWAITED, CONTESTED, REFUSED, End, value
from tests.walk.linking import Accepted, Key, Node, nodes
from tests.walk.paths import LINES, LINKS
from tests.walk.values import Typed, key_of, values
from tests.walk.vials import disagreeing

Rows = dict[str, dict[Key, list[Typed]]]
Change = Callable[[Rows], None]
Worlds = Iterator[Accepted]
NOBODY = "somebody else"


def worlds(accepted: Accepted, found: set[End], asked: set[str], most: int, draw: Random) -> Worlds:
    """Each of them, or so many drawn ones where there are more. Asked: what questions name; an end that
    names one of these names what is missing.
    """
    ways: list[list[Change | None]] = [
        [None, *([] if _names(accepted, end, asked) else _changes(accepted, end))]
        for end in sorted(found)
    ]
    whole = prod(map(len, ways)) <= most
    before = disagreeing(accepted)
    chosen = product(*ways) if whole else ([draw.choice(w) for w in ways] for _ in range(most))
    for changes in chosen:
        rows: Rows = {
            record: {key: list(versions) for key, versions in keys.items()}
            for record, keys in accepted.versions.items()
        }
        for change in changes:
            if change is not None:
                change(rows)
        # What is so in truth tells of no line another lot than its preparation.
        if not _overfull(other := Accepted(rows)) and disagreeing(other) <= before:
            yield other


def _overfull(accepted: Accepted) -> bool:
    """Whether lines of one stage tell more vials of a pack than it holds: that cannot be."""
    for pack, versions in accepted.versions.get("pack", {}).items():
        holds = max((row["vials"] or 1 for row in versions), default=1)
        for record in LINES:
            of_it = [
                row["vials"] or 1
                for _, row in accepted.standing(record)
                if (row["gtin"], row["serial"]) == pack
            ]
            if sum(of_it) > holds:
                return True
    return False


def _names(accepted: Accepted, end: End, asked: set[str]) -> bool:
    if end.sort != "parked" or (end.record, end.link) not in LINKS:
        return False
    told = [value(end.record, end.link, row) for row in accepted.of(end.record, end.key)]
    return any(v and v[-1] in asked for v in told)


def _changes(accepted: Accepted, end: End) -> list[Change]:
    """The ways in which one end may be attached."""
    if end.sort in (AWAITED, REFUSED):
        return []
    if end.sort == CONTESTED:
        return [_only(end, n) for n in range(len(accepted.of(end.record, end.key)))]
    if end.sort == "without":
        return [_add(record, said) for record, said in _missing(accepted, end)]
    if end.sort == "parked" and _mentioned(accepted, end):
        return []
    return [_set(end, said) for said in _told(accepted, end)]


def _mentioned(accepted: Accepted, end: End) -> bool:
    """Whether another row tells of what a link names, too: then it is that which is missing."""
    if (end.record, end.link) not in LINKS or end.link in ("pack", "lot"):
        return False
    named = {value(end.record, end.link, row) for row in accepted.of(end.record, end.key)}
    others = [
        row
        for record in accepted.versions
        for key, row in accepted.standing(record)
        if (record, key) != (end.record, end.key)
    ]
    return any(v is not None and any(v[-1] in row.values() for row in others) for v in named)


def _only(end: End, place: int) -> Change:
    def change(rows: Rows) -> None:
        versions = rows[end.record].get(end.key, [])
        if len(versions) > 1:
            rows[end.record][end.key] = [versions[min(place, len(versions) - 1)]]

    return change


def _set(end: End, said: dict[str, Any]) -> Change:
    def change(rows: Rows) -> None:
        told: list[Typed] = [
            values(end.record, {**getattr(row, "text", {}), **said})
            for row in rows[end.record].get(end.key, [])
        ]
        if not told:  # another end of the row gave it another key
            return
        key = key_of(end.record, told[0])
        assert key is not None
        if (
            key == end.key or key not in rows[end.record]
        ):  # else it would be a version of another row
            del rows[end.record][end.key]
            rows[end.record][key] = told

    return change


def _add(record: str, said: dict[str, str]) -> Change:
    def change(rows: Rows) -> None:
        row = values(record, said)
        key = key_of(record, row)
        assert key is not None, (record, said)
        rows.setdefault(record, {}).setdefault(key, []).append(row)

    return change


def _all(accepted: Accepted, record: str, column: str) -> list[str]:
    return sorted({str(row[column]) for _, row in accepted.standing(record) if row[column]})


def _told(accepted: Accepted, end: End) -> Iterator[dict[str, Any]]:
    """What the columns of a link that leads nowhere may tell."""
    [row] = accepted.of(end.record, end.key)[:1]
    if end.record in LINES and end.link in ("pack", "lot", "vial"):
        yield from _of_lots(accepted, row)
        return
    if end.link == "preparation":
        for bag in _all(accepted, "reconstitution", "preparation"):
            inside = {r["gtin"] for _, r in accepted.standing("reconstitution_vial")} - {None}
            if end.record == "reconstitution_vial" or row["gtin"] in (None, *inside):
                yield {"preparation": bag}
        if end.record == "administration_vial" and end.sort == "parked":
            yield from _of_lots(accepted, row)
        return
    if (end.record, end.link) == ("pack", "lot"):
        for lot in _packed(accepted):
            yield {"manufacturer": lot[0], "lot_number": lot[1], "step": "packed"}
        return
    column, names = _column(accepted, end, row)
    yield from ({column: name} for name in names)


def _of_lots(accepted: Accepted, row: Typed) -> Iterator[dict[str, str]]:
    for lot in _packed(accepted):
        gtins = {one["gtin"] for one in accepted.of("lot", lot)}
        if row["gtin"] is None or not gtins or gtins & {row["gtin"], None}:
            yield {"serial": "", "lot_number": lot[1]}
    for pack, versions in accepted.versions.get("pack", {}).items():
        if row["gtin"] in (None, pack[0]) and versions:
            yield {"gtin": pack[0], "serial": pack[1]}


def _packed(accepted: Accepted) -> list[Node]:
    return sorted(node for node in nodes(accepted) if node[2] == "packed")


def _column(accepted: Accepted, end: End, row: Typed) -> tuple[str, list[str]]:
    """The column of a link, and what it may tell."""
    donations = _all(accepted, "donation", "donation_number")
    donors = _all(accepted, "donation", "donor_key") + _all(accepted, "donor", "donor_key")
    patients = _all(accepted, "administration", "patient_key")
    patients += [*_all(accepted, "dispensing", "patient_key"), NOBODY]
    found = {
        ("donation", "donor"): ("donor_key", donors),
        ("donation", "centre"): ("centre", _all(accepted, "donation", "centre")),
        ("plasma_unit", "donation"): ("donation_number", donations),
        ("minipool_member", "donation"): ("member", donations),
        ("pool_unit", "unit"): ("unit", _all(accepted, "plasma_unit", "unit")),
        ("test_result", "kit_lot"): ("kit_lot", _all(accepted, "test_result", "kit_lot")),
        ("test_result", "donation"): ("tested_id", donations),
        ("same_person", "one"): ("one_key", donors),
        ("same_person", "other"): ("other_key", donors),
        ("administration", "patient"): ("patient_key", patients),
        ("dispensing", "patient"): ("patient_key", patients),
        ("treatment_order", "patient"): ("patient_key", patients),
        ("reconstitution", "order"): (
            "treatment_order",
            _all(accepted, "treatment_order", "treatment_order"),
        ),
        ("reconstitution", "diluent"): (
            "diluent_lot",
            _all(accepted, "reconstitution", "diluent_lot"),
        ),
        ("lyophilisation", "dryer"): ("dryer", _all(accepted, "lyophilisation", "dryer")),
        ("lyophilisation_load", "cycle"): ("cycle", _all(accepted, "lyophilisation", "cycle")),
        ("administration_vial", "administration"): (
            "administration",
            _all(accepted, "administration", "administration"),
        ),
    }
    return found.get((end.record, end.link), ("", []))


Missing = Iterator[tuple[str, dict[str, str]]]


def _missing(accepted: Accepted, end: End) -> Missing:
    """The row that may be missing of a thing of which nothing is told."""
    made = {
        "pool": _units,
        "lot": _inputs,
        "donation": _donated,
        "minipool": _members,
        "administration": _given,
        "reconstitution": _prepared,
        "lyophilisation": _dried,
    }
    return made.get(end.record, _nothing)(accepted, end)


def _nothing(_accepted: Accepted, _end: End) -> Missing:
    yield from ()


def _units(accepted: Accepted, end: End) -> Missing:
    for unit in _all(accepted, "plasma_unit", "unit"):
        yield "pool_unit", {"plant": end.key[0], "pool_number": end.key[1], "unit": unit}


def _inputs(accepted: Accepted, end: End) -> Missing:
    lot = (end.key[0], end.key[1], end.key[2])
    for node in sorted(nodes(accepted) - {lot}):
        if _may_become(accepted, node, lot):
            columns = ("manufacturer", "lot_number", "step")
            sources = ("from_manufacturer", "from_number", "from_step")
            said = dict(zip(columns, lot, strict=True)) | dict(zip(sources, node, strict=True))
            yield "lot_input", said


def _donated(accepted: Accepted, end: End) -> Missing:
    number = end.key[0]
    if end.link == "donation":
        for donor in _all(accepted, "donation", "donor_key"):
            yield "donation", {"donation_number": number, "donor_key": donor, "scheme": "own"}
        return
    unknown = {row["unit"] for _, row in accepted.standing("pool_unit")}
    for unit in sorted(unknown - {*_all(accepted, "plasma_unit", "unit")}):
        yield "plasma_unit", {"unit": unit, "donation_number": number}


def _members(accepted: Accepted, end: End) -> Missing:
    if end.link == "minipool_member.smaller":
        named = {"sample": "NEW", "marker": "HBsAg", "run": "1", "tested": "minipool"}
        for kit in _all(accepted, "test_result", "kit_lot"):
            yield "test_result", named | {"tested_id": end.key[0], "kit_lot": kit}
        return
    for donation in _all(accepted, "donation", "donation_number"):
        said = {"minipool": end.key[0], "member_kind": "donation", "member": donation}
        yield "minipool_member", said


def _given(accepted: Accepted, end: End) -> Missing:
    names = {"site": end.key[0], "administration": end.key[1], "item": "99", "vials": "1"}
    for lot in _packed(accepted):
        yield "administration_vial", names | {"lot_number": lot[1]}


def _prepared(accepted: Accepted, end: End) -> Missing:
    names = {"site": end.key[0], "preparation": end.key[1], "item": "99", "vials": "1"}
    for lot in _packed(accepted):
        yield "reconstitution_vial", names | {"lot_number": lot[1]}


def _dried(accepted: Accepted, end: End) -> Missing:
    names = {"plant": end.key[0], "cycle": end.key[1], "from_lot_number": "ELSEWHERE"}
    for maker, number, step in sorted(nodes(accepted)):
        if step == "dried" and maker == end.key[0]:
            yield "lyophilisation_load", names | {"lot_number": number}


def _may_become(accepted: Accepted, node: Node, lot: Node) -> bool:
    """Whether a pool or lot may have gone into a lot: one maker's, or of makers who hand on; of another
    product only from a pool or paste.
    """
    if lot[2] == "external" and accepted.of("external_lot", lot[:2]):
        return node[:2] == lot[:2]
    handed = any(
        (row["from_manufacturer"], row["manufacturer"]) == (node[0], lot[0])
        for _, row in accepted.standing("lot_input")
    )
    if node[0] != lot[0] and not handed:
        return False
    if node[2] in ("pool", "paste"):
        return True
    own, other = ({r["product"] for r in accepted.of("lot", one)} for one in (node, lot))
    return not own or not other or None in own | other or bool(own & other)
