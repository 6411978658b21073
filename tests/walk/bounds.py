"""The walk's bounds: each figure of vials and patients from what is sure to what is at most, and the four
groups of reasons (docs/certificate.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.walk import patients
from tests.walk.at_most import MOST, PLAIN, SURE, Told, answer
from tests.walk.contested import touched
from tests.walk.ends import CONTESTED, DISAGREES, EMPTY, SEVERAL, End
from tests.walk.heard import File, Silence, not_heard
from tests.walk.lacking import in_bags
from tests.walk.linking import Node
from tests.walk.misnamed import misnamed_above
from tests.walk.paths import LINES, TRACES
from tests.walk.sums import Pair, has_row, made, vials
from tests.walk.vials import disagreeing, of_several_makers
from tests.walk.ways import Ways


@dataclass
class Certificate:
    """What an answer says about itself: figures between bounds, and its reasons in four groups."""

    vials: dict[str, Pair]
    patients: dict[str, Pair]
    changes: set[End]
    might: set[End]
    unknown: set[Node]  # pools and lots of the answer of which no record came
    silent: dict[str, Silence]
    cannot: set[End]
    out: dict[End, str] = field(default_factory=dict)  # those that were left out, and why
    made: int | None = None  # how many vials there are, where that is known
    found: bool = True  # it leads to a donation, a lot or a line
    alike: set[str] = field(default_factory=set)  # names that may be what is asked about

    @property
    def complete(self) -> bool:
        """Whether nothing can be missing."""
        lacks = self.changes or self.might or self.unknown or self.silent or self.alike
        return self.found and not lacks


def _of_either(ways: Ways) -> set[End]:
    """Its lines that tell another lot than what was in their preparation, or a number of several lots."""
    lines = ways.most.lines & disagreeing(ways.told.accepted)
    several = ways.most.lines & of_several_makers(ways.told.accepted, LINES)
    return {End(*line, "preparation", DISAGREES) for line in lines} | {
        End(*line, "lot", SEVERAL) for line in several
    }


def _unsaid(ways: Ways) -> set[End]:
    """The infusions of its lines that do not say whether they were given."""
    infused = {key[:2] for record, key in ways.most.lines if record == "administration_vial"}
    return {
        end
        for end in ways.told.ends
        if (end.record, end.link, end.sort) == ("administration", "status", EMPTY)
        and end.key in infused
    }


def certificate(
    told: Told,
    question: str,
    name: str,
    files: Iterable[File] = (),
    through: datetime | None = None,
) -> Certificate:
    """What is said of the answer to a question."""
    ways = Ways(
        told, question, name, *(answer(told, question, name, m) for m in (SURE, PLAIN, MOST))
    )
    silent: dict[str, Silence] = {}
    if files:
        silent = not_heard(told, question, ways.most, files, through, shown=ways.plain)
    ways.most.met |= in_bags(ways) | _of_either(ways) | _unsaid(ways)
    figures, unheard, is_open = vials(ways, silent)
    changes = touched(told, question, ways.plain)
    return Certificate(
        figures,
        patients.bounds(ways, figures, unheard, silent=silent, is_open=is_open),
        changes,
        {end for end in ways.most.met | ways.most.met_above if end.sort != CONTESTED},
        {node for node in ways.plain.nodes | ways.plain.above if not has_row(told.accepted, node)}
        | (misnamed_above(told, ways.plain) if question in TRACES else set()),
        silent,
        {end for end in told.ends - ways.most.met if end.sort != CONTESTED},
        {end: why for end, why in ways.most.out.items() if end not in ways.most.met},
        made(ways),
        bool(ways.plain.donations or ways.plain.nodes or ways.plain.lines),
        ways.most.alike,
    )
