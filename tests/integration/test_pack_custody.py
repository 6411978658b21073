"""A pack's trace tells its labels, how its lot was made, who had it when and who has it. On a real
PostgreSQL.
"""

from collections.abc import Callable, Sequence

import pytest

from lots.answers import LotName
from lots.answers.pack import PackHistory
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

GTIN = "09506000134352"
PACKED = "manufacturer=M1 step=packed vials=2"
WORLD = f"""
pool M1 P1: pooled_at=2026-01-01T10:00Z volume_l=700
lot_input M1 S1 bulk M1 P1 pool
viral_inactivation M1 SD1: process_version=SD-3 started_at=2026-01-02T10:00Z ended_at=2026-01-02T16:00Z
viral_inactivation_load M1 SD1 S1 bulk B1 bulk
filling_load M1 F1 B1 L1
lyophilisation M1 C1: dryer=DRY1 recipe=R1 loaded_at=2026-01-04T10:00Z
lyophilisation_load M1 C1 L1 L1
lyophilisation M1 C2: dryer=DRY2 recipe=R1 loaded_at=2026-01-04T10:00Z
lyophilisation_load M1 C2 L9 L9
lot_input M1 L1 packed M1 L1 dried
pack {GTIN} S1: {PACKED} lot_number=L1 label_expires_on=2028-01-31 packed_at=2026-01-06T10:00Z content_g=10
pack {GTIN} S9: {PACKED} lot_number=L1 label_expires_on=2028-01-31
pack {GTIN} S2: {PACKED} lot_number=L1
package_content X1 1: gtin={GTIN} serial=S1 packed_at=2026-01-07T10:00Z unpacked_at=2026-01-09T10:00Z
package_content X2 1: child_sscc=X1 packed_at=2026-01-07T11:00Z
shipment M1 F1 1: kind=sale to_party=H1 packs=1 shipped_at=2026-01-08T10:00Z sscc=X2
delivery M1 F1 1: to_party=H1 packs=1 delivered_at=2026-01-08T18:00Z
shipment H1 F2 1: kind=transfer to_party=H3 packs=1 shipped_at=2026-01-10T10:00Z sscc=X1
relabelling {GTIN} S1 {GTIN} S9: party=H1 relabelled_at=2026-01-11T10:00Z
shipment H1 F3 1: kind=sale to_party=H2 packs=1 shipped_at=2026-01-12T10:00Z gtin={GTIN} serial=S9
stock_count H2 K1 1: gtin={GTIN} serial=S9 packs=1 counted_at=2026-01-13T10:00Z
"""


@pytest.fixture(scope="module")
def settings(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The world above."""
    told = [row for line in filter(None, WORLD.split("\n")) for row in rows_of(line)]
    receive(shared_settings, tmp_path_factory.mktemp("custody"), told)
    return shared_settings


def history(settings: Settings, serial: str) -> PackHistory:
    """What is told of a pack beside its tree."""
    found = trace(settings, "pack", f"{GTIN}/{serial}", through=NOW).pack
    assert found is not None
    return found


@pytest.mark.parametrize("serial", ["S1", "S9"])
def test_a_pack_s_way_is_told_under_all_its_names_and_of_packages_while_it_was_in_them(
    settings: Settings, serial: str
) -> None:
    way = [(m.moved, m.from_party, m.to_party, m.record) for m in history(settings, serial).custody]
    assert way == [
        ("packed into X1", None, None, "package_content"),
        ("shipped", "M1", "H1", "shipment"),
        ("delivered", "M1", "H1", "delivery"),
        ("relabelled", None, "H1", "relabelling"),
        ("shipped", "H1", "H2", "shipment"),
        ("counted", None, "H2", "stock_count"),
    ]


def test_how_it_was_made_is_told_of_its_own_lots_alone(settings: Settings) -> None:
    made = [(m.made, m.key, m.lot, m.on, m.known) for m in history(settings, "S1").made]
    assert made == [
        ("viral_inactivation", ("M1", "SD1"), LotName("M1", "B1", "bulk"), "SD-3", True),
        ("lyophilisation", ("M1", "C1"), LotName("M1", "L1", "dried"), "DRY1, R1", True),
        ("filling", ("M1", "F1"), LotName("M1", "L1", "filled"), "", False),
    ]


def test_each_label_is_told_and_which_was_asked_for(settings: Settings) -> None:
    labels = {(label.serial, label.itself): label for label in history(settings, "S9").labels}
    assert set(labels) == {("S1", False), ("S9", True)}
    assert labels["S1", False].content_g == "10"
    assert str(labels["S9", True].expires_on) == "2028-01-31"


@pytest.mark.parametrize(
    ("serial", "places"),
    [
        ("S1", {("relabelled", "H1"), ("in stock", "H2")}),
        ("S2", {("never shipped", "M1")}),
    ],
)
def test_where_a_pack_is_is_told_of_it_alone(
    settings: Settings, serial: str, places: set[tuple[str, str]]
) -> None:
    found = trace(settings, "pack", f"{GTIN}/{serial}", through=NOW)
    assert {(w.whereabouts, w.holder) for w in found.whereabouts} == places


def test_it_is_printed_with_keys_that_the_next_command_takes(
    settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    lots(settings, ["trace", "pack", f"{GTIN}/S9"])
    shown = capsys.readouterr().out
    assert "2026-01-12 10:00 UTC shipped from H1 to H2, sale: shipment H1/F3/1" in shown
    assert "now: in stock, H2" in shown
    assert lots(settings, ["show", "shipment", "H1/F3/1"]) == 0
