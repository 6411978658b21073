"""Derived rows are replaced by difference: what is the same stays the same physical row."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.pipeline.link import rebuild
from lots.settings import Settings
from lots.store.difference import Changed, all_where, nothing_of, replace
from lots.store.engine import engine
from lots.store.schema.lineage_tables import PARKED
from tests.builders import NOW, donations, results, rows, table, take, write

DERIVED = (
    "lineage.node",
    "lineage.edge",
    "lineage.closure",
    "lineage.vial",
    "lineage.custody",
    "lineage.parked",
    "lineage.open_end",
    "lineage.person",
    "lineage.place",
    "judged.outcome",
    "judged.contested",
    "judged.superseded",
    "judged.retracted",
)
CORRECTED = {"corrected_by": "QA", "correction_reason": "slip", "correction": "1"}
UNIT = {"unit": "U1", "donation_number": "D1", "volume_ml": "800"}
POOLED = {"plant": "M1", "pool_number": "1", "unit": "U1", "volume_ml": "800"}
INPUT = {
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "from_manufacturer": "M1",
    "from_number": "1",
    "from_step": "pool",
    "amount": "1",
}
LOT = {"manufacturer": "M1", "lot_number": "L1", "step": "packed", "product": "IG"}
PACK = {
    "gtin": "04099991000102",
    "serial": "S1",
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
}
HANDED = {
    "pharmacy": "PH1",
    "dispensing": "1",
    "to_kind": "patient",
    "patient_key": "P1",
    "dispensed_at": "2026-06-01T10:00:00Z",
    "gtin": "04099991000102",
    "serial": "S1",
    "lot_number": "L1",
    "vials": "1",
}
SAME = {
    "party": "C1",
    "statement": "1",
    "kind": "donor",
    "one_key": "P1",
    "other_key": "P2",
    "stated_at": "2026-01-01T10:00:00Z",
    "status": "stated",
}
WORLD = (
    ("party", {"party_id": "C1", "kind": "centre", "name": "C", "jurisdiction": "DE"}, ()),
    ("same_person", SAME, ()),
    ("plasma_unit", UNIT, ({"volume_ml": "700"},)),
    ("pool_unit", POOLED, ({"unit": "U2"},)),
    ("lot_input", INPUT, ({"from_number": "2"}, {"from_number": "2", "amount": "2", **CORRECTED})),
    ("lot", LOT, ()),
    ("pack", PACK, ({"serial": "S2", "vials": "2"},)),
    ("dispensing", HANDED, ({"dispensing": "2", "lot_number": "NOWHERE"},)),
)


def world(folder: Path) -> list[str]:
    """A file of each record: with a contest, a correction, what is parked and what was given."""
    told = [
        write(folder, f"{record}-1.csv", table(usual, [{}, *more])) for record, usual, more in WORLD
    ]
    donated = write(folder, "donation-1.csv", donations({}, {"donation_number": "D2"}))
    return [*told, donated, write(folder, "test_result-1.csv", results({}))]


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases in which this world has been told."""
    return told_once(lambda settings, folder: take(settings, *world(folder)))


@pytest.fixture
def told(copy: Callable[[], Settings]) -> Settings:
    """One of them."""
    return copy()


def physical(settings: Settings) -> dict[str, set[tuple[object, ...]]]:
    """Each derived row with where it lies and which transaction wrote it."""
    return {
        name: set(
            rows(
                settings,
                f"SELECT ctid::text, xmin::text, t::text FROM {name} AS t",
                "lots_pipeline",
            )
        )
        for name in DERIVED
    }


@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_rebuild_changes_no_row(
    lots_settings: Settings, tmp_path: Path, *, one_by_one: bool
) -> None:
    places = world(tmp_path)
    for group in [[place] for place in reversed(places)] if one_by_one else [places]:
        take(lots_settings, *group)
    before = physical(lots_settings)
    assert {name for name, found in before.items() if not found} == {"judged.retracted"}
    found = rebuild(lots_settings, now=NOW)
    assert found.changed == Changed()
    assert physical(lots_settings) == before


@pytest.mark.parametrize(
    "wrong",
    [
        "DELETE FROM lineage.vial",
        "DELETE FROM lineage.edge",
        "DELETE FROM lineage.parked WHERE link = 'lot'",
        "DELETE FROM judged.superseded",
        "UPDATE lineage.vial SET vials = 7",
        "UPDATE lineage.custody SET holder = 'H9'",
        "UPDATE lineage.lot_held SET packs = packs + 1",
        "UPDATE lineage.lot_pack SET packs = packs + 1",
        "UPDATE lineage.lot_told SET lines = lines + 1",
        "UPDATE lineage.lot_patient SET given = given + 1",
        "INSERT INTO lineage.closure SELECT node, 99999 FROM lineage.node LIMIT 1",
        "INSERT INTO judged.contested VALUES ('donation', '[\"D1\"]', 2, false)",
        "DELETE FROM judged.outcome",
        # Of records of which nothing was accepted.
        "INSERT INTO judged.contested VALUES ('deviation', '[\"M1\", \"1\"]', 2, false)",
        "INSERT INTO judged.superseded VALUES ('deviation', 1, 2, 'outranked')",
        "INSERT INTO lineage.parked VALUES ('deviation', '[\"M1\", \"1\"]', 'lot', '[]', 'lot')",
        "INSERT INTO lineage.open_end VALUES ('stock_count', 'pack', 'empty', '[\"H1\"]')",
    ],
)
def test_a_rebuild_finds_what_is_wrong(told: Settings, wrong: str) -> None:
    nodes = rows(told, "SELECT node, maker, number, step FROM lineage.node ORDER BY node")
    before = {name: {row[2] for row in found} for name, found in physical(told).items()}
    with engine(settings=told).begin() as connection:
        connection.exec_driver_sql(wrong)
    assert rebuild(told, now=NOW).changed
    assert rebuild(told, now=NOW).changed == Changed()
    after = {name: {row[2] for row in found} for name, found in physical(told).items()}
    assert after == before
    assert nodes == rows(told, "SELECT node, maker, number, step FROM lineage.node ORDER BY node")


def test_a_day_s_files_touch_only_their_own(told: Settings, tmp_path: Path) -> None:
    before = physical(told)
    more = (
        write(tmp_path, "pack-2.csv", table(PACK, [{"serial": "S9"}])),
        write(tmp_path, "dispensing-2.csv", table(HANDED, [{"serial": "S9", "dispensing": "9"}])),
        write(tmp_path, "donation-2.csv", donations({"donation_number": "D9", "donor_key": "P9"})),
    )
    take(told, *more)
    after = physical(told)
    assert {name for name, found in before.items() if found - after[name]} == set()
    assert len(after["lineage.vial"]) > len(before["lineage.vial"])


@pytest.mark.parametrize("among", [all_where(PARKED), nothing_of(PARKED)])
def test_two_computed_rows_of_one_key_are_an_error_and_the_same_one_twice_is_none(
    lots_settings: Settings, among: str
) -> None:
    waits = (
        """SELECT 'pack' AS record, '["1"]'::jsonb AS key, 'lot' AS link, '["L"]'::jsonb AS names"""
    )
    twice = f"{waits}, 'lot' AS target UNION ALL {waits}, 'lot'"
    made = "CREATE TEMP TABLE parked_new ON COMMIT DROP AS"
    with engine(settings=lots_settings).begin() as connection:
        connection.exec_driver_sql(f"{made} {twice}")
        assert replace(connection, PARKED, "parked_new", among) == Changed(0, 1)
        connection.exec_driver_sql(f"{made} {twice} UNION ALL {waits}, 'pool'")
        with pytest.raises(sa.exc.IntegrityError, match="UniqueViolation"):
            replace(connection, PARKED, "parked_new", among)
        connection.rollback()
