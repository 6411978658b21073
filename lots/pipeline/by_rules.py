"""Stops by rules that two signed in advance, each an entry of its own as every decision is."""

from collections.abc import Mapping
from datetime import datetime

from lots.store.engine import Connection
from lots.store.ledger.appending import append
from lots.store.rules import findings, in_advance


def entered(
    connection: Connection, kind: str, reference: Mapping[str, str], by: str, now: datetime
) -> None:
    """Append the entry over findings that were opened, and stop what those of such rules hold: last in
    their transaction, since no other entry gets a number meanwhile.
    """
    due = in_advance.due(connection)
    append(connection, kind, reference, by, now)
    for one, number in in_advance.stop(connection, due, now):
        told = {"disposition": str(number), "move": "stop", "cites": str(one.signed)}
        told |= {"thing": "lot", "key": f"{one.maker}/{one.number}"}
        # In the name of the rules, whoever asked for the evaluation.
        append(connection, "disposition", told, findings.BY, now)
