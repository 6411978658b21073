"""Keys that were redacted, where a later file tells them: its rows are taken under the alias, as
the same person's, and its lines are blanked in the kept bytes.
"""

import sqlalchemy as sa

from lots.formats.batch import SENT
from lots.grammar.schema import Record
from lots.store.canonical import content_of
from lots.store.intake.verdict_table import sql, verdicts
from lots.store.redaction import persons
from lots.store.schema.redaction_tables import REDACTED_FILE, REDACTION
from lots.store.schema.tables import UNDECLARED, UNREAD

THERE = f"SELECT EXISTS (SELECT FROM {REDACTION.fullname})"
TOLD = "redacted_again"
# Of a line that cannot be read no column is known: each of its words is tried.
BROKEN = """
INSERT INTO ledger.bytes_due (receipt, line)
SELECT {receipt}, broken.line FROM receiving.broken_{receipt} AS broken
WHERE EXISTS (
    SELECT FROM regexp_matches(encode(broken.raw, 'escape'), '[0-9A-Za-z_-]+', 'g') AS found (word)
    WHERE coalesce(ledger.alias_of('donor', word[1]), ledger.alias_of('patient', word[1])) IS NOT NULL
) ON CONFLICT DO NOTHING"""
# A key as a word of its own, every mark in it said to be one; written without a backslash, which is
# a setting's.
PATTERN = (
    f"'{persons.BEFORE}' || regexp_replace(key, '([^0-9A-Za-z])', repeat(chr(92), 3) || '1', 'g')"
    f" || '{persons.AFTER}'"
)


def under_alias(connection: sa.Connection, record: Record, receipt: int) -> None:
    """Put the alias in the place of each such key in the rows of a file that is about to be
    accepted.

    First of its transaction: whoever redacts waits for it, or it for them.
    """
    if not connection.scalar(sa.text(THERE)):
        return
    for kind in persons.KINDS:
        for column, when in persons.named(record, kind):
            where = f"{column.name} IS NOT NULL AND {when}"
            _renamed(connection, record, receipt, column.name, where, kind)
    connection.execute(sa.text(BROKEN.format(receipt=receipt)))
    _settle(connection, record, receipt)


def _settle(connection: sa.Connection, record: Record, receipt: int) -> None:
    """Compute what hangs on the values of the rows that were renamed: their hash,
    and their bytes.
    """
    table = verdicts(record, receipt)
    # Once for all columns that were renamed: a row's hash is over all of them.
    anew = sql(content_of(record, {c.name: c for c in table.columns}))
    mine = f"line IN (SELECT line FROM ledger.bytes_due WHERE receipt = {receipt})"
    connection.execute(sa.text(f"UPDATE receiving.{table.name} SET content = {anew} WHERE {mine}"))
    blank = "convert_to(repeat('#', length(raw)), 'UTF8')"
    connection.execute(sa.text(f"UPDATE receiving.broken_{receipt} SET raw = {blank} WHERE {mine}"))


def _renamed(
    connection: sa.Connection, record: Record, receipt: int, column: str, where: str, kind: str
) -> None:
    source = f"receiving.{verdicts(record, receipt).name}"
    # Each key once: a file has many rows of few persons.
    known = (
        f"CREATE TEMP TABLE {TOLD} ON COMMIT DROP AS SELECT key, alias, {PATTERN} AS pattern FROM ("
        f"SELECT key, ledger.alias_of('{kind}', key) AS alias FROM ("
        f"SELECT DISTINCT {column} AS key FROM {source} WHERE {where}"
        ") AS each) AS known WHERE alias IS NOT NULL"
    )
    mine = f"{source}.{column} = told.key AND {where}"
    word = "regexp_replace({}, told.pattern, told.alias, 'g')"
    sets = [f"{name} = {word.format(name)}" for name in persons.texts(record)]
    sets += [f"{name} = {word.format(f'{name}::text')}::jsonb" for name in (UNREAD, SENT)]
    sets += [f"{column} = told.alias", f"{UNDECLARED} = ledger.masked({UNDECLARED})"]
    for statement in (
        known,
        f"INSERT INTO ledger.bytes_due (receipt, line) SELECT {receipt}, line FROM {source}"
        f" JOIN {TOLD} AS told ON {mine} ON CONFLICT DO NOTHING",
        f"UPDATE {source} SET {', '.join(sets)} FROM {TOLD} AS told WHERE {mine}",
        f"DROP TABLE {TOLD}",
    ):
        connection.execute(sa.text(statement))


def called(connection: sa.Connection, patient: str | None) -> str | None:
    """What a patient is called here by whom somebody names at a scan: by the alias, if redacted."""
    if patient is None:
        return None
    asked = sa.text("SELECT coalesce(ledger.alias_of('patient', :patient), :patient)")
    # What a site scans is kept: the key itself would come back by the very next scan.
    return str(connection.scalar(asked, {"patient": patient}))


def kept_instead(connection: sa.Connection, sha256: bytes) -> bytes | None:
    """The hash of the bytes that are kept of a file since lines of it were blanked; None of any
    other.
    """
    if not connection.scalar(sa.select(sa.exists(sa.select(REDACTED_FILE)))):
        return None
    found = connection.scalar(
        sa.text("SELECT ledger.kept_instead(CAST(:sha256 AS bytea))"), {"sha256": sha256}
    )
    return None if found is None else bytes(found)
