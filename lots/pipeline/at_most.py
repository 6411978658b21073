"""The answer at most: what a question reaches when each open end of its path that could belong is
taken too, and what is left out, and why (docs/certificate.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from lots.answers.certificate import Sort
from lots.pipeline import (
    at_most_lines,
    at_most_packs,
    at_most_persons,
    in_preparations,
    refused_lines,
)
from lots.pipeline.belonging import (
    Answer,
    Hangs,
    LookedUp,
    look_alike,
    of_lots,
)
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import SAMPLES, Role, role_of
from lots.questions.path import Step, lines, steps
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import open_ends, statements, subjects, told
from lots.store.answers.counting import Line
from lots.store.answers.lot_facts import Facts
from lots.store.answers.near import LOT, Told
from lots.store.answers.open_ends import End
from lots.store.answers.told import Row
from lots.store.engine import Connection

NODES = ("pool", "lot")
Hanging = Mapping[End, tuple[set[str], set[int]]]


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
    by_role = _by_role(connection, question, path, reached)
    most, looked_up = AtMost(set(reached.nodes)), LookedUp(connection)
    refused = _refused(connection, path)
    touching = at_most_persons.touching(connection, question, by_role[Role.ATTACHES], reached)
    _above_packs(looked_up, path, by_role[Role.ATTACHES], refused, reached, most, touching=touching)
    answer = _answer(looked_up, most.nodes, most.donations)
    if labelled := at_most_packs.by_labels(path):
        answer = at_most_packs.under_every_name(connection, by_role[Role.HELD], reached, answer)
    at_most_lines.of_vials(connection, path, by_role[Role.LINE], lines_alone or (), answer, most)
    at_most_lines.of_any_pack(connection, (lines_alone or set()) - (reached.lines or set()), most)
    at_most_lines.of_preparations(connection, most)
    at_most_packs.held(connection, by_role[Role.HELD], reached, answer, most)
    if labelled:
        at_most_packs.under_other_lots(connection, question, reached, most)
    most.belongs += _leading_on(connection, question, by_role[Role.LEADS_ON], reached)
    more = subjects.without_units(connection, most.donations - reached.donations)
    most.belongs += [Belonging(_unpooled(number), Role.LEADS_ON) for number in more]
    most.belongs += [Belonging(e, Role.UNFILLED, opens="vials") for e in by_role[Role.UNFILLED]]
    unread = [r for r in refused if not r.nodes]
    most.belongs += refused_lines.belonging(connection, path, unread, answer, most)
    # Last: whose vials were matters of those that the answer has at most.
    most.belongs += at_most_lines.persons(connection, by_role, lines_alone, most)
    ends = [*by_role[Role.LINE], *by_role[Role.PERSON], *by_role[Role.UNFILLED]]
    in_preparations.missing(connection, ends, unread, reached, most)
    return most


def _by_role(
    connection: Connection, question: Question, path: tuple[Step, ...], reached: Reached
) -> dict[Role, list[End]]:
    """The open ends of the path by what they may bring."""
    by_persons = at_most_persons.goes_by_donors(connection, question, reached)
    found = defaultdict[Role, list[End]](list)
    ends = open_ends.on(connection, path, reached.donations)
    others = at_most_persons.of_others(connection, question, ends)
    # Hundreds of ends are of a few kinds, and those of a kind play one role.
    roles = dict[tuple[str, str, Sort], Role | None]()
    for end in ends:
        kind = end.record, end.link, end.sort
        if kind not in roles:
            roles[kind] = role_of(end, path)
        role = roles[kind]
        if (
            role
            and end not in others
            and (by_persons or (end.record, end.link) not in at_most_persons.OF_DONORS)
        ):
            found[role].append(end)
    return found


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


def _above_packs(
    looked_up: LookedUp,
    path: tuple[Step, ...],
    ends: list[End],
    refused: list[Belonging],
    reached: Reached,
    most: AtMost,
    *,
    touching: Set[End],
) -> None:
    connection = looked_up.connection
    hanging = open_ends.below(connection, ends)
    if not any(s.record == "pool_unit" for s in path):
        ends = _pools_by_name_alone(connection, ends, hanging, most)
    # What is asked about lacks nothing below it where nobody knows what it was made of.
    own = {e for e in ends if e.sort is Sort.WITHOUT and e.record in NODES}
    ends = [e for e in ends if e not in own or not hanging[e][1] <= reached.nodes]
    leading = [r for r in refused if r.nodes]
    found = _candidates(connection, ends, hanging, leading)
    opening = [replace(c, opens="lots") if c.end in touching else c for c in found]
    _attach(looked_up, opening, reached, most)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open end above packs: the donations and the pools and lots that hang at once below it. opens:
    "lots" where nobody knows which others it leads to.
    """

    end: End
    donations: frozenset[str]
    nodes: frozenset[int]
    rows: tuple[Row, ...] = ()
    opens: str = ""


def _candidates(
    connection: Connection, ends: list[End], hanging: Hanging, refused: Iterable[Belonging]
) -> list[Candidate]:
    pools = subjects.pools_of(
        connection, {d for donations, _ in hanging.values() for d in donations}
    )
    found = [
        Candidate(
            end,
            frozenset(hanging[end][0]),
            frozenset(hanging[end][1].union(*(pools.get(d, set()) for d in hanging[end][0]))),
        )
        for end in ends
    ]
    return [*found, *(Candidate(r.end, frozenset(), r.nodes, tuple(r.rows)) for r in refused)]


def _attach(looked_up: LookedUp, waiting: list[Candidate], reached: Reached, most: AtMost) -> None:
    """Take what hangs below each end, look again with all that it brings, and say what is left out."""
    every = frozenset().union(*(c.nodes for c in waiting))
    connection, facts = looked_up.connection, looked_up.facts(every)
    pooled, donations = statements.pooled_at(connection, facts), set(reached.donations)
    whys = dict[End, str]()
    while waiting:
        whys = _whys(waiting, facts, pooled, _answer(looked_up, most.nodes, donations))
        let_in = [c for c in waiting if c.end not in whys]
        if not let_in:
            break
        for one in let_in:
            most.belongs.append(
                Belonging(one.end, Role.ATTACHES, [*one.rows], one.nodes, opens=one.opens)
            )
            # What it brings may itself be what another is told from: an earlier donation, a maker.
            donations |= one.donations
        new = frozenset().union(*(c.nodes for c in let_in)) - most.nodes
        most.nodes |= set(statements.below(connection, sorted(new)))
        # Looked at once more: what another brought may take away the reason for which it was left
        # out.
        waiting = [c for c in waiting if c.end in whys]
    most.left_out.update((whys[c.end], c.end) for c in waiting)
    most.donations = donations


def _whys(
    waiting: list[Candidate],
    facts: Mapping[int, Facts],
    pooled: Mapping[int, datetime | None],
    answer: Answer,
) -> dict[End, str]:
    """Why those that cannot belong are left out, by what they tell and by no name that looks alike."""
    found = {
        c.end: why
        for c in waiting
        if (why := of_lots(c.end, Hangs(tuple(facts[n] for n in c.nodes), pooled), answer))
    }
    names = {
        c.end: frozenset(Told(LOT, facts[n].number) for n in c.nodes)
        for c in waiting
        if c.end in found
    }
    for end in look_alike(names, answer):
        del found[end]
    return found


def _answer(looked_up: LookedUp, nodes: Iterable[int], donations: Set[str]) -> Answer:
    facts = tuple(looked_up.facts(nodes).values())
    return Answer(looked_up, facts, looked_up.given_from(donations))


# --- what was refused --------------------------------------------------------------------------------


def _refused(connection: Connection, path: tuple[Step, ...]) -> list[Belonging]:
    """Refused rows of the path: by what they lead to, else by what they leave open."""
    making, of_lines = open_ends.making(path), {r.name for r in lines(records())}
    found = []
    for row in open_ends.refused(connection, {s.record for s in path}):
        end = End(row.record, (row.file_name, str(row.line), str(row.receipt)), "", Sort.REFUSED)
        place = (row.file_name, row.sender, row.receipt, row.line)
        told_of = Row(row.record, end.key, *place, {}, (None,), None)
        above = not row.record or row.record in making
        # Of a row that nobody can read, or whose record is not known, the worse: it may tell of any
        # lot.
        opens = "lots" if above else "vials" if row.record in of_lines else ""
        if row.node is not None:
            found.append(Belonging(end, Role.ATTACHES, [told_of], frozenset({row.node})))
            continue
        role = Role.ATTACHES if above else Role.UNFILLED if opens else Role.HELD
        found.append(Belonging(end, role, [told_of], opens=opens))
    return found


# --- what was reached, and leads nowhere --------------------------------------------------------------


def _leading_on(
    connection: Connection, question: Question, ends: list[End], reached: Reached
) -> list[Belonging]:
    found = [
        Belonging(e, Role.LEADS_ON)
        for e in ends
        if e.record == "donation" and e.key[0] in reached.donations
    ]
    found += [
        Belonging(e, Role.LEADS_ON, opens="lots")
        for e in ends
        if e.sort is Sort.AWAITED
        or (e.record == "pack" and "/".join(e.key) in reached.names | reached.before)
    ]
    if any(s.record in SAMPLES for s in steps(question.first, records())):
        for name in reached.names:
            found += [
                Belonging(e, Role.LEADS_ON, opens="lots")
                for e in open_ends.results_astray(connection, question.name, name)
            ]
    reads = {read.record for read in question.reads} - {"donation"}
    runs = sorted((e for e in ends if e.record in reads), key=lambda e: e.record)
    return found + [
        Belonging(e, Role.LEADS_ON, opens="lots") for e in _naming(connection, runs, reached.names)
    ]


def _unpooled(donation: str) -> End:
    return End("donation", (donation,), "plasma_unit.donation", Sort.WITHOUT)


def _naming(connection: Connection, runs: list[End], names: frozenset[str]) -> Iterator[End]:
    """Open ends of runs that were asked about: by their key, or by what a version of them names."""
    values = {(e.record, e.key): {*e.key} for e in runs}
    for row in told.rows(connection, values):
        values[row.record, row.key].update(v for named in row.names.values() for v in named)
    return (e for e in runs if values[e.record, e.key] & names)
