"""Many worlds that are received together, each with names of its own, and looked at one by one: the rows
of all others are gone within a transaction that is taken back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from lots.pipeline.link import link_everything
from lots.settings import Settings
from lots.store.engine import Connection
from tests.builders import NOW, table, take, write
from tests.walk import walk as walking
from tests.walk.columns import COLUMNS
from tests.walk.heard import File
from tests.walk.way import Told

SENDER = "S1"
Row = dict[str, str]


@dataclass
class Apart:
    """Worlds, each as lines of text: a record, and then column=value."""

    worlds: Sequence[Sequence[str]]
    places: dict[str, list[int]] = field(
        default_factory=dict
    )  # of each record's rows, their worlds

    def send(self, settings: Settings, folder: Path) -> None:
        """Receive all of them, a file for each record, from one sender who numbers and announces."""
        rows: dict[str, list[Row]] = {}
        for number, lines in enumerate(self.worlds):
            for record, row in _rows(lines, number):
                rows.setdefault(record, []).append(row)
                self.places.setdefault(record, []).append(number)
        take(settings, *_files(folder, rows), sender=SENDER)

    @contextmanager
    def alone(self, connection: Connection, number: int) -> Iterator[None]:
        """One of them as if no other had come."""
        with connection.begin_nested() as save:
            for record, worlds in self.places.items():
                lines = [line for line, of in enumerate(worlds, 2) if of != number]
                for table_ in (f"accepted.{record}", "receiving.refused"):
                    connection.execute(sa.text(GONE.format(table_)), {"of": record, "lines": lines})
            link_everything(connection)
            yield
            save.rollback()

    def walked(self, folder: Path, number: int) -> tuple[Told, list[File]]:
        """The same world as the walk finds it in files of its own."""
        rows: dict[str, list[Row]] = {}
        for record, row in _rows(self.worlds[number], number):
            rows.setdefault(record, []).append(row)
        _files(folder / str(number), rows)
        done = walking.walk(folder / str(number), folder / "profiles", NOW)
        return walking.told(done), done.files


GONE = """
DELETE FROM {} AS gone
USING receiving.receipt
WHERE receipt.receipt = gone.receipt AND receipt.record = :of AND gone.line = ANY (:lines)
"""


def named(name: str, number: int) -> str:
    """A name of one world, of whose parts each is one of its own."""
    return "/".join(
        part if part in STEPS or len(part) == GTIN else f"{part}-{number}"
        for part in name.split("/")
    )


STEPS = ("pool", "bulk", "filled", "dried", "packed")
GTIN = 14


def rows_of(lines: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Each line as its record and row."""
    for line in lines:
        record, *said = line.split()
        yield record, dict(one.split("=", 1) for one in said)


def of_world(record: str, row: Mapping[str, str], number: int) -> Row:
    """A row with names of its own."""
    columns = COLUMNS[record]
    return {c: f"{v}-{number}" if v and columns[c][0] == "code" else v for c, v in row.items()}


def _rows(lines: Sequence[str], number: int) -> Iterator[tuple[str, Row]]:
    yield from ((record, of_world(record, row, number)) for record, row in rows_of(lines))


def _files(folder: Path, rows: dict[str, list[Row]]) -> list[str]:
    """A file for each record, with all its columns, and what announces them."""
    names = {record: f"{record}-1.csv" for record in rows}
    said = {
        "sender": SENDER,
        "sequence": "1",
        "period_from": "2026-01-01T00:00Z",
        "period_to": f"{NOW:%Y-%m-%dT%H:%MZ}",
    }
    announced = [
        {"file_name": names[record], "record": record, "row_count": str(len(of))}
        for record, of in rows.items()
    ]
    place = folder / SENDER
    return [
        *(
            write(place, names[record], table(dict.fromkeys(COLUMNS[record], ""), of))
            for record, of in rows.items()
        ),
        write(place, "transmittal-1.csv", table(said, announced)),
    ]
