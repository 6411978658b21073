"""Trace a thing both ways: what went into it, what was made of it, what became of its vials; and a
person or a party by what it gave, had or was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lots.answers import Trace, Use
from lots.errors import NotFound
from lots.pipeline import naming
from lots.pipeline import pack as packs
from lots.pipeline.certify import certify, pool_gaps
from lots.settings import Settings
from lots.store.answers import counting, holders, pack_history, statements, subjects
from lots.store.answers.contests import Extent
from lots.store.answers.counting import Line
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

PERSONS = ("donor", "patient")
DONATIONS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Start:
    """Where a trace begins: its nodes, its vial lines (None: all below), what is missing, and what
    is to be said. holder: the party whose packs alone are shown. pack: its
    GTIN and serial.
    """

    question: str
    nodes: list[int]
    names: list[str]
    lines: set[Line] | None = None
    gaps: list[str] = field(default_factory=list)
    details: tuple[tuple[str, int | str], ...] = ()
    packs: tuple[str, ...] = ()
    perhaps: set[Line] = field(default_factory=set)
    holder: str = ""
    pack: tuple[str, str] | None = None

    def extent(self) -> Extent:
        """What the trace shows beside its nodes."""
        lines = None if self.lines is None else frozenset(self.lines)
        return Extent(tuple(self.names), lines, self.packs, donors=True)


def trace(settings: Settings, kind: str, name: str, *, through: datetime) -> Trace:
    """The tree of one thing. Raises NotFound where nothing of that name was ever received,
    CallError for a bad name.
    """
    # Who may ask by a person's key may see it: a reader could try out a list of keys otherwise.
    role = "lots_discloser" if kind in PERSONS else "lots_reader"
    with statements.snapshot(settings, role) as connection:
        return _tree(settings, connection, STARTS[kind](connection, name), through)


def _tree(settings: Settings, connection: Connection, start: Start, through: datetime) -> Trace:
    """What is above and below a start, and its certificate."""
    below = statements.below(connection, start.nodes)
    every = sorted({*below, *statements.above(connection, start.nodes)})
    # Of single lines only their own lots: whatever else is below has vials of others.
    counted = below if start.lines is None else start.nodes
    whole = start.lines is None or bool(start.holder)
    with holders.beside(settings, connection, below if whole else None) as held:
        nodes = statements.known_nodes(connection, every)
        edges = statements.edges(connection, nodes)
        pooled = statements.pooled(connection, nodes)
        vials = counting.vials(connection, counted, start.lines, start.perhaps)
        gaps = [*start.gaps, *pool_gaps(tuple(nodes.values()), pooled)]
        walked = (len(edges), vials.lines)
        traced = Trace(
            start.question,
            tuple(nodes[node].name for node in start.nodes),
            tuple(nodes.values()),
            edges,
            pooled,
            _uses(connection, start, counted, nodes),
            (),
            vials,
            counting.patients(connection, counted, start.lines),
            start.details,
            certify(connection, nodes, *walked, through, gaps, extent=start.extent()),
        )
        # Of one pack its own place alone, which is looked up by its names and not by its lot.
        if start.pack:
            return _of_one_pack(connection, traced, start.pack, start.nodes)
        packs_at, differ = _at(held(), start.holder)
    return replace(traced, whereabouts=packs_at, differences=differ)


def _of_one_pack(
    connection: Connection, traced: Trace, pack: tuple[str, str], nodes: list[int]
) -> Trace:
    """With where this pack is, its labels, how it was made, and its way."""
    return replace(
        traced,
        whereabouts=pack_history.places(connection, *pack, nodes),
        pack=pack_history.history(connection, *pack, nodes),
    )


def _at(held: holders.Held, holder: str) -> holders.Held:
    """Where packs are: all of it, or what stands with one party."""
    if not holder:
        return held
    packs, differ = held
    return (
        tuple(w for w in packs if w.holder == holder),
        tuple(d for d in differ if d.party == holder),
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
        pack=(gtin, serial),
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


def _of_donor(connection: Connection, name: str) -> Start:
    """Every donation of the person; the key itself is in no answer."""
    given = sorted(subjects.beginning(connection, "donor", {"name": name}).donations)
    if not given:
        naming.expect(connection, "donor", name, [name])
    units = subjects.pooled_units(connection, given)
    without = len(set(given) - {u.donation_number for u in units})
    unpooled = sorted({u.unit for u in units if u.node is None})
    gaps = [
        *(
            ["No donation of this donor has arrived, but received rows name the donor."]
            * (not given)
        ),
        *([f"Of {without:,} donations no plasma unit has arrived."] if without else []),
    ]
    details = (
        ("donations", _some(given)),
        ("units", len({u.unit for u in units})),
        ("not pooled", _some(unpooled)),
    )
    nodes = sorted({u.node for u in units if u.node is not None})
    names = [*given, *sorted({u.unit for u in units})]
    return Start("donor (whose key is not shown)", nodes, names, gaps=gaps, details=details)


def _some(names: Sequence[str]) -> str:
    """How many, and the first of them."""
    more = f" and {len(names) - DONATIONS_SHOWN:,} more" if len(names) > DONATIONS_SHOWN else ""
    return f"{len(names)}: {', '.join(names[:DONATIONS_SHOWN])}{more}" if names else "none"


def _of_patient(connection: Connection, name: str) -> Start:
    """Every line of vials of the person; the key itself is in no answer."""
    lines = subjects.beginning(connection, "patient", {"name": name}).lines
    if not lines and not naming.is_known(connection, "patient", name):
        raise NotFound("No patient of that key was ever received; near keys are not shown.")
    who = "patient (whose key is not shown)"
    none = "Received rows name this patient, but none of them leads to a vial."
    gaps = [*([] if lines else [none]), *packs.unlinked(connection, who, lines)]
    return Start(who, subjects.lots_of_lines(connection, lines), [], lines, gaps)


def _of_party(connection: Connection, name: str) -> Start:
    """The packs that came to a party, and the lines of vials that are told from there."""
    found = subjects.beginning(connection, "party", {"name": name})
    nodes = sorted({*found.nodes, *subjects.lots_of_lines(connection, found.lines)})
    if not nodes and not found.lines:
        naming.expect(connection, "party", name, [name])
    gaps = [*packs.unlinked(connection, f"party {name}", found.lines)]
    if not nodes:
        gaps.append(f"Received rows name party {name}, but none of them leads to a lot.")
    return Start(f"party {name}", nodes, [name], found.lines, gaps, holder=name)


STARTS = {
    "pack": _of_pack,
    "lot": _of_lot,
    "donation": _of_donation,
    "donor": _of_donor,
    "patient": _of_patient,
    "party": _of_party,
}


def _uses(connection: Connection, start: Start, lots: list[int], nodes: Nodes) -> tuple[Use, ...]:
    """What became of single vials: of all of these lots, unless it is asked about some lines."""
    if start.lines is None:
        return statements.uses_of_lots(connection, lots, nodes)
    return statements.uses_of_lines(connection, start.lines, lots, nodes)
