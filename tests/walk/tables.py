"""Small worlds as tables of text, a line a row: its record, and then column=value."""

from tests.walk.columns import COLUMNS
from tests.walk.linking import Accepted
from tests.walk.values import key_of, values


def accepted(*tables: str) -> Accepted:
    """What is accepted of some tables."""
    found = Accepted()
    for line in (line.split() for table in tables for line in table.strip().splitlines()):
        record, text = line[0], dict(said.split("=", 1) for said in line[1:])
        assert text.keys() <= COLUMNS[record].keys(), line
        row = values(record, text)
        key = key_of(record, row)
        assert key is not None, line
        found.versions.setdefault(record, {}).setdefault(key, []).append(row)
    return found
