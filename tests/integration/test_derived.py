"""What follows from the tables is made anew where it is not as declared, beside readers, and never
at the cost of what a site has built on it.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from lots.errors import DatabaseRefused
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store import engine as connections
from lots.store.queries import query
from lots.store.schema import migrate
from lots.store.schema.tables import SCHEMAS
from tests.builders import rows

VIEW = "standing.donation"
COUNT = f"SELECT count(*) FROM {VIEW}"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
CHANGED = (
    f"REVOKE SELECT ON {VIEW} FROM lots_reader",
    "GRANT DELETE ON accepted.donation TO lots_pipeline",
    "GRANT SELECT (donor_key) ON accepted.donation TO PUBLIC",
    f"CREATE OR REPLACE VIEW {VIEW} AS SELECT * FROM accepted.donation WHERE false",
    "CREATE VIEW standing.older AS SELECT 1 AS one",
    "COMMENT ON COLUMN accepted.donation.plasma_ml IS 'something else'",
    "COMMENT ON COLUMN accepted.donation.receipt IS 'something else'",
    "REVOKE USAGE ON SCHEMA standing FROM lots_reader",
    "CREATE OR REPLACE FUNCTION lineage.local_day(at timestamptz, offset_min smallint, zone text)"
    " RETURNS date LANGUAGE sql STABLE RETURN current_date",
    "CREATE FUNCTION ledger.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
    " CREATE TRIGGER lose BEFORE INSERT ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.lose()",
)


def as_owner(settings: Settings, statement: str) -> None:
    """Run what the owner of the tables may run."""
    with connections.owner_engine(settings).begin() as connection:
        connection.exec_driver_sql(statement)


def stands(settings: Settings) -> str:
    """What follows from the tables, in a word."""
    with connections.owner_engine(settings).connect() as connection:
        return str(connection.scalar(query("derived_as_made"), {"schemas": [*SCHEMAS]}))


@pytest.mark.parametrize("change", CHANGED, ids=lambda text: text[:50])
def test_what_somebody_changed_or_lost_is_made_as_declared(
    lots_settings: Settings, change: str
) -> None:
    declared = stands(lots_settings)
    as_owner(lots_settings, change)
    assert stands(lots_settings) != declared
    migrate.upgrade(lots_settings)
    assert stands(lots_settings) == declared


def test_what_is_as_declared_is_left_alone(lots_settings: Settings) -> None:
    made = f"SELECT '{VIEW}'::regclass::oid"
    before = rows(lots_settings, made)
    migrate.upgrade(lots_settings)
    assert rows(lots_settings, made) == before


@contextmanager
def reading(settings: Settings) -> Iterator[sa.Connection]:
    """Somebody who asks of a view and has not ended the transaction."""
    with connections.engine("lots_reader", settings).connect() as connection:
        connection.exec_driver_sql(COUNT)
        yield connection


def test_an_upgrade_waits_for_readers_and_lets_others_read_meanwhile(
    lots_settings: Settings,
) -> None:
    as_owner(lots_settings, CHANGED[0])
    as_owner(lots_settings, CHANGED[4])
    as_owner(lots_settings, f"GRANT SELECT ON {VIEW} TO lots_reader")
    with ThreadPoolExecutor(1) as pool:
        with reading(lots_settings) as reader:
            upgraded = pool.submit(migrate.upgrade, lots_settings)
            while rows(lots_settings, WAITS, "lots_owner") == [(0,)]:
                assert not upgraded.done()
            # Behind it in the queue, and answered all the same, since the upgrade gives way.
            assert rows(lots_settings, COUNT) == [(0,)]
            assert reader.exec_driver_sql(COUNT).scalar() == 0
            assert not upgraded.done()
        upgraded.result(timeout=60)
    assert rows(lots_settings, "SELECT to_regclass('standing.older')") == [(None,)]


def test_tables_that_others_always_use_are_told_and_left(
    lots_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_owner(lots_settings, CHANGED[4])
    monkeypatch.setattr(migrate, "TRIES", 1)
    with reading(lots_settings), pytest.raises(DatabaseRefused, match="nothing was changed"):
        migrate.upgrade(lots_settings)
    assert rows(lots_settings, "SELECT one FROM standing.older", "lots_owner") == [(1,)]


def test_what_a_site_has_built_on_ours_is_never_lost(
    cluster: Cluster, lots_settings: Settings, database: str
) -> None:
    own = f"CREATE SCHEMA site; CREATE VIEW site.donations AS {COUNT}"
    embedded.psql(cluster, own, database)
    as_owner(lots_settings, CHANGED[4])
    with pytest.raises(DatabaseRefused, match="take those away, and make them anew afterwards"):
        migrate.upgrade(lots_settings)
    assert embedded.psql(cluster, "SELECT count FROM site.donations", database) == "0\n"


def test_a_revision_that_is_missing_is_told(lots_settings: Settings) -> None:
    """As where a record was declared, and no revision was drafted."""
    as_owner(lots_settings, "DROP VIEW standing.complaint; DROP TABLE accepted.complaint")
    with pytest.raises(DatabaseRefused, match="draft the revision that makes them"):
        migrate.upgrade(lots_settings)
