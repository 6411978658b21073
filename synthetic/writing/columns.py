"""Columns of texts made from columns of numbers, without a Python object for each row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic.world.draws import Ints, Words

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Texts = pa.StringArray

OPAQUE = np.frombuffer(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", np.uint8)
OPAQUE_WIDTH = 13
TABLE_MOST = 100_000  # distinct values for which one table of all values between is made


def digits(numbers: Ints, width: int) -> Bytes:
    """Each number with leading zeros, as a row of characters."""
    out = np.empty((len(numbers), width), np.uint8)
    rest = numbers
    for place in range(width - 1, -1, -1):
        rest, out[:, place] = rest // 10, rest % 10 + 48
    return out


def opaque(words: Words) -> Bytes:
    """Each 64 bits as 13 characters that mean nothing."""
    out = np.empty((len(words), OPAQUE_WIDTH), np.uint8)
    for place in range(OPAQUE_WIDTH):
        out[:, place] = OPAQUE[(words >> np.uint64(5 * place)) & np.uint64(31)]
    return out


def joined(*parts: bytes | Bytes) -> Texts:
    """Rows of characters side by side, as texts; bytes stand in every row."""
    rows = next(len(p) for p in parts if not isinstance(p, bytes))
    wide = [
        np.broadcast_to(np.frombuffer(p, np.uint8), (rows, len(p))) if isinstance(p, bytes) else p
        for p in parts
    ]
    matrix = np.ascontiguousarray(np.hstack(wide))
    # All texts are of one width, so that their ends follow without looking at them.
    ends = np.arange(rows + 1, dtype=np.int32) * np.int32(matrix.shape[1])
    return pa.StringArray.from_buffers(
        rows, pa.py_buffer(ends.tobytes()), pa.py_buffer(matrix.tobytes())
    )


def picked(words: Sequence[str | None], index: Ints) -> Texts:
    """The word of each index."""
    return pa.array(words, pa.string()).take(index)


def chosen(mask: Mask, there: Texts | str | None, elsewhere: Texts | str | None) -> Texts:
    """One text where the mask holds, the other elsewhere; None leaves the value empty."""
    sides = [
        pa.scalar(s, pa.string()) if s is None or isinstance(s, str) else s
        for s in (there, elsewhere)
    ]
    return cast("Texts", pc.if_else(pa.array(mask), *sides))


def same(text: str, rows: int) -> Texts:
    """One text in every row."""
    return pa.repeat(text, rows)


def counts(numbers: Ints) -> Texts:
    """Whole numbers as they are."""
    return cast("Texts", pa.array(numbers).cast(pa.string()))


def amount(units: int, decimals: int, point: str = ".") -> str:
    """A number of tenths (1), hundredths (2)… as text."""
    if not decimals:
        return str(units)
    whole, rest = divmod(abs(units), 10**decimals)
    return f"{'-' if units < 0 else ''}{whole}{point}{rest:0{decimals}d}"


def amounts(units: Ints, decimals: int, point: str = ".") -> Texts:
    """The same for a column; values lie close together, so that few texts are made."""
    if not len(units):
        return pa.array([], pa.string())
    low, high = int(units.min()), int(units.max())
    # A table of every value between is faster than finding the distinct ones.
    if high - low < TABLE_MOST:
        return picked([amount(u, decimals, point) for u in range(low, high + 1)], units - low)
    values, index = np.unique(units, return_inverse=True)
    return picked([amount(int(u), decimals, point) for u in values], index)


def by_column(rows: Iterable[Mapping[str, str]]) -> dict[str, Texts]:
    """Rows that were made one by one, as columns; '' and what a row does not tell are empty."""
    told = list(rows)
    names = dict.fromkeys(name for row in told for name in row)
    return {name: pa.array([row.get(name) or None for row in told], pa.string()) for name in names}
