"""Of which files lines are blanked, and that a file is kept under another hash since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from lots.records import records
from lots.store.among import among
from lots.store.ledger.facts import accepted_rows
from lots.store.redaction import taking
from lots.store.schema.redaction_tables import BYTES_DUE, BYTES_LEFT
from lots.store.schema.tables import RECEIPT

# Rows that were changed in this transaction, and those that say again what one of them says.
NAMED = """
SELECT split_part(place, ':', 1)::bigint AS receipt, split_part(place, ':', 2)::bigint AS line
FROM redacted_now WHERE relation LIKE 'accepted.%' OR relation = 'receiving.refused'
UNION
SELECT known.receipt, known.line FROM accepted.known
JOIN redacted_now AS n ON n.place = known.of_receipt || ':' || known.of_line AND n.relation LIKE 'accepted.%'
"""
KEYED = "ledger.keyed('file', encode(CAST(:old AS bytea), 'hex'))"


@dataclass(frozen=True, slots=True)
class File:
    """A file that was received: its bytes' hash and number, what record its rows are of,
    its form.
    """

    receipt: int
    sha256: bytes
    bytes: int
    record: str | None
    form: str


def every(connection: sa.Connection) -> list[File]:
    """All files, also those of which nothing was accepted."""
    form = sa.func.coalesce(RECEIPT.c.layout.op("->>")("form"), "csv")
    told = sa.select(RECEIPT.c.receipt, RECEIPT.c.sha256, RECEIPT.c.bytes, RECEIPT.c.record, form)
    return [
        File(receipt, bytes(sha256), size, record, how)
        for receipt, sha256, size, record, how in connection.execute(
            told.order_by(RECEIPT.c.receipt)
        )
    ]


def named_lines(connection: sa.Connection) -> dict[int, set[int]]:
    """By receipt the lines whose rows were changed in this transaction."""
    found: dict[int, set[int]] = {}
    for receipt, line in connection.execute(sa.text(NAMED)):
        found.setdefault(receipt, set()).add(line)
    return found


def other_lines(connection: sa.Connection, file: File) -> set[int]:
    """The lines of a file whose rows were taken, or known: what stands in them the tables say."""
    record = records().get(file.record or "")
    tables = ["accepted.known", *([accepted_rows(record).name] if record else [])]
    told = " UNION ALL ".join(
        f"SELECT line FROM {name} WHERE receipt = :receipt" for name in tables
    )
    return set(connection.execute(sa.text(told), {"receipt": file.receipt}).scalars())


def due(connection: sa.Connection) -> dict[int, set[int]]:
    """By receipt the lines of later files that are still to be blanked."""
    found: dict[int, set[int]] = {}
    for receipt, line in connection.execute(sa.select(BYTES_DUE.c.receipt, BYTES_DUE.c.line)):
        found.setdefault(receipt, set()).add(line)
    return found


def done(connection: sa.Connection, receipts: Collection[int]) -> None:
    """Note that the lines of these files were blanked."""
    connection.execute(sa.delete(BYTES_DUE).where(among(BYTES_DUE.c.receipt, receipts)))


def swap(connection: sa.Connection, file: File, sha256: bytes, size: int) -> None:
    """Note that other bytes are kept of a file, wherever its hash stood; the old ones are to go."""
    given = {"receipt": file.receipt, "old": file.sha256, "new": sha256, "size": size}
    known = (
        "INSERT INTO ledger.redacted_file (receipt, known, sha256)"
        f" VALUES (:receipt, {KEYED}, CAST(:new AS bytea))"
    )
    connection.execute(sa.text(known), given)
    taking.take(
        connection, taking.FACTS["ledger.redacted_file"], "sha256 = :old", {"sha256": ":new"}, given
    )
    sets = {"sha256": ":new", "bytes": ":size"}
    taking.take(connection, taking.FACTS["receiving.conclusion"], "receipt = :receipt", sets, given)
    connection.execute(
        sa.update(RECEIPT)
        .where(RECEIPT.c.receipt == file.receipt)
        .values(sha256=sha256, bytes=size)
    )
    # Else the file would count as announced and never arrived.
    taking.take_hashes(connection, {file.sha256: sha256})
    connection.execute(sa.insert(BYTES_LEFT).values(sha256=file.sha256))


def left(connection: sa.Connection) -> Iterator[bytes]:
    """The hashes of kept bytes that are to be deleted, and are no receipt's."""
    # The same bytes may have come once more since, as a file of their own.
    still = sa.exists().where(RECEIPT.c.sha256 == BYTES_LEFT.c.sha256)
    for (sha256,) in connection.execute(sa.select(BYTES_LEFT.c.sha256).where(~still)).all():
        yield bytes(sha256)


def deleted(connection: sa.Connection, sha256: bytes) -> None:
    """Note that kept bytes are gone."""
    connection.execute(sa.delete(BYTES_LEFT).where(BYTES_LEFT.c.sha256 == sha256))
