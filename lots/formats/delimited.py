"""Delimited text, lines first: one bad line never costs another one, and nothing is held but a
block.

A block without quotes and with the right number of delimiters is numbered and passed on as it is;
all else goes line by line. stack.md G.2 has what other ways lose.
"""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from lots.formats.batch import RAW_KEPT, Batch, Broken, Layout
from lots.formats.delimited_blocks import LINE_MOST, Position, Reader
from lots.formats.profile import Profile

BLOCK = 2 << 20
# The default refuses a field over 131,072 characters; ours are bounded by LINE_MOST.
csv.field_size_limit(1 << 30)


def read(stream: BinaryIO, layout: Layout, profile: Profile, header: bytes) -> Iterator[Batch]:
    """Batches of a file that has been read up to the end of its header: `header` is that line,
    without its end.
    """
    reader = Reader(layout, profile, header)
    position = Position(layout.header_line + 1, stream.tell())
    carry = b""
    while block := stream.read(BLOCK):
        data = carry + block
        # Cut at a line's end; a quoted value that goes on beyond it comes back as rest.
        cut = data.rfind(b"\n") + 1
        # Only a line that fills a block gets here; shorter ones that are too long are seen with the
        # others.
        if not cut and len(data) > LINE_MOST:
            yield _too_long(stream, data, position)
            carry = b""
            continue
        batch, rest = reader.batch(data[:cut], position, last=False)
        yield batch
        carry = rest + data[cut:]
    if carry:
        batch, _ = reader.batch(carry, position, last=True)
        yield batch
        # The line itself is taken; whether it was cut within its last value nobody can tell, so it
        # is said.
        if not carry.endswith(b"\n"):
            yield Batch(
                b"",
                0,
                0,
                notices=("The last line has no line end: the file may have been cut off.",),
            )
    # Only when all is read is it known how often.
    if told := reader.turning.notices():
        yield Batch(b"", 0, 0, notices=told)


def _too_long(stream: BinaryIO, data: bytes, position: Position) -> Batch:
    """Skip a line that does not end within a block, keeping its beginning; what follows it is read
    on.
    """
    length, kept = len(data), data[:RAW_KEPT]
    while block := stream.readline(BLOCK):
        length += len(block)
        if block.endswith(b"\n"):
            break
    broken = Broken(
        position.line,
        1,
        position.offset,
        length,
        kept,
        f"The line has {length:,} bytes; at most {LINE_MOST:,}.",
    )
    position.line += 1
    position.offset += length
    return Batch(b"", 0, 1, (broken,))
