"""A stop is in force at once, whatever others do beside it: a release that looks for findings, a
linking for somebody's word, copies that are written outside. Each of them is held by a lock of the
test's own. On a real PostgreSQL.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lots.errors import MovedOn
from lots.pipeline import dispose
from lots.pipeline.dispose import content, decide, second
from lots.pipeline.named_rows import Place
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, versions
from lots.pipeline.resolve import decide as resolve_contested
from lots.pipeline.retract import retract
from lots.pipeline.taking_back import decision as take_back
from lots.settings import Settings
from lots.store import dispositions
from lots.store.engine import close as close_connections
from lots.store.engine import engine, owner_engine
from lots.store.ledger import publishing
from lots.store.ledger.appending import append
from tests.builders import admit, full, rows, table, write
from tests.integration.test_dispositions import (
    HELD,
    LOT,
    Desk,
    asked,
    tells,
    world,
)
from tests.integration.test_scans import NOW
from tests.spec.rules.drawn import rows_of

OTHER = ("M1", "L2")
MANY = 10
PATIENCE_S = 20  # beyond this somebody waits for the test's own lock
WAITS = (
    "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database AS d ON d.oid = database"
    " WHERE NOT granted AND d.datname = current_database())"
)
SAID = Word("somebody", "looked at")
STOPPED = "SELECT count(*) FROM judged.in_effect WHERE thing = 'lot' AND state = 'quarantined'"


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with a lot that may be released."""

    def made(settings: Settings, folder: Path) -> None:
        world(settings, folder)
        publish(settings, now=NOW)

    return told_once(made)


@pytest.fixture
def desk(copy: Callable[[], Settings]) -> Iterator[Desk]:
    """Such a database, and persons who sign there."""
    made = Desk(copy())
    yield made
    close_connections(made.settings)


@contextmanager
def held_at(desk: Desk, table: str, work: Callable[[], object]) -> Iterator[Future[object]]:
    """Somebody's work beside, which waits at this table until the block ends."""
    with ThreadPoolExecutor(1) as beside, owner_engine(desk.settings).begin() as mine:
        mine.exec_driver_sql(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        done = beside.submit(work)
        await_waiting(mine, done)
        yield done


def await_waiting(connection: sa.Connection, done: Future[Any]) -> None:
    """Ask until the other waits for a lock: nothing tells when it begins to."""
    while not connection.scalar(sa.text(WAITS)):
        assert not done.done(), done.exception()


def stop(desk: Desk, key: tuple[str, str] = LOT) -> None:
    """Stop a lot, in a transaction that waits for nobody longer than the test does."""
    who = desk.says("sam", "safety_officer")
    with engine(settings=desk.settings).begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'")
        dispose.put(connection, asked("lot", "stop", key=key), who)


def proposed(desk: Desk) -> Callable[[], object]:
    """What signs a release second."""
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    who = desk.says("bob", "qa_approver")
    return lambda: second(desk.settings, made.disposition, made.sha256, made.seen, who)


def test_a_stop_goes_through_while_a_release_of_that_lot_looks_for_findings(desk: Desk) -> None:
    sign = proposed(desk)
    with held_at(desk, "accepted.deviation", sign) as done:
        stop(desk)
        assert rows(desk.settings, STOPPED) == [(1,)]
    # The release was of what its page showed: the stop is newer.
    with pytest.raises(MovedOn, match="a newer word on it"):
        done.result(PATIENCE_S)
    assert desk.scanned() == "STOP"


def test_a_stop_goes_through_while_a_first_signature_looks(desk: Desk) -> None:
    who = desk.says("ann", "qa")
    work = asked("lot", "release", seen=0, findings=())
    with held_at(desk, "accepted.deviation", lambda: decide(desk.settings, work, who)) as done:
        stop(desk)
        stop(desk, OTHER)
    with pytest.raises(MovedOn, match="decision: state"):
        done.result(PATIENCE_S)


def test_a_finding_that_comes_while_a_release_looks_is_not_signed_over(desk: Desk) -> None:
    """Its look began before, and ends with nothing found."""
    sign = proposed(desk)
    ((record, sent),) = rows_of(HELD.strip())
    path = write(desk.settings.home / "held", "lot.csv", table(full(record), [sent]))
    with held_at(desk, "accepted.deviation", sign) as done:
        admit(desk.settings, path)
    with pytest.raises(MovedOn, match="not among those shown"):
        done.result(PATIENCE_S)


def decides_contested(desk: Desk) -> Callable[[], object]:
    """Somebody lets one version of a lot stand, whose receipt is linked again then."""
    number, keep = contested(desk)
    return lambda: resolve_contested(desk.settings, number, keep, SAID, now=NOW)


def takes_back(desk: Desk) -> Callable[[], object]:
    """Somebody takes that back."""
    number, keep = contested(desk)
    resolve_contested(desk.settings, number, keep, SAID, now=NOW)
    return lambda: take_back(desk.settings, number, SAID, now=NOW)


def confirms_a_row(desk: Desk) -> Callable[[], object]:
    """Somebody signs second that a row is out."""
    asked_for = "SELECT receipt, line FROM accepted.pack WHERE serial = 'TWO'"
    ((receipt, line),) = rows(desk.settings, asked_for)
    place = Place(int(str(receipt)), int(str(line)))
    retract(desk.settings, [place], "never_happened", SAID, now=NOW)
    row = asked("row", "confirm", key=(str(receipt), str(line)))
    made = decide(desk.settings, row, desk.says("ann", "qa"))
    who = desk.says("bob", "qa")
    return lambda: second(desk.settings, made.disposition, made.sha256, made.seen, who)


def contested(desk: Desk) -> tuple[int, str]:
    """A contested lot: its finding, and a version that stands."""
    tells(desk, "held", HELD)
    (found,) = rows(desk.settings, "SELECT finding FROM judged.finding WHERE rule = 'contested'")
    number = int(str(found[0]))
    return number, str(versions(desk.settings, number).rows[0].keep)


@pytest.mark.parametrize("work", [decides_contested, takes_back, confirms_a_row])
def test_a_stop_goes_through_while_a_word_is_linked(
    desk: Desk, work: Callable[[Desk], Callable[[], object]]
) -> None:
    begun = work(desk)
    with held_at(desk, "lineage.parked", begun) as done:
        stop(desk)
    done.result(PATIENCE_S)


def test_a_stop_goes_through_while_copies_are_written_outside(desk: Desk) -> None:
    desk.scanned()  # it stands under no entry until then
    with held_at(desk, "ledger.checkpoint", lambda: publish(desk.settings, now=NOW)) as done:
        stop(desk)
    done.result(PATIENCE_S)


def test_stops_are_in_force_however_many_wait_for_copies_to_be_written(desk: Desk) -> None:
    """More of them than a process has connections."""
    each = [(("M1", f"W{n}"), desk.says("sam", "safety_officer")) for n in range(MANY)]
    with ThreadPoolExecutor(MANY) as beside, owner_engine(desk.settings).begin() as mine:
        publishing.lock(mine)
        done = [
            beside.submit(decide, desk.settings, asked("lot", "stop", key=key), who)
            for key, who in each
        ]
        begun = time.monotonic()
        while rows(desk.settings, STOPPED) != [(MANY,)]:
            assert time.monotonic() - begun < PATIENCE_S
        # They are confirmed when they stand outside, and not before.
        assert [one for one in done if one.done()] == []
    assert {one.result(PATIENCE_S).standing for one in done} == {"in force"}


def test_a_stop_and_an_evaluation_that_stops_the_same_lot_wait_for_each_other_never(
    desk: Desk,
) -> None:
    rule = decide(desk.settings, asked("rule", "stop by it"), desk.says("ann", "qa"))
    second(desk.settings, rule.disposition, rule.sha256, rule.seen, desk.says("bob", "qa_approver"))
    who = desk.says("sam", "safety_officer")
    late = "lot M1 L7 packed: product=IG gtin=09506000134352 made_at=2026-01-06T09:00Z"
    work = asked("lot", "stop", key=("M1", "L7"))
    with ThreadPoolExecutor(1) as beside:
        with engine(settings=desk.settings).begin() as mine:
            dispositions.dispose(mine, content(mine, work), who)
            done = beside.submit(tells, desk, "late", late)
            await_waiting(mine, done)
            append(mine, "disposition", {"thing": "lot"}, who.by, NOW)
        done.result(PATIENCE_S)
    found = 'SELECT count(*) FROM judged.disposition WHERE key = \'["M1", "L7"]\''
    assert rows(desk.settings, found) == [(2,)]
