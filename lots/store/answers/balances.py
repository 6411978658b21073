"""What rows tell of how many vials came into lots and went on from them (docs/balance.md)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from lots.answers import Between
from lots.store.answers import arrays
from lots.store.queries import query


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind: of which other thing, how many vials, of how many keys, and how many of
    these do not say how many vials.
    """

    part: str
    other: str
    vials: Between
    rows: int
    unsaid: int


def parts(connection: sa.Connection, nodes: Iterable[int] | None) -> dict[int, list[Part]]:
    """What is told of each of these lots; None: of every one that has vials."""
    # Null asks for all, which an empty list must not.
    asked = None if nodes is None else arrays.of_numbers(nodes)
    found = defaultdict[int, list[Part]](list)
    for row in connection.execute(query("balance"), {"nodes": asked}):
        vials = Between(row.least, row.most)
        found[row.node].append(Part(row.part, row.other, vials, row.rows, row.unsaid))
    return found
