"""One digest of the whole state: what was accepted, refused, found, contested, linked and parked.

Arrival times, receipts' numbers and the ledger's order are left out: any order of the same files
ends in one digest.
"""

import hashlib

import sqlalchemy as sa

from lots.records import records
from lots.store.queries import query
from lots.store.schema.record_tables import accepted

PARTS = (
    "state_refused",
    "state_findings",
    "state_contested",
    "state_superseded",
    "state_retracted",
    "state_nodes",
    "state_edges",
    "state_closure",
    "state_persons",
    "state_outcomes",
    "state_vials",
    "state_custody",
    "state_parked",
    "state_open_ends",
    "state_files",
)
NOTHING = hashlib.sha256().hexdigest()


def parts(connection: sa.Connection) -> dict[str, str]:
    """A hash for each part of the state."""
    found = {}
    for name, record in records().items():
        table = accepted(record)
        # By content alone: receipts' numbers and lines are of the order of arrival.
        rows = sa.select(sa.func.encode(table.c.content, "hex")).order_by(table.c.content)
        found[name] = _hash(connection, rows)
    # Left out where nothing came, so that a record that is declared later changes no digest.
    found = {name: told for name, told in found.items() if told != NOTHING}
    # What is derived is in it too, so that two orders of arrival that link otherwise differ.
    return found | {name: _hash(connection, query(name)) for name in PARTS}


def _hash(connection: sa.Connection, rows: sa.Executable) -> str:
    digest = hashlib.sha256()
    # In pieces: a table may be larger than memory.
    for (line,) in connection.execute(rows, execution_options={"yield_per": 50_000}):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()
