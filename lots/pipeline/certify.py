"""The certificate of an answer: every open end that could belong, by what it would add, and what
would settle it (docs/certificate.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lots.answers import Certificate, LeftOut, LotName, Node, NotHeard, Reason
from lots.answers.certificate import Group, Sort
from lots.identifiers.near import Known
from lots.pipeline import wording
from lots.pipeline.belongs import AtMost, Belonging
from lots.pipeline.hearing import Hearing
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import contests, counting, open_ends, read_once, statements, subjects, told
from lots.store.answers.contests import Extent
from lots.store.answers.open_ends import End
from lots.store.answers.statements import Nodes
from lots.store.answers.told import Row
from lots.store.engine import Connection

SHOWN = 3  # rows that a reason tells by their places
Places = tuple[tuple[str, ...], tuple[str, ...]]  # senders of rows, and where these stand
Kind = tuple[str, str, Sort, Role]  # record, link, sort of open ends, and what they may bring
NOWHERE: Places = ((), ())


@dataclass(slots=True)
class Certified:
    """What a certificate is made of: what was walked, the answer at most, who was heard."""

    nodes: Nodes
    edges: int
    vial_lines: int
    most: AtMost
    hearing: Hearing
    extent: Extent
    not_heard: tuple[NotHeard, ...]
    more: list[Reason] = field(default_factory=list)


def certify(connection: Connection, certified: Certified) -> Certificate:
    """Say all that an answer may lack."""
    entry, checkpoint, unlinked = statements.linked_through(connection)
    reasons = [
        # What changes the answer comes first, and what only might after it.
        *_contested(connection, certified.extent),
        *certified.more,
        *(unrecorded(n) for n in certified.nodes.values() if not n.known),
        *_belonging(connection, certified),
    ]
    return Certificate(
        complete=not (reasons or certified.not_heard or unlinked),
        since=certified.hearing.since,
        through=certified.hearing.through,
        through_asked=certified.hearing.asked,
        entry=entry,
        checkpoint=checkpoint,
        unlinked=unlinked,
        nodes=len(certified.nodes),
        edges=certified.edges,
        vial_lines=certified.vial_lines,
        open_ends=sum(reason.rows for reason in reasons),
        reasons=tuple(reasons),
        not_heard=certified.not_heard,
        left_out=tuple(_left_out(certified.most)),
        by_name=tuple(sorted({q.words for q, _ in certified.extent.asked if known_by_name(q)})),
    )


@cache
def known_by_name(question: Question) -> bool:
    """Whether a name alone tells what is asked about."""
    return question.by_name(records())


# --- reasons
# ----------------------------------------------------------------------------------------


def _belonging(connection: Connection, certified: Certified) -> list[Reason]:
    alike: dict[Kind, list[Belonging]] = defaultdict(list)
    for one in certified.most.belongs:
        alike[one.end.record, one.end.link, one.end.sort, one.role].append(one)
    kinds = sorted(alike.items())
    told = zip(
        kinds,
        _places(connection, [of for _, of in kinds]),
        _weights(connection, kinds, {*certified.nodes}),
        strict=True,
    )
    found = [
        _reason(
            Group.MIGHT,
            End(record, (), link, sort),
            sum(one.many for one in of),
            places,
            weight,
            tuple(dict.fromkeys(said for one in of for said in one.alike)),
        )
        for ((record, link, sort, _), of), places, weight in told
    ]
    # What may add most comes first, and what nobody knows the end of before that.
    return sorted(found, key=_gravest)


def _gravest(reason: Reason) -> tuple[bool, bool, int, int]:
    # A name that looks like one of the answer's is what a person can settle at once.
    return not reason.alike, reason.vials is not None, -(reason.vials or 0), -(reason.patients or 0)


def _weights(
    connection: Connection, kinds: Sequence[tuple[Kind, list[Belonging]]], walked: set[int]
) -> Iterator[tuple[int | None, int | None]]:
    """How many vials and patients the ends of each kind may add at most."""
    # What is walked already is in the figures.
    new = [
        set() if any(one.opens for one in of) else {n for one in of for n in one.nodes} - walked
        for _, of in kinds
    ]
    below = counting.weights(connection, new, walked)
    for ((*_, role), of), (vials, patients) in zip(kinds, below, strict=True):
        yield _weight(role, of, vials, patients)


def _weight(
    role: Role, of: list[Belonging], vials: int, patients: int
) -> tuple[int | None, int | None]:
    """vials, patients: of what hangs below them."""
    if any(one.opens for one in of):
        return None, None
    # Such an end adds nobody's vial: it leaves open whose they were.
    if role is Role.PERSON:
        return 0, sum(one.many for one in of)
    if role in (Role.LINE, Role.OF_ANY_PACK):
        told_of = [one.astray for one in of if one.astray]
        whose = {(v.patient, v.whose) for versions in told_of for v in versions}
        return sum(max(v.vials for v in versions) for versions in told_of), len(whose)
    return vials, patients


def _places(connection: Connection, kinds: Sequence[Sequence[Belonging]]) -> list[Places]:
    known = [[row for one in of for row in one.rows] for of in kinds]
    ends = [
        [] if rows else [end for one in of for end in (one.end, *one.others)]
        for rows, of in zip(known, kinds, strict=True)
    ]
    sought = _places_of(connection, ends)
    return [_told(rows) if rows else found for rows, found in zip(known, sought, strict=True)]


def _places_of(connection: Connection, kinds: Sequence[Sequence[End]]) -> list[Places]:
    """Where the rows of open ends of each kind stand; of what no row tells,
    which things these are.
    """
    return [
        _told(rows) if rows else ((), wording.things(ends, SHOWN))
        for ends, rows in zip(kinds, rows_of(connection, kinds), strict=True)
    ]


def _told(rows: Sequence[Row]) -> Places:
    return tuple(dict.fromkeys(r.sender for r in rows)), tuple(r.where for r in rows[:SHOWN])


def rows_of(connection: Connection, kinds: Iterable[Sequence[End]]) -> list[list[Row]]:
    """The rows of the first of some open ends, kind by kind, each of one record; of what no row
    tells there is none.
    """
    firsts = [sorted(_told_by_rows(ends))[:SHOWN] for ends in kinds]
    found = told.rows(connection, (one for first in firsts for one in first))
    return [[row for row in found if (row.record, row.key) in first][:SHOWN] for first in firsts]


def _told_by_rows(ends: Iterable[End]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return (
        (end.record, end.key)
        for end in ends
        if end.record in records() and end.sort not in (Sort.WITHOUT, Sort.AWAITED)
    )


def _reason(
    group: Group,
    end: End,
    count: int,
    places: Places,
    weight: tuple[int | None, int | None],
    alike: tuple[str, ...] = (),
) -> Reason:
    vials, patients = weight
    return Reason(
        group,
        end.sort,
        end.record,
        end.link,
        count,
        wording.sentence(end, count),
        vials,
        patients,
        *places,
        wording.settled_by(end),
        alike,
    )


def _contested(connection: Connection, extent: Extent) -> Iterator[Reason]:
    by_record: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for record, key in contests.contested(connection, extent):
        by_record[record].append(key)
    kinds = [
        [End(record, key, "", Sort.CONTESTED) for key in keys]
        for record, keys in sorted(by_record.items())
    ]
    for ends, places in zip(kinds, _places_of(connection, kinds), strict=True):
        end = ends[0]._replace(key=())
        yield _reason(Group.CHANGES, end, len(ends), places, (0, 0))


def unrecorded(node: Node) -> Reason:
    """That a pool or lot is named, and no record of it has come."""
    end = End("pool" if node.step == "pool" else "lot", node.name, "", Sort.UNRECORDED)
    return _reason(Group.MIGHT, end, 1, NOWHERE, (0, 0))


def undated(found: Iterable[tuple[str, str, int]]) -> list[Reason]:
    """That rows are counted which may not be of the period."""
    return [
        _reason(Group.CHANGES, End(record, (what,), "", Sort.UNDATED), rows, NOWHERE, (0, 0))
        for record, what, rows in found
    ]


def plainly(sentence: str, record: str = "", rows: int = 1) -> Reason:
    """A reason that a question tells in its own words."""
    return Reason(
        Group.MIGHT, Sort.PARKED, record, "", rows, sentence, None, None, (), (), wording.TO_COME
    )


def above_ends(connection: Connection, above: Iterable[Step], nodes: Nodes) -> list[Reason]:
    """Open ends above the pools and lots that a trace shows:
    what went into them that nobody knows.
    """
    ends, _ = open_ends.on(connection, above)
    hanging = open_ends.below(connection, ends)
    pools = subjects.pools_of(connection, {d for found, _ in hanging.values() for d in found})
    alike: dict[tuple[str, str, Sort], list[End]] = defaultdict(list)
    for end, (donations, of) in hanging.items():
        if of.union(*(pools.get(d, ()) for d in donations)) & nodes.keys():
            alike[end.record, end.link, end.sort].append(end)
    for node in {*open_ends.lots_without_inputs(connection, above)} & nodes.keys():
        record, link = open_ends.WITHOUT_INPUTS
        alike[record, link, Sort.WITHOUT].append(End(record, nodes[node].name, link, Sort.WITHOUT))
    for name in _misnamed(connection, nodes):
        record = "pool" if name.step == "pool" else "lot"
        alike[record, "", Sort.UNRECORDED].append(End(record, name, "", Sort.UNRECORDED))
    kinds = [of for _, of in sorted(alike.items())]
    return [
        _reason(Group.MIGHT, of[0]._replace(key=()), len(of), places, (0, 0))
        for of, places in zip(kinds, _places_of(connection, kinds), strict=True)
    ]


def _misnamed(connection: Connection, nodes: Nodes) -> list[LotName]:
    """Pools and lots that may be one that a trace shows, their names written wrong."""
    makers, steps = {n.maker for n in nodes.values()}, {n.step for n in nodes.values()}
    shown = {n.name for n in nodes.values()}
    numbers = Known(dict.fromkeys(n.number for n in nodes.values()))
    found = read_once.once(connection, "misnamed", lambda: statements.misnamed(connection))
    return [
        node.name
        for node, maker_known in found
        if node.step in steps
        and node.name not in shown
        and (node.maker in makers or not maker_known or numbers.near(node.number, slipped=False))
    ]


def _left_out(most: AtMost) -> Iterator[LeftOut]:
    rows: Counter[tuple[str, str, str, Sort]] = Counter()
    for (why, end), count in most.left_out.items():
        rows[why, end.record, end.link, end.sort] += count
    for (why, record, link, sort), count in sorted(rows.items()):
        yield LeftOut(why, record, link, sort, count)
