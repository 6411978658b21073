"""Stops by rules that two people signed in advance: each finding of such a rule stops the packed
lots that it holds, once, and the stop cites who signed the rule.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lots.store.queries import query

ANY = "SELECT EXISTS (SELECT FROM judged.in_effect WHERE thing = 'rule')"
STOP = "SELECT judged.stop_by_rule(:signed, :finding, :maker, :number, :now)"


@dataclass(frozen=True, slots=True)
class Stopped:
    """A packed lot that such a finding stopped: the number of the decision, the rule's, and the
    lot.
    """

    disposition: int
    signed: int
    maker: str
    number: str


def stop(connection: sa.Connection, now: datetime) -> Iterator[Stopped]:
    """Stop what findings hold whose rules were signed so, each lot once a finding."""
    # First, since nearly nobody signs such a rule, and else all findings might be looked through.
    if not connection.scalar(sa.text(ANY)):
        return
    for found in connection.execute(query("findings_of_signed_rules")).all():
        told = {"signed": found.signed, "finding": found.finding, "now": now}
        for maker, number in _lots(connection, found.finding):
            put = connection.scalar(sa.text(STOP), {**told, "maker": maker, "number": number})
            # None where this finding has stopped the lot before: a lot that was let go stays so.
            if put is not None:
                yield Stopped(put, found.signed, maker, number)


def _lots(connection: sa.Connection, finding: int) -> list[tuple[str, str]]:
    held = connection.execute(query("held"), {"of_finding": finding})
    names = [row.key for row in held if row.record == "node"]
    found = connection.execute(query("packed_lots_held"), {"names": json.dumps(names)})
    return [(row.maker, row.number) for row in found]
