"""How a table becomes the bytes of a file: CSV (plain, gzipped, quoted or a sender's own way),
Parquet, JSON lines.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import csv as pacsv
from pyarrow import parquet as pq

from lots.grammar.schema import Kind
from lots.records import records
from synthetic.cases.seeded import Damage, Seeded, line_of

APART = 7  # a seeded line stands after so many rows
Told = Callable[[int, Seeded], None]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file to write to, gzipped where its name says so, without a clock in its bytes."""
    with path.open("wb") as file:
        if path.suffix == ".gz":
            # Gzip would write the time into its head, and no two plants would be the same.
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                yield packed  # type: ignore[misc]
        else:
            yield file


def plain(path: Path, table: pa.Table, seeded: Sequence[Seeded], told: Told) -> None:
    """CSV with seeded lines among the rows; tells where each stands. No value needs a quote."""
    columns = table.column_names
    with opened(path) as file:
        file.write(",".join(columns).encode() + b"\n")
        line, at = 2, 0
        for one in _unclosed_first(seeded):
            piece = table.slice(at, APART)
            _rows(file, piece)
            at, line = at + piece.num_rows, line + piece.num_rows
            told(line, one)
            text = line_of(one, columns)
            file.write(text)
            # A seeded text may hold line ends of its own.
            line += text.count(b"\n")
        _rows(file, table.slice(at))


def _unclosed_first(seeded: Sequence[Seeded]) -> list[Seeded]:
    """A quote that never closes is told from one that does by the plain row after it."""
    return sorted(seeded, key=lambda p: p.damage is not Damage.UNCLOSED)


def _rows(file: BinaryIO, table: pa.Table) -> None:
    if table.num_rows:
        pacsv.write_csv(table, file, pacsv.WriteOptions(include_header=False, quoting_style="none"))


def quoted(path: Path, table: pa.Table, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """CSV whose texts may hold anything."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows(zip(*(table.column(n).to_pylist() for n in table.column_names), strict=True))
    path.write_bytes(text.getvalue().encode(encoding))


def parquet(path: Path, table: pa.Table, record: str) -> None:
    """Parquet with types of its own: instants, decimals and whole numbers."""
    kinds = {Kind.INSTANT: pa.timestamp("s", "UTC"), Kind.COUNT: pa.int64()}
    for at, name in enumerate(table.column_names):
        column = records()[record].column(name)
        whole, fraction = column.digits
        kind = (
            pa.decimal128(whole + fraction, fraction)
            if column.kind is Kind.AMOUNT
            else kinds.get(column.kind)
        )
        if kind is not None:
            table = table.set_column(at, name, table.column(name).cast(kind))
    pq.write_table(table, path)


def jsonlines(path: Path, table: pa.Table, record: str) -> None:
    """One object a line; whole numbers as such, what is empty left out after the first line."""
    whole = [records()[record].column(n).kind is Kind.COUNT for n in table.column_names]
    columns = [
        [int(v) if v and number else v for v in table.column(n).to_pylist()]
        for n, number in zip(table.column_names, whole, strict=True)
    ]
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(zip(*columns, strict=True)):
            pairs = zip(table.column_names, row, strict=True)
            file.write(json.dumps({n: v for n, v in pairs if v is not None or not number}) + "\n")
