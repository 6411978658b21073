"""Stops by rules that two people signed in advance: each finding of such a rule stops the packed
lots that it holds, once, and the stop cites who signed the rule.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lots.store.queries import query

ANY = "SELECT judged.rules_in_advance()"
ALONE = "SELECT judged.alone('lot', CAST(:key AS jsonb), NULL)"
STOP = "SELECT judged.stop_by_rule(:signed, :finding, :maker, :number, :now)"


@dataclass(frozen=True, slots=True)
class Due:
    """A packed lot that a finding of such a rule holds: the number of the rule's decision, the
    finding's, and the lot.
    """

    signed: int
    finding: int
    maker: str
    number: str


def due(connection: sa.Connection) -> tuple[Due, ...]:
    """What findings of such rules hold, those of this transaction among them; whoever decides of
    these lots waits from here until it ends.
    """
    # First, since nearly nobody signs such a rule, and else all findings might be looked through.
    if not connection.scalar(sa.text(ANY)):
        return ()
    found = tuple(
        Due(row.signed, row.finding, maker, number)
        for row in connection.execute(query("findings_of_signed_rules")).all()
        for maker, number in _lots(connection, row.finding)
    )
    # Before the entry over the findings gets its number: from then on nobody else's stop would get
    # one, and who has stopped one of these lots would wait for that with the lot.
    for maker, number in sorted({(one.maker, one.number) for one in found}):
        connection.execute(sa.text(ALONE), {"key": json.dumps([maker, number])})
    return found


def stop(
    connection: sa.Connection, found: Sequence[Due], now: datetime
) -> Iterator[tuple[Due, int]]:
    """Stop each lot once a finding: with the number of the decision."""
    for one in found:
        told = {"signed": one.signed, "finding": one.finding, "now": now}
        told |= {"maker": one.maker, "number": one.number}
        put = connection.scalar(sa.text(STOP), told)
        # None where this finding has stopped the lot before: a lot that was let go stays so.
        if put is not None:
            yield one, put


def _lots(connection: sa.Connection, finding: int) -> list[tuple[str, str]]:
    held = connection.execute(query("held"), {"of_finding": finding})
    names = [row.key for row in held if row.record == "node"]
    found = connection.execute(query("packed_lots_held"), {"names": json.dumps(names)})
    return [(row.maker, row.number) for row in found]
