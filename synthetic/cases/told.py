"""Cases as text: pairs of name=value, and tables of which each line is a case.

A later pair of the same name counts, so that what differs is written behind what is usual. A value
in quotes may hold blanks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import product
from string import Template
from types import ModuleType

PAIR = re.compile(r"(\S+?)=('[^']*'|\S*)")
CHOICE = re.compile(r"{([^}]*)}")
HEAD = re.compile(r"\[(\w+)\](.*)")
WORDS = "words"  # the table of a file whose rows are a word and what it stands for
MORE = "..."  # behind the last column of a head: a row may have any number of these
Rows = list[tuple[str, ...]]


def pairs(*texts: str) -> dict[str, str]:
    """The pairs of some texts."""
    return dict(pair for text in texts for pair in _pairs(text))


@lru_cache(1_024)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    # Kept, since each case begins with the same usual text.
    return tuple((name, value.strip("'")) for name, value in PAIR.findall(text))


def names(text: str) -> Iterator[str]:
    """The names in a text: a.{b,c} are a.b and a.c, as in a shell."""
    for word in text.split():
        parts = CHOICE.split(word)  # every second one is a choice
        yield from map("".join, product(*(part.split(",") for part in parts)))


def words_of(*modules: ModuleType) -> dict[str, str]:
    """The texts that modules have in capitals, which tables and forms may use by name."""
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }


def tables(file: str, **words: str) -> dict[str, Rows]:
    """The tables of FILE.cases."""
    return parsed(files(__package__).joinpath(f"{file}.cases").read_text("utf-8"), **words)


def parsed(text: str, **words: str) -> dict[str, Rows]:
    """Tables by name. Raises ValueError where a row is wider than its head, KeyError for a word
    that nobody told.

    A head is a line [name] column | column; what is behind # is a remark; a line that ends in a
    backslash goes on. $WORD stands for a word that is given here, or told in the table of words.
    """
    found: dict[str, Rows] = {}
    columns, table = [""], ""
    for line in text.replace("\\\n", "").splitlines():
        told = line.partition("#")[0].strip()
        if head := HEAD.fullmatch(told):
            table, columns = head[1], _cells(head[2])
            found[table] = []
        elif told:
            # By a dollar, as braces have choices of names and the number of a specimen.
            row = _row(columns, _cells(Template(told).substitute(words)))
            found[table].append(row)
            if table == WORDS:
                words[row[0]] = row[1]
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _row(columns: list[str], cells: list[str]) -> tuple[str, ...]:
    """The cells under their head: those that are not told are empty."""
    # What a story tells has no fixed number of parts.
    if columns[-1].endswith(MORE):
        return tuple(cells)
    if len(cells) > len(columns):
        raise ValueError(f"{' | '.join(cells)}: expected {len(columns)} cells, got {len(cells)}")
    return (*cells, *[""] * (len(columns) - len(cells)))
