"""A trace of a patient or a party: the database and the walk say the same of the same worlds, of each
figure's bounds, of how many open ends of each kind there are, and of who was not heard.
"""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest

from lots.settings import Settings
from lots.store.engine import Connection
from tests.acceptance import told_rows
from tests.acceptance.drawn import Asked, differing
from tests.acceptance.traces import differences, of_database, of_walk
from tests.worlds.lives import World

MANY = int(os.environ.get("CERTIFICATES", "6"))  # changes of each world; more by hand
SEEDS = (2, 6) if MANY < 20 else range(1, 9)


def traced(drawn: World) -> list[tuple[str, str]]:
    """Every patient and party of a drawn world."""
    rows = [
        (record, row) for of in drawn.told.senders.values() for record in of for row in of[record]
    ]
    patients = {row["patient_key"] for _, row in rows if row.get("patient_key")}
    parties = {row["party_id"] for record, row in rows if record == "party"}
    return [
        *(("patient", one) for one in sorted(patients)),
        *(("party", p) for p in sorted(parties)),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_traces_of_drawn_worlds_are_told_alike_whatever_is_changed(
    lots_settings: Settings, seed: int
) -> None:
    wrong = differing(lots_settings, seed, (MANY, 3), traced, _differences)
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:60]])


def _differences(
    connection: Connection, asked: Asked, through: datetime | None = None
) -> Iterator[str]:
    told, files = told_rows.told(connection)
    for kind, name in asked:
        said = of_database(connection, kind, name, through)
        if said:  # of what nobody names any more nothing is asked
            alike = differences(said, of_walk(told, files, kind, name, through))
            yield from (f"{kind} {name}: {one}" for one in alike)
