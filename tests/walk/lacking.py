"""What the walk's sums make of refused lines, and of vials that may be missing in a preparation:
docs/certificate.md.
"""

from collections.abc import Mapping

from tests.walk import vials as lines
from tests.walk.ends import AWAITED, PARKED, REFUSED, End
from tests.walk.heard import Silence
from tests.walk.paths import LINES
from tests.walk.values import Text, Typed, values
from tests.walk.way import SINGLE, Answer, Line
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
    """The vials that are not sure of those that were given, or not given, by their preparation alone:
    as many as may be missing in one, so that another may have been given.
    """
    told = sum(map(ways.vials_of, _by_bag(ways, ways.sure, figure)))
    texts = {(row.file, str(row.line)): row.text for row in ways.told.refused}
    missing = [_missing(ways, end, texts) for end in in_bags(ways)]
    if None in missing or any(one.lines for one in silent.values()):
        return told
    return min(told, sum(n for n in missing if n is not None))


def in_bags(ways: Ways) -> set[End]:
    """What may be missing in a preparation, where the answer has lines that are of theirs alone."""
    if not _by_bag(ways, ways.plain):
        return set()
    infused = {(row["site"], row["preparation"]) for row in _all(ways, "administration_vial")}
    return {
        end
        for end in ways.told.ends
        if end.record in ("", "reconstitution_vial")
        and (end.sort == REFUSED or ways.question != "party" or end.key[0] == ways.name)
        and (
            end.sort in (AWAITED, REFUSED)
            or (end.link == "preparation" and end.key[:2] not in infused)
        )
    }


def _missing(ways: Ways, end: End, texts: Mapping[tuple[str, str], Text | None]) -> int | None:
    """How many vials one of these is; None where nobody knows."""
    if end.sort == PARKED:
        rows = ways.told.accepted.of(end.record, end.key)
        if any(lines.says(row) is None for row in rows):
            return None
        return ways.vials_of((end.record, end.key))
    text = texts[end.key[0], end.key[1]] if end.record and end.sort == REFUSED else None
    row = values(end.record, text) if text else None
    if row is None or not (row["serial"] or row["lot_number"]) or not row["vials"]:
        return None
    return int(row["vials"])


def _all(ways: Ways, record: str) -> list[Typed]:
    return [row for _, row in ways.told.accepted.standing(record)]


def _by_bag(ways: Ways, answer: Answer, figure: str = "") -> set[Line]:
    """The lines of an answer that are of their preparation alone, by a version."""
    states = {"": {"given", "not_given"}, "without_key": {"given", "not_given"}}
    lots = ways.plain.nodes if ways.question == "pack" else answer.nodes
    return {
        line
        for line in answer.lines
        if line[0] == "administration_vial"
        and (ways.question in SINGLE or ways.lots_of(line) & lots)
        and any(_names_none(row) for row in ways.told.accepted.of(*line))
        and {state for state, _ in ways.of_line(line)} & states.get(figure, {figure})
    }


def _names_none(row: Typed) -> bool:
    return row["serial"] is None and row["lot_number"] is None
