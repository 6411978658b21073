"""Trace a thing both ways: what went into it, what was made of it, what became of its vials; and a
person or a party by what it gave, had or was given.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lots.answers import Reason, Trace, Use
from lots.pipeline import pack as packs
from lots.pipeline.certify import above_ends
from lots.pipeline.counted import counted
from lots.pipeline.implicate import Subject, reached
from lots.pipeline.period import Period
from lots.pipeline.reach import Reach
from lots.pipeline.refused_above import refused_above
from lots.questions import questions
from lots.settings import Settings
from lots.store.answers import holders, pack_history, statements
from lots.store.answers.paths import crossed
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

PERSONS = ("donor", "patient")
DONATIONS_SHOWN = 6


def trace(settings: Settings, kind: str, name: str, *, through: datetime | None = None) -> Trace:
    """The tree of one thing. through: until when all in scope should be heard; by default until
    when they were. Raises NotFound where nothing of that name was ever received, CallError for a
    bad name.
    """
    # Who may ask by a person's key may see it: a reader could try out a list of keys otherwise.
    role = "lots_discloser" if kind in PERSONS else "lots_reader"
    with statements.snapshot(settings, role) as connection:
        return tree(connection, Subject(kind, name), through)


def tree(connection: Connection, subject: Subject, through: datetime | None) -> Trace:
    """What is above and below a thing, and its certificate."""
    question = questions()[subject.kind]
    reach = reached(connection, question, [subject], Period())
    every = sorted({*reach.nodes, *statements.above(connection, sorted(reach.start))})
    holder = subject.name if subject.kind == "party" else ""
    whole = reach.lines is None or bool(holder)
    nodes = statements.known_nodes(connection, every)
    edges = statements.edges(connection, nodes)
    pooled = statements.pooled(connection, nodes)
    above = crossed(question.above)
    missing: list[Reason] = [
        *above_ends(connection, above, nodes),
        *refused_above(connection, question, nodes),
    ]
    told = counted(connection, reach, nodes, len(edges), through, above=above, more=missing)
    below = {node: nodes[node] for node in sorted(reach.nodes) if node in nodes}
    held = _at(holders.held(connection, below) if whole else holders.NOWHERE, holder)
    bounds, certificate = told.concluded(connection, held)
    traced = Trace(
        reach.asked[0].thing,
        tuple(nodes[node].name for node in sorted(reach.start)),
        tuple(nodes.values()),
        edges,
        pooled,
        _uses(connection, reach, nodes),
        held.places,
        told.vials,
        told.patients,
        bounds,
        _details(subject, reach),
        certificate,
        held.differ,
    )
    # Of one pack its own place alone, which is looked up by its names and not by its lot.
    return _of_one_pack(connection, traced, subject, reach) if reach.packs else traced


def _of_one_pack(connection: Connection, traced: Trace, subject: Subject, reach: Reach) -> Trace:
    """With where this pack is, its labels, how it was made, and its way."""
    pack, nodes = packs.pack_name(subject.name), sorted(reach.nodes)
    return replace(
        traced,
        whereabouts=pack_history.places(connection, *pack, nodes),
        pack=pack_history.history(connection, *pack, nodes),
    )


def _at(held: holders.Held, holder: str) -> holders.Held:
    """Where packs are: all of it, or what stands with one party."""
    if not holder:
        return held
    return replace(
        held,
        places=tuple(w for w in held.places if w.holder == holder),
        differ=tuple(d for d in held.differ if d.party == holder),
    )


def _details(subject: Subject, reach: Reach) -> tuple[tuple[str, int | str], ...]:
    """What is to be said beside the tree; of a donor which donations,
    to whoever may see the key.
    """
    if subject.kind == "party":
        # What was dispensed here may have been given elsewhere, which is no line of this site.
        return (("lines of vials", "of this site alone"), *reach.details)
    if subject.kind != "donor":
        return tuple(reach.details)
    given = _some(sorted(reach.donations))
    return (("donations", given), *(d for d in reach.details if d[0] != "donations"))


def _some(names: Sequence[str]) -> str:
    """How many, and the first of them."""
    more = f" and {len(names) - DONATIONS_SHOWN:,} more" if len(names) > DONATIONS_SHOWN else ""
    return f"{len(names)}: {', '.join(names[:DONATIONS_SHOWN])}{more}" if names else "none"


def _uses(connection: Connection, reach: Reach, nodes: Nodes) -> tuple[Use, ...]:
    """What became of single vials: of all of these lots, unless it is asked about some lines."""
    lots = sorted(reach.nodes)
    if reach.lines is None:
        return statements.uses_of_lots(connection, lots, nodes)
    return statements.uses_of_lines(connection, reach.lines, lots, nodes)
