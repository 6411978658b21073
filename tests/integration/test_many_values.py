"""A statement takes 65,535 values at most, and a file may bring more rows: a list of any length goes as
one. On a real PostgreSQL.
"""

import ast
from pathlib import Path

import sqlalchemy as sa

import lots
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.among import all_among, among
from lots.store.answers import donors_stated, naming
from lots.store.engine import engine
from lots.store.intake import receipts
from lots.store.rules import scopes
from lots.store.schema.record_tables import accepted
from lots.store.standing import refused, retracting, versions
from tests.builders import admit, donations, results, write

MANY = range(1, 70_001)
ROWS = [(1, n) for n in MANY]


def test_a_condition_takes_as_many_values_as_there_are(
    lots_settings: Settings, tmp_path: Path
) -> None:
    admit(lots_settings, write(tmp_path, "donation-1.csv", donations({"donation_number": "D1"})))
    table = accepted(record_of("donation"))
    places = (table.c.receipt, table.c.line)
    number, names = table.c.donation_number, [f"D{n}" for n in MANY]
    with engine(settings=lots_settings).connect() as connection:
        for condition in (among(number, names), all_among(places, ROWS)):
            found = connection.execute(sa.select(number).where(condition)).scalars()
            assert [*found] == ["D1"]
        for condition in (
            among(number, names[1:]),
            all_among(places, ROWS[2:]),
            among(number, []),
            all_among(places, []),
            # Beside each other, and never each with each.
            all_among(places, [(1, 1), (2, 2)]),
        ):
            assert [*connection.execute(sa.select(number).where(condition)).scalars()] == []


def test_whatever_takes_the_rows_of_a_file_takes_all_of_them(
    lots_settings: Settings, tmp_path: Path
) -> None:
    (came,) = admit(lots_settings, write(tmp_path, "test_result-1.csv", results({})))
    record, names = record_of("test_result"), [f"none-{n}" for n in MANY]
    with engine(settings=lots_settings).connect() as connection:
        assert retracting.findings(connection, record, ROWS) == []
        assert len(connection.execute(versions.of_rows(record, ROWS)).all()) == 1
        assert scopes.with_other_versions(connection, {"test_result": [*MANY]}) == [*MANY]
        assert refused.records_of(connection, MANY) == set()
        assert receipts.came(connection, dict.fromkeys(names, "")) == {}
        assert receipts.accepted(connection, [name.encode() for name in names]) == set()
    with engine("lots_reader", lots_settings).connect() as connection:
        assert not naming.is_named(connection, "kit_lot", names)
        assert donors_stated.kinds_stated(connection, [("C1", name) for name in names]) == {}
    assert came.counts["refused"] == 0


def test_no_condition_takes_a_value_for_each_of_a_list() -> None:
    """Of columns only: what SQLAlchemy makes of a list of texts or numbers is one value each."""
    wrong = []
    for path in Path(lots.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            given = call.args[0] if call.func.attr == "in_" and call.args else None
            made = given.func if isinstance(given, ast.Call) else None
            if isinstance(made, ast.Name) and made.id in ("list", "set", "sorted", "tuple"):
                wrong.append(f"{path}:{call.lineno}")
    assert wrong == []
