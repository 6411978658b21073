"""Trace a pack, lot or donation both ways: what went into it, what was made of it, what became of its vials."""

from datetime import datetime

from lots.answers import Trace
from lots.errors import CallError, NotFound
from lots.pipeline.certify import certify, pool_gaps
from lots.pipeline.pack import Became, became, pack_name
from lots.settings import Settings
from lots.store import counting, questions
from lots.store.engine import Connection

KINDS = ("pack", "lot", "donation")


def trace(settings: Settings, kind: str, name: str, *, through: datetime) -> Trace:
    """The tree of one thing. Raises NotFound where nothing of that name was ever received, CallError for a bad name."""
    with questions.snapshot(settings) as connection:
        pack = became(connection, name) if kind == "pack" else None
        start, more, details = _start(connection, kind, name, pack)
        lines = pack.lines if pack else None
        below, above = questions.below(connection, start), questions.above(connection, start)
        every = sorted({*below, *above})
        nodes, edges = questions.named(connection, every), questions.edges(connection, every)
        pooled = questions.pooled(connection, every)
        uses = (questions.uses_of_lots(connection, below) if lines is None
                else questions.uses_of_lines(connection, lines, start))
        counted = start if pack else below
        vials = counting.vials(connection, counted, lines)
        certificate = certify(
            connection, nodes, len(edges), vials.lines, through, [*more, *pool_gaps(nodes, pooled)],
            names=_names(connection, kind, name))
        return Trace(kind, name, tuple(start), nodes, edges, pooled, uses,
                     () if pack else questions.whereabouts(connection, below), vials,
                     counting.patients(connection, counted, lines), details, certificate)


def _names(connection: Connection, kind: str, name: str) -> list[str]:
    """What a question names besides nodes: a donation and its units, a pack's serial."""
    if kind == "donation":
        return [name, *(unit for unit, _ in questions.units_of_donation(connection, name))]
    return [pack_name(name)[1] if kind == "pack" else lot_name(name)[1]]


def lot_name(name: str) -> tuple[str, str, str]:
    """(maker, number, step) of 'NUMBER', 'MAKER/NUMBER' or 'MAKER/NUMBER/STEP'; empty where not said."""
    parts = name.split("/")
    if not name or len(parts) > 3:
        raise CallError(f"'{name}' does not name a lot; expected NUMBER, MAKER/NUMBER or MAKER/NUMBER/STEP.")
    maker, number, step = (["", *parts, ""] if len(parts) == 1 else [*parts, ""])[:3]
    return maker, number, step


def _start(connection: Connection, kind: str, name: str,
           pack: Became | None) -> tuple[list[int], list[str], tuple[tuple[str, str], ...]]:
    """The nodes to start from, what is missing before them, and what to say of the thing itself."""
    if kind == "donation":
        units = questions.units_of_donation(connection, name)
        nodes = questions.pools_of_donation(connection, name)
        unpooled = [unit for unit, pooled in units if not pooled]
        if not units and not questions.donation_known(connection, name):
            raise NotFound(f"No donation '{name}' was ever received.")
        gaps = [] if units else ["No plasma unit of this donation has arrived: nobody can tell where it went."]
        details = (("units", str(len(units))), ("not pooled", ", ".join(unpooled) or "none"))
        return nodes, gaps, details
    if pack:
        nodes, number = sorted(pack.nodes), pack_name(name)[1]
    else:
        maker, number, step = lot_name(name)
        nodes = questions.of_lot(connection, number, maker, step)
    if nodes:
        return nodes, [*pack.gaps] if pack else [], ()
    if not questions.mentioned(connection, number):
        raise NotFound(f"No {kind} '{name}' was ever received.")
    return [], [f"No record that links this {kind} has arrived, but received rows name it, or are not linked yet."], ()
