"""What subjects of a question reach, surely and at most; how several are joined and intersected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lots.answers import Asked, Reason
from lots.pipeline.at_most_lots import without_inputs
from lots.pipeline.belongs import AtMost
from lots.questions.question import Question
from lots.records import records
from lots.store.answers.counting import Line
from lots.store.answers.open_ends import Astray


@dataclass(slots=True)
class Reach:
    """What subjects reach: donations, nodes below, single vial lines (None: all of the nodes), what
    to say, what is missing.

    sure: nodes that are surely reached. most: what is reached at most. lines_most: the lines at
    most.
    perhaps: lines of which a version names another thing. mixed: what was given by a preparation
    that holds other packs too. packs: those alone that are asked about, as GTIN/SERIAL;
    vials_of_packs: how many these hold at most, where that is known; packs_before: those that they
    were relabelled from.
    """

    start: set[int] = field(default_factory=set)
    donations: set[str] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    sure: set[int] = field(default_factory=set)
    lines: set[Line] | None = None
    lines_sure: set[Line] | None = None
    lines_most: set[Line] | None = None
    details: list[tuple[str, int | str]] = field(default_factory=list)
    gaps: list[Reason] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    names: list[tuple[Question, str]] = field(default_factory=list)
    packs: set[str] = field(default_factory=set)
    packs_before: set[str] = field(default_factory=set)
    vials_of_packs: int | None = None
    perhaps: set[Line] = field(default_factory=set)
    mixed: set[Line] = field(default_factory=set)
    most: AtMost = field(default_factory=lambda: AtMost(set()))
    open_lots: bool = False
    open_vials: bool = False

    @property
    def of_person(self) -> bool:
        """Whether its lines are a person's."""
        return any(q.of_vials and q.of_person(records()) for q, _ in self.names)

    @property
    def astray(self) -> Mapping[Line, tuple[Astray, ...]]:
        """The lines that reach no lot and could be of it."""
        return self.most.astray


def joined(reaches: Sequence[Reach]) -> Reach:
    """What any of several subjects of one kind reaches."""
    whole = Reach(lines=None if any(r.lines is None for r in reaches) else set())
    _tell_apart(reaches)
    for r in reaches:
        whole.start |= r.start
        whole.nodes |= r.nodes
        whole.sure |= r.sure
        _tell(whole, r)
    whole.open_lots = any(r.open_lots for r in reaches)
    whole.open_vials = any(r.open_vials for r in reaches)
    held = [r.vials_of_packs for r in reaches]
    whole.vials_of_packs = None if None in held else sum(n for n in held if n is not None)
    if whole.lines is not None:
        whole.lines = _union(r.lines for r in reaches)
        whole.lines_sure = _union(r.lines_sure for r in reaches)
        whole.lines_most = _union(r.lines_most for r in reaches)
    return whole


def intersected(reaches: Sequence[Reach]) -> Reach:
    """What subjects of different kinds reach all: surely what each surely does, at most what each
    does at most. What is open by one of them ends by another.
    """
    _tell_apart(reaches)
    whole = reaches[0]
    for other in reaches[1:]:
        most = _both_at_most(whole, other)
        whole.nodes &= other.nodes
        whole.sure &= other.sure
        whole.start |= other.start
        whole.lines = _both(whole.lines, other.lines)
        whole.lines_sure = _both(whole.lines_sure, other.lines_sure)
        whole.lines_most = _both(whole.lines_most, other.lines_most)
        whole.open_lots &= other.open_lots
        whole.open_vials &= other.open_vials
        whole.most = most
        _tell(whole, other)
    return whole


def _both_at_most(one: Reach, other: Reach) -> AtMost:
    if one.open_lots != other.open_lots:
        ended = other if one.open_lots else one
        nodes = set(ended.most.nodes)
    else:
        nodes = one.most.nodes & other.most.nodes
    found = AtMost(nodes, [*one.most.belongs], one.most.left_out + other.most.left_out)
    found.began = one.most.began.earlier(other.most.began)
    found.unplaced = one.most.unplaced + other.most.unplaced
    found.unprepared = one.most.unprepared + other.most.unprepared
    both = one.most.in_preparations, other.most.in_preparations
    # What may be missing is the same, whatever is asked about, where it matters at all.
    found.in_preparations = None if None in both else max(n for n in both if n is not None)
    found.prepared = {**one.most.prepared, **other.most.prepared}
    found.of_packs = {**one.most.of_packs, **other.most.of_packs}
    known = {b.end for b in one.most.belongs if not b.lots}
    found.belongs += [b for b in other.most.belongs if not b.lots and b.end not in known]
    lots = {node for b in one.most.belongs if b.lots for node in b.nodes}
    found.belongs += [
        without_inputs(b.lots.of(b.nodes - lots))
        for b in other.most.belongs
        if b.lots and not b.nodes <= lots
    ]
    return found


def _both(one: set[Line] | None, other: set[Line] | None) -> set[Line] | None:
    # None means all lines of the nodes, which every set of single lines is a part of.
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _union(of: Iterable[set[Line] | None]) -> set[Line]:
    return set().union(*(lines or () for lines in of))


def _tell_apart(reaches: Sequence[Reach]) -> None:
    """Say of each of several subjects what is counted of it; of several of one kind it is said already."""
    for one in reaches if len(reaches) > 1 else ():
        if len(one.asked) == 1:
            one.details = [(f"{one.asked[0].thing}, {what}", told) for what, told in one.details]


def _tell(whole: Reach, one: Reach) -> None:
    """Take over what is to be said of one of several."""
    whole.donations |= one.donations
    whole.details += one.details
    whole.gaps += one.gaps
    whole.asked += one.asked
    whole.names += one.names
    whole.packs |= one.packs
    whole.packs_before |= one.packs_before
    whole.perhaps |= one.perhaps
    whole.mixed |= one.mixed
