"""Packs that are used more often than they can be: each is a finding that names every line
concerned.
"""

from pathlib import Path

import pytest

from lots.pipeline.lists import waiting
from lots.settings import Settings
from tests.builders import table, take, write

GTIN = "09506000134352"
PACK = {
    "gtin": GTIN,
    "manufacturer": "PLANT-01",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
    "content_g": "5",
    "label_expires_on": "2027-06-30",
    "packed_at": "2026-04-10T08:00:00+02:00",
}
INFUSION = {"site": "CLINIC-01", "status": "given", "started_at": "2026-06-01T09:00:00+02:00"}
VIAL = {
    "site": "CLINIC-01",
    "item": "1",
    "gtin": GTIN,
    "lot_number": "L1",
    "vials": "1",
    "given_g": "5",
    "wasted_g": "0",
}
FATE = {
    "party": "PHARM-01",
    "fate": "F1",
    "kind": "destroyed",
    "gtin": GTIN,
    "serial": "S3",
    "lot_number": "L1",
    "vials": "1",
    "at": "2026-05-20T09:00:00+02:00",
    "reason": "cold chain",
}


@pytest.fixture
def received(lots_settings: Settings, tmp_path: Path) -> Settings:
    """One vial given twice, five vials of a pack of one, a destroyed pack given, and one that was
    given before it was packed.
    """
    early = {
        "administration": "A5",
        "patient_key": "PT5",
        "started_at": "2026-04-10T07:59:00+02:00",
    }
    files = {
        "pack": table(PACK, [{"serial": f"S{n}"} for n in range(1, 5)]),
        "vial_fate": table(FATE, [{}]),
        "administration": table(
            INFUSION,
            [*({"administration": f"A{n}", "patient_key": f"PT{n}"} for n in range(1, 5)), early],
        ),
        "administration_vial": table(
            VIAL,
            [
                {"administration": "A1", "serial": "S1"},
                {"administration": "A2", "serial": "S1"},
                {"administration": "A3", "serial": "S2", "vials": "5", "given_g": "25"},
                {"administration": "A4", "serial": "S3"},
                {"administration": "A5", "serial": "S4"},
            ],
        ),
    }
    take(lots_settings, *(write(tmp_path, f"{name}-1.csv", data) for name, data in files.items()))
    return lots_settings


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "E03.vials",
            {
                "S1": (
                    "administration_vial-1.csv line 2, administration_vial-1.csv line 3, pack-1.csv"
                    " line 2"
                ),
                "S2": "administration_vial-1.csv line 4, pack-1.csv line 3",
                "S3": "administration_vial-1.csv line 5, pack-1.csv line 4, vial_fate-1.csv line 2",
            },
        ),
        (
            "E03.end",
            {"S3": "administration_vial-1.csv line 5, pack-1.csv line 4, vial_fate-1.csv line 2"},
        ),
        ("E02", {"S4": "administration_vial-1.csv line 6, pack-1.csv line 5"}),
    ],
)
def test_what_cannot_be_is_a_finding_that_names_its_lines(
    received: Settings, rule: str, expected: dict[str, str]
) -> None:
    found = waiting(received, "findings", rule=rule)
    assert {f.key[-1]: ", ".join(f.lines) for f in found.rows} == expected
