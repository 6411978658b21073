"""The migrations end in the schema that the records declare, grants and comments included, by one
way only.
"""

import difflib
import re
import subprocess
from collections.abc import Iterable, Iterator

from alembic.script import ScriptDirectory

from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.schema import ddl, migrate, revision
from tests.builders import rows

AS_OWNER = "SET ROLE lots_owner;\n"
DECLARED = "lots_declared"


def test_the_migrations_make_what_the_records_declare(cluster: Cluster, database: str) -> None:
    embedded.create_database(cluster, DECLARED)
    try:
        embedded.psql(cluster, AS_OWNER + ddl.script(), DECLARED)
        declared, migrated = dumped(cluster, DECLARED), dumped(cluster, database)
    finally:
        embedded.psql(cluster, f"DROP DATABASE {DECLARED} WITH (FORCE)")
    told = "\n".join(
        difflib.unified_diff(declared, migrated, "declared", "migrated", lineterm="", n=1)
    )
    assert migrated == declared, f"a revision is missing, or not drafted anew:\n{told}"


def test_a_table_is_compared_by_its_columns_and_not_by_their_order() -> None:
    """One that a revision added stands last, wherever it is declared: every statement of ours names
    its columns.
    """
    declared = ["CREATE TABLE a.b (", "    x bigint,", "    y text", ");", "CREATE TABLE a.c ("]
    migrated = ["CREATE TABLE a.b (", "    y text,", "    x bigint", ");", "CREATE TABLE a.c ("]
    assert [*unordered(declared)] == [*unordered(migrated)]
    assert [*unordered(declared)] != [*unordered([*migrated[:2], *migrated[3:]])]


def test_a_dump_shows_tables_views_comments_and_grants(cluster: Cluster, database: str) -> None:
    found = dumped(cluster, database)
    assert len(found) > 1_000
    for beginning in (
        "CREATE TABLE accepted.donation",
        "CREATE VIEW standing.donation",
        "COMMENT ON TABLE",
        "GRANT SELECT,INSERT ON TABLE accepted.donation TO lots_pipeline",
    ):
        assert any(line.startswith(beginning) for line in found), beginning


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1


def test_a_migrated_database_is_at_the_newest_revision(lots_settings: Settings) -> None:
    assert rows(lots_settings, revision.APPLIED) == [(revision.newest(),)]


def dumped(cluster: Cluster, name: str) -> list[str]:
    """The schema as pg_dump tells it, without Alembic's own table, comments of the dump and its
    random words.
    """
    place = ["-h", str(cluster.socket), "-p", str(cluster.port), "-U", "postgres"]
    command = [
        str(cluster.binaries / "pg_dump"),
        "--schema-only",
        "--exclude-table=alembic_version",
        *place,
        name,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [line for line in done.stdout.splitlines() if line]
    return [*unordered(line for line in told if not re.match(r"--|\\(un)?restrict ", line))]


def unordered(dump: Iterable[str]) -> Iterator[str]:
    """A dump with the lines of each table in the order of the alphabet."""
    inside: list[str] | None = None
    for line in dump:
        if line.startswith("CREATE TABLE "):
            yield line
            inside = []
        elif inside is not None and line.startswith("    "):
            inside.append(line.removesuffix(","))
        else:
            yield from sorted(inside or ())
            inside = None
            yield line
