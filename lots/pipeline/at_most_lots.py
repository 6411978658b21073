"""Open ends above packs that could belong to an answer: what hangs below each is taken, and what
that brings is looked at again (docs/certificate.md).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from lots.answers.certificate import Sort
from lots.pipeline.belonging import Answer, Hangs, LookedUp, look_alike, of_lots
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.store.answers import open_ends, statements, subjects
from lots.store.answers.lot_facts import Facts
from lots.store.answers.near import LOT, Told
from lots.store.answers.open_ends import End
from lots.store.answers.told import Row
from lots.store.engine import Connection

NODES = ("pool", "lot")
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
        whys = _whys(waiting, facts, pooled, answer_of(looked_up, most.nodes, donations))
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


def answer_of(looked_up: LookedUp, nodes: Iterable[int], donations: Set[str]) -> Answer:
    """An answer of these pools and lots, as others are told from it."""
    facts = tuple(looked_up.facts(nodes).values())
    return Answer(looked_up, facts, looked_up.given_from(donations))
