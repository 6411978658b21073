"""Of two versions of a key that say the same none is before the other (docs/versions.md)."""

from pathlib import Path

import sqlalchemy as sa

from lots.records import record
from lots.settings import Settings
from lots.store.schema.record_tables import accepted
from tests.integration.losses import Loss, lost, world
from tests.integration.small_world import Told


def test_of_versions_that_say_the_same_none_is_lost(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Neither is fuller than the other: each would be before the other, and the key tell nothing."""
    Told().send(lots_settings, tmp_path)
    columns = [c.name for c in accepted(record("donation")).columns]
    again = {"line": "line + 1000000", "version": "version + 1", "content": "sha256(content)"}
    copied = (
        f"INSERT INTO accepted.donation ({', '.join(columns)})"
        f" SELECT {', '.join(again.get(c, c) for c in columns)} FROM accepted.donation"
    )
    twice = Loss("donation", "", "told twice", "", (copied,))
    with world(lots_settings) as connection, lost(connection, twice):
        standing = connection.execute(sa.text("SELECT count(*) FROM standing.donation"))
        assert standing.scalar_one() == 2
