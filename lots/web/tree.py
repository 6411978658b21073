"""The tree of a trace: ancestors first, each node once, below it what was made of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lots.answers import LotName, Trace, Use
from lots.answers.wording import many


@dataclass(slots=True)
class Branch:
    """A node of the tree, with what is below it; again: it was drawn above with all of that."""

    name: LotName
    known: bool
    asked: bool
    again: bool = False
    facts: list[str] = field(default_factory=list)
    uses: Sequence[Use] = ()
    more_uses: int = 0
    below: list["Branch"] = field(default_factory=list)


@dataclass(slots=True)
class _Drawn:
    """What is needed while branches are drawn; each node is drawn with all that is below it
    once.
    """

    answer: Trace
    order: dict[LotName, int]
    below: dict[LotName, list[LotName]]
    unknown: frozenset[LotName]
    uses: dict[LotName, list[Use]]
    shown: int
    done: set[LotName] = field(default_factory=set)


def tree(answer: Trace, names: Sequence[LotName], shown: int) -> list[Branch]:
    """From what has no parent down; what goes round comes after these. names: in their order."""
    below: dict[LotName, list[LotName]] = defaultdict(list)
    for parent, child in answer.edges:
        below[parent].append(child)
    uses: dict[LotName, list[Use]] = defaultdict(list)
    for use in answer.uses:
        uses[use.lot].append(use)
    unknown = frozenset(n.name for n in answer.nodes if not n.known)
    order = {name: place for place, name in enumerate(names)}
    drawn = _Drawn(answer, order, below, unknown, uses, shown)
    children = {child for _, child in answer.edges}
    tops = (*(name for name in names if name not in children), *names)
    return [_branch(drawn, top) for top in tops if top not in drawn.done]


def _branch(drawn: _Drawn, name: LotName) -> Branch:
    branch = Branch(name, name not in drawn.unknown, name in drawn.answer.start)
    if name in drawn.done:
        branch.again = True
        return branch
    drawn.done.add(name)
    branch.facts = _facts(drawn.answer, name)
    branch.uses = drawn.uses[name][: drawn.shown]
    branch.more_uses = len(drawn.uses[name]) - len(branch.uses)
    children = sorted(drawn.below[name], key=lambda child: drawn.order[child])
    branch.below = [_branch(drawn, child) for child in children]
    return branch


def _facts(answer: Trace, name: LotName) -> list[str]:
    return [
        f"{many(p.units, 'unit')} of {many(p.donations, 'donation')} of"
        f" {many(p.donors, 'donor key')}"
        for p in answer.pooled
        if p.pool == name
    ]
