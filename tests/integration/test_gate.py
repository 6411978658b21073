"""The gate fails closed, and what was accepted can neither be changed nor deleted. On a real
PostgreSQL.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.errors import GateClosed
from lots.formats.profile import Profile
from lots.formats.recognise import open_batch
from lots.grammar.schema import CORRECTION, Between, Record
from lots.pipeline import accept, keep
from lots.pipeline.concurrent_reading import ConcurrentReading, ReadAhead
from lots.pipeline.judge import compare, judge
from lots.pipeline.receive import receive
from lots.pipeline.stage import check_tiles, stage
from lots.records import record, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from tests.builders import NOW, donations, rows, take, write

# A reader's transactions write nothing; whoever says otherwise meets the grants beneath.
WRITING = "SET TRANSACTION READ WRITE"


def blunted(whole: Record, rule: str) -> Record:
    """The record with one rule that lets more pass, as a reading that is broken would."""
    rules = tuple(
        replace(r, constraint=Between(r.constraint.column, Decimal(0))) if r.id == rule else r  # type: ignore[union-attr]
        for r in whole.rules
    )
    made = replace(whole, columns=whole.columns[: -len(CORRECTION)], rules=())
    object.__setattr__(made, "rules", rules)
    return made


def read_apart(
    settings: Settings, place: str, known: dict[str, Record], ahead: ReadAhead | None = None
) -> None:
    """Go a receipt's way with these declarations in Python's reading and the true ones in
    PostgreSQL's.
    """
    kept = keep.keep(place, settings)
    with engine(settings=settings).connect() as connection:
        with connection.begin():
            receipt = receipts.book(
                connection, kept.sha256, kept.size, kept.file_name, "C1", "tester", NOW
            )
        with ConcurrentReading(receipt, Profile("C1"), settings, known, ahead) as python:
            with connection.begin(), keep.open_kept(receipt.sha256, settings) as stream:
                found = open_batch(stream, kept.size, kept.file_name, records(), Profile())
                staged = stage(connection, receipt, found, Profile())
            with connection.begin():
                judge(connection, receipt, staged, python, settings)
        with connection.begin():
            accept.accept(connection, receipt, staged, "tester", NOW)


def test_with_one_reading_broken_nothing_is_accepted(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = write(
        tmp_path,
        "donation-1.csv",
        donations({"donation_number": "D1", "total_protein_g_dl": "5.0"}),
    )
    known = {**records(), "donation": blunted(record("donation"), "D04")}
    with pytest.raises(GateClosed) as closed:
        read_apart(lots_settings, place, known)
    assert (
        str(closed.value)
        == "Great Expectations and PostgreSQL count different breaches (D04: 0 and 1); nothing "
        "is accepted."
    )
    assert rows(lots_settings, "SELECT count(*) FROM accepted.donation") == [(0,)]
    assert receive(place, lots_settings, by="tester", now=NOW, sender="C1").counts["accepted"] == 1


def test_a_rule_that_only_one_reading_judged_closes_the_gate() -> None:
    with pytest.raises(GateClosed, match="judged in one reading only: B"):
        compare({"A": (1, 0)}, {"A": 0, "B": 0})


def test_a_row_that_was_lost_on_the_way_closes_the_gate() -> None:
    tiles = {"rows": 2, "broken": 0, "broken_lines": 0, "blank": 0, "other": 1, "lines": 3}
    with pytest.raises(
        GateClosed, match="Read 2 rows and 0 broken lines, but 1 and 0 stand in staging"
    ):
        check_tiles(tiles, 1, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accepted.donation SET donor_key = 'P2'",
        "DELETE FROM accepted.donation",
        "TRUNCATE accepted.donation",
        "UPDATE ledger.entry SET by = 'me'",
        "DELETE FROM ledger.entry",
        "DELETE FROM judged.finding",
        "DELETE FROM receiving.refused",
        "UPDATE receiving.refused SET line = 1",
        "DROP TABLE accepted.donation",
        "ALTER TABLE accepted.donation ADD COLUMN x text",
        "DELETE FROM accepted.known",
    ],
)
@pytest.mark.parametrize("role", ["lots_pipeline", "lots_reader"])
def test_what_was_accepted_cannot_be_changed(
    lots_settings: Settings, tmp_path: Path, role: str, statement: str
) -> None:
    with engine(role, lots_settings).connect() as connection:
        connection.exec_driver_sql(WRITING)
        with pytest.raises(sa.exc.ProgrammingError) as refused:
            connection.exec_driver_sql(statement)
    assert refused.value.orig is not None
    # Insufficient privilege, or not the owner.
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"


def test_the_readers_cannot_add_either(lots_settings: Settings) -> None:
    added = "INSERT INTO judged.contested (record, key, versions) VALUES ('x', '[]', 2)"
    with engine("lots_reader", lots_settings).connect() as connection:
        connection.exec_driver_sql(WRITING)
        with pytest.raises(sa.exc.ProgrammingError):
            connection.exec_driver_sql(added)


def test_it_works_over_tcp_with_a_password_too(lots_settings_tcp: Settings, tmp_path: Path) -> None:
    got = take(lots_settings_tcp, write(tmp_path, "donation-1.csv", donations({})))
    assert (got[0].status, got[0].counts["accepted"]) == ("accepted", 1)
    assert rows(lots_settings_tcp, "SELECT count(*) FROM accepted.donation") == [(1,)]
