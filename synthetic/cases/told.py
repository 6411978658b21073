"""Cases as text: pairs of name=value, and tables of which each line is a case.

A later pair of the same name counts, so that what differs is written behind what is usual. A value
in quotes may hold blanks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

PAIR = re.compile(r"(\S+?)=('[^']*'|\S*)")
CHOICE = re.compile(r"{([^}]*)}")


def pairs(*texts: str) -> dict[str, str]:
    """The pairs of some texts."""
    return dict(pair for text in texts for pair in _pairs(text))


@lru_cache(1_024)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.strip("'")) for name, value in PAIR.findall(text))


def rows(table: str) -> Iterator[tuple[str, ...]]:
    """The cells of each line of a table, which | parts; what is behind # is a remark."""
    for line in table.splitlines():
        told = line.partition("#")[0]
        if told.strip():
            yield tuple(cell.strip() for cell in told.split("|"))


def names(text: str) -> Iterator[str]:
    """The names in a text: a.{b,c} are a.b and a.c, as in a shell."""
    for word in text.split():
        parts = CHOICE.split(word)  # every second one is a choice
        yield from map("".join, product(*(part.split(",") for part in parts)))
