"""Python's checksum of each column of what it read: the other reading's is in
lots/store/intake/checksums.py.

A column's sum is that of its values' hashes, each times the number of its line, modulo 2**64: it
tells another value, a value on another line, and one that is there or not.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lots.grammar.column import Column
from lots.grammar.schema import Kind
from validations import exact, hashes
from validations.chunk import NUMBERED, SENT, Chunk
from validations.hashes import Numbers, Words
from validations.sent import sent_of

Terms = np.ndarray[Any, np.dtype[np.uint64]]
MANY = 1_000  # values that are looked at to see whether a column has many different ones
OFFSET = "+"  # after the name of a column of instants: the sum of their offsets
EXTRA = "extra"  # beside a row's columns: those that are not declared, as JSON


class Checksums:
    """The sums of some columns, and of what stands beside them, gathered chunk by chunk."""

    def __init__(self, columns: tuple[Column, ...], *, extra: bool = False) -> None:
        self._columns = columns
        self._beside = (SENT, *((EXTRA,) if extra else ()))
        # An hour's shift that is told by the offset alone leaves the instant as it is: so both are
        # summed.
        instants = [c.name + OFFSET for c in columns if c.kind is Kind.INSTANT]
        self.sums = dict.fromkeys([*(c.name for c in columns), *instants, *self._beside], 0)

    def add(self, chunk: Chunk, lines: Numbers) -> None:
        """Add a chunk, whose rows stand on these lines."""
        for name, terms in terms_of(chunk, lines, self._columns, self._beside):
            added = int(np.add.reduce(terms, dtype=np.uint64))
            self.sums[name] = (self.sums[name] + added) % 2**64


def terms_of(
    chunk: Chunk, lines: Numbers, columns: Iterable[Column], beside: Iterable[str]
) -> Iterator[tuple[str, Terms]]:
    """What each row adds to the sums of some columns, each once or twice, and of what stands beside
    them; the rows stand on these lines.
    """
    for column in columns:
        # A column is typed to both: what could be read by its value, the rest by the text that was
        # sent.
        typed, unread = chunk.exact(column.name), chunk.unread(column.name)
        numbered = column.kind in NUMBERED
        yield column.name, (_of_numbers if numbered else _of_texts)(typed, lines)
        if unread is not None:
            yield column.name, _of_texts(exact.arrow(unread), lines)
        if column.kind is Kind.INSTANT:
            yield column.name + OFFSET, _of_numbers(chunk.offsets(column.name), lines)
    for name in beside:
        yield (
            name,
            _of_texts(exact.arrow(sent_of(chunk) if name == SENT else chunk.told(name)), lines),
        )


def _terms(hashed: Words, values: "pa.Array[Any]", lines: Numbers) -> Terms:
    # Times its line: two values that changed places would leave a plain sum as it was.
    terms = hashed.astype(np.uint64) * lines.astype(np.uint64)
    if values.null_count:
        terms[values.is_null().to_numpy(zero_copy_only=False)] = 0
    return terms


def _of_numbers(values: "pa.Array[Any]", lines: Numbers) -> Terms:
    return _terms(hashes.of_numbers(_numbers(values)), values, lines)


def _of_texts(values: "pa.Array[Any]", lines: Numbers) -> Terms:
    return _terms(_hashed(values), values, lines)


def _numbers(values: "pa.Array[Any]") -> Numbers:
    found: Numbers = values.fill_null(0).to_numpy(zero_copy_only=False)
    return found


def _hashed(texts: "pa.Array[Any]") -> Words:
    """Each text's hash; where few differ, each of these is hashed once."""
    if len(texts) > MANY and pc.count_distinct(texts[:MANY]).as_py() < MANY // 2:
        coded = texts.dictionary_encode()
        if not len(coded.dictionary):
            return np.zeros(len(texts), np.uint32)
        found: Words = hashes.of_texts(coded.dictionary)[_numbers(coded.indices)]
        return found
    return hashes.of_texts(texts)
