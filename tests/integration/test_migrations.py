"""The migrations end in the schema that the records declare, grants and comments included, by one
way only.
"""

import difflib
import re
import subprocess

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
    assert migrated == declared, f"`lots sql` shows what a new revision has to say:\n{told}"


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
    return [
        line
        for line in done.stdout.splitlines()
        if line and not re.match(r"--|\\(un)?restrict ", line)
    ]
