"""What pools and lots tell by which others are told from them (docs/certificate.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lots.store.answers import arrays
from lots.store.queries import query


@dataclass(frozen=True, slots=True)
class Facts:
    """What a pool or lot tells by which others are told from it."""

    node: int
    maker: str
    number: str
    step: str
    products: frozenset[str]
    no_product: bool
    gtins: frozenset[str]
    no_gtin: bool
    made_at: datetime | None


def facts(connection: sa.Connection, nodes: Iterable[int]) -> list[Facts]:
    """What these pools and lots tell."""
    rows = connection.execute(query("facts_of_lots"), {"nodes": arrays.of_numbers(nodes)}).all()
    return [
        Facts(
            r.node,
            r.maker,
            r.number,
            r.step,
            frozenset(r.products),
            r.no_product,
            frozenset(r.gtins),
            r.no_gtin,
            r.made_at,
        )
        for r in rows
    ]
