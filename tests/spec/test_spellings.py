"""Every way of writing a value, read by PostgreSQL, by Python and by the plain walk: each must mean
what is drawn.

For whoever adds a way of writing: add a table under tests/spec/spelled. Not for rules: those are in
test_two_readings.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.answers import Received
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.grammar.schema import Kind
from lots.pipeline.concurrent_reading import LINE, table_of
from lots.records import record as declared
from lots.records import records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.schema.record_tables import accepted, offset_column
from tests.builders import NOW, take, write
from tests.profiles import load, put_all
from tests.spec.spelled import Meant, Spelled, tables
from tests.walk.reading import profile_of, read
from tests.walk.values import values
from validations.chunk import Chunk
from validations.judge import column_texts

TABLES = {table.name: table for table in tables()}
MOST = 1_000  # rows of a table


def profiles(settings: Settings) -> Path:
    """The folder in which the walk finds them."""
    return settings.home / "profiles"


@pytest.fixture(scope="module")
def received(
    shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, Received]]:
    """Each table's file, from a sender of its own, and what became of it. All are linked at once,
    and all rules put to them: whatever is written, neither may fail.
    """
    profiles(shared_settings).mkdir(parents=True)
    folder, places = tmp_path_factory.mktemp("spelled"), []
    for number, table in enumerate(TABLES.values()):
        told = profiles(shared_settings) / f"SENDER-{number}.toml"
        told.write_text(table.profile, encoding="utf-8")
        file = table.file(MOST * number)
        places.append(write(folder / told.stem, f"{table.record}-1.csv", file))
    put_all(shared_settings, profiles(shared_settings))
    got = take(shared_settings, *places, sender="")
    return dict(zip(TABLES, zip(map(Path, places), got, strict=True), strict=True))


def by_database(
    table: Spelled, place: Path, settings: Settings, receipt: int
) -> Mapping[int, Meant]:
    """What stands in the accepted table, by line."""
    its, instant = (
        accepted(declared(table.record)),
        declared(table.record).column(table.column).kind is Kind.INSTANT,
    )
    offset = its.c[offset_column(table.column)] if instant else sa.literal(0)
    select = sa.select(its.c.line, its.c[table.column], offset).where(its.c.receipt == receipt)
    with engine("lots_discloser", settings).connect() as connection:
        return {line: told(value, minutes) for line, value, minutes in connection.execute(select)}


def by_python(table: Spelled, place: Path, settings: Settings, receipt: int) -> Mapping[int, Meant]:
    """What Python's reading sums up of its values, by line."""
    profile = load(profiles(settings), place.parent.name)
    found: dict[int, Meant] = {}
    with place.open("rb") as stream:
        file = open_batch(stream, place.stat().st_size, place.name, records(), profile)
        columns = staged_columns(file)
        for batch in batches(file, profile, place.name):
            if batch.rows:
                read = table_of(batch, columns)
                chunk = Chunk(file.layout.record, column_texts(read.drop_columns([LINE])), NOW)
                lines: list[int] = read.column(LINE).to_numpy().tolist()
                found |= dict(zip(lines, python_told(chunk, table.column), strict=True))
    return found


def python_told(chunk: Chunk, name: str) -> list[Meant]:
    """A column's exact values in the template's own form."""
    column, values = chunk.record.column(name), chunk.exact(name).to_pylist()
    match column.kind:
        case Kind.AMOUNT:
            return [
                None if v is None else told(Decimal(v).scaleb(-column.digits[1])) for v in values
            ]
        case Kind.DAY:
            return [None if v is None else told(date(2000, 1, 1) + timedelta(v)) for v in values]
        case Kind.INSTANT:
            begin = datetime(2000, 1, 1, tzinfo=UTC)
            return [
                None if v is None else told(begin + timedelta(microseconds=v), minutes)
                for v, minutes in zip(values, chunk.offsets(name).to_pylist(), strict=True)
            ]
        case _:
            return [told(v) for v in values]


def by_walk(table: Spelled, place: Path, settings: Settings, receipt: int) -> Mapping[int, Meant]:
    """What the plain walk reads, by line."""
    _, rows = read(place, profile_of(profiles(settings), place.parent.name))
    return {
        line: told(values(table.record, row)[table.column]) for line, row in rows if row is not None
    }


def told(value: object, minutes: int | None = None) -> Meant:
    """A value in the template's own form; an instant at its own offset, where minutes tell it."""
    match value:
        case None:
            return None
        case Decimal():
            return format(value.normalize() + 0, "f")
        case datetime():
            return (
                value if minutes is None else value.astimezone(timezone(timedelta(minutes=minutes)))
            ).isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


READINGS: Mapping[str, Callable[[Spelled, Path, Settings, int], Mapping[int, Meant]]] = {
    "PostgreSQL": by_database,
    "Python": by_python,
    "the walk": by_walk,
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_text_means_what_is_drawn_in_all_three_readings(
    table: Spelled, shared_settings: Settings, received: dict[str, tuple[Path, Received]]
) -> None:
    place, told = received[table.name]
    assert told.status == "accepted", told.sentence
    texts = dict(zip(table.lines(), table.meant, strict=True))
    got = {
        name: reading(table, place, shared_settings, told.receipt)
        for name, reading in READINGS.items()
    }
    assert [
        (texts[line], name, meant, found.get(line))
        for name, found in got.items()
        for line, meant in table.lines().items()
        if found.get(line) != meant
    ] == []
