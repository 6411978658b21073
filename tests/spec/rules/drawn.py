"""Reading the drawn tables: what each case's world has, and what must come of it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lots.records import records
from lots.rules import OUTCOMES, SUBJECTS, rule

FOLDER = Path(__file__).parent
NONE = "none"  # what comes of a subject that there is not
OUTCOME = "|".join((*OUTCOMES, NONE))
Row = tuple[str, dict[str, str]]  # its record, and its values as they are sent


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a case: rows besides (+), less (-), or with other values (~)."""

    sign: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """In what a case differs from its table's world, and what must come of each thing asked."""

    said: tuple[str, ...]
    remark: str
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """Cases of one world: what is asked of which subjects."""

    title: str
    asks: tuple[tuple[str, tuple[str, ...]], ...]  # a rule, and the parts of its subject's key
    world: list[Row] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def rows(self, case: Case) -> list[Row]:
        """All rows of a case."""
        found = [(record, dict(values)) for record, values in self.world]
        for change in case.changes:
            for record, values in change.rows:
                if change.sign == "+":
                    found.append((record, dict(values)))
                    continue
                (mine,) = (row for row in found if _same(row, (record, values)))
                if change.sign == "-":
                    found.remove(mine)
                else:
                    mine[1].update(values)
        return found

    def together(self, one: Case, other: Case) -> list[Row]:
        """The rows of one case and those of another that it lacks: versions that contradict each
        other.
        """
        found = [(record, _told(values)) for record, values in self.rows(one)]
        more = [(record, _told(values)) for record, values in self.rows(other)]
        return [*found, *(row for row in more if row not in found)]


def _told(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _same(one: Row, other: Row) -> bool:
    key = records()[one[0]].key
    return one[0] == other[0] and all(one[1][part] == other[1][part] for part in key)


@cache
def tables(family: str) -> tuple[Table, ...]:
    """The tables of a family; a ValueError names the line that is none of theirs."""
    path = FOLDER / f"{family}.cases"
    found: list[Table] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            _take(found, line)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{path.name}, line {number}: {line!r}: {error}") from error
    return tuple(found)


def _take(found: list[Table], line: str) -> None:
    """One line more."""
    if not line.strip():
        return
    if line.startswith("= "):
        found.append(Table(line[2:], ()))
    elif line.startswith("ask "):
        asks = tuple(_asked(each) for each in line[4:].split(", "))
        found[-1] = Table(found[-1].title, asks)
    elif change := re.match(r"  ([-+~]) (.+)", line):
        found[-1].cases[-1].changes.append(Change(change[1], tuple(rows_of(change[2]))))
    elif re.match(rf"({OUTCOME})\b", line):
        said, _, remark = line.partition("  # ")
        outcomes = tuple(said.split(" | "))
        if len(outcomes) != len(found[-1].asks):
            raise ValueError(f"expected {len(found[-1].asks)} outcomes, got {len(outcomes)}")
        found[-1].cases.append(Case(outcomes, remark))
    else:
        found[-1].world.extend(rows_of(line))


def _asked(said: str) -> tuple[str, tuple[str, ...]]:
    name, _, subject = said.partition(" of ")
    key = tuple(subject.split())
    if len(key) != len(SUBJECTS[rule(name).subject]):
        raise ValueError(f"{subject} is no {rule(name).subject}")
    return name, key


def rows_of(line: str) -> Iterator[Row]:
    """The rows of a line: one for each choice of the parts of its key."""
    named, _, said = line.partition(": ")
    record, *parts = named.split()
    key, columns = records()[record].key, {column.name for column in records()[record].columns}
    values = dict(value.split("=", 1) for value in said.split())
    if len(parts) != len(key) or not columns >= set(values):
        raise ValueError(f"expected a key of {', '.join(key)} and columns of {record}")
    for chosen in itertools.product(*(part.split(",") for part in parts)):
        yield record, {**dict(zip(key, chosen, strict=True)), **values}
