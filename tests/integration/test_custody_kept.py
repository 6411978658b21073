"""Where packs are is kept by difference: whatever comes last, it is what all that came tells, and its sums
are those of its rows. On a real PostgreSQL.
"""

import random
from collections import Counter
from pathlib import Path

import pytest

from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_entries, rebuild
from lots.settings import Settings
from lots.store.difference import Changed
from synthetic.world.parties import gs1
from tests.builders import NOW, admit, rows, table, take, write
from tests.walk import walk as walking
from tests.walk.whereabouts import by_serial

GTIN = "09506000134352"
BOX, PALLET = gs1(f"{1:017d}"), gs1(f"{2:017d}")
PACK = {"gtin": GTIN, "manufacturer": "M1", "lot_number": "L1", "step": "packed", "vials": "2"}
CORRECTED = {"corrected_by": "QA", "correction_reason": "slip", "correction": "1"}
CONTENT = {"sscc": BOX, "packed_at": "2026-03-01T00:00Z"}
SENT = {
    "from_party": "M1",
    "item": "1",
    "kind": "sale",
    "to_party": "H1",
    "lot_number": "L1",
    "packs": "1",
    "shipped_at": "2026-04-01T00:00Z",
}
CAME = {"from_party": "M1", "item": "1", "to_party": "H1", "packs": "1"}
FOUND = {
    "party": "H2",
    "stocktake": "1",
    "gtin": GTIN,
    "lot_number": "L1",
    "packs": "1",
    "counted_at": "2026-05-01T00:00Z",
}
ENDED = {
    "party": "H3",
    "kind": "destroyed",
    "gtin": GTIN,
    "lot_number": "L1",
    "vials": "2",
    "at": "2026-06-01T00:00Z",
}
LABEL = {
    "party": "H1",
    "gtin": GTIN,
    "new_gtin": GTIN,
    "relabelled_at": "2026-04-20T00:00Z",
    "reason": "recall",
}
HANDED = {
    "pharmacy": "PH1",
    "to_kind": "ward",
    "dispensed_at": "2026-05-10T10:00Z",
    "gtin": GTIN,
    "lot_number": "L1",
    "vials": "2",
}
INFUSED = {"site": "H1", "administration": "1", "patient_key": "P1"}
VIAL = {"site": "H1", "administration": "1", "gtin": GTIN, "lot_number": "L1", "vials": "2"}
# Each a file of its own: so that each may come last.
FILES = (
    ("pack", table(PACK, [{"serial": f"S{n}"} for n in range(1, 16)])),
    ("pack", table(PACK, [{"serial": "S20", "lot_number": "L2"}, {"serial": "S15", "vials": "3"}])),
    # One that was written wrong: no pack of its lot holds 5 any more.
    ("pack", table(PACK, [{"serial": "S21", "vials": "5"}])),
    ("pack", table(PACK | CORRECTED, [{"serial": "S21", "vials": "6"}])),
    # S1 and S2 in a box, the box on a pallet; S2 was taken out before the pallet left.
    ("package_content", table(CONTENT, [{"item": "1", "gtin": GTIN, "serial": "S1"}])),
    (
        "package_content",
        table(
            CONTENT,
            [{"item": "2", "gtin": GTIN, "serial": "S2", "unpacked_at": "2026-03-05T00:00Z"}],
        ),
    ),
    ("package_content", table(CONTENT, [{"sscc": PALLET, "item": "1", "child_sscc": BOX}])),
    ("shipment", table(SENT, [{"shipment": "V1", "sscc": PALLET, "packs": "2"}])),
    (
        "delivery",
        table(CAME, [{"shipment": "V1", "packs": "2", "delivered_at": "2026-04-03T00:00Z"}]),
    ),
    # A shipment of S3 of which another version names S4 and another consignee.
    ("shipment", table(SENT, [{"shipment": "V2", "gtin": GTIN, "serial": "S3"}])),
    ("shipment", table(SENT, [{"shipment": "V2", "gtin": GTIN, "serial": "S4", "to_party": "H9"}])),
    ("shipment", table(SENT, [{"shipment": "V3", "gtin": GTIN, "serial": "S5"}])),
    (
        "delivery",
        table(CAME, [{"shipment": "V3", "delivered_at": "2026-04-02T00:00Z", "packs": "0"}]),
    ),
    # A count and an end of which versions name two packs.
    ("stock_count", table(FOUND, [{"item": "1", "serial": "S5"}, {"item": "2", "serial": "S6"}])),
    ("stock_count", table(FOUND, [{"item": "2", "serial": "S7", "packs": "0"}])),
    ("vial_fate", table(ENDED, [{"fate": "1", "serial": "S8"}, {"fate": "2", "serial": "S9"}])),
    ("vial_fate", table(ENDED, [{"fate": "2", "serial": "S10"}])),
    ("relabelling", table(LABEL, [{"serial": "S11", "new_serial": "S12"}])),
    # Lines of which versions name two packs: each stands with them and without.
    ("dispensing", table(HANDED, [{"dispensing": "1", "serial": "S1"}])),
    ("dispensing", table(HANDED, [{"dispensing": "2", "serial": "S13"}])),
    ("dispensing", table(HANDED, [{"dispensing": "2", "serial": "S20", "lot_number": "L2"}])),
    ("administration_vial", table(VIAL, [{"item": "1", "serial": "S14"}])),
    ("administration_vial", table(VIAL, [{"item": "1", "serial": "S15", "vials": "1"}])),
    (
        "administration",
        table(INFUSED, [{"status": "given", "started_at": "2026-05-20T10:00Z"}]),
    ),
    (
        "administration",
        table(INFUSED, [{"status": "not_given", "started_at": "2026-05-20T11:00Z"}]),
    ),
)
KEPT = """
SELECT n.number, c.serial, c.whereabouts, c.holder, c.vials, c.since, c.record, c.key::text
FROM lineage.custody AS c JOIN lineage.node AS n ON n.node = c.lot
"""
DIFFERING = """
SELECT lot, whereabouts, holder, packs, vials FROM lineage.lot_held
EXCEPT SELECT lot, whereabouts, holder, count(*), sum(greatest(vials, 1)) FROM lineage.custody GROUP BY 1, 2, 3
UNION ALL
(SELECT lot, whereabouts, holder, count(*), sum(greatest(vials, 1)) FROM lineage.custody GROUP BY 1, 2, 3
EXCEPT SELECT lot, whereabouts, holder, packs, vials FROM lineage.lot_held)
"""
# What is kept of packs beside what their records say, read anew.
OF_RECORDS = """
SELECT n.node, p.gtin, p.fewest, p.most, count(*) FROM (
    SELECT manufacturer, lot_number, gtin, serial, min(greatest(vials, 1)) AS fewest, max(greatest(vials, 1)) AS most
    FROM standing.pack GROUP BY 1, 2, 3, 4
) AS p
JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number AND n.step = 'packed'
GROUP BY 1, 2, 3, 4
"""
KEPT_OF_LOTS = "SELECT lot, gtin, fewest, most, packs FROM lineage.lot_pack"
BY_PLACE = """
SELECT n.number, h.whereabouts, h.holder, h.packs
FROM lineage.lot_held AS h JOIN lineage.node AS n ON n.node = h.lot
"""


@pytest.mark.parametrize("order", range(3))
def test_whatever_comes_last_packs_are_where_all_that_came_says(
    lots_settings: Settings, tmp_path: Path, order: int
) -> None:
    told = [*enumerate(FILES, 1)]
    random.Random(order).shuffle(told)
    for n, (record, data) in told:
        place = write(tmp_path / "landing" / "C1", f"{record}-{n}.csv", data)
        (received,) = admit(lots_settings, place)
        assert received.counts["refused"] == 0
        link_entries(lots_settings, now=NOW)
        assert rows(lots_settings, DIFFERING) == []
        assert Counter(rows(lots_settings, KEPT_OF_LOTS)) == Counter(
            rows(lots_settings, OF_RECORDS)
        )
    evaluate(lots_settings, now=NOW)
    before = rows(lots_settings, KEPT)
    assert rebuild(lots_settings, now=NOW).changed == Changed()
    assert {*rows(lots_settings, KEPT)} == {*before}
    walked = walking.walk(tmp_path / "landing", tmp_path / "profiles", NOW)
    for lot in ("L1", "L2"):
        wanted = by_serial(walked.accepted, ("M1", lot, "packed"))
        kept = {(w, h): n for number, w, h, n in rows(lots_settings, BY_PLACE) if number == lot}
        assert Counter(kept) == wanted
    assert len({place for _, _, place, *_ in before}) > 8
    assert len(rows(lots_settings, KEPT_OF_LOTS)) > 2


def test_each_pack_says_since_when_and_by_which_row_it_stands(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(
        lots_settings,
        *(write(tmp_path, f"{name}-{n}.csv", data) for n, (name, data) in enumerate(FILES, 1)),
    )
    said = {
        (serial, place, holder): (f"{since:%m-%d}" if since else None, record, key)
        for _, serial, place, holder, _, since, record, key in rows(lots_settings, KEPT)
    }
    assert said["S1", "dispensed", "PH1"] == ("05-10", "dispensing", '["PH1", "1"]')
    assert said["S2", "never shipped", "M1"] == (None, "pack", f'["{GTIN}", "S2"]')
    assert said["S4", "in transit", "H9"] == ("04-01", "shipment", '["M1", "V2", "1"]')
    assert said["S5", "in stock", "H2"] == ("05-01", "stock_count", '["H2", "1", "1"]')
    assert said["S8", "destroyed", "H3"] == ("06-01", "vial_fate", '["H3", "1"]')
    relabelled = said["S11", "relabelled", "H1"]
    assert relabelled == ("04-20", "relabelling", f'["{GTIN}", "S11", "{GTIN}", "S12"]')


def test_a_rebuild_links_first_what_waits(lots_settings: Settings, tmp_path: Path) -> None:
    """Both look at the same lines in one transaction."""
    files = (write(tmp_path, f"{name}-{n}.csv", data) for n, (name, data) in enumerate(FILES, 1))
    admit(lots_settings, *files)
    assert rebuild(lots_settings, now=NOW).entries == len(FILES)
    assert len(rows(lots_settings, KEPT)) > 15


def test_a_pack_holds_one_vial_at_least_whatever_its_record_says(
    lots_settings: Settings, tmp_path: Path
) -> None:
    packs = table(
        PACK,
        [
            {"serial": "S1", "vials": "0"},
            {"serial": "S2", "vials": ""},
            {"serial": "S3", "vials": "2"},
        ],
    )
    take(lots_settings, write(tmp_path, "pack-1.csv", packs))
    take(
        lots_settings, write(tmp_path, "pack-2.csv", table(PACK, [{"serial": "S4", "vials": "0"}]))
    )
    held = "SELECT whereabouts, packs, vials FROM lineage.lot_held"
    assert rows(lots_settings, held) == [("never shipped", 4, 5)]
    assert rebuild(lots_settings, now=NOW).changed == Changed()
