"""How many vials and patients some lots concern, or some vial lines of them (docs/counting.md)."""

import json
from collections.abc import Iterable, Set

import sqlalchemy as sa

from lots.answers import Between, Patients, Vials
from lots.store.queries import query

Line = tuple[str, tuple[str, ...]]  # a vial line: its record and its key
FIGURES = (
    "given",
    "not_given",
    "prepared",
    "dispensed",
    "prepared_only",
    "dispensed_only",
    "without_key",
)


def vials(
    connection: sa.Connection,
    nodes: list[int],
    lines: Set[Line] | None = None,
    perhaps: Set[Line] = frozenset(),
) -> Vials:
    """Vials of these lots, or of these lines of them alone, each figure between two numbers.

    perhaps: lines of which a version tells of something that is not asked about.
    """
    asked = _asked(nodes, lines) | {"perhaps": [line in perhaps for line in sorted(lines or ())]}
    row = connection.execute(query("vial_figures"), asked).mappings().one()
    found = {f: Between(int(row[f"{f}_least"]), int(row[f"{f}_most"])) for f in FIGURES}
    return Vials(**found, lines=int(row["lines"]))


def patients(
    connection: sa.Connection, nodes: list[int], lines: Set[Line] | None = None
) -> Patients:
    """Patients of these lots, or of these lines of them alone, each counted once."""
    row = connection.execute(query("patients"), _asked(nodes, lines)).one()
    return Patients(row.given, row.dispensed_only, row.not_given)


def keys_of(lines: Iterable[Line]) -> dict[str, object]:
    """Vial lines as a statement takes them."""
    every = sorted(lines)
    return {
        "records": [record for record, _ in every],
        # As JSON, as keys are kept: they have parts of any number.
        "keys": [json.dumps(list(key)) for _, key in every],
    }


def _asked(nodes: list[int], lines: Set[Line] | None) -> dict[str, object]:
    return {"single": lines is not None, "nodes": nodes, **keys_of(lines or ())}
