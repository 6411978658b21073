"""Several small files of a record type, judged by one validation and told by file.

A validation costs by its expectations and hardly by its rows: on fifty small files, asked once, it
takes a thirtieth of what fifty take. What each file is told must be what it would be told alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from lots.errors import GateClosed
from lots.grammar.schema import Record
from validations.checksums import EXTRA, Checksums, terms_of
from validations.chunk import SENT, Chunk
from validations.judge import Asked, Tally, column_texts, counted, listed, rules_on, spoken_of

LINE = "line"
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Part:
    """A file's rows as texts, null where empty, beside the line of each; and the columns that the
    file has, declared ones and others. At least one row.
    """

    table: pa.Table
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one file is told: its rows, the tally of each rule, the checksum of each column."""

    rows: int
    tallies: dict[str, Tally]
    checksums: dict[str, int]


def together(record: Record, parts: Sequence[Part], received_at: datetime) -> list[Told]:
    """Judge files that were received on one day, in one validation; each of them by its own.

    Raises GateClosed where a rule errs, or where what is told by file is not what Great
    Expectations counts of all: then nobody knows of which file that is, and each is judged alone.
    """
    whole = pa.concat_tables([part.table for part in parts], promote_options="default")
    files = np.repeat(np.arange(len(parts)), [part.table.num_rows for part in parts])
    lines = whole.column(LINE).to_numpy()
    chunk = Chunk(record, column_texts(whole.drop_columns([LINE])), received_at)
    tallies = _tallies(chunk, files, len(parts))
    sums = _sums(chunk, files, lines, parts)
    return [
        Told(part.table.num_rows, of_file, summed)
        for part, of_file, summed in zip(parts, tallies, sums, strict=True)
    ]


def _tallies(chunk: Chunk, files: Numbers, many: int) -> list[dict[str, Tally]]:
    """Each file's tally of each rule."""
    record = chunk.record
    asked = Asked.of(chunk, rules_on(record, chunk.raw.columns))
    of_all = counted(asked)
    broken = [rule for rule in asked.columns if of_all[rule.id].failed]
    # Asked of those alone that are broken, which in most files are few.
    rows = listed(asked, broken) if broken else {}
    told = [dict.fromkeys((rule.id for rule in record.rules), Tally()) for _ in range(many)]
    for rule, columns in asked.columns.items():
        judged = np.bincount(files[spoken_of(rule, columns).to_numpy()], minlength=many)
        failed = np.bincount(files[rows.get(rule.id, [])], minlength=many)
        counts = list(zip(judged.tolist(), failed.tolist(), strict=True))
        expect_sum(rule.id, of_all[rule.id], counts)
        for of_file, (spoken, breaches) in zip(told, counts, strict=True):
            of_file[rule.id] = Tally(spoken, breaches)
    return told


def expect_sum(rule: str, of_all: Tally, by_file: Sequence[tuple[int, int]]) -> None:
    """Raise GateClosed unless a rule's rows and breaches by file add up to those of all files."""
    judged, failed = (sum(counts) for counts in zip(*by_file, strict=True))
    if Tally(judged, failed) != of_all:
        raise GateClosed(
            f"Rule {rule} is told by file as {judged:,} rows and {failed:,} breaches, but Great"
            f" Expectations counts {of_all.judged:,} and {of_all.failed:,} of all; nothing is"
            " accepted by that."
        )


def _sums(
    chunk: Chunk, files: Numbers, lines: Numbers, parts: Sequence[Part]
) -> list[dict[str, int]]:
    """Each file's checksums, of the columns that it has."""
    starts = np.searchsorted(files, np.arange(len(parts)))
    beside = [SENT, *([EXTRA] if EXTRA in chunk.raw else [])]
    own = [c for c in chunk.record.columns if c.name in chunk.raw]
    gathered = [_checksums(chunk.record, part) for part in parts]
    for name, terms in terms_of(chunk, lines, own, beside):
        for sums, added in zip(gathered, np.add.reduceat(terms, starts).tolist(), strict=True):
            # A column that only others have is no column of this file.
            if name in sums:
                sums[name] = (sums[name] + added) % 2**64
    return gathered


def _checksums(record: Record, part: Part) -> dict[str, int]:
    own = tuple(record.column(c) for c in part.columns if c not in (EXTRA, SENT))
    return Checksums(own, extra=EXTRA in part.columns).sums
