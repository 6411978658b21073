"""The answer at most: what a question reaches when each open end of its path that could belong is
taken too, and what is left out, and why (docs/certificate.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from lots.answers.certificate import Sort
from lots.pipeline.belonging import Answer, Hangs, alike, of_label, of_line, of_lots
from lots.pipeline.roles import SAMPLES, Role, role_of
from lots.questions.path import Step, lines, steps
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import open_ends, statements, subjects, told
from lots.store.answers.counting import Line
from lots.store.answers.open_ends import Astray, End
from lots.store.answers.told import Row
from lots.store.engine import Connection

Hanging = Mapping[End, tuple[set[str], set[int]]]


@dataclass(slots=True)
class Belonging:
    """An open end that could belong, with its row's versions and what it brings: pools and lots, or
    a line that reaches none. opens: what nothing known ends any more, "lots" or "vials".
    alike: names of it that look like one of the answer.
    """

    end: End
    role: Role
    rows: list[Row] = field(default_factory=list)
    nodes: frozenset[int] = frozenset()
    astray: tuple[Astray, ...] = ()
    opens: str = ""
    alike: tuple[str, ...] = ()


@dataclass(slots=True)
class Reached:
    """What a question reaches: what it was asked by, its donations, pools and lots."""

    names: frozenset[str]
    donations: set[str]
    nodes: set[int]


@dataclass(slots=True)
class AtMost:
    """What an answer is at most: its pools and lots, and the open ends that could belong. unplaced:
    vials of its lots that are told with a pack that nobody knows, and so may be any others of them.
    """

    nodes: set[int]
    belongs: list[Belonging] = field(default_factory=list)
    left_out: Counter[tuple[str, End]] = field(default_factory=Counter)
    unplaced: int = 0

    @property
    def open_lots(self) -> bool:
        """Whether nothing known ends which lots there are."""
        return any(b.opens == "lots" for b in self.belongs)

    @property
    def open_vials(self) -> bool:
        """Whether nothing known ends which vials there are."""
        return any(b.opens for b in self.belongs)

    @property
    def astray(self) -> dict[Line, tuple[Astray, ...]]:
        """The lines that reach no lot and could be of it."""
        return {(b.end.record, b.end.key): b.astray for b in self.belongs if b.astray}


def at_most(
    connection: Connection,
    question: Question,
    reached: Reached,
    lines_alone: Set[Line] | None = None,
) -> AtMost:
    """Take every open end of a question's path that could belong to what it reaches. lines_alone: the
    lines of vials that it is about; None: all of its lots.
    """
    path = steps(question.path, records())
    by_role = defaultdict[Role, list[End]](list)
    for end in open_ends.on(connection, path):
        role = role_of(end, path)
        if role:
            by_role[role].append(end)
    most = AtMost(set(reached.nodes))
    units = any(s.record == "pool_unit" for s in path)
    _attach(connection, by_role[Role.ATTACHES], reached, most, units=units)
    answer = _answer(connection, most.nodes, reached)
    # Its own lines first: whatever they say of a lot, they are of what is asked about.
    for end, versions in open_ends.astray(
        connection, open_ends.unlinked(connection, lines_alone or ())
    ).items():
        most.belongs.append(Belonging(end, Role.LINE, astray=tuple(versions)))
    _lines(connection, by_role[Role.LINE], answer, most)
    _held(connection, by_role[Role.HELD], answer, most)
    for end, vials in open_ends.unplaced(connection, most.nodes).items():
        most.unplaced += vials
        most.belongs.append(Belonging(end, Role.HELD))
    most.belongs += _leading_on(connection, question, by_role[Role.LEADS_ON], reached)
    most.belongs += [Belonging(e, Role.UNFILLED, opens="vials") for e in by_role[Role.UNFILLED]]
    _refused(connection, path, answer, most)
    # Last: whose vials were matters of those that the answer has at most.
    missing = open_ends.persons_missing(connection, by_role[Role.PERSON], most.nodes, lines_alone)
    most.belongs += [Belonging(e, Role.PERSON) for e in missing]
    return most


# --- pools and lots ---------------------------------------------------------------------------------


def _pools_by_name_alone(
    connection: Connection, ends: list[End], hanging: Hanging, most: AtMost
) -> list[End]:
    """Where no units are asked about, a pool without them may still be one that the answer walks under
    a number written wrong: one of which no record came either.
    """
    pools = {n: e for e in ends if e.record == "pool" for n in hanging[e][1]}
    known = statements.known_nodes(connection, [*pools, *most.nodes])
    walks = any(known[n].step == "pool" for n in most.nodes)
    spared = {e for n, e in pools.items() if not walks or known[n].known}
    return [e for e in ends if e not in spared]


def _attach(
    connection: Connection, ends: list[End], reached: Reached, most: AtMost, *, units: bool
) -> None:
    """Take what hangs below each end, look again with all that it brings, and say what is left out."""
    hanging = open_ends.below(connection, ends)
    every = {d for donations, _ in hanging.values() for d in donations}
    pools = subjects.pools_of(connection, every)
    first = {
        end: frozenset(nodes.union(*(pools.get(d, set()) for d in donations)))
        for end, (donations, nodes) in ((e, hanging[e]) for e in ends)
    }
    facts = {f.node: f for f in open_ends.facts(connection, frozenset().union(*first.values()))}
    pooled = statements.pooled_at(connection, facts)
    waiting, whys = [*ends], dict[End, str]()
    while True:
        answer = _answer(connection, most.nodes, reached)
        whys = {
            e: of_lots(e, Hangs(tuple(facts[n] for n in first[e]), pooled), answer) for e in waiting
        }
        let_in = [e for e in waiting if not whys[e]]
        for end in let_in:
            touches = bool(hanging[end][0] & reached.donations)
            opens = "lots" if end.record == "same_person" and touches else ""
            most.belongs.append(Belonging(end, Role.ATTACHES, [], first[end], opens=opens))
        waiting = [e for e in waiting if whys[e]]
        new = set().union(*(first[e] for e in let_in)) - most.nodes
        if not new or not waiting:
            most.nodes |= set(statements.below(connection, sorted(new)))
            break
        most.nodes |= set(statements.below(connection, sorted(new)))
    most.left_out.update((whys[e], e) for e in waiting)


def _answer(connection: Connection, nodes: Iterable[int], reached: Reached) -> Answer:
    given_from = statements.given_from(connection, reached.donations) if reached.donations else None
    return Answer(connection, tuple(open_ends.facts(connection, nodes)), given_from)


# --- lines, and where packs are ---------------------------------------------------------------------


def _lines(connection: Connection, ends: list[End], answer: Answer, most: AtMost) -> None:
    seen = {(b.end.record, b.end.key): b.end for b in most.belongs if b.role is Role.LINE}
    own = set(seen)
    for end in ends:
        seen.setdefault((end.record, end.key), end)
    every = [end for line, end in seen.items() if line not in own]
    for end, versions in open_ends.astray(connection, every).items():
        if why := of_line(versions, answer):
            most.left_out[why, end] += 1
        else:
            looks = alike(versions, answer)
            most.belongs.append(Belonging(end, Role.LINE, astray=tuple(versions), alike=looks))


def _held(connection: Connection, ends: list[End], answer: Answer, most: AtMost) -> None:
    by_record = defaultdict[str, list[End]](list)
    for end in ends:
        by_record[end.record].append(end)
    for record, of in by_record.items():
        # A package is no record: it has no row that could tell a product.
        rows = defaultdict[tuple[str, ...], list[Row]](list)
        for row in (
            told.rows(connection, record, (e.key for e in of)) if record in records() else ()
        ):
            rows[row.key].append(row)
        for end in of:
            whys = {of_label(r.gtin, r.at, answer) for r in rows[end.key]}
            if whys and "" not in whys:
                most.left_out[whys.pop(), end] += 1
            else:
                most.belongs.append(Belonging(end, Role.HELD, rows[end.key]))


def _refused(connection: Connection, path: tuple[Step, ...], answer: Answer, most: AtMost) -> None:
    """Refused rows of the path: by what they lead to, else by what they leave open."""
    making, of_lines = open_ends.making(path), {r.name for r in lines(records())}
    for row in open_ends.refused(connection, {s.record for s in path}):
        end = End(row.record, (row.file_name, str(row.line)), "", Sort.REFUSED)
        told_of = Row(row.record, end.key, row.file_name, row.sender, row.line, {}, None, None)
        if row.node is not None:
            facts = tuple(open_ends.facts(connection, [row.node]))
            if why := of_lots(End("lot", (), "", Sort.REFUSED), Hangs(facts, {}), answer):
                most.left_out[why, end] += 1
                continue
            nodes = frozenset({row.node})
            most.nodes |= set(statements.below(connection, [row.node]))
            most.belongs.append(Belonging(end, Role.ATTACHES, [told_of], nodes))
            continue
        above = not row.record or row.record in making
        opens = "lots" if above else "vials" if row.record in of_lines else ""
        role = Role.ATTACHES if above else Role.UNFILLED if opens else Role.HELD
        most.belongs.append(Belonging(end, role, [told_of], opens=opens))


# --- what was reached, and leads nowhere --------------------------------------------------------------


def _leading_on(
    connection: Connection, question: Question, ends: list[End], reached: Reached
) -> list[Belonging]:
    found = [
        Belonging(e, Role.LEADS_ON)
        for e in ends
        if e.record == "donation" and e.key[0] in reached.donations
    ]
    found += [Belonging(e, Role.LEADS_ON, opens="lots") for e in ends if e.sort is Sort.AWAITED]
    if any(s.record in SAMPLES for s in steps(question.first, records())):
        for name in reached.names:
            found += [
                Belonging(e, Role.LEADS_ON, opens="lots")
                for e in open_ends.results_astray(connection, question.name, name)
            ]
    runs = [e for e in ends if e.record in {r.record for r in question.reads}]
    return found + [
        Belonging(e, Role.LEADS_ON, opens="lots")
        for e in runs
        if _names(connection, e, reached.names)
    ]


def _names(connection: Connection, run: End, names: frozenset[str]) -> bool:
    """Whether a run is one that was asked about."""
    rows = told.rows(connection, run.record, [run.key])
    values = {*run.key, *(v for r in rows for named in r.names.values() for v in named)}
    return bool(values & names)
