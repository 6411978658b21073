"""Every session is set the same, whatever the role, the database or the address bring; or it is not
used.
"""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from lots.errors import CallError
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.engine import close, engine, owner_engine, user_engine
from lots.store.intake import receipts
from lots.store.ledger import reading
from lots.store.session import EXPECTED, OURS, check

AS_IT_MUST_BE = {**OURS, **EXPECTED}
ROLES = ("lots_owner", "lots_pipeline", "lots_reader", "lots_discloser")
CONTRARY = {
    "TimeZone": "Asia/Tokyo",
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "iso_8601",
    "client_encoding": "LATIN1",
    "extra_float_digits": "-5",
    "bytea_output": "escape",
    "search_path": "elsewhere, pg_catalog",
    "standard_conforming_strings": "off",
    "transform_null_equals": "on",
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "serializable",
    "row_security": "on",
    "jit": "on",
    "max_parallel_workers_per_gather": "0",
}


def test_whatever_a_value_hangs_on_is_set() -> None:
    assert CONTRARY.keys() <= OURS.keys()


def shown(made: sa.Engine) -> dict[str, str]:
    """What the server says of a new connection's session."""
    select = sa.select(*(sa.func.current_setting(name).label(name) for name in AS_IT_MUST_BE))
    with made.connect() as connection:
        return dict(connection.execute(select).one()._mapping)


@pytest.mark.parametrize(
    "whose", ["ROLE lots_pipeline", 'DATABASE :"name"', 'ROLE lots_pipeline IN DATABASE :"name"']
)
def test_settings_of_a_role_or_a_database_have_no_say(
    lots_settings: Settings, cluster: Cluster, database: str, whose: str
) -> None:
    for name, value in CONTRARY.items():
        words = (
            ", ".join(f"'{word}'" for word in value.split(", "))
            if name == "search_path"
            else f"'{value}'"
        )
        embedded.psql(cluster, f"ALTER {whose} SET {name} = {words}", name=database)
    try:
        assert shown(engine(settings=lots_settings)) == AS_IT_MUST_BE
    finally:
        embedded.psql(cluster, f"ALTER {whose} RESET ALL", name=database)


def test_options_of_the_address_have_no_say_in_what_a_value_is(lots_settings: Settings) -> None:
    contrary = "-c%20timezone%3DAsia/Tokyo%20-c%20datestyle%3DSQL%20-c%20work_mem%3D5MB"
    settings = replace(
        lots_settings,
        database_url=f"{lots_settings.database_url}&options={contrary}&client_encoding=latin1",
    )
    assert shown(engine(settings=settings)) == AS_IT_MUST_BE
    close(settings)


def test_every_engine_is_set_so_and_stays_so_when_a_transaction_is_rolled_back(
    lots_settings: Settings,
) -> None:
    reader = {
        **AS_IT_MUST_BE,
        "default_transaction_read_only": "on",
        "plan_cache_mode": "force_generic_plan",
        "max_parallel_workers_per_gather": "0",
        "idle_in_transaction_session_timeout": "0",
    }
    for made in (
        *(engine(role, lots_settings) for role in ROLES),
        owner_engine(lots_settings),
        user_engine(replace(lots_settings, database_url=embedded_as_postgres(lots_settings))),
    ):
        with made.connect() as connection:
            connection.exec_driver_sql("SET TimeZone = 'Asia/Tokyo'")
            connection.rollback()
        reads = made in (
            engine("lots_reader", lots_settings),
            engine("lots_discloser", lots_settings),
        )
        assert shown(made) == (reader if reads else AS_IT_MUST_BE)


def embedded_as_postgres(settings: Settings) -> str:
    """The database's address with its superuser in it."""
    return str(sa.make_url(settings.database_url or "").set(username="postgres"))


@pytest.mark.parametrize("name", AS_IT_MUST_BE)
def test_a_session_that_differs_is_not_used(name: str) -> None:
    with pytest.raises(CallError) as told:
        check({**AS_IT_MUST_BE, name: "other"})
    assert (
        str(told.value)
        == f"PostgreSQL: session's {name}: expected {AS_IT_MUST_BE[name]}, got other; nothing is "
        "read or written through it."
    )


def test_a_database_in_another_encoding_is_not_used(
    cluster: Cluster, lots_settings: Settings
) -> None:
    embedded.psql(
        cluster,
        "CREATE DATABASE latin OWNER lots_owner TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER "
        "libc LOCALE 'C'",
    )
    settings = replace(lots_settings, database_url=embedded.url(cluster, "", "latin"))
    with pytest.raises(CallError, match="session's server_encoding: expected UTF8, got LATIN1"):
        shown(engine(settings=settings))
    close(settings)
    embedded.psql(cluster, "DROP DATABASE latin WITH (FORCE)")


def test_a_host_that_hangs_in_a_transaction_keeps_no_lock_for_good(lots_settings: Settings) -> None:
    shown = sa.text("SHOW idle_in_transaction_session_timeout")
    for role, limit in (
        ("lots_owner", "10min"),
        ("lots_pipeline", "10min"),
        ("lots_service", "10min"),
        ("lots_reader", "0"),
    ):
        with engine(role, lots_settings).connect() as connection:
            assert connection.scalar(shown) == limit
    with engine(settings=lots_settings).connect() as connection:
        with receipts.alone(connection, b"12345678", 20_000_000):
            assert connection.scalar(shown) == "51s"
        assert connection.scalar(shown) == "10min"
        connection.rollback()
        # While kept bytes are read nothing is asked for, and nothing is locked that others wait for.
        reading.snapshot(connection)
        assert connection.scalar(shown) == "0"
        connection.rollback()
        assert connection.scalar(shown) == "10min"
