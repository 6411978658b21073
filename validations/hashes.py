"""PostgreSQL's own hash of a text and of a whole number, on whole columns: what both readings can
compute cheaply.

It is the hash of hashtextextended(text, 0) and hashint8extended(bigint, 0), by which PostgreSQL
spreads rows over partitions, so it stays as it is (Bob Jenkins' lookup3). Only its low 31 bits are
used.
"""

from typing import Any

import numpy as np
import pyarrow as pa

Words = np.ndarray[Any, np.dtype[np.uint32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
# 31 bits: times a line's number they stay within PostgreSQL's bigint.
LOW = np.uint32(0x7FFFFFFF)
SEED = 0x9E3779B9 + 3923095
BLOCK = 12  # bytes that are mixed at a time
# of the last bytes of a text, by how many there are: the bits that count in each of its last three
# words
PARTS = np.array(
    [[(1 << 8 * min(max(n - at, 0), 4)) - 1 for at in (0, 4, 8)] for n in range(BLOCK)], np.uint32
)


def of_numbers(values: Numbers) -> Words:
    """The hash of each whole number; a short one has that of a long one."""
    low, high = values.astype(np.uint32), (values >> 32).astype(np.uint32)
    a = np.full(len(values), (SEED + 4) & 0xFFFFFFFF, np.uint32)
    b, c = a.copy(), a.copy()
    # As hashint8 does, so that an int4 and the same int8 have one hash.
    a += low ^ np.where(values < 0, ~high, high)
    return _final(a, b, c) & LOW


def of_texts(texts: "pa.Array[Any]") -> Words:
    """The hash of each text, as UTF-8; of a missing one, that of the empty text."""
    words, begins, lengths = _parts(texts)
    a = (lengths + SEED).astype(np.uint32)
    b, c = a.copy(), a.copy()
    at, left, rows = begins, lengths, np.arange(len(lengths))
    # All texts advance by a block at once; those that have ended drop out.
    while len(rows := rows[left[rows] >= BLOCK]):
        x, y, z = a[rows], b[rows], c[rows]
        x += words[at[rows]]
        y += words[at[rows] + 4]
        z += words[at[rows] + 8]
        a[rows], b[rows], c[rows] = _mix(x, y, z)
        at[rows] += BLOCK
        left[rows] -= BLOCK
    a += words[at] & PARTS[left, 0]
    b += words[at + 4] & PARTS[left, 1]
    # The lowest byte of c stands for the length.
    c += (words[at + 8] & PARTS[left, 2]) << np.uint32(8)
    return _final(a, b, c) & LOW


def _parts(texts: "pa.Array[Any]") -> tuple[Words, Numbers, Numbers]:
    """The word that begins at every byte, and for each text where it begins and how long it is."""
    buffers: list[Any] = texts.buffers()
    width = np.dtype(np.int64 if pa.types.is_large_string(texts.type) else np.int32)
    offsets = np.frombuffer(
        buffers[1], width, len(texts) + 1, texts.offset * width.itemsize
    ).astype(np.int64)
    first, last = (int(offsets[0]), int(offsets[-1])) if len(offsets) else (0, 0)
    # Two blocks of zeros behind: the last words of the last text are read without asking where it
    # ends.
    padded = np.zeros(last - first + 2 * BLOCK, np.uint8)
    if last > first:
        padded[: last - first] = np.frombuffer(buffers[2], np.uint8, last - first, first)
    # A view of the bytes with a stride of one: every offset is the begin of a word, nothing is
    # copied.
    words = np.ndarray((len(padded) - 3,), np.dtype("<u4"), padded, strides=(1,))
    return words, offsets[:-1] - first, np.diff(offsets)


def _rot(x: Words, bits: int) -> Words:
    return (x << np.uint32(bits)) | (x >> np.uint32(32 - bits))


def _mix(a: Words, b: Words, c: Words) -> tuple[Words, Words, Words]:
    for bits in (4, 6, 8, 16, 19, 4):
        a = (a - c) ^ _rot(c, bits)
        c = c + b
        a, b, c = b, c, a
    return a, b, c


def _final(a: Words, b: Words, c: Words) -> Words:
    for bits in (14, 11, 25, 16, 4, 14, 24):
        c = (c ^ b) - _rot(b, bits)
        a, b, c = b, c, a
    return b
