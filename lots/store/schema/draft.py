"""Draft a revision: what makes the tables of the newest one those that are declared.

    python -m lots.store.schema.draft "Add reagent"
    python -m lots.store.schema.draft --baseline

The second writes the baseline anew, which may be done only while nothing is released: a database of
an earlier draft is then told to be one, and cannot be raised.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from lots.errors import CallError, LotsError
from lots.postgres import cluster
from lots.settings import settings
from lots.store.engine import close, owner_engine
from lots.store.intake.staging import run
from lots.store.schema import ddl, differences, migrate, revision

VERSIONS = revision.MIGRATIONS / "versions"
BASELINE = "-- All tables as they were declared first. Drafted: python -m lots.store.schema.draft --baseline"
FILE = '''"""{message}."""

from alembic import op

from lots.store.schema import migrate
from lots.store.schema.revision import before, name_of

revision = name_of(__file__)
down_revision = before(revision)


def upgrade() -> None:
    """Apply the SQL beside this file."""
    migrate.apply(op.get_bind(), __file__)
'''


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command, draft, and say which file to read."""
    parser = argparse.ArgumentParser(
        prog="python -m lots.store.schema.draft",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("message", nargs="?", help='what it does, such as "Add reagent"')
    which.add_argument("--baseline", action="store_true", help="write the baseline anew")
    given = parser.parse_args(arguments)
    try:
        print(_baseline() if given.baseline else _revision(given.message))
    except LotsError as error:
        print(f"lots: {error}", file=sys.stderr)
        return error.code
    return 0


def _baseline() -> Path:
    # Of the tables alone: what follows from them no revision writes (docs/decisions/schema.md).
    made = VERSIONS / "0001_baseline.sql"
    made.write_text(f"{BASELINE}\n\n{ddl.joined(ddl.tables())}", encoding="utf-8")
    return made


def _revision(message: str) -> Path:
    said = message.strip().rstrip(".")
    words = re.sub(r"\W+", "_", said.lower()).strip("_")
    if not words.isascii() or not words:
        raise CallError(f"'{message}': what a revision does: expected ASCII words, got others.")
    statements = [*_differences(settings().home)]
    if not statements:
        raise CallError("revision: expected tables that are declared otherwise, got none.")
    # Its name and a digest are kept in a column of Alembic's that is not longer.
    made = VERSIONS / f"{len(revision.known()) + 1:04d}_{words}"[: revision.LONGEST].rstrip("_")
    made.with_suffix(".py").write_text(FILE.format(message=said), encoding="utf-8")
    made = made.with_suffix(".sql")
    made.write_text(f"-- {said}.\n\n{ddl.joined(iter(statements))}", encoding="utf-8")
    return made


def _differences(home: Path) -> Iterator[str]:
    """What the tables that the revisions make lack, as statements."""
    # Two empty databases on the embedded server: a revision is drafted without touching rows.
    server = cluster.up(home)
    with (
        _parts(server, "declared", _declare) as declared,
        _parts(server, "migrated", migrate.apply_revisions) as there,
    ):
        yield from differences.statements(declared, there)


def _declare(connection: sa.Connection) -> None:
    run(connection, ddl.joined(ddl.tables()))


@contextmanager
def _parts(
    server: cluster.Cluster, word: str, make: Callable[[sa.Connection], None]
) -> Iterator[differences.Parts]:
    """The parts of all tables of a database that is made for this and dropped again."""
    # With the process in its name: two drafts at once do not drop each other's.
    name = f"draft_{word}_{os.getpid()}"
    cluster.create_database(server, name)
    of = replace(settings(), database_url=cluster.url(server, "", name))
    try:
        with owner_engine(of).begin() as connection:
            make(connection)
            yield differences.parts(connection)
    finally:
        close(of)
        cluster.psql(server, 'DROP DATABASE :"name" WITH (FORCE)', name=name)


if __name__ == "__main__":
    sys.exit(main())
