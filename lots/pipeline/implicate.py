"""What questions about some things concern: lots, holders, packs by whereabouts, vials and
patients. They can be joined and intersected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from lots.answers import Asked, Implicated, Reason
from lots.errors import CallError, NotFound
from lots.pipeline import naming, otherwise, surely
from lots.pipeline import pack as packs
from lots.pipeline.at_most import at_most
from lots.pipeline.belongs import Reached
from lots.pipeline.certify import plainly, undated
from lots.pipeline.counted import counted
from lots.pipeline.period import Period, checked
from lots.pipeline.reach import Reach, intersected, joined
from lots.pipeline.roles import Role
from lots.questions import questions
from lots.questions.question import Question
from lots.records import records
from lots.settings import Settings
from lots.store.answers import absences, holders, statements, subjects
from lots.store.answers.naming import Rewritten
from lots.store.answers.subjects import Beginning
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
        # Answers are printed, kept and handed on: no key of a person stands in one.
        if self.question.of_person(records()):
            return f"{self.question.words} (whose key is not shown)"
        return f"{self.question.words} {self.name}"


def implicate(
    settings: Settings,
    asked: Sequence[Subject],
    *,
    through: datetime | None = None,
    period: Period | None = None,
) -> Implicated:
    """Subjects of one kind are joined, different kinds intersected. through: until when all in
    scope should be heard; by default until when they were. Raises NotFound for what was never
    received.
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
        reaches = [reached(connection, questions()[kind], [*of], within) for kind, of in kinds]
        return _answer(connection, intersected(reaches), through)


def _answer(connection: Connection, reach: Reach, through: datetime | None) -> Implicated:
    below = sorted(reach.nodes)
    nodes = statements.known_nodes(connection, below)
    edges = statements.edges(connection, nodes)
    told = counted(connection, reach, nodes, len(edges), through)
    held = holders.held(connection, nodes) if reach.lines is None else holders.NOWHERE
    bounds, certificate = told.concluded(connection, held)
    return Implicated(
        _said(reach.asked),
        tuple(reach.asked),
        tuple(nodes[node].name for node in sorted(reach.start & reach.nodes)),
        tuple(nodes.values()),
        held.places,
        told.vials,
        told.patients,
        bounds,
        certificate,
        tuple(reach.details),
        held.differ,
    )


def _said(asked: Sequence[Asked]) -> str:
    """The question as it was understood; what a period applies to is said once for each kind."""
    found = []
    for _, of in groupby(asked, key=lambda a: a.kind):
        same = list(of)
        period = f" ({same[0].period})" if same[0].period else ""
        found.append(" or ".join(a.thing for a in same) + period)
    return " and ".join(found)


# --- subjects of one kind
# ---------------------------------------------------------------------------


def reached(
    connection: Connection, question: Question, subjects_: Sequence[Subject], period: Period
) -> Reach:
    """What any of some subjects of one kind reaches, surely and at most."""
    whole = joined([_reach(connection, subject, period) for subject in subjects_])
    alike = [*_alike(connection, subjects_, period)]
    names = whole.packs or {s.name for s in subjects_}
    asked = Reached(
        frozenset(names).union(one.name for one, _ in alike),
        whole.donations.union(*(reach.donations for _, reach in alike)),
        whole.nodes.union(*(reach.nodes for _, reach in alike)),
        None if whole.lines is None else whole.lines.union(*(r.lines or () for _, r in alike)),
        whole.packs,
        whole.packs_before,
    )
    for one, reach in alike:
        whole.gaps.append(otherwise.said(connection, question, one, reach.nodes - whole.nodes))
        if whole.lines_most is not None:
            whole.lines_most = whole.lines_most | (reach.lines or set())
    whole.most = at_most(connection, question, asked, whole.lines_most)
    # Whose vials were any row may tell that does not say: nothing bounds how many. Its own lines are
    # a person's all the same.
    own = whole.lines or set()
    # What a pack is, or was before, says of no other line whose it was.
    others = (b for b in whole.most.belongs if b.role is not Role.HELD)
    unbounded = whole.of_person and any((b.end.record, b.end.key) not in own for b in others)
    whole.open_lots |= whole.most.open_lots or unbounded or _misnamed(connection, whole)
    whole.open_vials |= whole.most.open_vials or unbounded
    return whole


def _alike(
    connection: Connection, subjects_: Sequence[Subject], period: Period
) -> Iterator[tuple[Rewritten, Reach]]:
    """What goes by a name that looks like one that is asked about, where a name alone tells what that is;
    never a person's.
    """
    for subject in subjects_:
        for one in otherwise.written(connection, subject.question, subject.name):
            yield one, _reach(connection, Subject(subject.kind, one.name), period)


def _misnamed(connection: Connection, reach: Reach) -> bool:
    """Whether a pool or lot is walked of which no record came and that leads nowhere: it may be any
    other, under a name that was written wrong, and that other lacks nothing by itself.
    """
    nodes = statements.known_nodes(connection, sorted(reach.most.nodes))
    unknown = [number for number, node in nodes.items() if not node.known]
    return bool(unknown and statements.dead_ends(connection, unknown))


def _reach(connection: Connection, subject: Subject, period: Period) -> Reach:
    if subject.question.of_nodes:
        return _of_nodes(connection, subject)
    if subject.kind == "pack":
        return _of_pack(connection, subject)
    found = subjects.beginning(
        connection, subject.kind, {"name": subject.name, **period.parameters()}
    )
    reach = Reach(
        donations=set(found.donations),
        gaps=_undated(connection, subject, period),
        asked=[_asked(subject, period)],
        names=[(subject.question, subject.name)],
    )
    if not (found.donations or found.nodes or found.lines):
        _expect(connection, subject)
        reach.gaps.insert(0, plainly(_nothing(subject, period)))
    if subject.question.of_vials:
        return _of_lines(connection, subject, period, reach, found)
    reach.start = found.nodes | _pools(connection, subject, found.donations, reach)
    reach.nodes = set(statements.below(connection, sorted(reach.start)))
    reach.sure = reach.nodes
    if surely.doubted(connection, subject.question, period):
        first = surely.walked_from(connection, subject.question, subject.name, period)
        reach.sure = surely.below(connection, first & reach.nodes)
    return reach


def _expect(connection: Connection, subject: Subject) -> None:
    if subject.kind != "patient":
        naming.expect(connection, subject.kind, subject.name, [subject.name])
    elif not naming.is_known(connection, "patient", subject.name):
        # Two keys that look alike are two persons: to name a near one would be to guess at
        # somebody.
        raise NotFound("No patient of that key was ever received; near keys are not shown.")


def _of_lines(
    connection: Connection, subject: Subject, period: Period, reach: Reach, found: Beginning
) -> Reach:
    """Single lines of vials: these are the end, and nothing below their lots is walked."""
    reach.lines = reach.lines_sure = reach.lines_most = found.lines
    reach.start = found.nodes | set(subjects.lots_of_lines(connection, found.lines))
    reach.nodes = reach.sure = set(reach.start)
    if surely.doubted(connection, subject.question, period):
        first = surely.beginning(connection, subject.question, subject.name, period)
        reach.lines_sure = found.lines & first.lines
    return reach


def _asked(subject: Subject, period: Period) -> Asked:
    applied = subject.question.period
    applied = f"{applied}, {period}" if period and applied else ""
    return Asked(subject.kind, str(subject), applied)


def _undated(connection: Connection, subject: Subject, period: Period) -> list[Reason]:
    """What is counted though nobody knows whether it was in the period."""
    if not period or not subject.question.period:
        return []
    question, parameters = subject.question, period.parameters()
    return undated(absences.counted_undated(connection, question, subject.name, parameters))


def _nothing(subject: Subject, period: Period) -> str:
    if period and subject.question.period:
        return f"Received rows name {subject}, but none that is known is of the period {period}."
    return f"Received rows name {subject}, but none of them leads to a donation, a lot or a vial."


def _of_nodes(connection: Connection, subject: Subject) -> Reach:
    """A lot or pool, read in every way that its name can be."""
    named = naming.named_lots(connection, subject.kind, subject.name)
    nodes = set(statements.below(connection, sorted(named.nodes)))
    return Reach(
        start=set(named.nodes),
        nodes=nodes,
        sure=surely.below(connection, set(named.nodes), nodes),
        gaps=[plainly(gap, "lot") for gap in named.gaps],
        asked=[Asked(subject.kind, named.said, "")],
        names=[(subject.question, subject.name)],
        # Received rows name it, and none links it: it may be any other, written otherwise.
        open_lots=not named.nodes,
    )


def _of_pack(connection: Connection, subject: Subject) -> Reach:
    became = packs.became(connection, subject.name)
    gtin, serial = packs.pack_name(subject.name)
    # A line that names the lot alone may be of this pack, or of any beside it.
    by_lot = statements.lines_by_lot(connection, became.nodes)
    lots = statements.known_nodes(connection, sorted(became.nodes))
    return Reach(
        start=set(became.nodes),
        nodes=set(became.nodes),
        sure=set(became.nodes),
        lines=became.lines,
        lines_sure=became.lines,
        lines_most=became.lines | became.before | by_lot,
        gaps=[*became.gaps],
        asked=[Asked("pack", str(subject), "")],
        names=[(subject.question, f"{gtin}/{serial}")],
        packs={f"{gtin}/{serial}"},
        packs_before={*statements.packs_before(connection, gtin, serial)},
        vials_of_packs=became.vials,
        perhaps=became.perhaps,
        mixed=became.mixed,
        # Of a lot that no record tells nobody knows whether it has another name.
        open_vials=not lots or not all(lot.known for lot in lots.values()),
    )


def _pools(connection: Connection, subject: Subject, donations: set[str], reach: Reach) -> set[int]:
    """The pools of donations; what is to be said of donations and units goes into the reach."""
    if not donations:
        return set()
    pooled = subjects.pooled(connection, donations)
    if subject.kind != "donation":
        reach.details.append(("donations", len(donations)))
    reach.details += [("units", pooled.units), ("not pooled", _few(pooled.apart))]
    return pooled.nodes


def _few(names: Sequence[str], most: int = 20) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return (", ".join(names[:most]) + more) or "none"
