"""Whoever only reads, only reads: of all verbs `lots up` alone brings a database's tables to another
revision.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from lots.command.overview import SECTIONS
from lots.errors import OtherRevision
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings, from_environment
from lots.store import engine as connections
from lots.store.schema import migrate, revision
from tests.builders import donations, rows, write
from tests.conftest import site

NEWEST = revision.newest()
EXPECTED = f"lots: PostgreSQL: revision of the tables: expected {NEWEST}, got "
UP = "bring them up to date first: lots up."
STATES = {
    "none": f"{EXPECTED}no tables; make them first: lots up.\n",
    "behind": f"{EXPECTED}an older one; {UP}\n",
    "ahead": (
        f"{EXPECTED}9999_later, which this version of plasma-lots does not know; use the version"
        " that made it, or a newer one.\n"
    ),
    "before": (
        f"{EXPECTED}0003_kept_beside of before the first release, which no version raises; receive"
        " its files into a new database.\n"
    ),
}
# What their tables are said to be at; those that are behind lack what follows from the tables.
SAID = {"ahead": "9999_later", "before": "0003_kept_beside"}
READING = (
    ["refused"],
    ["findings"],
    ["findings", "D07"],
    ["pending"],
    ["parked"],
    ["contested"],
    ["heard"],
    ["receipts"],
    ["report", "1"],
    ["trace", "lot", "L1"],
    ["implicate", "--donation", "D1"],
    ["digest"],
    ["resolve", "contested", "1"],
    ["retract", "--list"],
    ["balance"],
    ["held"],
    ["show", "donation", "D1"],
    ["profile"],
    ["verify"],
    ["prove", "donation", "D1"],
)
WRITING = (
    ["receive"],
    ["abandon", "1", "--by", "me", "--reason", "x"],
    ["link"],
    ["watch"],
    ["resolve", "finding", "1", "--by", "me", "--reason", "x"],
    ["resolve", "refused", "1:2", "--by", "me", "--reason", "x"],
    ["retract", "1:2", "--check"],
    ["retract", "1:2", "--never-happened", "--by", "me", "--reason", "x"],
    ["evaluate"],
    ["rebuild"],
    ["serve", "--port", "70000"],
    ["worker"],
    ["profile", "remove", "C1"],
    ["scan", "x", "--for", "dispense", "--at", "W1"],
    ["stops", "--at", "W1"],
    ["backup", "elsewhere"],
    ["decide", "lot", "L1", "quarantine", "--by", "me", "--reason", "x"],
    ["redact", "--list"],
)
# What looks at no database, and what makes its tables or puts whole ones in their place.
APART = {"synthetic", "template", "sql", "docs", "down", "up", "restore"}
VERSION = "SELECT version_num FROM public.alembic_version"


@dataclass(frozen=True)
class Old:
    """A database that is not at the newest revision, and what is told of it."""

    state: str
    settings: Settings

    def revision(self) -> list[str]:
        """What its tables are at, as their owner sees it."""
        with connections.owner_engine(self.settings).connect() as connection:
            there = sa.inspect(connection).has_table("alembic_version")
            return [*connection.exec_driver_sql(VERSION).scalars()] if there else []


@pytest.fixture(scope="module", params=STATES)
def old(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Old]:
    """A database without tables, one that is behind, one that is ahead, and one that was made before
    the baseline.
    """
    name = f"revision_{request.param}"
    embedded.create_database(cluster, name)
    settings = site(tmp_path_factory.mktemp(name) / "home", embedded.url(cluster, "", name))
    settings.home.mkdir(mode=0o700)
    if request.param != "none":
        with connections.owner_engine(settings).begin() as connection:
            migrate.apply_revisions(connection)
    if said := SAID.get(request.param):
        migrate.upgrade(settings)
        with connections.owner_engine(settings).begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{said}'")
    yield Old(request.param, settings)
    connections.close(settings)
    embedded.psql(cluster, 'DROP DATABASE :"name" WITH (FORCE)', name=name)


@pytest.mark.parametrize("arguments", [*READING, *WRITING], ids=" ".join)
def test_no_verb_but_up_migrates(
    old: Old,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    before = old.revision()
    assert lots(old.settings, arguments) == 1
    assert (*capsys.readouterr(),) == ("", STATES[old.state])
    assert old.revision() == before


def test_each_verb_is_held_to_that() -> None:
    held = {arguments[0] for arguments in (*READING, *WRITING)}
    assert held | APART == {verb for verbs in SECTIONS.values() for verb in verbs}
    assert not held & APART


def test_what_cannot_be_booked_is_not_kept_either(
    old: Old, lots: Callable[[Settings, Sequence[str]], int], tmp_path: Path
) -> None:
    assert lots(old.settings, ["receive", write(tmp_path, "donation-1.csv", donations({}))]) == 1
    assert [path for path in old.settings.home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("role", ["lots_pipeline", "lots_reader"])
def test_no_session_of_whoever_does_not_migrate_is_used(old: Old, role: str) -> None:
    with pytest.raises(OtherRevision) as told:
        rows(old.settings, "SELECT 1", role)
    assert f"lots: {told.value}\n" == STATES[old.state]
    assert rows(old.settings, "SELECT 1", "lots_owner") == [(1,)]


def test_up_migrates_what_is_behind_and_leaves_what_it_does_not_know(
    cluster: Cluster,
    old: Old,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On a copy, since the others ask the same database."""
    connections.close(old.settings)
    clone = 'CREATE DATABASE :"name" TEMPLATE :"of" STRATEGY file_copy OWNER lots_owner'
    embedded.psql(cluster, clone, name="raised", of=f"revision_{old.state}")
    raised = Old(old.state, site(old.settings.home, embedded.url(cluster, "postgres", "raised")))
    try:
        code = lots(raised.settings, ["up"])
        if old.state in SAID:
            assert (code, capsys.readouterr().err) == (1, STATES[old.state])
            assert raised.revision() == [SAID[old.state]]
        else:
            assert (code, raised.revision()) == (0, [NEWEST])
            assert lots(raised.settings, ["receipts"]) == 0
    finally:
        connections.close(raised.settings)
        embedded.psql(cluster, "DROP DATABASE raised WITH (FORCE)")


def test_up_lets_everyone_see_the_revision_of_a_database_that_is_at_the_newest(
    lots_settings: Settings,
) -> None:
    """As one that is brought back from a dump without its grants."""
    with connections.owner_engine(lots_settings).begin() as connection:
        connection.exec_driver_sql(
            "REVOKE ALL ON alembic_version FROM lots_discloser, lots_pipeline"
        )
    with pytest.raises(OtherRevision, match="got an older one"):
        rows(lots_settings, "SELECT 1")
    migrate.upgrade(lots_settings)
    assert rows(lots_settings, VERSION) == [(NEWEST,)]


OTHER = (
    "lots: PostgreSQL: version of plasma-lots that works here: expected"
    f" {revision.software()}, got 0123456789abcdef; use that one, or have this one on all hosts, and"
    " then: lots up.\n"
)


def test_a_host_of_another_version_writes_nothing_until_that_one_is_everybody_s(
    lots_settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    with connections.owner_engine(lots_settings).begin() as connection:
        connection.exec_driver_sql("COMMENT ON TABLE alembic_version IS 'a b 0123456789abcdef'")
    for arguments in (["receive"], ["link"], ["worker"], ["serve", "--port", "70000"]):
        assert lots(lots_settings, arguments) == 1
        assert (*capsys.readouterr(),) == ("", OTHER)
    with pytest.raises(OtherRevision):
        rows(lots_settings, "SELECT 1", "lots_service")
    assert lots(lots_settings, ["receipts"]) == 0, "who only reads is held to the tables"
    assert lots(lots_settings, ["up"]) == 0
    assert lots(lots_settings, ["link"]) == 0


def test_a_version_is_another_where_a_rule_or_a_statement_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"PACKAGE": tmp_path / "lots", "ROOT": tmp_path, "RESOURCES": tmp_path}
    for name, folder in folders.items():
        monkeypatch.setattr(revision, name, folder)
    rule, statement = tmp_path / "lots" / "rules" / "a.py", tmp_path / "sql" / "rules" / "a.sql"
    page = tmp_path / "lots" / "web" / "a.py"
    told = set()
    for changed, text in (
        (rule, "1"),
        (rule, "2"),
        (statement, "1"),
        (statement.with_name("b.sql"), "1"),
        (page, "1"),
    ):
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(text)
        told.add(revision.software.__wrapped__())
    assert len(told) == 4, "how a page looks changes no row"


def test_a_home_without_a_database_stays_as_it_is(
    home: Path,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    nowhere = from_environment({"LOTS_HOME": str(home / "home")})
    for arguments in (["receipts"], ["receive"]):
        assert lots(nowhere, arguments) == 1
        assert (*capsys.readouterr(),) == (
            "",
            f"lots: {nowhere.home}: database: expected one that was made here, got none; make it"
            " first: lots up.\n",
        )
    assert not nowhere.home.exists()


def test_a_reading_verb_starts_the_embedded_server(
    home: Path, lots: Callable[[Settings, Sequence[str]], int]
) -> None:
    own = from_environment({"LOTS_HOME": str(home / "home")})
    assert lots(own, ["up"]) == 0
    assert lots(own, ["down"]) == 0
    assert lots(own, ["receipts"]) == 0
    connections.close(own)


def test_a_user_who_may_not_take_the_role_is_told(
    cluster: Cluster,
    database: str,
    lots_settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    embedded.psql(cluster, "CREATE ROLE visitor LOGIN")
    settings = site(lots_settings.home, embedded.url(cluster, "visitor", database))
    try:
        assert lots(settings, ["receipts"]) == 2
        assert capsys.readouterr().err == (
            "lots: visitor: user of LOTS_DATABASE_URL: expected one who may take the role"
            " lots_reader, got one who may not; grant the role to this user.\n"
        )
    finally:
        connections.close(settings)
        embedded.psql(cluster, "DROP ROLE visitor")


def test_roles_that_are_not_made_yet_are_told(
    home: Path,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = embedded.up(home)
    embedded.psql(
        made,
        "DROP DATABASE lots; DROP DATABASE airflow; CREATE DATABASE other;"
        " DROP ROLE lots_owner, lots_pipeline, lots_reader, lots_discloser, lots_service, lots_views",
    )
    settings = site(home, embedded.url(made, "postgres", "other"))
    assert lots(settings, ["receipts"]) == 2
    assert capsys.readouterr().err == (
        "lots: PostgreSQL: role lots_reader: expected it to exist, got none of that name; make it"
        " first: lots up.\n"
    )
    assert lots(settings, ["up"]) == 0
    assert lots(settings, ["receipts"]) == 0
    connections.close(settings)


def test_the_revisions_are_known_by_their_files() -> None:
    """Without Alembic, which takes as long to load as an answer takes."""
    script = ScriptDirectory.from_config(migrate.config())
    chain = [s.revision for s in script.walk_revisions()]
    assert (*reversed(chain),) == revision.known()
    assert revision.newest() == script.get_current_head() == NEWEST


@pytest.mark.parametrize("of", [*revision.BEFORE, "0001_baseline_00000000"])
def test_what_was_made_before_the_first_release_is_told_to_be_that(of: str) -> None:
    with pytest.raises(OtherRevision, match="of before the first release"):
        revision.refuse_unknown(of)


def test_a_revision_is_called_by_what_is_in_it(tmp_path: Path) -> None:
    """So that tables of an earlier draft are never taken for those of a later one."""
    file, beside = tmp_path / "0001_ground.sql", tmp_path / "0001_ground.py"
    file.write_text("CREATE TABLE a (b bigint);\n")
    name = revision.name_of(file)
    assert name.startswith("0001_ground_")
    assert revision.name_of(beside) == name
    file.write_text("CREATE TABLE a (c bigint);\n")
    assert revision.name_of(file) != name
