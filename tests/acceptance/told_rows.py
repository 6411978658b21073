"""What the walk is told of the rows in a database: every accepted version, what was refused, and which
files arrived, as they are after a change that no file told.
"""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import sqlalchemy as sa

from lots.store.engine import Connection
from tests.walk.columns import COLUMNS
from tests.walk.ends import Refused
from tests.walk.heard import File
from tests.walk.linking import Accepted
from tests.walk.values import Text, key_of, values
from tests.walk.way import Told

FILES = """
SELECT a.sender, a.file_name, coalesce(r.record, '') AS record,
    CASE WHEN r.status = 'accepted' THEN (r.counts ->> 'rows')::bigint END AS rows
FROM receiving.arrival AS a
JOIN receiving.receipt AS r USING (receipt)
"""
REFUSED = """
SELECT r.record, r.sender, r.file_name, f.line, f.raw, r.layout
FROM receiving.refused AS f
JOIN receiving.receipt AS r USING (receipt)
"""


def told(connection: Connection) -> tuple[Told, list[File]]:
    """What stands in this transaction."""
    accepted = Accepted()
    for record, columns in COLUMNS.items():
        found = connection.execute(
            sa.text(
                f"SELECT r.sender AS of, {', '.join(f't.{c}' for c in columns)}"
                f" FROM accepted.{record} AS t JOIN receiving.receipt AS r USING (receipt)"
                " ORDER BY t.version, t.receipt, t.line"
            )
        )
        for row in found.mappings():
            typed = values(record, {c: _text(row[c]) for c in columns})
            typed.senders = frozenset({row["of"]})
            # A change may have made one that no file could tell.
            typed.update({c: row[c] for c in columns if columns[c][0] == "gtin"})
            key = key_of(record, typed)
            assert key is not None
            accepted.versions.setdefault(record, {}).setdefault(key, []).append(typed)
    files = [File(*row) for row in connection.execute(sa.text(FILES))]
    refused = [
        Refused(r.record, _read(r), f"{r.sender}/{r.file_name}", r.line)
        for r in connection.execute(sa.text(REFUSED))
    ]
    return Told(accepted, refused), files


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _read(refused: sa.Row[Any]) -> Text | None:
    """A refused line by its file's columns; nothing where it has not as many fields."""
    [fields] = csv.reader(StringIO(bytes(refused.raw).decode("utf-8", "replace")))
    names = refused.layout["targets"]
    return dict(zip(names, fields, strict=True)) if len(names) == len(fields) else None
