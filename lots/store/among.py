"""Conditions on many values at once. Each list goes as one array: a statement takes 65,535 values at
most, and a file may bring more rows than that.
"""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg


def among(column: sa.ColumnElement[Any], values: Collection[object]) -> sa.ColumnElement[bool]:
    """That a column's value is one of these."""
    found: sa.ColumnElement[bool] = column == sa.any_(
        sa.literal(list(values), pg.ARRAY(column.type))
    )
    return found


def all_among(
    columns: Sequence[sa.ColumnElement[Any]], rows: Collection[Sequence[object]]
) -> sa.ColumnElement[bool]:
    """That the values of several columns are those of one of these rows."""
    parts = (
        sa.func.unnest(sa.literal([row[n] for row in rows], pg.ARRAY(column.type)))
        for n, column in enumerate(columns)
    )
    # Beside each other in one SELECT they are read side by side.
    found: sa.ColumnElement[bool] = sa.tuple_(*columns).in_(sa.select(*parts))
    return found
