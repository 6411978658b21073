"""Open ends above packs that could belong to an answer: what hangs below each is taken, and what
that brings is looked at again (docs/certificate.md).
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial

from lots.answers.certificate import Sort
from lots.pipeline.belonging import Answer, Hangs, LookedUp, of_lots
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.store.answers import lot_facts, open_ends, read_once, statements, subjects
from lots.store.answers.lot_facts import Facts
from lots.store.answers.near import LOT, Told
from lots.store.answers.open_ends import End
from lots.store.answers.refused_rows import Pack
from lots.store.answers.told import Row
from lots.store.engine import Connection

NODES, MINIPOOL = ("pool", "lot"), "minipool"
# By which link a load names its run, and the steps of the lots that come out of such a run.
TREATED = frozenset({"paste", "bulk", "filled", "dried"})
RUNS = {
    ("viral_inactivation_load", "batch"): TREATED,
    ("virus_removal_load", "batch"): TREATED,
    ("filling_load", "batch"): frozenset({"filled"}),
    ("lyophilisation_load", "cycle"): frozenset({"dried"}),
}
Hanging = Mapping[End, tuple[set[str], set[int]]]


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


def above_packs(
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
    # A minipool of which nothing was pooled is perhaps not tested yet, and of what is asked about it is
    # known.
    found = [
        c
        for c in _candidates(connection, ends, hanging, leading)
        if c.end.record != MINIPOOL or (c.nodes and c.end.key[0] not in reached.names)
    ]
    opening = [replace(c, opens="lots") if c.end in touching else c for c in found]
    lots = set(open_ends.lots_without_inputs(connection, path)) - reached.nodes
    # They tell it themselves, so that those that tell the same are looked at as one.
    alike = _told_by(connection, lots)
    of_runs = {s.record: s.link for s in path if (s.record, s.link) in RUNS}
    made = frozenset().union(*(RUNS[run] for run in of_runs.items()))
    by_units = any(s.record == "pool_unit" for s in path)
    hanging_as = partial(Hangs, by_units=by_units, of_runs=of_runs, out_of_runs=made)
    _attach(looked_up, opening, alike, reached, most, hanging_as, made)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open end above packs: the donations and the pools and lots that hang at once below it. opens:
    "lots" where nobody knows which others it leads to. alike: the lots without inputs that it is
    one for.
    """

    end: End
    donations: frozenset[str]
    nodes: frozenset[int]
    rows: tuple[Row, ...] = ()
    opens: str = ""
    alike: Facts | None = None


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


def _without_inputs(alike: Facts) -> Candidate:
    (first, *_) = open_ends.without_inputs(alike)
    return Candidate(first, frozenset(), frozenset(alike.nodes), alike=alike)


def _attach(
    looked_up: LookedUp,
    waiting: list[Candidate],
    alike: list[Facts],
    reached: Reached,
    most: AtMost,
    hangs: Callable[..., Hangs],
    made: Set[str],
) -> None:
    """Take what hangs below each end, look again with all that it brings, and say what is left out."""
    every = frozenset().union(*(c.nodes for c in waiting))
    connection = looked_up.connection
    facts = {f.nodes[0]: f for f in _told_by(connection, every, apart=True)}
    pooled = read_once.once(
        connection, ("pooled", *facts), lambda: statements.pooled_at(connection, facts)
    )
    donations = set(reached.donations)
    waiting = [*waiting, *map(_without_inputs, alike)]
    whys = dict[End, str]()
    while waiting:
        answer = answer_of(looked_up, most.nodes, donations, alike)
        waiting, whys = _whys(waiting, facts, partial(hangs, pooled_at=pooled), answer)
        let_in = _let_in(waiting, whys.keys(), answer, made)
        if not let_in:
            break
        for one in let_in:
            most.belongs.append(_belonging(one))
            # What it brings may itself be what another is told from: an earlier donation, a maker.
            donations |= one.donations
        new = frozenset().union(*(c.nodes for c in let_in)) - most.nodes
        most.nodes |= set(statements.below(connection, sorted(new)))
        # Looked at once more: what another brought may take away the reason for which it was left
        # out.
        taken = {c.end for c in let_in}
        waiting = [c for c in waiting if c.end not in taken]
    for one in (c for c in waiting if c.end in whys):
        most.left_out[whys[one.end], one.end] += len(one.alike.nodes) if one.alike else 1
    most.donations = donations


def _told_by(connection: Connection, lots: Set[int], *, apart: bool = False) -> list[Facts]:
    """What lots tell that could belong: mostly the same ones, whatever is asked."""

    def read() -> list[Facts]:
        return lot_facts.facts(connection, lots, apart=apart) if lots else []

    return read_once.once(connection, ("facts", apart, *sorted(lots)), read)


def _let_in(
    waiting: list[Candidate], whys: Set[End], answer: Answer, made: Set[str]
) -> list[Candidate]:
    """Those that are not left out. What nothing is known to have gone into was not made of nothing: as
    long as nothing is walked it is let in only where it may have come out of a run.
    """
    found = [c for c in waiting if c.end not in whys]
    return [c for c in found if answer.makers or not c.alike or c.alike.step in made]


def _belonging(one: Candidate) -> Belonging:
    if one.alike:
        return without_inputs(one.alike)
    return Belonging(one.end, Role.ATTACHES, [*one.rows], one.nodes, opens=one.opens)


def without_inputs(alike: Facts) -> Belonging:
    """Lots without inputs that could belong."""
    first, *others = open_ends.without_inputs(alike)
    nodes = frozenset(alike.nodes)
    return Belonging(
        first, Role.ATTACHES, [], nodes, many=len(nodes), others=tuple(others), lots=alike
    )


def _whys(
    waiting: list[Candidate],
    facts: Mapping[int, Facts],
    hangs: Callable[[tuple[Facts, ...]], Hangs],
    answer: Answer,
) -> tuple[list[Candidate], dict[End, str]]:
    """Why those that cannot belong are left out, by what they tell and by no name that looks alike;
    of lots that tell the same those whose names do are then apart.
    """
    found = {
        c.end: why for c in waiting if (why := of_lots(c.end, hangs(_facts(c, facts)), answer))
    }
    names = {
        c.end: frozenset(Told(LOT, number) for f in _facts(c, facts) for number in f.numbers)
        for c in waiting
        if c.end in found
    }
    near = answer.looked_up.near({told for of in names.values() for told in of})
    told_apart = []
    for one in waiting:
        if not (one.end in found and names[one.end] & near):
            told_apart.append(one)
            continue
        why = found.pop(one.end)
        if not one.alike:
            told_apart.append(one)
            continue
        numbers = zip(one.alike.nodes, one.alike.numbers, strict=True)
        let_in = {node for node, number in numbers if Told(LOT, number) in near}
        told_apart.append(_without_inputs(one.alike.of(let_in)))
        if rest := {*one.alike.nodes} - let_in:
            left = _without_inputs(one.alike.of(rest))
            told_apart.append(left)
            found[left.end] = why
    return told_apart, found


def _facts(one: Candidate, facts: Mapping[int, Facts]) -> tuple[Facts, ...]:
    return (one.alike,) if one.alike else tuple(facts[node] for node in one.nodes)


def answer_of(
    looked_up: LookedUp,
    nodes: Set[int],
    donations: Set[str],
    known: Iterable[Facts] = (),
    *,
    untold: tuple[Pack, ...] = (),
) -> Answer:
    """An answer of these pools and lots, as others are told from it; known: what is known of some
    that it may have. untold: packs of nobody knows which lot.
    """
    facts = looked_up.facts(nodes, known)
    return Answer(looked_up, facts, looked_up.given_from(donations), untold=untold)
