"""Kept bytes, hashed again while they are read: what was altered or has rotted is never taken for
what was received.
"""

import hashlib
import io
from types import TracebackType
from typing import Any, BinaryIO

from lots.errors import GateClosed

PIECE = 4 << 20


class Rehashed(io.RawIOBase):
    """A stream that hashes what is read through it, from the last time that it stood at its
    beginning.
    """

    def __init__(self, source: Any) -> None:
        self._source = source
        self._digest, self._hashed, self._at = hashlib.sha256(), 0, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: Parquet is read from its end."""
        return True

    def tell(self) -> int:
        """Where it stands."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; at the beginning the hash begins anew, so that it is of the bytes that count."""
        self._at = self._source.seek(offset, whence)
        if self._at == 0:
            self._digest, self._hashed = hashlib.sha256(), 0
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer."""
        read: int = self._source.readinto(buffer)
        # Each byte once: a reader may go back, and what it read before is hashed already.
        already = self._hashed - self._at
        if 0 <= already < read:
            self._digest.update(memoryview(buffer)[already:read])
            self._hashed = self._at + read
        self._at += read
        return read

    def digest(self) -> bytes:
        """The hash of all bytes, those too that nobody has read, or not in their order."""
        # From where hashing stands: bytes that no reader asked for are part of the file too.
        self._source.seek(self._hashed)
        while piece := self._source.read(PIECE):
            self._digest.update(piece)
        return self._digest.digest()


class Proven:
    """Kept bytes to read from in a block. Leaving it raises GateClosed unless all of them have the
    hash they had.
    """

    def __init__(self, source: Any, sha256: bytes, name: str) -> None:
        self._source, self._sha256, self._name = source, sha256, name
        self._rehashed = Rehashed(source)

    def __enter__(self) -> BinaryIO:
        return io.BufferedReader(self._rehashed, 1 << 20)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._source:
            # a reader that refused the file, or broke, may have done so because its bytes are
            # others
            if (
                error is None or isinstance(error, Exception)
            ) and self._rehashed.digest() != self._sha256:
                raise GateClosed(
                    f"The kept bytes {self._name} are not those that were received: they were"
                    " altered, cut off or damaged since, and their SHA-256 is another; nothing is"
                    " accepted. Receive the file again, which puts its bytes back, or bring them"
                    " back from a copy."
                ) from error
