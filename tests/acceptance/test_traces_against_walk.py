"""A trace of a patient or a party: the database and the walk say the same of the same worlds, of each
figure's bounds, of how many open ends of each kind there are, and of who was not heard.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lots.settings import Settings
from lots.store.engine import Connection
from tests.acceptance import told_rows
from tests.acceptance.drawn import Asked, differing
from tests.acceptance.traces import differences, of_database, of_walk
from tests.integration.losses import NOBODY_KNOWS, Loss, lost, world
from tests.integration.small_world import Told
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


def test_what_was_prepared_for_nobody_is_given_to_whom_its_infusion_names(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Many are made on a ward for whoever lies there; another's infusion may be of the same."""
    told = Told()
    told.rows("reconstitution")[0]["treatment_order"] = ""
    told.rows("reconstitution_vial")[0]["vials"] = "3"
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    lines[0] |= {"gtin": "", "serial": "", "vials": "2"}
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "vials": "1"})
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        rows, files = told_rows.told(connection)
        for patient, vials in (("PAT1", 2), ("PAT2", 1)):
            said = of_database(connection, "patient", patient)
            assert said is not None
            assert said.complete
            assert said.figures["given"] == (vials, vials)
            assert not [*differences(said, of_walk(rows, files, "patient", patient))]


@pytest.mark.parametrize("column", ["plant", "pool_number"])
def test_what_went_into_a_pool_under_a_wrong_name_is_missed(
    lots_settings: Settings, tmp_path: Path, column: str
) -> None:
    told = Told()
    units, pooled = told.rows("plasma_unit"), told.rows("pool_unit")
    units.append({**units[0], "unit": "U2"})
    pooled.append({**pooled[0], "unit": "U2"})
    told.send(lots_settings, tmp_path)
    slip = f"UPDATE accepted.pool_unit SET {column} = '{NOBODY_KNOWS}' WHERE unit = 'U2'"
    with world(lots_settings) as connection:
        whole = of_database(connection, "patient", "PAT1")
        with lost(connection, Loss("pool_unit", column, "wrong", slip, (slip,))):
            rows, files = told_rows.told(connection)
            said = of_database(connection, "patient", "PAT1")
            walked = of_walk(rows, files, "patient", "PAT1")
        assert whole is not None
        assert said is not None
        assert whole.complete
        assert (said.complete, said.unknown) == (False, 1)
        assert not [*differences(said, walked)]
