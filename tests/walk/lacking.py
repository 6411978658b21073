"""What the walk's sums make of refused lines, and of vials that may be missing in a preparation:
docs/certificate.md.
"""

from tests.walk.ends import AWAITED, REFUSED
from tests.walk.heard import Silence
from tests.walk.paths import LINES
from tests.walk.way import Line
from tests.walk.ways import Ways

REFUSED_AS = {  # which lines are of a figure; any may be without a key
    "given": ("administration_vial",),
    "not_given": ("administration_vial",),
    "prepared": ("reconstitution_vial",),
    "prepared_only": ("reconstitution_vial",),
    "dispensed": ("dispensing",),
    "dispensed_only": ("dispensing",),
}


def of_refused(ways: Ways, figure: str) -> int:
    """The vials of refused lines that could belong, whatever became of them."""
    of = REFUSED_AS.get(figure, (*LINES,))
    return sum(vials for end, vials in ways.most.refused.items() if end.record in of)


def by_bags(ways: Ways, silent: dict[str, Silence], figure: str = "") -> int:
    """The vials that were given, or not given, by their preparation alone, where one may be missing in
    it, so that another may have been given.
    """
    lacking = any(
        end.record in ("", "reconstitution_vial")
        and (end.link == "preparation" or end.sort in (AWAITED, REFUSED))
        for end in ways.told.ends
    )
    if not lacking and not any(one.lines for one in silent.values()):
        return 0
    states = {"": {"given", "not_given"}, "without_key": {"given", "not_given"}}
    lots = ways.plain.nodes if ways.question == "pack" else ways.sure.nodes
    return sum(
        ways.vials_of(line)
        for line in ways.sure.lines
        if (ways.question == "diluent-lot" or ways.lots_of(line) & lots)
        and _by_bag(ways, line)
        and {state for state, _ in ways.of_line(line)} & states.get(figure, {figure})
    )


def _by_bag(ways: Ways, line: Line) -> bool:
    """Whether a line is of its preparation alone, by a version."""
    return line[0] == "administration_vial" and any(
        row["serial"] is None and row["lot_number"] is None for row in ways.told.accepted.of(*line)
    )
