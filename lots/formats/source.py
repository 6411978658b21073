"""The bytes of a kept file, unpacked where they are gzipped, with bounds against a bomb."""

import gzip
import io
import zlib
from typing import BinaryIO

from lots.errors import FileRefused
from lots.formats.limits import UNPACKED_TIMES, unpacked_most

GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Unpacked(io.RawIOBase):
    """A gzip stream that stops with a sentence where it is cut off, damaged, or blows up beyond
    reason.
    """

    def __init__(self, packed: BinaryIO, size: int) -> None:
        self._file = gzip.GzipFile(fileobj=packed)
        self._most = unpacked_most(size)
        self._read = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; raises FileRefused."""
        try:
            # read1: one unpacking at a time, so that the bound is looked at before the next.
            data = self._file.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileRefused(
                f"The gzip file is damaged or cut off after {self._read:,} unpacked bytes: {error};"
                " send it again whole."
            ) from error
        self._read += len(data)
        if self._read > self._most:
            raise FileRefused(
                f"The gzip file unpacks to more than {self._most:,} bytes, the most that is read of"
                f" one of its size ({UNPACKED_TIMES} times); expected text, which packs 3 to 30"
                " times."
            )
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: BinaryIO, size: int) -> BinaryIO:
    """The stream itself, or what it holds where it is gzipped."""
    packed = stream.read(2) == GZIP
    stream.seek(0)
    # Buffered: a raw stream would be asked for each line byte by byte.
    return io.BufferedReader(Unpacked(stream, size), 1 << 20) if packed else stream


class Counted:
    """A stream that is read line by line at its head, then in blocks,
    and always knows where it is.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def readline(self, limit: int = -1) -> bytes:
        """One line with its end, at most `limit` bytes."""
        data = self._stream.readline(limit)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at
