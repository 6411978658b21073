"""A vial that could be of several lots is one vial, whether one of them is asked about or all. On a
real PostgreSQL.
"""

from pathlib import Path

from lots.answers import Between
from lots.pipeline.implicate import Subject, implicate
from lots.settings import Settings
from tests.builders import NOW, table, take, write

LOT = {
    "manufacturer": "PLANT-01",
    "lot_number": "L7",
    "step": "packed",
    "product": "IG",
    "made_at": "2026-04-10T08:00Z",
}
GIVEN = {
    "site": "W1",
    "administration": "A1",
    "patient_key": "PAT1",
    "status": "given",
    "started_at": "2026-06-01T09:00Z",
}
VIAL = {"site": "W1", "administration": "A1", "item": "1", "lot_number": "L7", "vials": "2"}


def given(settings: Settings, *lots: str) -> Between:
    """The vials given of some lots together."""
    return implicate(settings, [Subject("lot", lot) for lot in lots], through=NOW).vials.given


def test_a_vial_of_one_of_two_lots_is_counted_once(lots_settings: Settings, tmp_path: Path) -> None:
    lots = [{}, {"manufacturer": "PLANT-02"}]
    take(
        lots_settings,
        write(tmp_path, "lot-1.csv", table(LOT, lots)),
        write(tmp_path, "administration-1.csv", table(GIVEN, [{}])),
        write(tmp_path, "administration_vial-1.csv", table(VIAL, [{}])),
    )
    assert given(lots_settings, "PLANT-01/L7/packed") == Between(0, 2)
    assert given(lots_settings, "PLANT-02/L7/packed") == Between(0, 2)
    assert given(lots_settings, "PLANT-01/L7/packed", "PLANT-02/L7/packed") == Between(2, 2)
