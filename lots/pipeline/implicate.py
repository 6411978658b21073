"""What questions about some things concern: lots, holders, packs by whereabouts, vials and patients. They can be joined
and intersected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from lots.answers import Asked, Implicated
from lots.errors import CallError
from lots.pipeline import naming
from lots.pipeline import pack as packs
from lots.pipeline.certify import certify
from lots.pipeline.period import Period, checked
from lots.questions import questions
from lots.questions.question import Question
from lots.records import records
from lots.settings import Settings
from lots.store.answers import absences, counting, holders, statements, subjects
from lots.store.answers.contests import Extent
from lots.store.answers.counting import Line
from lots.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is asked about: its kind and its name."""

    kind: str
    name: str

    @property
    def question(self) -> Question:
        """What is declared of its kind."""
        return questions()[self.kind]

    def __str__(self) -> str:
        """As an answer says it: never a person's key."""
        if self.question.of_person(records()):
            return f"{self.question.words} (whose key is not shown)"
        return f"{self.question.words} {self.name}"


@dataclass(slots=True)
class Reach:
    """What subjects reach: nodes below, single vial lines (None: all of the nodes), what to say, what
    is missing.
    """

    start: set[int] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    lines: set[Line] | None = None
    details: list[tuple[str, int | str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    packs: set[str] = field(default_factory=set)
    perhaps: set[Line] = field(default_factory=set)
    subjects: set[tuple[str, str]] = field(default_factory=set)

    def extent(self) -> Extent:
        """What the answer shows beside its nodes."""
        lines = None if self.lines is None else frozenset(self.lines)
        return Extent(
            tuple(sorted(self.names)),
            lines,
            tuple(sorted(self.packs)),
            subjects=tuple(sorted(self.subjects)),
        )


def implicate(
    settings: Settings, asked: Sequence[Subject], *, through: datetime, period: Period | None = None
) -> Implicated:
    """Subjects of one kind are joined, different kinds intersected. Raises NotFound for what was
    never received.
    """
    if not asked:
        raise CallError(
            f"Nothing is asked about; expected at least one of {', '.join(questions())}."
        )
    within = checked(period or Period(), {d.kind for d in asked})
    with statements.snapshot(settings) as connection:
        # groupby joins neighbours only; so things of one kind must stand side by side.
        order = [*questions()]
        kinds = groupby(sorted(asked, key=lambda s: order.index(s.kind)), key=lambda s: s.kind)
        joined = [_joined([_reach(connection, d, within) for d in of]) for _, of in kinds]
        return _answer(settings, connection, _intersected(joined), through)


def _answer(
    settings: Settings, connection: Connection, reach: Reach, through: datetime
) -> Implicated:
    below = sorted(reach.nodes)
    # Whereabouts take as long as all else together, so a second connection seeks them meanwhile.
    with holders.beside(settings, connection, below if reach.lines is None else None) as held:
        nodes = statements.known_nodes(connection, below)
        edges = statements.edges(connection, nodes)
        vials = counting.vials(connection, below, reach.lines, reach.perhaps)
        patients = counting.patients(connection, below, reach.lines)
        certificate = certify(
            connection,
            nodes,
            len(edges),
            vials.lines,
            through,
            list(dict.fromkeys(reach.gaps)),
            extent=reach.extent(),
        )
        packs_at, differ = held()
    return Implicated(
        _said(reach.asked),
        tuple(reach.asked),
        tuple(nodes[node].name for node in sorted(reach.start & reach.nodes)),
        tuple(nodes.values()),
        packs_at,
        vials,
        patients,
        certificate,
        tuple(reach.details),
        differ,
    )


def _said(asked: Sequence[Asked]) -> str:
    """The question as it was understood; what a period applies to is said once for each kind."""
    found = []
    for _, of in groupby(asked, key=lambda a: a.kind):
        same = list(of)
        period = f" ({same[0].period})" if same[0].period else ""
        found.append(" or ".join(a.thing for a in same) + period)
    return " and ".join(found)


def _joined(reaches: Sequence[Reach]) -> Reach:
    # None means all lines of the nodes, which no set of single lines can add to.
    whole = Reach(lines=None if any(r.lines is None for r in reaches) else set())
    for r in reaches:
        whole.start |= r.start
        whole.nodes |= r.nodes
        _tell(whole, r)
        if whole.lines is not None:
            whole.lines |= r.lines or set()
    return whole


def _intersected(reaches: Sequence[Reach]) -> Reach:
    whole = reaches[0]
    for r in reaches[1:]:
        whole.nodes &= r.nodes
        whole.start |= r.start
        _tell(whole, r)
        whole.lines = (
            r.lines
            if whole.lines is None
            else whole.lines
            if r.lines is None
            else whole.lines & r.lines
        )
    return whole


def _tell(whole: Reach, one: Reach) -> None:
    """Take over what is to be said of one of several."""
    whole.details += one.details
    whole.gaps += one.gaps
    whole.names |= one.names
    whole.asked += one.asked
    whole.packs |= one.packs
    whole.perhaps |= one.perhaps
    whole.subjects |= one.subjects


# --- one subject ----------------------------------------------------------------------------------


def _reach(connection: Connection, subject: Subject, period: Period) -> Reach:
    if subject.question.of_nodes:
        return _of_nodes(connection, subject)
    if subject.kind == "pack":
        return _of_pack(connection, subject)
    found = subjects.beginning(
        connection, subject.kind, {"name": subject.name, **period.parameters()}
    )
    gaps = absences.sentences(connection, subject.question)
    reach = Reach(
        gaps=[*_undated(connection, subject, period), *gaps],
        names={subject.name},
        asked=[_asked(subject, period)],
        subjects={(subject.kind, subject.name)},
    )
    if not (found.donations or found.nodes or found.lines):
        naming.expect(connection, subject.kind, subject.name, [subject.name], gaps)
        reach.gaps.insert(0, _nothing(subject, period))
    if subject.question.of_vials:
        reach.lines = found.lines
        reach.start = set(subjects.lots_of_lines(connection, found.lines))
        # A vial is the end: nothing is made of it, so nothing below its lots is walked.
        reach.nodes = set(reach.start)
        reach.gaps += packs.unlinked(connection, str(subject), found.lines)
        return reach
    reach.start = found.nodes | _pools(connection, subject, found.donations, reach)
    reach.nodes = set(statements.below(connection, sorted(reach.start)))
    return reach


def _asked(subject: Subject, period: Period) -> Asked:
    applied = subject.question.period
    applied = f"{applied}, {period}" if period and applied else ""
    return Asked(subject.kind, str(subject), applied)


def _undated(connection: Connection, subject: Subject, period: Period) -> list[str]:
    """What is counted though nobody knows whether it was in the period."""
    if not period or not subject.question.period:
        return []
    return absences.undated_sentences(
        connection, subject.question, subject.name, period.parameters()
    )


def _nothing(subject: Subject, period: Period) -> str:
    if period and subject.question.period:
        return f"Received rows name {subject}, but none that is known is of the period {period}."
    return f"Received rows name {subject}, but none of them leads to a donation, a lot or a vial."


def _of_nodes(connection: Connection, subject: Subject) -> Reach:
    """A lot or pool, read in every way that its name can be."""
    named = naming.named_lots(connection, subject.kind, subject.name)
    return Reach(
        set(named.nodes),
        set(statements.below(connection, sorted(named.nodes))),
        gaps=[*named.gaps],
        names=set(named.numbers),
        asked=[Asked(subject.kind, named.said, "")],
    )


def _of_pack(connection: Connection, subject: Subject) -> Reach:
    became = packs.became(connection, subject.name)
    gtin, serial = packs.pack_name(subject.name)
    return Reach(
        set(became.nodes),
        set(became.nodes),
        became.lines,
        gaps=[*became.gaps],
        names={serial},
        asked=[Asked("pack", str(subject), "")],
        packs={f"{gtin}/{serial}"},
        perhaps=became.perhaps,
    )


def _pools(connection: Connection, subject: Subject, donations: set[str], reach: Reach) -> set[int]:
    """The pools of donations; what is to be said of donations and units goes into the reach."""
    if not donations:
        return set()
    units = subjects.pooled_units(connection, donations)
    # A donation whose unit is not known may have gone into any pool: it is told, since no link can
    # be.
    without = donations - {u.donation_number for u in units}
    apart = sorted({u.unit for u in units if u.node is None})
    if subject.kind != "donation":
        reach.details.append(("donations", len(donations)))
    reach.details += [("units", len({u.unit for u in units})), ("not pooled", _few(apart))]
    if without:
        reach.gaps.append(
            "No plasma unit of this donation has arrived: nobody can tell where it went."
            if subject.kind == "donation"
            else (
                f"No plasma unit of {len(without):,} of its donations has arrived: nobody can tell"
                " where they went."
            )
        )
    reach.names |= donations | {u.unit for u in units}
    return {u.node for u in units if u.node is not None}


def _few(names: Sequence[str], most: int = 20) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return (", ".join(names[:most]) + more) or "none"
