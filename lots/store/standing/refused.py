"""What was refused and need not be waited for any more: its keys came, or a person says so
(docs/versions.md).
"""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.store.among import among
from lots.store.difference import Changed, all_where, replace
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.queries import query
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import KEY_CAME, KNOWN, LEGIBLE, RECEIPT, REFUSED
from lots.store.schema.word_tables import REFUSED_WORD
from lots.store.standing.resolving import Word

NOT_AWAITED, AWAITED = "not_awaited", "awaited"


def keep_legible(
    connection: sa.Connection, receipt: int, record: str, keys: Iterable[tuple[str, ...]]
) -> None:
    """Keep the keys of all rows of a file that is refused whole."""
    mine = sa.exists().where(LEGIBLE.c.receipt == receipt)
    # Tried again, it may be read otherwise: what was read first may come, and so may this.
    if not connection.execute(sa.select(mine)).scalar_one():
        rows = [{"receipt": receipt, "record": record, "key": list(key)} for key in sorted(keys)]
        connection.execute(sa.insert(LEGIBLE), rows)


def records_of(connection: sa.Connection, receipts: Collection[int]) -> set[str]:
    """The records of keys that can be read in these files, refused whole."""
    found = sa.select(LEGIBLE.c.record).distinct().where(among(LEGIBLE.c.receipt, receipts))
    return set(connection.execute(found).scalars())


def derive(connection: sa.Connection, names: Collection[str]) -> Changed:
    """Which keys of these records that can be read in what was refused were accepted since."""
    run(
        connection,
        "CREATE TEMP TABLE key_came_new (record text, key jsonb, receipt bigint) ON COMMIT DROP",
    )
    connection.execute(query("keys_wait", "standing"), {"records": [*names]})
    waits = sa.table("key_waits", *map(sa.column, ("record", "receipt", "key")))
    for name in connection.execute(sa.select(waits.c.record).distinct()).scalars().all():
        came = sql(_came(record_of(name), waits))
        run(connection, f"INSERT INTO key_came_new (record, key, receipt) {came}")
    run(connection, "DROP TABLE key_waits")
    named = ", ".join(str(text(name)) for name in names)
    among = all_where(KEY_CAME, f"record IN ({named})" if named else "false")
    return replace(connection, KEY_CAME, "key_came_new", among)


def _came(record: Record, waits: sa.TableClause) -> sa.Select[Any]:
    """The keys of a record that wait and were accepted since."""
    table = accepted(record)
    again = sa.exists().where(
        KNOWN.c.of_receipt == table.c.receipt,
        KNOWN.c.of_line == table.c.line,
        KNOWN.c.receipt > waits.c.receipt,
    )
    # Part by part, so that a text's index is used: few keys wait, of many that are there.
    same = (
        sa.cast(table.c[part], sa.Text) == waits.c.key.op("->>")(sa.literal_column(str(n)))
        for n, part in enumerate(record.key)
    )
    return (
        sa.select(text(record.name).label("record"), waits.c.key, waits.c.receipt)
        .distinct()
        # What came before may be what the refused row was to set right.
        .join_from(waits, table, sa.and_(waits.c.record == text(record.name), *same))
        .where(sa.or_(table.c.receipt > waits.c.receipt, again))
    )


def status(connection: sa.Connection, receipt: int) -> str | None:
    """What became of a receipt; None where there is none."""
    found = sa.select(RECEIPT.c.status).where(RECEIPT.c.receipt == receipt)
    return connection.execute(found).scalar_one_or_none()


def is_refused(connection: sa.Connection, receipt: int, line: int) -> bool:
    """Whether a line was refused."""
    mine = sa.exists().where(REFUSED.c.receipt == receipt, REFUSED.c.line == line)
    return bool(connection.execute(sa.select(mine)).scalar_one())


def said(connection: sa.Connection, receipt: int, line: int | None) -> str | None:
    """What was said last of a refused line, or of a file as a whole."""
    # A word on a file is kept without a line, and = finds no empty one.
    mine = REFUSED_WORD.c.line.is_(None) if line is None else REFUSED_WORD.c.line == line
    last = (
        sa.select(REFUSED_WORD.c.said)
        .where(REFUSED_WORD.c.receipt == receipt, mine)
        .order_by(REFUSED_WORD.c.word.desc())
        .limit(1)
    )
    return connection.execute(last).scalar_one_or_none()


def say(connection: sa.Connection, receipt: int, line: int | None, what: str, word: Word) -> None:
    """Note that a refused line or file need not be waited for, or must again."""
    values = {"receipt": receipt, "line": line, "said": what}
    connection.execute(
        sa.insert(REFUSED_WORD).values(**values, at=word.at, by=word.by, reason=word.reason)
    )
