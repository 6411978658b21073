"""Stops by rules that two signed in advance, each an entry of its own as every decision is."""

from datetime import datetime

from lots.store.engine import Connection
from lots.store.ledger.appending import append
from lots.store.rules import in_advance


def stop(connection: Connection, by: str, now: datetime) -> None:
    """Stop what open findings of such rules hold, after what opened them has its own entry."""
    for one in in_advance.stop(connection, now):
        reference = {"disposition": str(one.disposition), "move": "stop", "cites": str(one.signed)}
        reference |= {"thing": "lot", "key": f"{one.maker}/{one.number}"}
        append(connection, "disposition", reference, by, now)
