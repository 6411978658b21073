"""What every session of ours is set to, whatever the client's environment, the role, the database
or a proxy say.

libpq sends what it finds in PGTZ, PGDATESTYLE and the like after our own options, and a database or
a role may bring settings of its own (ALTER ROLE … SET): so each is set once the connection stands,
and read back from the server.
"""

from collections.abc import Mapping

from sqlalchemy.engine.interfaces import DBAPIConnection

from lots.encrypted import expect_hidden
from lots.errors import CallError

OLDEST = 160000  # PostgreSQL's way of writing 16.0
# What a value's text, or a statement's meaning, hangs on. Whoever may log in may set these.
OURS: Mapping[str, str] = {
    "TimeZone": "UTC",
    "timezone_abbreviations": "Default",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "client_encoding": "UTF8",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "lc_numeric": "C",
    "lc_time": "C",
    "lc_monetary": "C",
    "search_path": "public",  # pg_catalog comes first where it is not named
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "quote_all_identifiers": "off",
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
    "row_security": "off",  # a row that a policy hides is an error, never left out in silence
    "gin_fuzzy_search_limit": "0",
    # Two reads of one table would begin where another read stands, and answer in another order.
    "synchronize_seqscans": "off",
    # Compiling costs more than our statements take.
    "jit": "off",
    "plan_cache_mode": "auto",
    "max_parallel_workers_per_gather": "2",
    # Of a transaction in which nothing is asked for so long its host hangs, and what it has locked
    # (linking, the copies outside) all others wait for. Of files it is less (receipts.py).
    "idle_in_transaction_session_timeout": "10min",
}
# Who only reads may make no temporary table or large object either, which need no grant. And to plan
# a question's many statements anew for each answer takes longer than to run them, as does to start
# other processes that share the work of one.
READER: Mapping[str, str] = {
    **OURS,
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "max_parallel_workers_per_gather": "0",
    # It holds nothing that others wait for, and whoever looks through a list takes their time.
    "idle_in_transaction_session_timeout": "0",
}
# What only a superuser may set, or nobody: it must be so.
EXPECTED: Mapping[str, str] = {
    "server_encoding": "UTF8",
    "integer_datetimes": "on",
    "session_replication_role": "origin",
    "ignore_checksum_failure": "off",
    "zero_damaged_pages": "off",
}
# Within 45 s both ends know that the other is cut off: by default a server learns it after two
# hours, and holds what its session locked as long. Of a socket of this machine they say nothing.
HEARD: Mapping[str, str] = {
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "5",
    "tcp_user_timeout": "45000",
}
CUT_OFF: Mapping[str, str] = {
    name.removeprefix("tcp_") if name.startswith("tcp_keep") else name: value
    for name, value in HEARD.items()
}
# A server looks for its client only when it has something to say: a statement of ten minutes would go
# on, with all its locks, for a process that was killed in the first.
ENDED: Mapping[str, str] = {"client_connection_check_interval": "5s"}
SHOWN = "SELECT " + ", ".join(f"current_setting('{name}')" for name in (*OURS, *EXPECTED))


def refuse(connection: DBAPIConnection) -> None:
    """Raise CallError for a server that is too old, and for one of another host that is reached in the
    clear.
    """
    # libpq fills in from its own environment and files what an address leaves open.
    told = connection.info.get_parameters()
    expect_hidden("LOTS_DATABASE_URL", connection.info.hostaddr, told.get("sslmode", "none"))
    got = connection.info.server_version
    if got < OLDEST:
        raise CallError(f"LOTS_DATABASE_URL: PostgreSQL: expected 16 or newer, got {got // 10000}.")


def settle(connection: DBAPIConnection, ours: Mapping[str, str] = OURS) -> None:
    """Set a new session, and read back from the server that it is so. Raises CallError where it is
    not.
    """
    cursor = connection.cursor()
    try:
        cursor.execute(_setting({**ours, **HEARD, **ENDED}))
        connection.commit()  # a setting of a transaction that is rolled back would be gone
        cursor.execute(SHOWN)
        got = cursor.fetchone() or ()
        # Reading began a transaction, and its first statement would decide the snapshot of whoever
        # comes.
        connection.rollback()
    finally:
        cursor.close()
    # A proxy may have taken the setting and not passed it on: only what the server says counts.
    check(dict(zip((*OURS, *EXPECTED), got, strict=True)), ours)


def check(got: Mapping[str, str], ours: Mapping[str, str] = OURS) -> None:
    """Raise CallError unless every setting is as it must be."""
    for name, expected in {**ours, **EXPECTED}.items():
        if got[name] != expected:
            raise CallError(
                f"PostgreSQL: session's {name}: expected {expected}, got {got[name]}; nothing is"
                " read or written through it."
            )


def _setting(ours: Mapping[str, str]) -> str:
    return "SELECT " + ", ".join(
        f"set_config('{name}', '{value}', false)" for name, value in ours.items()
    )
