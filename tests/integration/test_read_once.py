"""What answers have in common is read once, and never older than the answer."""

from pathlib import Path

import sqlalchemy as sa

from lots.answers import Reason
from lots.pipeline.implicate import Subject, implicate
from lots.settings import Settings
from lots.store.answers import read_once, statements
from lots.store.engine import Connection, engine, owner_engine
from tests.integration.small_world import Told

SEEN = sa.text("SELECT pg_current_snapshot()::text")
ROWS = sa.text("SELECT count(*) FROM public.told")
WRITE = sa.text("INSERT INTO public.told DEFAULT VALUES")


def _table(settings: Settings) -> None:
    with owner_engine(settings).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE public.told (told bigserial)")
        connection.exec_driver_sql("GRANT SELECT ON public.told TO lots_reader")


def _rows(connection: Connection) -> int:
    return read_once.once(connection, "rows", lambda: int(connection.execute(ROWS).scalar_one()))


def _asked(settings: Settings) -> int:
    with statements.snapshot(settings) as connection:
        return _rows(connection)


def test_what_was_written_is_read_by_the_next_answer(lots_settings: Settings) -> None:
    _table(lots_settings)
    found = []
    for _ in range(20):
        found.append(_asked(lots_settings))
        found.append(_asked(lots_settings))
        with owner_engine(lots_settings).begin() as connection:
            connection.execute(WRITE)
    assert found == [n for n in range(20) for _ in range(2)]


def test_what_is_written_beside_an_answer_is_read_once_it_is_committed(
    lots_settings: Settings,
) -> None:
    _table(lots_settings)
    owner = owner_engine(lots_settings)
    with owner.connect() as first, owner.connect() as second, owner.connect() as third:
        # In another order than they began in: the last to begin is the first that is seen.
        for one in (first, second, third):
            one.execute(WRITE)
        found = [_asked(lots_settings)]
        for one in (third, first, second):
            one.commit()
            found += [_asked(lots_settings), _asked(lots_settings)]
    assert found == [0, 1, 1, 2, 2, 3, 3]


def test_an_answer_keeps_to_its_own_moment(lots_settings: Settings) -> None:
    _table(lots_settings)
    with statements.snapshot(lots_settings) as early:
        with owner_engine(lots_settings).begin() as connection:
            connection.execute(WRITE)
        assert (_asked(lots_settings), _rows(early), _asked(lots_settings)) == (1, 0, 1)


def test_what_was_taken_back_was_never_read(lots_settings: Settings) -> None:
    _table(lots_settings)
    with owner_engine(lots_settings).connect() as connection:
        connection.execute(WRITE)
        # Who writes reads its own rows: no other answer may have them, nor keep them.
        assert _rows(connection) == 1
        connection.execute(WRITE)
        assert (_rows(connection), _asked(lots_settings)) == (2, 0)
        connection.rollback()
    assert _asked(lots_settings) == 0


def test_of_one_moment_it_is_read_once(lots_settings: Settings) -> None:
    read: list[str] = []

    def look(connection: Connection) -> str:
        read.append(str(connection.execute(SEEN).scalar_one()))
        return read[-1]

    moments = set()
    for _ in range(50):
        with statements.snapshot(lots_settings) as connection:
            # Whoever else writes on this server ends a moment: what is found is always of this one.
            moments.add(moment := str(connection.execute(SEEN).scalar_one()))
            assert [read_once.once(connection, "seen", lambda: look(connection))] * 2 == [
                moment,
                read_once.once(connection, "seen", lambda: look(connection)),
            ]
    assert len(read) == len(set(read)) == len(moments)


def test_nothing_is_kept_outside_an_answer(lots_settings: Settings) -> None:
    numbers = iter(range(9))
    for expected in ((0, 1), (2, 3)):
        with engine("lots_reader", lots_settings).connect() as connection:
            found = tuple(read_once.once(connection, "n", lambda: next(numbers)) for _ in range(2))
        assert found == expected
        # An answer that failed was one all the same: what its connection does next is none.
        try:
            with statements.snapshot(lots_settings) as connection:
                raise ValueError
        except ValueError:
            pass


def test_it_is_kept_for_so_many_questions_and_no_more(lots_settings: Settings) -> None:
    with statements.snapshot(lots_settings) as connection:
        for n in range(read_once.MOST):
            read_once.once(connection, n, lambda: "kept")
        found = [
            read_once.once(connection, key, lambda: "read again")
            for key in (0, read_once.MOST - 1, read_once.MOST, read_once.MOST)
        ]
    assert found == ["kept", "kept", "read again", "read again"]


def test_what_one_answer_lacks_another_does_not(lots_settings: Settings, tmp_path: Path) -> None:
    """Nobody tells what was in a preparation with another diluent, which is asked about first."""
    told = Told()
    prepared = told.rows("reconstitution")
    prepared.append({**prepared[0], "preparation": "B9", "diluent_lot": "DL9"})
    told.send(lots_settings, tmp_path)

    def unfilled(name: str) -> list[Reason]:
        found = implicate(lots_settings, [Subject("diluent_lot", name)]).certificate
        return [reason for reason in found.reasons if reason.record == "reconstitution"]

    assert unfilled("DL9")
    assert not unfilled("DL1")
