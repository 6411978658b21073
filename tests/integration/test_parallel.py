"""Receipts of overlapping keys that race end as one after the other would. On a real PostgreSQL, in
real processes.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lots.pipeline.digest import digest
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import ROOT, Settings
from lots.store import engine as connections
from lots.store.schema import migrate, revision
from tests.builders import donations, rows, take, write
from tests.conftest import site

KEYS = 3_000


def overlapping(folder: Path) -> list[str]:
    """Files that bring the same keys in opposite orders: some rows the same, some contradicting
    each other.
    """
    places = []
    for file, order in enumerate((1, -1, 1, -1)):
        told = [
            {"donation_number": f"D{n}", "donor_key": f"P{n if n % 3 else file}"}
            for n in range(KEYS)
        ][::order]
        places.append(write(folder, f"donation-{file}.csv", donations(*told)))
    return places


def racing(settings: Settings, shares: list[list[str]]) -> list[list[list[str]]]:
    """What became of files that as many processes receive at once."""
    asked = {"home": str(settings.home), "url": settings.database_url, "shares": shares}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.parallel"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        input=json.dumps(asked) + "\n",
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_overlapping_files_in_opposite_orders_end_as_one_after_the_other(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    places = overlapping(tmp_path)
    alone, beside = fresh(), fresh()
    take(alone, *places)
    told = racing(beside, [places[:2], places[1::-1], places[2:], places[:1:-1]])
    assert [status for each in told for status, _ in each] == ["accepted"] * 8, told
    assert digest(beside) == digest(alone)
    count = "SELECT count(*) FROM accepted.donation"
    assert rows(beside, count) == rows(alone, count)


def test_the_first_migration_is_made_once(cluster: Cluster, tmp_path: Path) -> None:
    name = "raced"
    embedded.create_database(cluster, name)
    settings = site(tmp_path, embedded.url(cluster, "", name))
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: migrate.upgrade(settings), range(4)))
        assert rows(settings, revision.APPLIED) == [(revision.newest(),)]
    finally:
        connections.close(settings)
        embedded.psql(cluster, 'DROP DATABASE :"name" WITH (FORCE)', name=name)


@pytest.mark.parametrize("state", ["40P01", "40001", "23505"])
def test_a_lost_race_is_tried_again_and_then_alone(
    lots_settings: Settings, tmp_path: Path, state: str
) -> None:
    """The database itself loses the first two attempts: a trigger counts in a sequence, which no
    rollback undoes.
    """
    with connections.owner_engine(lots_settings).begin() as connection:
        connection.exec_driver_sql("CREATE SEQUENCE ledger.attempts")
        connection.exec_driver_sql("GRANT USAGE ON SEQUENCE ledger.attempts TO lots_pipeline")
        connection.exec_driver_sql(
            "CREATE FUNCTION ledger.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF nextval('ledger.attempts') < 3 THEN RAISE 'lost' USING ERRCODE = '"
            + state
            + "'; END IF; RETURN NEW; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER lose BEFORE INSERT ON ledger.entry FOR EACH ROW WHEN (NEW.kind = 'accepted')"
            " EXECUTE FUNCTION ledger.lose()"
        )
    got = take(lots_settings, write(tmp_path, "donation-1.csv", donations({})))[0]
    assert (got.status, got.sentence) == ("accepted", "")
    assert rows(lots_settings, "SELECT count(*) FROM ledger.entry WHERE kind = 'accepted'") == [
        (1,)
    ]
    assert rows(lots_settings, "SELECT last_value FROM ledger.attempts", "lots_owner") == [(3,)]
