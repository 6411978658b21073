"""Trace a pack, lot or donation both ways: what went into it, what was made of it, what became of
its vials.
"""

from dataclasses import dataclass, field
from datetime import datetime

from lots.answers import Trace, Use
from lots.pipeline import naming
from lots.pipeline import pack as packs
from lots.pipeline.certify import certify, pool_gaps
from lots.settings import Settings
from lots.store.answers import counting, holders, statements
from lots.store.answers.contests import Extent
from lots.store.answers.counting import Line
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

KINDS = ("pack", "lot", "donation")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a trace begins: its nodes, its vial lines (None: all below), what is missing, and what
    is to be said.
    """

    question: str
    nodes: list[int]
    names: list[str]
    lines: set[Line] | None = None
    gaps: list[str] = field(default_factory=list)
    details: tuple[tuple[str, int | str], ...] = ()
    packs: tuple[str, ...] = ()
    perhaps: set[Line] = field(default_factory=set)

    def extent(self) -> Extent:
        """What the trace shows beside its nodes."""
        lines = None if self.lines is None else frozenset(self.lines)
        return Extent(tuple(self.names), lines, self.packs, donors=True)


def trace(settings: Settings, kind: str, name: str, *, through: datetime) -> Trace:
    """The tree of one thing. Raises NotFound where nothing of that name was ever received,
    CallError for a bad name.
    """
    with statements.snapshot(settings) as connection:
        start = STARTS[kind](connection, name)
        below = statements.below(connection, start.nodes)
        every = sorted({*below, *statements.above(connection, start.nodes)})
        # Of single lines only their own lots: whatever else is below has vials of others.
        counted = below if start.lines is None else start.nodes
        with holders.beside(settings, connection, below if start.lines is None else None) as held:
            nodes = statements.known_nodes(connection, every)
            edges = statements.edges(connection, nodes)
            pooled = statements.pooled(connection, nodes)
            uses = _uses(connection, start, counted, nodes)
            vials = counting.vials(connection, counted, start.lines, start.perhaps)
            patients = counting.patients(connection, counted, start.lines)
            gaps = [*start.gaps, *pool_gaps(tuple(nodes.values()), pooled)]
            walked = (len(edges), vials.lines)
            certificate = certify(connection, nodes, *walked, through, gaps, extent=start.extent())
            packs_at, differ = held()
        return Trace(
            start.question,
            tuple(nodes[node].name for node in start.nodes),
            tuple(nodes.values()),
            edges,
            pooled,
            uses,
            packs_at,
            vials,
            patients,
            start.details,
            certificate,
            differ,
        )


def _of_pack(connection: Connection, name: str) -> Start:
    became = packs.became(connection, name)
    gtin, serial = packs.pack_name(name)
    return Start(
        f"pack {name}",
        sorted(became.nodes),
        [serial],
        became.lines,
        [*became.gaps],
        packs=(f"{gtin}/{serial}",),
        perhaps=became.perhaps,
    )


def _of_lot(connection: Connection, name: str) -> Start:
    named = naming.named_lots(connection, "lot", name)
    return Start(named.said, sorted(named.nodes), sorted(named.numbers), gaps=[*named.gaps])


def _of_donation(connection: Connection, name: str) -> Start:
    units = statements.units_of_donation(connection, name)
    unpooled = [unit for unit, pooled in units if not pooled]
    if not units:
        naming.expect(connection, "donation", name, [name])
    gaps = (
        []
        if units
        else ["No plasma unit of this donation has arrived: nobody can tell where it went."]
    )
    details = (("units", len(units)), ("not pooled", ", ".join(unpooled) or "none"))
    return Start(
        f"donation {name}",
        statements.pools_of_donation(connection, name),
        [name, *(u for u, _ in units)],
        gaps=gaps,
        details=details,
    )


STARTS = {"pack": _of_pack, "lot": _of_lot, "donation": _of_donation}


def _uses(connection: Connection, start: Start, lots: list[int], nodes: Nodes) -> tuple[Use, ...]:
    """What became of single vials: of all of these lots, unless it is asked about some lines."""
    if start.lines is None:
        return statements.uses_of_lots(connection, lots, nodes)
    return statements.uses_of_lines(connection, start.lines, lots, nodes)
