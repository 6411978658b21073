"""The table of verdicts, read from its file: each ground with what it makes of a scan,
by purpose.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache

_CELL = re.compile(r"([GAQNSX-])(?:\[([a-z0-9+]+)\])?(?:; (.+))?")


class Purpose(StrEnum):
    """What a pack is scanned for."""

    RECEIVE = "receive"
    DISPENSE = "dispense"
    PREPARE = "prepare"
    GIVE = "give"
    RETURN = "return"


class Worst(IntEnum):
    """What may come of a scan, the worst last: what was found stands above what could not be looked
    for.
    """

    GO = 0
    ASK = 1
    QUARANTINE = 2
    NO_VERDICT = 3
    STOP = 4
    STOP_FOR_ALL = 5  # nobody overrides it


LETTERS = dict(zip("GAQNSX", Worst, strict=True))
ROLES = {"p": "pharmacist", "p2": "pharmacist and a second person", "c": "prescriber"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one ground makes of one purpose; by: the roles that answer or override, all of them."""

    worst: Worst
    by: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of the table. added: why the house has it beside the norm's."""

    code: str
    says: str
    cells: Mapping[Purpose, Cell | None]  # None: not asked for this purpose
    added: str = ""


@dataclass(frozen=True, slots=True)
class Norm:
    """The whole table: which version of it, since when, on whose word."""

    version: int
    valid_from: date
    citation: str
    grounds: Mapping[str, Ground]


@cache
def norm() -> Norm:
    """The table that is in force. Raises ValueError where a cell or a row of it says nothing."""
    import tomllib  # here, so that a command which only needs the purposes loads neither
    from importlib.resources import files

    told = tomllib.loads(files(__package__).joinpath("verdicts.toml").read_text("utf-8"))
    grounds = [_ground(row) for row in told["ground"]]
    by_code = {ground.code: ground for ground in grounds}
    if len(by_code) != len(grounds):
        raise ValueError("verdicts.toml: grounds: expected each code once, got one twice.")
    return Norm(told["version"], told["valid_from"], told["citation"], by_code)


def _ground(row: Mapping[str, str]) -> Ground:
    # Each purpose must have its cell: a ground that says nothing for one would read as GO.
    cells = {purpose: cell(row[purpose]) for purpose in Purpose}
    return Ground(row["code"], row["says"], cells, row.get("added", ""))


def cell(text: str) -> Cell | None:
    """A cell as it is written: a letter, roles in brackets, a note behind a semicolon."""
    # The whole of it: what is read only in part would be another rule.
    found = _CELL.fullmatch(text)
    if found is None:
        raise ValueError(f"verdicts.toml: cell: expected 'S[p2]; a note', got {text!r}.")
    letter, by, note = found.groups()
    if letter == "-":
        return None
    roles = tuple(ROLES[role] for role in by.split("+")) if by else ()
    return Cell(LETTERS[letter], roles, note or "")
