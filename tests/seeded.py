"""Which rows of a synthetic plant were seeded: by the keys that are attached to what was seeded,
never by how a number looks.
"""

from collections.abc import Mapping
from pathlib import Path

from synthetic.cases import faults
from synthetic.truth.truth import Ledger, key_of
from synthetic.world.plan import Plan

Rows = Mapping[str, list[dict[str, str]]]


def without_seeded(rows: Rows, sizes: Plan, folder: Path) -> Rows:
    """The rows that are the plant's own; `folder` may be filled with what nobody reads."""
    with Ledger(folder) as ledger:
        lines = [line for some in faults.seeded(sizes, ledger).values() for line in some]
    seeded = {(line.record, *key_of(line.record, line.values)) for line in lines}
    return {
        record: [row for row in some if (record, *key_of(record, row)) not in seeded]
        for record, some in rows.items()
    }
