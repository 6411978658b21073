"""Rows of a world as they are refused: each received once more with a part of its key that cannot be
used, and kept aside, so that a change can put one in its row's place.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.pipeline.link import link_entries
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import Connection, owner_engine
from lots.store.schema import tables
from tests.builders import NOW, admit, table, write
from tests.integration.losses import Loss, where
from tests.worlds.lives import World

REFUSED = "refused"
ASIDE = "receiving.broken"  # of_receipt and of_line: whose row it is
FILES = 20  # of a world are received once more
UNREADABLE = "é"
SUMS = (("accepted", "-"), (REFUSED, "+"))  # of a receipt, as they change
FIRST, AGAIN = "0.csv", "again.csv"  # as a file's name ends
KEEP = f"""
CREATE TABLE {ASIDE} AS
SELECT first.receipt AS of_receipt, refused.line AS of_line, first.record, refused.*
FROM receiving.refused
JOIN receiving.receipt AS again USING (receipt)
JOIN receiving.receipt AS first ON again.file_name = replace(first.file_name, '{FIRST}', '{AGAIN}')
    AND again.receipt <> first.receipt
"""
PUT_BACK = "DELETE FROM receiving.{} WHERE receipt IN (SELECT receipt FROM {})"


def kept_aside(settings: Settings, world: World, seed: int) -> None:
    """Receive rows of some files once more, so that they are refused, and take them out again."""
    draw, folder = Random(f"{seed} broken"), settings.home / "again"
    every = [(sender, record) for sender, of in world.told.senders.items() for record in of]
    every = [(sender, record) for sender, record in every if record != "transmittal"]
    for sender, record in draw.sample(every, min(FILES, len(every))):
        rows = world.told.senders[sender][record]
        names = dict.fromkeys(name for row in rows for name in row)
        broken = [{**names, **_broken(draw, record_of(record), row)} for row in rows]
        _refuse(settings, folder, sender, f"{record}-{sender}-{AGAIN}", broken)
    # What is received and not linked would be said of every answer.
    link_entries(settings, now=NOW)
    with owner_engine(settings).begin() as connection:
        connection.execute(sa.text(KEEP))
        for name in ("refused", "arrival", "receipt"):
            connection.execute(sa.text(PUT_BACK.format(name, ASIDE)))


def _refuse(
    settings: Settings, folder: Path, sender: str, name: str, rows: list[dict[str, str | None]]
) -> None:
    content = table({}, [{k: v or "" for k, v in row.items()} for row in rows])
    [received] = admit(settings, write(folder / sender, name, content), sender=sender)
    assert received.counts["refused"] == len(rows), received


def _broken(draw: Random, record: Record, row: Mapping[str, str]) -> dict[str, str | None]:
    """A row of whose key a part is empty or unreadable: any other value is left out, and the row
    accepted.
    """
    return {**row, draw.choice(record.key): draw.choice(["", UNREADABLE])}


def refusals(connection: Connection, record: Record) -> Iterator[Loss]:
    """Each row of a record of which a refused one is kept aside, refused instead of accepted."""
    if connection.execute(sa.text(f"SELECT to_regclass('{ASIDE}')")).scalar_one() is None:
        return
    found = connection.execute(
        sa.text(f"SELECT of_receipt AS receipt, of_line AS line FROM {ASIDE} WHERE record = :name"),
        {"name": record.name},
    )
    for row in found.mappings():
        yield _refused(record, row)


def _refused(record: Record, row: sa.RowMapping) -> Loss:
    columns = ", ".join(c.name for c in tables.REFUSED.columns if c.name not in ("receipt", "line"))
    counts = ", ".join(f"'{name}', (counts ->> '{name}')::bigint {by} 1" for name, by in SUMS)
    return Loss(
        record.name,
        "the row",
        REFUSED,
        f"{record.name} line {row['line']} of receipt {row['receipt']} is refused",
        (
            f"DELETE FROM accepted.{record.name} WHERE {where(row)}",
            f"INSERT INTO receiving.refused (receipt, line, {columns}) SELECT of_receipt, of_line,"
            f" {columns} FROM {ASIDE} WHERE of_receipt = {row['receipt']} AND of_line = {row['line']}",
            f"UPDATE receiving.receipt SET counts = counts || jsonb_build_object({counts})"
            f" WHERE receipt = {row['receipt']}",
        ),
    )
