"""Trace a pack, lot or donation both ways: what went into it, what was made of it, what became of its vials."""

from datetime import datetime

from lots.answers import Trace, Use
from lots.errors import CallError, NotFound
from lots.identifiers.gtin import Gtin
from lots.pipeline.certify import certify, pool_gaps
from lots.settings import Settings
from lots.store import questions
from lots.store.engine import Connection

KINDS = ("pack", "lot", "donation")


def trace(settings: Settings, kind: str, name: str, *, through: datetime) -> Trace:
    """The tree of one thing. Raises NotFound where nothing of that name was ever received, CallError for a bad name."""
    with questions.snapshot(settings) as connection:
        start, more, details = _start(connection, kind, name)
        below, above = questions.below(connection, start), questions.above(connection, start)
        every = sorted({*below, *above})
        nodes, edges = questions.named(connection, every), questions.edges(connection, every)
        pooled = questions.pooled(connection, every)
        uses = _uses(connection, kind, name, start, below)
        where = () if kind == "pack" else questions.whereabouts(connection, below)
        certificate = certify(
            connection, nodes, len(edges), len(uses), through, [*more, *pool_gaps(nodes, pooled)],
            names=_names(connection, kind, name))
        patients = questions.patients(connection, below)
        return Trace(kind, name, tuple(start), nodes, edges, pooled, uses, where, patients, details, certificate)


def _uses(connection: Connection, kind: str, name: str, start: list[int], below: list[int]) -> tuple[Use, ...]:
    if kind != "pack":
        return questions.uses_of_lots(connection, below)
    gtin, serial = pack_name(name)
    return questions.uses_of_pack(connection, gtin, serial, start[0] if start else 0)


def _names(connection: Connection, kind: str, name: str) -> list[str]:
    """What a question names besides nodes: a donation and its units, a pack's serial."""
    if kind == "donation":
        return [name, *(unit for unit, _ in questions.units_of_donation(connection, name))]
    return [pack_name(name)[1] if kind == "pack" else lot_name(name)[1]]


def pack_name(name: str) -> tuple[str, str]:
    """(GTIN-14, serial) of 'GTIN/SERIAL', the GTIN being of any length. Raises CallError."""
    gtin, slash, serial = name.partition("/")
    if not slash or not gtin or not serial:
        raise CallError(f"'{name}' does not name a pack; expected GTIN/SERIAL.")
    try:
        return str(Gtin.of(gtin)), serial
    except ValueError as error:
        raise CallError(str(error)) from error


def lot_name(name: str) -> tuple[str, str, str]:
    """(maker, number, step) of 'NUMBER', 'MAKER/NUMBER' or 'MAKER/NUMBER/STEP'; empty where not said."""
    parts = name.split("/")
    if not name or len(parts) > 3:
        raise CallError(f"'{name}' does not name a lot; expected NUMBER, MAKER/NUMBER or MAKER/NUMBER/STEP.")
    maker, number, step = (["", *parts, ""] if len(parts) == 1 else [*parts, ""])[:3]
    return maker, number, step


def _start(connection: Connection, kind: str, name: str) -> tuple[list[int], list[str], tuple[tuple[str, str], ...]]:
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
    if kind == "pack":
        nodes, number = questions.of_pack(connection, *pack_name(name)), pack_name(name)[1]
    else:
        maker, number, step = lot_name(name)
        nodes = questions.of_lot(connection, number, maker, step)
    if nodes:
        return nodes, [], ()
    if not questions.mentioned(connection, number):
        raise NotFound(f"No {kind} '{name}' was ever received.")
    return [], [f"No record that links this {kind} has arrived, but received rows name it, or are not linked yet."], ()
