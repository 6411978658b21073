"""Of every table it is said whether an entry of the ledger covers its rows, and of a row that is
covered no column is left out of its leaf.
"""

import pytest

from lots.evidence.forms import MARK
from lots.records import records
from lots.store.canonical import content_of
from lots.store.intake.values import escaped
from lots.store.intake.verdict_table import sql
from lots.store.ledger.facts import EVERY_ACT, KNOWN_ROWS, Fact, by_receipt
from lots.store.ledger.leaf_forms import OF_ROW, form
from lots.store.schema.record_tables import SYSTEM, declare_all
from lots.store.schema.tables import UNDECLARED, UNREAD

# Derived from facts, and derived anew by `lots rebuild` and `lots evaluate`.
DERIVED = {
    *("judged.contested", "judged.evaluated", "judged.key_came", "judged.outcome"),
    *("judged.retracted", "judged.superseded", "lineage.closure", "lineage.custody"),
    *(
        "lineage.edge",
        "lineage.lot_held",
        "lineage.lot_pack",
        "lineage.lot_patient",
        "lineage.lot_told",
        "lineage.node",
        "lineage.open_end",
    ),
    *("lineage.parked", "lineage.patient", "lineage.person", "lineage.place", "lineage.progress"),
    *("lineage.vial", "lineage.vial_bound"),
}
# Held against what an entry covers: accounts against their changes, receipts against their conclusions.
HELD = {"access.account", "receiving.receipt"}
# The ledger itself, and what its leaves are made with: a change there gives other leaves.
OWN = {
    *("ledger.checkpoint", "ledger.entry", "ledger.origin", "ledger.salt", "ledger.secret"),
    # Of a redaction that is under way; and by what a key is known again that was redacted.
    *("ledger.bytes_due", "ledger.bytes_left", "ledger.redaction_asked", "ledger.pepper"),
}
# Hashes of random numbers that end, and counters: docs/ledger.md says that they are not covered.
UNCOVERED = {
    *("access.api_key", "access.attempt", "access.link", "access.request", "access.session"),
}
COVERED = (*EVERY_ACT, *by_receipt())


def test_of_every_table_it_is_said_whether_an_entry_covers_it() -> None:
    every = {table.fullname for table in declare_all().tables.values()}
    covered = {fact.name for fact in COVERED}
    assert every - covered == DERIVED | HELD | OWN | UNCOVERED
    assert covered <= every


def test_every_column_of_a_covered_row_is_in_its_leaf() -> None:
    for fact in (*EVERY_ACT, KNOWN_ROWS):
        told = sql(form(fact))
        for name in {*fact.table.columns.keys()} - {"act"}:
            assert sql(escaped(f"{MARK}{name}=")) in told, f"{fact.name}.{name}"


@pytest.mark.parametrize("fact", by_receipt()[:-1], ids=lambda fact: fact.name)
def test_every_column_of_an_accepted_row_is_in_its_leaf_or_in_its_values(fact: Fact) -> None:
    own, columns = sql(form(fact)), fact.table.columns
    for name in (*OF_ROW, "sent", "content"):
        assert f"{fact.name}.{name}" in own
    record = records()[fact.table.name]
    values = sql(content_of(record, dict(columns)))
    for name in {*columns.keys()} - {*SYSTEM} | {UNREAD, UNDECLARED}:
        assert f"{fact.name}.{name}" in values, name
