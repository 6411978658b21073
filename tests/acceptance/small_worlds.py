"""Tiny worlds by hand: a line a row, its record and then column=value."""

from tests.walk.columns import COLUMNS
from tests.walk.linking import Accepted
from tests.walk.rules import outcomes
from tests.walk.values import key_of, values
from tests.walk.world import World


def accepted(*tables: str) -> Accepted:
    """What is accepted of some tables; AssertionError where a row names no such column or has no
    key.
    """
    found = Accepted()
    for line in (
        line.split() for table in tables for line in table.strip().splitlines() if line.strip()
    ):
        record, text = line[0], dict(said.split("=", 1) for said in line[1:])
        assert text.keys() <= COLUMNS[record].keys(), line
        row = values(record, text)
        key = key_of(record, row)
        assert key is not None, line
        found.versions.setdefault(record, {}).setdefault(key, []).append(row)
    return found


def outcome(rule: str, subject: str, *tables: str) -> str:
    """What a rule says of a subject, its key with blanks between; a pending one with the day on
    which it is due.
    """
    said, due = outcomes(World(accepted(*tables)))[rule][tuple(subject.split())]
    return f"{said} {due}" if due else said
