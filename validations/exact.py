"""Values of readable texts as whole numbers, exactly: what is summed, and from which what rules ask
for is made.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lots.grammar.schema import Kind

# 2000-01-01, from where PostgreSQL counts.
EPOCH_DAYS, EPOCH_MICROSECONDS = (
    10_957,
    946_684_800_000_000,
)


def arrow(column: pd.Series) -> "pa.Array[Any]":
    """A pandas column of texts as one array of Arrow's."""
    found = pa.array(column.array, from_pandas=True)
    whole: pa.Array[Any] = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    # Offsets of 64 bits: a chunk may have more than 2 GB of texts.
    return whole if pa.types.is_large_string(whole.type) else whole.cast(pa.large_string())


def numbers(texts: "pa.Array[Any]", kind: Kind, digits: tuple[int, int]) -> "pa.Array[Any]":
    """Each value as a whole number, missing where the text is.

    An amount is counted in its last digit, a day in days and an instant in microseconds since 2000
    in UTC.
    """
    match kind:
        case Kind.AMOUNT:
            # A decimal's words are its digits as a whole number; casts from it to integers would
            # check each value.
            return _low_words(texts.cast(pa.decimal128(sum(digits), digits[1])))
        case Kind.DAY:
            return pc.subtract(
                texts.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), EPOCH_DAYS
            )
        case Kind.INSTANT:
            return pc.subtract(
                texts.cast(pa.timestamp("us", "UTC")).cast(pa.int64()), EPOCH_MICROSECONDS
            )
        case _:
            return texts.cast(pa.int64())


def _low_words(decimals: "pa.Array[Any]") -> "pa.Array[Any]":
    """Decimals of at most 18 digits as they are kept: a whole number in the lower of two words."""
    buffers: list[Any] = decimals.buffers()
    words = np.frombuffer(buffers[1] or b"", np.int64, 2 * len(decimals), decimals.offset * 16)
    missing = decimals.is_null().to_numpy(zero_copy_only=False)
    return pa.array(words[::2], mask=missing)


def typed(values: "pa.Array[Any]", kind: Kind, digits: tuple[int, int]) -> pd.Series:
    """The same as rules compare them: floats, of which every decimal of 15 digits has its own; days
    and instants.
    """
    match kind:
        case Kind.DAY:
            return (
                pc.multiply(pc.add(values, EPOCH_DAYS), 86_400_000_000)
                .cast(pa.timestamp("us"))
                .to_pandas()
            )
        case Kind.INSTANT:
            return pc.add(values, EPOCH_MICROSECONDS).cast(pa.timestamp("us")).to_pandas()
        case _:
            # Divided by a power of ten once: as near to the decimal as a float can be, so that
            # equal texts are equal.
            floats = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            return pd.Series(floats / 10 ** (digits[1] if kind is Kind.AMOUNT else 0))


def offsets(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """The offset of each readable instant as it was sent, in minutes east of UTC."""
    ends = pc.utf8_slice_codeunits(texts, -6).dictionary_encode()
    minutes = pa.array([_minutes(end) for end in ends.dictionary.to_pylist()], pa.int64())
    return minutes.take(ends.indices)


def _minutes(end: Any) -> int:
    if end[-1] == "Z":
        return 0
    minutes = int(end[1:3]) * 60 + int(end[4:])
    return -minutes if end[0] == "-" else minutes
