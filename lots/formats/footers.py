"""A Parquet file's footer, walked in a process of its own before it is walked in ours.

What a footer says of a chunk of a column may be such that Arrow ends the process that asks for it,
without an exception: one damaged byte is enough. One file never stops the others.
"""

import io
import subprocess
import sys
import tempfile
from functools import lru_cache
from threading import Lock
from typing import BinaryIO

from lots.errors import FileRefused

MAGIC = b"PAR1"
ENDS = 8  # bytes after the footer: its length, and the magic again
SECONDS = 60
WALK = """
import io, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import pyarrow.parquet
footer = pyarrow.parquet.read_metadata(io.BytesIO(sys.stdin.buffer.read()))
for group in range(footer.num_row_groups):
    for column in range(footer.num_columns):
        footer.row_group(group).column(column)
"""
_guard = Lock()


def check(stream: BinaryIO) -> None:
    """Raise FileRefused for a footer that nobody can walk."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - ENDS))
    length = int.from_bytes(stream.read(4), "little")
    stream.seek(max(0, size - ENDS - length))
    # Both readings of a file ask at once: the second waits for what the first one learns.
    with _guard:
        ended = _walked(stream.read())
    stream.seek(0)
    if ended:
        raise FileRefused(
            "The Parquet file is damaged: what its footer says of its columns cannot be read; send"
            " it again whole."
        )


@lru_cache(16)
def _walked(footer: bytes) -> int:
    """How a process ends that walks a footer: 0 where it comes to its end."""
    try:
        return subprocess.run(
            [sys.executable, "-I", "-c", WALK],
            input=MAGIC + footer,
            capture_output=True,
            check=False,
            cwd=tempfile.gettempdir(),
            timeout=SECONDS,
        ).returncode
    except subprocess.TimeoutExpired:
        return 1
