"""The walk's bounds of how many patients: docs/certificate.md, "Bounds"."""

from tests.walk import counts
from tests.walk import vials as lines
from tests.walk.heard import Silence
from tests.walk.lacking import REFUSED_AS, by_bags
from tests.walk.sums import Pair, _at_most, _surely_given, _to_a_ward, unprepared
from tests.walk.way import SINGLE, Line
from tests.walk.ways import Ways

KINDS = ("given", "prepared", "dispensed")  # each patient is of the first that fits
STAGES_OF = {
    "given": ("given",),
    "prepared": ("prepared", "not_given"),
    "dispensed": ("dispensed",),
}
OF_STATE = {
    "given": "given",
    "not_given": "prepared",
    "prepared": "prepared",
    "dispensed": "dispensed",
}


def bounds(
    ways: Ways,
    vials: dict[str, Pair],
    unheard: int,
    *,
    silent: dict[str, Silence],
    is_open: bool,
) -> dict[str, Pair]:
    """Given; else prepared or not given; else dispensed: each at least, and at most."""
    sure = _sure(ways, bags=not by_bags(ways, silent))
    keys = {kind: _keys(ways, kind) for kind in KINDS}
    nameless = {kind: _nameless(ways, kind) for kind in KINDS}
    found: dict[str, Pair] = {}
    for place, kind in enumerate(KINDS):
        earlier = KINDS[:place]
        certain = sure[kind] - {key for one in earlier for key in keys[one]}
        if earlier and (silent or is_open or _may_be_more(ways)):
            certain = set()
        may = keys[kind] - {key for one in earlier for key in sure[one]}
        known = len(may) + nameless[kind]
        told = known + unheard
        told += unprepared(ways) if kind in ("given", "prepared") else 0
        told += _waiting(ways) if kind == "given" and silent else 0
        ends = [vials[stage][1] for stage in STAGES_OF[kind]]
        # Whoever is not told of was given a vial of these at least.
        made = None if None in ends else sum(n for n in ends if n is not None)
        most: int | None = told if made is None else min(told, max(known, made))
        bag_open = bool(ways.most.open_prepared) and kind == "prepared"
        if is_open or bag_open or (earlier and any(one.lines for one in silent.values())):
            most = made
        # And whoever has an earlier one that names nobody may be any of them.
        unnamed = sum(nameless[one] for one in earlier)
        found[kind] = max(0, len(certain) - unnamed), most
    return found


def _may_be_more(ways: Ways) -> bool:
    """Whether an open end could bring lots or lines, or does not tell whose they were."""
    more = ways.more() or ways.most.refused or ways.most.nodes != ways.plain.nodes
    return bool(more or ways.most.nameless)


def _waiting(ways: Ways) -> int:
    """The vials that were dispensed or prepared only, and that somebody may have been given unheard."""
    most = _at_most(ways)
    return most["prepared_only"] + most["dispensed_only"]


def _states(ways: Ways, line: Line) -> set[tuple[str, str | None]]:
    """What became of a line at most, and whose it was: what is not surely given may not have been."""
    uses = {(OF_STATE[state], patient) for state, patient in ways.of_line(line)}
    if line[0] == "administration_vial" and not _surely_given(ways, line):
        uses |= {("prepared", patient) for _, patient in uses}
    return uses


def _keys(ways: Ways, kind: str) -> set[str]:
    return {
        patient
        for line in ways.most.lines
        for state, patient in _states(ways, line)
        if state == kind and patient
    }


def _nameless(ways: Ways, kind: str) -> int:
    """How many infusions, preparations and dispensings to a patient name none."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for line in ways.most.lines:
        if _to_a_ward(ways, line):
            continue
        if any(state == kind and not patient for state, patient in _states(ways, line)):
            found.add((line[0], line[1][:2]))
    stages = STAGES_OF[kind]
    refused = [e for e in ways.most.refused if any(e.record in REFUSED_AS[s] for s in stages)]
    return len(found) + len(refused)


def _sure(ways: Ways, *, bags: bool) -> dict[str, set[str]]:
    """Whom a sure line that counts a vial names, and nobody else, by kind. bags: whether that a
    preparation was given says surely that its vials were.
    """
    asked = ways.plain.nodes if ways.question == "pack" else ways.sure.nodes
    if ways.question in SINGLE:
        asked = {lot for line in ways.sure.lines for lot in ways.lots_of(line)}
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for line in counts.of_lots(ways.told.accepted, asked):
        of_it = (line.record, line.key)
        own = ways.question not in ("pack", *SINGLE) or of_it in ways.sure.lines
        if not bags and line.bag is not None:
            continue
        if not own or line.keyless or line.least < 1 or not _whole(ways, line, of_it, asked):
            continue
        uses = {(OF_STATE[state], patient) for state, patient in ways.of_line(of_it)}
        if len(uses) == 1 and line.sure:
            [(state, patient)] = uses
            found[state] |= {patient} if patient else set()
    return found


def _whole(ways: Ways, line: counts.Line, of_it: Line, asked: set[tuple[str, str, str]]) -> bool:
    """Whether a line is of the lots asked about whatever it is of: of a preparation, each of its vials."""
    accepted = ways.told.accepted
    if ways.question == "pack" and line.bag is None:
        named = {(row["gtin"], row["serial"]) for row in accepted.of(*of_it)}
        return named <= ways.plain.packs
    if line.bag is None:
        return True
    stock = ways.told.stock
    for key in accepted.versions.get("reconstitution_vial", {}):
        for row in accepted.of("reconstitution_vial", key) if key[:2] == line.bag else ():
            lots = {lot for lot, _ in lines.lots("reconstitution_vial", row, stock) if lot}
            other = ways.question == "pack" and (row["gtin"], row["serial"]) not in ways.plain.packs
            if other or not lots or not lots <= asked:
                return False
    return True
