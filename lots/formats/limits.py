"""How much a file may make us do before it is refused: no real export comes near, and a bomb ends
there.
"""

from time import thread_time

from lots.errors import FileRefused

COLUMNS_MOST = 1_000
UNPACKED_FREE = 64 << 20  # bytes that any packed file may hold
UNPACKED_TIMES = 200  # beyond that, how many times its own size; text packs 3 to 30 times
UNPACKED_MOST = 64 << 30  # whatever its own size
SECONDS_FREE = 60  # of the processor; reading takes less than a second for each 5 MB
BYTES_A_SECOND = 200_000


def unpacked_most(size: int) -> int:
    """Bytes to which a packed file of that size may unpack."""
    # A factor alone would refuse small files that say one thing many times; a bound alone lets in
    # bombs.
    return min(UNPACKED_MOST, max(UNPACKED_FREE, size * UNPACKED_TIMES))


def check_width(count: int) -> None:
    """Raise FileRefused for more columns than any export has."""
    if count > COLUMNS_MOST:
        raise FileRefused(f"The header has {count:,} columns; expected at most {COLUMNS_MOST:,}.")


class Effort:
    """The processor's time that one reading of a file has taken, in its own thread: others' load
    does not count.
    """

    def __init__(self) -> None:
        self._begun = thread_time()

    def check(self, line: int, read: int) -> None:
        """Raise FileRefused where the bytes read so far are not worth the time that they took."""
        # The time allowed grows with what was read: a large file is no slow one.
        spent, most = thread_time() - self._begun, SECONDS_FREE + read / BYTES_A_SECOND
        if spent > most:
            raise FileRefused(
                f"Reading was given up at line {line:,}: {read:,} bytes took more than {most:,.0f}"
                " s of the processor; expected lines that can be read in less, with quotes that"
                " close."
            )
