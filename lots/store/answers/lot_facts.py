"""What pools and lots tell by which others are told from them (docs/certificate.md)."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from lots.store.answers import arrays
from lots.store.queries import query


@dataclass(frozen=True, slots=True)
class Facts:
    """What pools and lots of one maker and step tell that tell the same, by the order of their
    numbers. made_at: when the first of them was made, where each tells it; first_made:
    of those that do, and of pools when the first was pooled.
    """

    nodes: tuple[int, ...]
    numbers: tuple[str, ...]
    maker: str
    step: str
    products: frozenset[str]
    no_product: bool
    gtins: frozenset[str]
    no_gtin: bool
    made_at: datetime | None
    first_made: datetime | None

    def of(self, nodes: Set[int]) -> "Facts":
        """What those of them tell that are among these."""
        kept = [n for n, node in enumerate(self.nodes) if node in nodes]
        mine = tuple(self.nodes[n] for n in kept), tuple(self.numbers[n] for n in kept)
        return replace(self, nodes=mine[0], numbers=mine[1])


def facts(connection: sa.Connection, nodes: Iterable[int], *, apart: bool = False) -> list[Facts]:
    """What these pools and lots tell; apart: each by itself."""
    asked = {"nodes": arrays.of_numbers(nodes), "apart": apart}
    return [
        Facts(
            tuple(r.nodes),
            tuple(r.numbers),
            r.maker,
            r.step,
            frozenset(r.products),
            r.no_product,
            frozenset(r.gtins),
            r.no_gtin,
            r.made_at,
            r.first_made,
        )
        for r in connection.execute(query("facts_of_lots"), asked).all()
    ]
