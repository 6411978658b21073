"""Python's reading of a file: its kept bytes read once more, apart from what was staged, and judged
chunk by chunk.

It runs in a thread beside staging and the SQL verdict; the two share nothing but the declarations.
A small file may have been read before, together with others (read_ahead.py).
"""

import ctypes
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv as pacsv

from lots.formats.batch import EXTRA, SENT, Batch
from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.grammar.constraints import latest_day
from lots.grammar.schema import Record
from lots.pipeline import keep
from lots.settings import Settings
from lots.store.intake.receipts import Receipt

if TYPE_CHECKING:  # it loads Great Expectations
    from validations.judge import Tally

# Fewer, and Great Expectations' own cost is most of the time; more, and memory is.
ROWS_A_VERDICT = 30_000
# Arrow's own pool keeps what was let go of, tens of megabytes for each reading, and is no quicker.
pa.set_memory_pool(pa.system_memory_pool())
# glibc keeps what a chunk let go of: each would stand on top of the one before it, some 60 MB by the
# tenth. Other C libraries have no such call.
GIVE_BACK = getattr(ctypes.CDLL(None), "malloc_trim", None)
LINE = "line"
MEANWHILE_S = 10
Tallies = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What Python read: rows judged, each rule's (judged, failed), and the checksum of each
    column's values.
    """

    rows: int
    tallies: Tallies
    checksums: Mapping[str, int]


def read(
    receipt: Receipt, profile: Profile, settings: Settings, records: Mapping[str, Record]
) -> Reading:
    """Read and judge a kept file. Raises FileRefused as staging does,
    GateClosed where a rule errs.
    """
    # Here and not above: Great Expectations takes a second to load, which staging need not wait
    # for.
    from validations.checksums import Checksums
    from validations.judge import Judge

    with keep.open_kept(receipt.sha256, settings) as stream:
        found = open_batch(stream, receipt.bytes, receipt.file_name, records, profile)
        columns = staged_columns(found)
        own = tuple(c for c in columns if c not in (EXTRA, SENT))
        judge = Judge(found.layout.record, own, receipt.received_at)
        checksums = Checksums(
            tuple(found.layout.record.column(c) for c in own), extra=EXTRA in columns
        )
        for table in _tables(batches(found, profile, receipt.file_name), columns):
            chunk = judge.add(table.drop_columns([LINE]))
            checksums.add(chunk, table.column(LINE).to_numpy())
            # Before the next ones are made: else two stand in memory.
            del chunk, table
            if GIVE_BACK and judge.rows > ROWS_A_VERDICT * 1.5:  # a small file has no next one
                GIVE_BACK(0)
    return reading_of(judge.rows, judge.tallies, checksums.sums)


def reading_of(rows: int, tallies: Mapping[str, "Tally"], checksums: Mapping[str, int]) -> Reading:
    """A reading of what was judged."""
    return Reading(rows, {rule: (t.judged, t.failed) for rule, t in tallies.items()}, checksums)


def _tables(read_batches: Iterable[Batch], columns: tuple[str, ...]) -> Iterator[pa.Table]:
    """Batches as tables of a size that a verdict is worth: each verdict has a cost of its own."""
    waiting: list[pa.Table] = []
    for batch in read_batches:
        if batch.rows:
            waiting.append(table_of(batch, columns))
        if sum(t.num_rows for t in waiting) >= ROWS_A_VERDICT:
            yield pa.concat_tables(waiting, promote_options="default")
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting, promote_options="default")


def table_of(batch: Batch, columns: tuple[str, ...]) -> pa.Table:
    """A batch as a table of texts, null where empty; beside them what was sent, what is extra, and
    their lines.
    """
    names = [*([] if batch.first else [LINE]), *batch.named(columns)]
    kinds = dict.fromkeys(names, pa.string()) | ({} if batch.first else {LINE: pa.int64()})
    table = pacsv.read_csv(
        io.BytesIO(batch.text),
        # One block: in several, a value could be taken for another type or be cut.
        read_options=pacsv.ReadOptions(column_names=names, block_size=len(batch.text)),
        # Asked for only where a quote can hide a line end: it forbids Arrow to read in parallel.
        parse_options=pacsv.ParseOptions(newlines_in_values=b'"' in batch.text),
        convert_options=pacsv.ConvertOptions(
            column_types=kinds,
            null_values=[""],
            strings_can_be_null=True,
            # Quoted or not, an empty value is none, as it is for the rules.
            quoted_strings_can_be_null=True,
        ),
    )
    if batch.first:
        table = table.append_column(
            LINE, pa.array(range(batch.first, batch.first + table.num_rows), pa.int64())
        )
    return table


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What Python read of a file before it was received, together with others; and all else that
    hangs on: its bytes, its name, its sender's profile, and the last day that any place had.
    """

    sha256: bytes
    file_name: str
    profile: Profile
    latest: date
    reading: Reading

    def is_of(self, receipt: Receipt, profile: Profile) -> bool:
        """Whether it is the reading of this receipt too."""
        return (self.sha256, self.file_name, self.profile, self.latest) == (
            receipt.sha256,
            receipt.file_name,
            profile,
            latest_day(receipt.received_at),
        )


class ConcurrentReading:
    """The reading under way in a thread of its own, unless there is one; leaving the block waits
    for it.
    """

    def __init__(
        self,
        receipt: Receipt,
        profile: Profile,
        settings: Settings,
        records: Mapping[str, Record],
        ahead: ReadAhead | None = None,
    ) -> None:
        # A thread is enough: pyarrow and numpy let go of the interpreter while they work.
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="python-reading")
        self._read = partial(read, receipt, profile, settings, records)
        # What was read of it together with others, where it was.
        self.ahead = ahead.reading if ahead and ahead.is_of(receipt, profile) else None
        self._reading: Future[Reading] | None = None if self.ahead else self._begun()

    def _begun(self) -> Future[Reading]:
        return self._pool.submit(self._read)

    def __enter__(self) -> "ConcurrentReading":
        return self

    def __exit__(self, *_: object) -> None:
        # Waited for: a thread that went on would read bytes whose receipt is concluded.
        self._pool.shutdown(wait=True, cancel_futures=True)

    def result(self, meanwhile: Callable[[], object]) -> Reading:
        """What it found alone; raises what it raised. meanwhile:
        done now and then while it reads.
        """
        if self._reading is None:
            # It was read ahead, and the two readings differed: now it is read alone.
            self._reading = self._begun()
        while not wait([self._reading], MEANWHILE_S).done:
            meanwhile()
        return self._reading.result()
