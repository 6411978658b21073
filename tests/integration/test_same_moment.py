"""Two questions of one answer are put at once and see the same moment. On a real PostgreSQL."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.settings import Settings
from lots.store.answers import statements
from lots.store.engine import Connection
from tests.builders import donations, take, write


def test_a_question_put_beside_others_sees_their_moment(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(lots_settings, write(tmp_path, "donation-1.csv", donations({})))
    with statements.snapshot(lots_settings) as connection:
        seen = statements.linked_through(connection)
        take(lots_settings, write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"})))
        with statements.beside(lots_settings, connection, statements.linked_through) as beside:
            assert beside.result() == seen
    with statements.snapshot(lots_settings) as connection:
        assert statements.linked_through(connection) != seen


def test_a_question_put_beside_others_changes_nothing_and_its_error_is_heard(
    lots_settings: Settings,
) -> None:
    def change(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE public.own (n integer)")

    with (
        pytest.raises(sa.exc.DBAPIError, match="ReadOnly"),
        statements.snapshot(lots_settings) as connection,
        statements.beside(lots_settings, connection, change) as beside,
    ):
        beside.result()
