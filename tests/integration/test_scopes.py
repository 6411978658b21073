"""Which scopes a receipt may put anything into is read off their statements: those left out are empty."""

from pathlib import Path

from lots.records import record, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.rules import scopes
from tests import filled
from tests.builders import rows, table, take, write


def in_scope(settings: Settings, receipts: list[int], names: list[str]) -> frozenset[str]:
    """The scopes into which receipts put something, of records of these names."""
    with engine(settings=settings).connect() as connection:
        found = scopes.gather(connection, receipts, names)
        connection.rollback()
    return found


def test_a_scope_that_hangs_on_no_record_of_a_receipt_is_empty(
    lots_settings: Settings, tmp_path: Path
) -> None:
    filled.fill(lots_settings, tmp_path)
    packed = filled.row(record("lot"), 3) | {"step": "packed"}
    (taken,) = take(lots_settings, write(tmp_path, "lot-2.csv", table({}, [packed])))
    assert taken.counts["accepted"] == 1
    seen: set[str] = set()
    for name in records():
        receipts = [
            int(str(n))
            for (n,) in rows(lots_settings, f"SELECT DISTINCT receipt FROM accepted.{name}")
        ]
        assert receipts, name
        whole = in_scope(lots_settings, receipts, [*records()])
        assert in_scope(lots_settings, receipts, [name]) == whole, name
        seen |= whole
    assert seen == {*scopes.SCOPES}, (
        "each is something's scope here, or the test shows nothing of it"
    )
