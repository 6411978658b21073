"""What pages show of answers: figures, places, branches and groups of reasons."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lots.answers import Between, Certificate, Difference, Implicated, LotName, Reason, Trace
from lots.answers.certificate import Group
from lots.answers.wording import DIFFERENCES, PATIENTS, STEPS, VIALS, many
from lots.web.drawing import Drawing, drawing
from lots.web.tree import Branch, tree

SHOWN = 8  # of a list, unless all is asked for
ALL = 10**9


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its bounds; most None: nothing known ends it."""

    what: str
    told: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Packs and vials by where they are. serials: counted one by one."""

    where: str
    holder: str
    packs: int
    vials: int
    serials: bool

    @property
    def ended(self) -> bool:
        """What ended by count is told in vials, which are among the packs (docs/counting.md)."""
        return not self.serials and bool(self.vials)


@dataclass(frozen=True, slots=True)
class Some:
    """The first of a list, and how many more there are."""

    rows: Sequence[Any]
    more: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a page shows of an answer."""

    of_tree: bool
    question: str
    details: Sequence[tuple[str, int | str]]
    certificate: Certificate
    vials: list[Figure]
    patients: list[Figure]
    places: list[Place]
    differences: list[str]
    lots: list[tuple[str, Some]]
    unknown: frozenset[LotName]
    start: frozenset[LotName]
    branches: list[Branch]
    drawing: Drawing | None
    groups: list[tuple[str, Some]]
    heard: Some
    pack: Any


def view(answer: Implicated | Trace, *, whole: bool) -> View:
    """What a page shows; whole: all of each list."""
    shown = ALL if whole else SHOWN
    names = sorted((n.name for n in answer.nodes), key=by_step)
    traced = answer if isinstance(answer, Trace) else None
    certificate = answer.certificate
    steps = dict.fromkeys(n.step for n in names)
    return View(
        traced is not None,
        answer.question,
        answer.details,
        certificate,
        _vials(answer),
        _patients(answer),
        _places(answer),
        _differences(answer.differences),
        [(s, some([n for n in names if n.step == s], 3 * shown)) for s in steps],
        frozenset(n.name for n in answer.nodes if not n.known),
        frozenset(answer.start),
        tree(traced, names, shown) if traced else [],
        drawing(names, traced.edges, answer.start) if traced else None,
        [(g.name.lower(), some(_of(certificate, g), shown)) for g in Group],
        some(certificate.not_heard, shown),
        traced.pack if traced else None,
    )


def some(rows: Sequence[Any], shown: int) -> Some:
    """The first of them."""
    return Some(rows[:shown], max(0, len(rows) - shown))


def by_step(node: LotName) -> tuple[int, str, str]:
    """From pools to packed lots."""
    return STEPS.index(node.step) if node.step in STEPS else len(STEPS), node.maker, node.number


def _of(certificate: Certificate, group: Group) -> list[Reason]:
    return [reason for reason in certificate.reasons if reason.group is group]


def _vials(answer: Implicated | Trace) -> list[Figure]:
    found = []
    for name, means in VIALS.items():
        told: Between = getattr(answer.vials, name)
        bounds: Between = getattr(answer.bounds, name)
        # A zero that is surely one says nothing; one that nobody knows to be one says much.
        if told.most != 0 or bounds.most != 0:
            found.append(Figure(means, str(told), bounds.least, bounds.most))
    return found


def _patients(answer: Implicated | Trace) -> list[Figure]:
    found = []
    for name, means in PATIENTS.items():
        told: int = getattr(answer.patients, name)
        bounds: Between = getattr(answer.bounds, f"patients_{name}")
        found.append(Figure(means, f"{told:,}", bounds.least, bounds.most))
    return found


def _places(answer: Implicated | Trace) -> list[Place]:
    """Where packs are, summed over lots."""
    summed: dict[tuple[str, str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for w in answer.whereabouts:
        packs, vials = summed[w.whereabouts, w.holder, w.serials]
        summed[w.whereabouts, w.holder, w.serials] = packs + w.packs, vials + w.vials
    return [
        Place(where, holder, packs, vials, serials)
        for (where, holder, serials), (packs, vials) in sorted(summed.items())
    ]


def _differences(told: Sequence[Difference]) -> list[str]:
    """What does not agree, summed over lots; more and fewer never make up for each other."""
    found: dict[tuple[str, str, bool], list[Difference]] = defaultdict(list)
    for d in told:
        found[d.what, d.party, d.packs > d.expected].append(d)
    said = []
    for (what, party, _), same in sorted(found.items()):
        expected = f"{sum(d.expected for d in same):,}"
        sentence = DIFFERENCES[what].format(party=party, expected=expected)
        said.append(f"{many(sum(d.packs for d in same), 'pack')} {sentence}")
    return said
