"""Delimited text: the quick way with a plain line tells the same as looking at it closely."""

import random

import pytest

from lots.formats.batch import Layout
from lots.formats.delimited_blocks import Position, Reader
from lots.formats.profile import Profile
from lots.records import record

NAMES = ("donation_number", "scheme", "donor_key")
PIECES = (
    "a",
    "b1",
    "é",
    "\x85",
    " ",
    ",",
    ",",
    ",",
    ";",
    '"',
    '""',
    "\r",
    "\0",
    "\n",
    "\n",
    "\r\n",
    "donation_number",
    ",".join(NAMES) + "\n",
)
LINES = 400


class Closely(Reader):
    """Looks at every line closely."""

    def _plain(self, line: bytes) -> list[str] | None:
        return None


def told(reader: Reader, data: bytes) -> object:
    """All that is read of some lines, and how many lines and bytes it took."""
    position = Position(2, 0)
    return reader._line_by_line(data, position, last=True), position


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_plain_line_is_what_it_is_when_looked_at_closely(encoding: str, delimiter: str) -> None:
    draw = random.Random(f"{encoding}{delimiter}")
    layout = Layout(record("donation"), "csv", NAMES, NAMES, delimiter)
    profile = Profile(encoding=encoding, delimiter=delimiter)
    header = delimiter.join(NAMES).encode()
    quick, close = (kind(layout, profile, header) for kind in (Reader, Closely))
    for _ in range(LINES):
        data = "".join(draw.choices(PIECES, k=draw.randrange(1, 30))).encode(
            draw.choice(("utf-8", "latin-1"))
        )
        assert told(quick, data) == told(close, data), data
