"""Linking: what the newest ledger entries bring is woven into lineage; what cannot be is parked
(docs/linking.md).
"""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from datetime import datetime

import sqlalchemy as sa

from lots.records import record as record_of
from lots.store.among import among
from lots.store.difference import Changed, all_where, named_by, replace
from lots.store.intake.accepting import key_of
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage import told
from lots.store.lineage.declared import DERIVED_FROM, VIAL_SOURCES
from lots.store.queries import query
from lots.store.schema.ledger_tables import ENTRY
from lots.store.schema.lineage_tables import PARKED, PROGRESS, VIAL
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import CONCLUSION, EVALUATED, RECEIPT

LINK_LOCK = 7_145_002  # one linking at a time


def lock(connection: sa.Connection) -> None:
    """Wait for another linking to end; holds until the transaction ends. What follows is planned
    for few rows.
    """
    # Entries are linked in their order by one at a time; a lock, since two would insert the same
    # nodes.
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LINK_LOCK)))
    # A few lookups cost less than reading all of a table.
    run(connection, "SET LOCAL random_page_cost = 1.1")
    # Of a new site it expects one row, and joins by site alone.
    run(connection, "SET LOCAL enable_mergejoin = off")


def unlinked(connection: sa.Connection) -> list[tuple[int, int, str]]:
    """Ledger entries that have not been linked: (entry, receipt, record name or '' where the file
    was refused).
    """
    return [(e, r, n) for e, r, n in connection.execute(query("unlinked_entries"))]


def done(connection: sa.Connection, entries: Sequence[int], now: datetime) -> None:
    """Note that these entries are linked."""
    connection.execute(sa.insert(PROGRESS), [{"entry": e, "linked_at": now} for e in entries])


def reopen(connection: sa.Connection, receipts: Sequence[int]) -> None:
    """Let what these receipts brought be linked and judged once more, at the next linking."""
    connection.execute(sa.delete(PROGRESS).where(PROGRESS.c.entry.in_(_entries(receipts))))
    judge_again(connection, receipts)


def judge_again(connection: sa.Connection, receipts: Sequence[int]) -> None:
    """Let the rules across records be put once more to what these receipts brought."""
    connection.execute(sa.delete(EVALUATED).where(EVALUATED.c.entry.in_(_entries(receipts))))


def _entries(receipts: Sequence[int]) -> sa.Select[tuple[int]]:
    # By the act: what stands under an entry the tables say themselves (docs/decisions/ledger.md).
    mine = among(CONCLUSION.c.receipt, receipts)
    return sa.select(ENTRY.c.entry).join(CONCLUSION, CONCLUSION.c.act == ENTRY.c.act).where(mine)


def accepted_receipts(connection: sa.Connection) -> list[int]:
    """Every receipt of which rows were accepted."""
    mine = sa.select(RECEIPT.c.receipt).where(RECEIPT.c.status == "accepted")
    return list(connection.execute(mine.order_by(RECEIPT.c.receipt)).scalars())


# --- places and persons ---------------------------------------------------------------------------


def link_parties(connection: sa.Connection, names: Collection[str]) -> Changed:
    """Where parties are, and which keys are one person's, where a record of these names may change
    it: all of them are few.
    """
    changed = Changed()
    for record, (table, statement) in DERIVED_FROM.items():
        if record in names:
            connection.execute(query(statement))
            changed += replace(connection, table, f"{table.name}_new", all_where(table))
    return changed


# --- vials ----------------------------------------------------------------------------------------

# Parked with the lines that have them; all other links are parked by parking.py.
VIAL_LINKS = (
    "(link IN ('pack', 'lot', 'vial') OR link = 'preparation' AND record = 'administration_vial')"
)


def link_vials(connection: sa.Connection, receipts: list[int], *, whole: bool) -> Changed:
    """Link every vial whose links may have changed, and park what cannot be linked. whole: all that
    is kept is compared.
    """
    changed = Changed()
    connection.execute(query("former_packs"))
    connection.execute(query("affected_packs"), {"receipts": receipts})
    # Prepared vials before given ones: an infusion may reach its lots through a preparation alone.
    for find, source, record in VIAL_SOURCES:
        connection.execute(query(find), {"receipts": receipts})
        run(connection, _affected_lines(record))
        # Most files are of one kind of line: of the others there is nothing to look at.
        if (
            whole
            or connection.execute(sa.text("SELECT EXISTS (SELECT FROM affected_line)")).scalar()
        ):
            changed += _link_lines(connection, record, source, whole=whole)
        run(connection, "DROP TABLE affected_line")
    return changed + (told.sum_all(connection) if whole else Changed())


def vials_linked(connection: sa.Connection) -> None:
    """Let go of what was looked at: a rebuild that links first what waits looks twice."""
    affected = ", ".join(f"affected_{record}" for _, _, record in VIAL_SOURCES)
    run(connection, f"DROP TABLE former, affected_pack, {affected}")


def _link_lines(connection: sa.Connection, record: str, source: str, *, whole: bool) -> Changed:
    """Link the affected lines of one record, and park those that cannot be linked."""
    changed = Changed()
    connection.execute(query(source))
    connection.execute(query("number_patients"))
    # So that it never compares all with all.
    run(connection, "CREATE INDEX ON vial_source (version)")
    run(connection, "ANALYZE vial_source")
    # What is parked may hang on what was linked: in this order.
    for table, statement, mine in (
        (VIAL, "link_vials", "true"),
        (PARKED, "park_vials", VIAL_LINKS),
    ):
        connection.execute(query(statement))
        own = f"record = '{record}' AND {mine}"
        among = (
            all_where(table, own)
            if whole
            else named_by(table, "affected_line", ("record", "key"), own)
        )
        # Where all is compared, all lots are summed at the end instead.
        sums = told.summed(connection) if table is VIAL and not whole else nullcontext()
        with sums:
            changed += replace(connection, table, f"{table.name}_new", among)
    run(connection, "DROP TABLE vial_source")
    return changed


def _affected_lines(record: str) -> str:
    """The keys of affected lines: also of those of which nothing stands any more."""
    affected = sa.table(
        f"affected_{record}",
        *(sa.column(c, accepted(record_of(record)).c[c].type) for c in record_of(record).key),
    )
    lines = sa.select(
        text(record).label("record"), key_of(record_of(record), affected).label("key")
    )
    return f"CREATE TEMP TABLE affected_line ON COMMIT DROP AS {sql(lines)}"
