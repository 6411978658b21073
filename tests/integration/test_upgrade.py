"""A database that was filled at the baseline answers the same after one more revision, which adds a
record, and a column before all others of another.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.records import records
from lots.settings import ROOT
from lots.store.schema import revision
from tests import filled
from tests.builders import donations, write
from tests.copied import Tree, copied
from tests.integration.test_new_record import DECLARATION, SENT

NAME = "filled"
BEGINNING = "    columns=(\n"
COLUMN = '        Column(99, "bag_lot", Kind.CODE, "the lot of the bag"),\n'
FIRST = "SELECT encode(sha256, 'hex') FROM receiving.receipt ORDER BY receipt LIMIT 1"
KEPT = r"""
SELECT format('SELECT %L, count(*) FROM %I.%I', t.table_name, t.table_schema, t.table_name)
FROM information_schema.tables AS t
WHERE t.table_type = 'BASE TABLE' AND t.table_schema IN ('accepted', 'receiving', 'judged', 'ledger', 'lineage')
    AND t.table_name <> 'reagent_bottle'
ORDER BY t.table_schema, t.table_name \gexec
"""
QUESTIONS = (
    "refused",
    "findings",
    "findings contested",
    "pending",
    "parked",
    "contested",
    "heard",
    "receipts",
    "trace donation donation_-0 --through 2026-11-22",
    "trace lot party_id-1/lot_numbe-1/packed --through 2026-11-22",
    "trace pack 09506000134352/serial-0 --through 2026-11-22",
    "implicate --donor donor_key-0 --through 2026-11-22",
    "implicate --donation donation_-1 --through 2026-11-22",
    "implicate --pool pool_numb-0 --through 2026-11-22",
    "implicate --kit-lot kit_lot-1 --through 2026-11-22",
    "implicate --centre party_id-2 --from 2026-01-01 --to 2026-02-01 --through 2026-11-22",
    "digest",
)
ASKED = tuple(f"{question} --json" for question in QUESTIONS)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """A database as it was at the baseline."""
    filled.restore(cluster, NAME)
    yield NAME
    embedded.psql(cluster, 'DROP DATABASE :"name" WITH (FORCE)', name=NAME)


def later(folder: Path, cluster: Cluster, database: str) -> Tree:
    """A checkout in which a record and a column are declared beside what is declared here."""
    tree = copied(folder, cluster, database)
    records = tree.folder / "lots" / "records"
    write(records, "reagent_bottle.py", DECLARATION.encode())
    donation = records / "donation.py"
    text = donation.read_text(encoding="utf-8")
    assert text.count(BEGINNING) == 1
    donation.write_text(text.replace(BEGINNING, BEGINNING + COLUMN), encoding="utf-8")
    return tree


def test_the_same_is_answered_before_and_after_a_revision(
    cluster: Cluster, database: str, tmp_path: Path
) -> None:
    made_at = embedded.psql(cluster, revision.APPLIED, database).strip()
    assert made_at in revision.known(), "the baseline is another: python -m tests.filled"
    kept = embedded.psql(cluster, KEPT, database)
    (up, *before) = Tree(ROOT, cluster, database).lots("up", *ASKED)
    assert up[0] == 0
    tree = later(tmp_path / "tree", cluster, database)
    drafted = tree.draft("Add reagent bottle and bag lot")
    assert "ALTER TABLE accepted.donation ADD COLUMN bag_lot text;\n" in drafted
    donation = write(tmp_path / "C1", "donation-9.csv", donations({"bag_lot": "BAG-1"}))
    bottle = write(tmp_path / "C1", "reagent_bottle-1.csv", SENT)
    up, *after = tree.lots("up", *ASKED)
    assert up[0] == 0
    assert dict(zip(QUESTIONS, after, strict=True)) == dict(zip(QUESTIONS, before, strict=True))
    # What is asked about is there: an answer that nothing is known would be the same too.
    assert [
        question for question, (code, _) in zip(QUESTIONS, before, strict=True) if code == 2
    ] == []
    assert embedded.psql(cluster, KEPT, database) == kept
    donation = write(tmp_path / "C1", "donation-9.csv", donations({"bag_lot": "BAG-1"}))
    bottle = write(tmp_path / "C1", "reagent_bottle-1.csv", SENT)
    # The dump is of rows alone, and nothing is received where none of the earlier files is kept.
    first = embedded.psql(cluster, FIRST, database).strip()
    write(tree.folder / "raw" / first[:2], first, b"")
    received, again = tree.lots(f"receive {donation} {bottle}", "up")
    assert (received[0], again[0]) == (1, 0)
    told = "SELECT bag_lot FROM standing.donation WHERE donation_number = 'D1'"
    assert embedded.psql(cluster, told, database) == "BAG-1\n"


def test_the_dump_is_small_and_holds_every_record(cluster: Cluster, database: str) -> None:
    assert filled.DUMP.stat().st_size < 300_000
    told = dict(line.split("|") for line in embedded.psql(cluster, KEPT, database).splitlines())
    assert {name for name in records() if told[name] == "0"} == set()
