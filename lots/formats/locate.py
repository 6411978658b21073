"""Find again, in a kept file, the bytes of rows by their line numbers."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lots.formats.batch import RAW_KEPT, Broken
from lots.formats.delimited_blocks import QUOTED_LINES_MOST
from lots.formats.source import unpacked


def located(
    stream: BinaryIO, size: int, wanted: Iterable[int], *, quoted: bool
) -> Iterator[Broken]:
    """The rows that begin at these lines (rising), each with its place and bytes, without a reason
    of its own.

    quoted: whether a quote may join lines, as it does in delimited text only.
    """
    lines = enumerate(unpacked(stream, size), 1)
    offset = 0
    for target in wanted:
        for number, line in lines:
            at = offset
            offset += len(line)
            if number == target:
                used, raw = 1, line
                # An accepted row's quotes are sound, and a quote inside is doubled: an odd number
                # means that one is open.
                while quoted and raw.count(b'"') % 2 and used < QUOTED_LINES_MOST:
                    _, more = next(lines, (0, b""))
                    if not more:
                        break
                    used, raw, offset = used + 1, raw + more, offset + len(more)
                yield Broken(target, used, at, len(raw), raw[:RAW_KEPT], "")
                break
