"""Titres of pools and values of lots, held against their limits by PostgreSQL as by the walk."""

from pathlib import Path
from typing import Any

from lots.pipeline.lists import listed
from lots.settings import Settings
from tests.builders import results, rows, table, take, write
from tests.spec.titres import TITRES

TWO = {
    "citation": "for the test",
    "prepared_by": "QA-1",
    "approved_by": "QA-2",
    "valid_from": "2020-01-01",
}
PLANT = {
    "party_id": "P1",
    "kind": "plant",
    "name": "Plant",
    "zone": "America/New_York",
    "jurisdiction": "US",
}
LIMIT = {
    **TWO,
    "jurisdiction": "US",
    "plasma_kind": "source",
    "level": "pool",
    "marker": "B19V-NAT",
    "term_days": "30",
    "limit_iu_ml": "10000",
}
POOL = {"plant": "P1", "pooled_at": "2026-05-31T12:00-04:00", "volume_l": "1"}
ON_A_POOL = {"marker": "B19V-NAT", "tested": "pool", "interpretation": "nonreactive"}
SPELLED = {
    "µg/mL": "pass",
    "mcg/mL": "pass",
    "mg/L": "pass",
    "mg/dL": "finding",
    "ng/mL": "finding",
    "": "pending",
    "IU/mL": "pending",
}
GTIN = "04012345678901"


def test_postgresql_reads_titres_as_the_walk_does(lots_settings: Settings, tmp_path: Path) -> None:
    pools = [{"pool_number": str(n)} for n in range(len(TITRES))]
    told = [
        {
            **ON_A_POOL,
            "sample": f"S{n}",
            "tested_id": str(n),
            "value": "",
            "value_unit": "",
            "operator": "",
            **dict(part.split("=", 1) for part in titre.split()),
        }
        for n, titre in enumerate(TITRES)
    ]
    take(
        lots_settings,
        write(tmp_path, "party.csv", table(PLANT, [{}])),
        write(tmp_path, "screening_requirement.csv", table(LIMIT, [{}])),
        write(tmp_path, "pool.csv", table(POOL, pools)),
        write(tmp_path, "test_result.csv", results(*told)),
    )
    said: list[Any] = rows(
        lots_settings,
        "SELECT (subject ->> 1)::integer, concat_ws(' ', outcome, due_on) "
        "FROM judged.outcome WHERE rule = 'P03'",
    )
    found = dict(said)
    assert {titre: found.get(n, "pass") for n, titre in enumerate(TITRES)} == TITRES
    pending = sum(outcome.startswith("pending") for outcome in TITRES.values())
    assert (
        "P03",
        "pending",
        str(pending),
        str(pending),
        "2026-06-30",
        "a titre that cannot be compared with its limit",
    ) in listed(lots_settings, "pending").rows


def test_a_lots_value_counts_in_every_spelling_of_its_specifications_unit(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lot = {
        "manufacturer": "P1",
        "step": "packed",
        "product": "IG",
        "gtin": GTIN,
        "made_at": "2026-05-31T12:00:00Z",
    }
    asked = {**TWO, "gtin": GTIN, "test": "IgA", "low": "2", "high": "5", "value_unit": "ug/mL"}
    test = {
        "manufacturer": "P1",
        "step": "packed",
        "test": "IgA",
        "run": "1",
        "value": "5",
        "conclusion": "passed",
        "tested_at": "2026-06-01T12:00:00Z",
    }
    take(
        lots_settings,
        write(tmp_path, "lot_test_specification.csv", table(asked, [{}])),
        write(
            tmp_path, "lot.csv", table(lot, [{"lot_number": f"L{n}"} for n in range(len(SPELLED))])
        ),
        write(
            tmp_path,
            "lot_test.csv",
            table(
                test,
                [{"lot_number": f"L{n}", "value_unit": unit} for n, unit in enumerate(SPELLED)],
            ),
        ),
    )
    said: list[Any] = rows(
        lots_settings, "SELECT subject ->> 1, outcome FROM judged.outcome WHERE rule = 'S02'"
    )
    found = dict(said)
    assert {unit: found.get(f"L{n}", "pass") for n, unit in enumerate(SPELLED)} == SPELLED
