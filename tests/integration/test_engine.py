"""Connections by role, through the socket and through TCP, and what a failing one is allowed to
say.
"""

import json
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from lots.encrypted import expect_hidden
from lots.errors import CallError, DatabaseLost
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store import pooled
from lots.store.address import site
from lots.store.engine import close, engine, ensure_roles, lost, owner_engine, user_engine
from lots.store.schema.migrate import upgrade

ROOT = Path(__file__).resolve().parents[2]
ROLES = (
    "lots_owner",
    "lots_pipeline",
    "lots_reader",
    "lots_discloser",
    "lots_service",
    "lots_views",
)
# Until it is gone: whoever only tells it to go may be answered by it once more.
CUT_OFF = "SELECT pg_terminate_backend(:'pid', 60000)"
WHO = sa.text("SELECT current_user, session_user, current_database()")


def who(made: sa.Engine) -> tuple[str, ...]:
    """The role, the login and the database of a new connection."""
    with made.connect() as connection:
        return tuple(connection.execute(WHO).one())


def backend(made: sa.Engine) -> int:
    """The process of the server that answers a connection."""
    with made.connect() as connection:
        return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def shown(made: sa.Engine, *names: str) -> list[str]:
    """The values of some settings of a session."""
    with made.connect() as connection:
        return [
            connection.execute(
                sa.text("SELECT current_setting(:name)"), {"name": name}
            ).scalar_one()
            for name in names
        ]


@pytest.fixture(params=["socket", "tcp"])
def either(
    request: pytest.FixtureRequest, lots_settings: Settings, lots_settings_tcp: Settings
) -> Settings:
    """The same database through its socket and through TCP."""
    return lots_settings if request.param == "socket" else lots_settings_tcp


@pytest.mark.parametrize("role", ROLES)
def test_each_role_logs_in_by_itself(either: Settings, database: str, role: str) -> None:
    assert who(engine(role, either)) == (role, role, database)


def test_the_embedded_server_is_found_by_its_home(
    cluster: Cluster, lots_settings: Settings
) -> None:
    settings = replace(lots_settings, home=cluster.passfile.parent, database_url=None)
    assert who(owner_engine(settings)) == ("lots_owner", "lots_owner", "lots")
    close(settings)


def test_a_user_in_the_url_takes_the_role(
    cluster: Cluster, lots_settings: Settings, database: str
) -> None:
    settings = replace(lots_settings, database_url=embedded.url(cluster, "postgres", database))
    assert who(engine("lots_reader", settings)) == ("lots_reader", "postgres", database)
    assert who(user_engine(settings)) == ("postgres", "postgres", database)


def test_an_engine_is_kept_and_its_connections_until_they_are_closed(
    lots_settings: Settings,
) -> None:
    first = engine("lots_reader", lots_settings)
    asked = backend(first)
    assert backend(first) == asked
    close(lots_settings)
    assert engine("lots_reader", lots_settings) is first
    assert backend(first) != asked


def test_a_session_says_who_it_is_and_reads_alike_everywhere(either: Settings) -> None:
    names = ("timezone", "synchronize_seqscans", "jit", "application_name")
    assert shown(engine("lots_reader", either), *names) == ["UTC", "off", "off", "plasma-lots"]


def test_options_of_the_url_are_kept(lots_settings: Settings) -> None:
    settings = replace(
        lots_settings, database_url=f"{lots_settings.database_url}&options=-c%20work_mem%3D5MB"
    )
    assert shown(engine("lots_reader", settings), "work_mem", "jit") == ["5MB", "off"]


def test_passwords_are_scram_and_asked_for(cluster: Cluster) -> None:
    rules = embedded.psql(cluster, "SELECT type, auth_method FROM pg_hba_file_rules").split()
    assert rules == ["local|peer", "host|scram-sha-256"]
    kept = embedded.psql(
        cluster, "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'lots%'"
    ).split()
    assert [word.split("$")[0] for word in kept] == ["SCRAM-SHA-256"] * len(ROLES)


def test_passwords_stand_in_a_closed_file_and_stay_when_the_server_starts_again(
    home: Path, port: int
) -> None:
    passfile = embedded.up(home, tcp_port=port).passfile
    before = passfile.read_text()
    assert passfile.stat().st_mode & 0o777 == 0o600
    embedded.down(home)
    embedded.up(home, tcp_port=port)
    assert passfile.read_text() == before


def test_tcp_is_open_on_this_machine_only(cluster: Cluster) -> None:
    server = psutil.Process(int((cluster.data / "postmaster.pid").read_text().split()[0]))
    assert {listener.laddr.ip for listener in server.net_connections("tcp")} == {"127.0.0.1"}


@pytest.mark.parametrize("role", [*ROLES, "postgres"])
def test_a_wrong_password_is_refused_without_telling_it(
    lots_settings_tcp: Settings, tmp_path: Path, role: str
) -> None:
    passfile = tmp_path / "wrong"
    passfile.write_text("*:*:*:*:wrong-secret\n")
    passfile.chmod(0o600)
    address = sa.make_url(lots_settings_tcp.database_url or "").update_query_dict(
        {"passfile": str(passfile)}
    )
    with pytest.raises(DatabaseLost) as refused:
        who(engine(role, replace(lots_settings_tcp, database_url=str(address))))
    assert "wrong-secret" not in str(refused.value)
    reasons = (f'password authentication failed for user "{role}"', "no pg_hba.conf entry for host")
    assert reasons[role == "postgres"] in str(refused.value)


def test_no_secret_stands_in_an_address(lots_settings_tcp: Settings, cluster: Cluster) -> None:
    secrets = [line.split(":")[-1] for line in cluster.passfile.read_text().splitlines()]
    made = engine("lots_reader", lots_settings_tcp)
    who(made)
    told = (
        f"{made.url!r} {made.url.render_as_string(hide_password=False)} {made} {lots_settings_tcp}"
    )
    assert len(secrets) == len(ROLES)
    assert not [secret for secret in secrets if secret in told]


def test_a_password_in_the_url_is_refused_without_telling_it(lots_settings: Settings) -> None:
    for url in ("postgresql://me:secret@db/lots", "postgresql://me@db/lots?password=secret"):
        with pytest.raises(CallError) as refused:
            engine(settings=replace(lots_settings, database_url=url))
        got = "expected no password in it (use passfile=), got one."
        assert str(refused.value) == f"LOTS_DATABASE_URL: address: {got}"


CLEAR = (
    "LOTS_DATABASE_URL: sslmode: expected require, verify-ca or verify-full, as it leads to another"
    " host, got {}."
)
IN_THE_CLEAR = {
    "postgresql://me@db.example/lots": "none",
    "postgresql://me@db.example:5433/lots?sslmode=prefer": "prefer",
    "postgresql://me@127.0.0.1,db.example/lots": "none",
    "postgresql://me@/lots?host=db.example": "none",
    "postgresql://me@localhost/lots?hostaddr=192.0.2.1": "none",
    "postgresql://me@[2001:db8::1]/lots?sslmode=allow": "allow",
    "postgresql://me@/lots?service=site": "none",
}
SAFE = (
    "postgresql://me@db.example/lots?sslmode=require",
    "postgresql://me@/lots?service=site&sslmode=verify-full",
    "postgresql://me@localhost/lots",
    "postgresql://me@[::1]:5432/lots",
    "postgresql://me@/lots?host=%2Frun%2Fpostgresql",
    "postgresql:///lots",
)


@pytest.mark.parametrize(
    ("number", "mode", "taken"),
    [
        ("192.0.2.1", "none", False),
        ("192.0.2.1", "prefer", False),
        ("2001:db8::1", "disable", False),
        ("192.0.2.1", "require", True),
        ("127.0.0.1", "none", True),
        ("::1", "none", True),
        ("", "none", True),  # a socket
    ],
)
def test_a_connection_that_stands_is_held_to_that_too(number: str, mode: str, taken: bool) -> None:
    """Whatever led to it: a service of libpq's, a variable, a file."""
    with nullcontext() if taken else pytest.raises(CallError, match=f"another host, got {mode}"):
        expect_hidden("LOTS_DATABASE_URL", number, mode)


@pytest.mark.parametrize("url", SAFE)
def test_an_address_that_nobody_on_the_way_can_read_is_taken(
    lots_settings: Settings, url: str
) -> None:
    assert site(replace(lots_settings, database_url=url)).database == "lots"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "lots",
            "LOTS_DATABASE_URL: address: expected postgresql://user@host/database, got no URL.",
        ),
        ("mysql://db/lots", "LOTS_DATABASE_URL: kind of database: expected postgresql, got mysql."),
        *((url, CLEAR.format(mode)) for url, mode in IN_THE_CLEAR.items()),
    ],
)
def test_another_kind_of_address_is_refused(
    lots_settings: Settings, url: str, sentence: str
) -> None:
    with pytest.raises(CallError) as refused:
        engine(settings=replace(lots_settings, database_url=url))
    assert str(refused.value) == sentence


def test_a_server_that_is_not_there_is_lost(lots_settings: Settings, port: int) -> None:
    settings = replace(lots_settings, database_url=f"postgresql://me@127.0.0.1:{port}/lots")
    with pytest.raises(
        DatabaseLost,
        match=r"^PostgreSQL: connection: expected an answer, got: .*Connection refused",
    ):
        who(engine(settings=settings))


def test_a_connection_cut_off_half_way_is_lost_and_the_next_one_works(
    lots_settings: Settings, cluster: Cluster
) -> None:
    made = engine("lots_reader", lots_settings)
    with made.connect() as connection:
        pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
        embedded.psql(cluster, CUT_OFF, pid=str(pid))
        with pytest.raises(DatabaseLost) as cut:
            connection.execute(sa.text("SELECT :donor"), {"donor": "DONOR-1"})
    assert (
        str(cut.value) == "PostgreSQL: connection: expected it to last, got AdminShutdown (57P01)."
    )
    assert who(made)[0] == "lots_reader"


def test_an_idle_connection_that_was_cut_off_is_replaced_unseen(
    lots_settings: Settings, cluster: Cluster
) -> None:
    made = engine("lots_reader", lots_settings)
    with made.connect() as connection:
        pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    embedded.psql(cluster, CUT_OFF, pid=str(pid))
    assert who(made)[0] == "lots_reader"


IDLE = "SELECT state_change FROM pg_stat_activity WHERE pid = :pid"
PID = sa.text("SELECT pg_backend_pid()")


@pytest.mark.parametrize(("trusted", "asked"), [(3600.0, False), (0.0, True)])
def test_a_connection_of_a_moment_ago_is_used_without_asking_whether_it_stands(
    lots_settings: Settings, monkeypatch: pytest.MonkeyPatch, trusted: float, asked: bool
) -> None:
    monkeypatch.setattr(pooled, "TRUSTED_S", trusted)
    made, seen = engine("lots_reader", lots_settings), sa.text(IDLE)
    # Another login would not be told.
    with made.connect() as looking:
        with made.connect() as connection:
            pid = connection.scalar(PID)
        before = looking.scalar(seen, {"pid": pid})
        looking.rollback()
        with made.connect():
            assert (looking.scalar(seen, {"pid": pid}) != before) is asked


def test_other_errors_stay_what_they_are_and_hide_their_values(lots_settings: Settings) -> None:
    with (
        engine("lots_reader", lots_settings).connect() as connection,
        pytest.raises(sa.exc.ProgrammingError) as failed,
    ):
        connection.execute(sa.text("SELECT :donor FROM nowhere"), {"donor": "DONOR-1"})
    assert "DONOR-1" not in str(failed.value)
    assert lost(failed.value) is None


def test_roles_are_made_once_for_a_user_who_may(home: Path, lots_settings: Settings) -> None:
    made = embedded.up(home)
    embedded.psql(made, "CREATE ROLE site LOGIN CREATEROLE; CREATE DATABASE other OWNER site;")
    embedded.psql(
        made,
        "DROP DATABASE lots; DROP DATABASE airflow; "
        + "".join(f"DROP ROLE {role};" for role in ROLES),
    )
    settings = replace(lots_settings, database_url=embedded.url(made, "site", "other"))
    ensure_roles(user_engine(settings))
    ensure_roles(user_engine(settings))
    upgrade(settings)
    assert {role: who(engine(role, settings))[:2] for role in ROLES} == {
        role: (role, "site") for role in ROLES
    }
    logins = embedded.psql(
        made, "SELECT rolcanlogin FROM pg_roles WHERE rolname LIKE 'lots%'"
    ).split()
    assert logins == ["f"] * len(ROLES)
    close(settings)


def test_ten_homes_that_come_up_first_at_once_end_well(home: Path) -> None:
    made = embedded.up(home)
    names = ("one", "other")
    embedded.psql(
        made,
        "CREATE ROLE site LOGIN CREATEROLE; DROP DATABASE lots; DROP DATABASE airflow; "
        + "".join(f"DROP ROLE {role};" for role in ROLES)
        + "".join(f"CREATE DATABASE {name} OWNER site;" for name in names),
    )
    asked = [(str(home / str(n)), embedded.url(made, "site", names[n % 2])) for n in range(10)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.first_ups"],
        cwd=ROOT,
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (json.loads(done.stdout), done.stderr) == ([0] * 10, "")


def test_a_user_who_may_not_make_roles_is_told(
    cluster: Cluster, lots_settings: Settings, database: str
) -> None:
    embedded.psql(cluster, "CREATE ROLE guest LOGIN;")
    settings = replace(lots_settings, database_url=embedded.url(cluster, "guest", database))
    with pytest.raises(
        CallError, match=r"^guest: user of LOTS_DATABASE_URL: expected one who may make the roles"
    ):
        ensure_roles(user_engine(settings))
    embedded.psql(cluster, "DROP ROLE guest;")


def test_finding_the_cluster_loads_no_driver() -> None:
    code = (
        "import json, sys, lots.postgres.cluster; print(json.dumps([m for m in sys.modules if '.' not"
        " in m]))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert not {"sqlalchemy", "psycopg", "pandas", "airflow", "great_expectations"} & set(
        json.loads(loaded)
    )
