"""Stage a kept file: its lines into PostgreSQL as texts, judged by Great Expectations while they are copied."""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from pyarrow import csv as pacsv

from lots.errors import GateClosed
from lots.forms.batch import EXTRA, Batch, Layout
from lots.forms.profile import Profile
from lots.forms.read import batches, staged_columns
from lots.forms.recognise import Opened
from lots.schema import Record
from lots.store import staging
from lots.store.engine import Connection
from lots.store.receipts import Receipt


@dataclass(slots=True)
class Staged:
    """What was staged: the columns, the file's tiles in lines, each rule's (judged, failed) in Python's reading."""

    record: Record
    layout: Layout
    columns: tuple[str, ...]
    tiles: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    tallies: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class _Judging:
    """One chunk is judged while the next is read and copied; never more than one waits, so that memory stays flat."""

    def __init__(self, record: Record, columns: tuple[str, ...]) -> None:
        from validations.judge import Judge

        self.judge = Judge(record, tuple(c for c in columns if c != EXTRA))
        self.names = ("line", *columns)
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self.waiting: Future[None] | None = None

    def add(self, batch: Batch) -> None:
        """Hand over a batch once the one before is done."""
        self.done()
        self.waiting = self.pool.submit(self._judge, batch.text) if batch.rows else None

    def _judge(self, text: bytes) -> None:
        self.judge.add(table_of(text, self.names))

    def done(self) -> None:
        """Wait for what is being judged; raises what it raised."""
        if self.waiting is not None:
            self.waiting.result()
            self.waiting = None

    def tallies(self, rows: int) -> dict[str, tuple[int, int]]:
        """Each rule's (judged, failed). Raises GateClosed where not every staged row was judged."""
        self.done()
        if self.judge.rows != rows:
            raise GateClosed(f"{rows:,} rows were staged but {self.judge.rows:,} judged; nothing is accepted.")
        return {rule: (t.judged, t.failed) for rule, t in self.judge.tallies.items()}


def table_of(text: bytes, names: tuple[str, ...]) -> pa.Table:
    """Staged text as a table of texts, null where empty, without the line numbers: read apart from PostgreSQL."""
    source: Any = pa.BufferReader(text)
    table = pacsv.read_csv(
        source, read_options=pacsv.ReadOptions(column_names=list(names), block_size=max(len(text), 1)),
        parse_options=pacsv.ParseOptions(newlines_in_values=b'"' in text),
        convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[""],
                                             strings_can_be_null=True, quoted_strings_can_be_null=True))
    return table.drop_columns([n for n in ("line", EXTRA) if n in names])


def stage(connection: Connection, receipt: Receipt, opened: Opened, profile: Profile) -> Staged:
    """Fill the staging table, judge every row. Raises FileRefused for a damaged file, GateClosed if judging fails."""
    record = opened.layout.record
    staged = Staged(record, opened.layout, staged_columns(opened))
    staging.create(connection, receipt.receipt, record)
    judging = _Judging(record, staged.columns)
    with judging.pool:
        for batch in batches(opened, profile, receipt.file_name):
            judging.add(batch)
            staging.fill(connection, receipt.receipt, staged.columns, batch)
            _tile(staged, batch)
        staged.tallies = judging.tallies(staged.tiles["rows"])
    if opened.layout.extras:
        staged.notices.append(f"{len(opened.layout.extras)} columns are not declared; they are kept as sent: "
                              + ", ".join(n[:40] for n in opened.layout.extras) + ".")
    return staged


def _tile(staged: Staged, batch: Batch) -> None:
    broken = sum(b.lines for b in batch.broken)
    more = {"lines": batch.lines, "rows": batch.rows, "broken": len(batch.broken), "broken_lines": broken,
            "blank": batch.blank, "other": batch.other}
    staged.tiles.update(more)
    staged.notices.extend(batch.notices)


def check_tiles(tiles: Mapping[str, int], staged_rows: int, broken_rows: int) -> None:
    """Raise GateClosed unless all that was read is in the staging tables and fits into the file's lines."""
    if staged_rows != tiles["rows"] or broken_rows != tiles["broken"]:
        raise GateClosed(f"Read {tiles['rows']:,} rows and {tiles['broken']:,} broken lines, but {staged_rows:,} and "
                         f"{broken_rows:,} stand in staging; nothing is accepted.")
    if tiles["rows"] + tiles["broken_lines"] + tiles["blank"] + tiles["other"] > tiles["lines"]:
        raise GateClosed(f"The parts of the file do not fit into its {tiles['lines']:,} lines; nothing is accepted.")
