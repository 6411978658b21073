"""A GTIN of 8, 12 or 13 digits is the one of 14 that it stands for; one that is wrong names no pack
and no product.
"""

from pathlib import Path

import pytest

from lots.errors import CallError
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW, rows, table, take, write

FOURTEEN, THIRTEEN, WRONG = "09506000134352", "9506000134352", "9506000134353"
EIGHT = "96385074"
LOT = {
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "product": "IVIG",
    "gtin": FOURTEEN,
    "made_at": "2026-01-05T10:00:00Z",
    "expires_on": "2028-01-05",
}
PACK = {
    "gtin": FOURTEEN,
    "serial": "S1",
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
}
GIVEN = {
    "site": "W1",
    "administration": "A1",
    "item": "1",
    "gtin": THIRTEEN,
    "serial": "S1",
    "lot_number": "L1",
    "vials": "1",
}
LINKED = "SELECT key ->> 2, basis FROM lineage.vial ORDER BY 1, 2"
WAITING = (
    "SELECT key ->> 2, link, names::text FROM lineage.parked WHERE link IN ('pack', 'lot') ORDER BY"
    " 1, 2"
)
FOUND = "SELECT rule FROM judged.finding WHERE record = 'administration_vial' ORDER BY rule"


def received(
    settings: Settings, folder: Path, *vials: dict[str, str], pack: dict[str, str] = PACK
) -> None:
    """A packed lot, a pack of it, and lines of an infusion."""
    folder.mkdir(parents=True, exist_ok=True)
    take(
        settings,
        write(folder, "lot-1.csv", table(LOT, [{}])),
        write(folder, "pack-1.csv", table(pack, [{}])),
        write(folder, "administration_vial-1.csv", table(GIVEN, vials)),
    )


def test_thirteen_digits_are_linked_by_pack_and_by_lot(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings, tmp_path, {}, {"item": "2", "serial": ""}, {"item": "3", "gtin": FOURTEEN}
    )
    assert rows(lots_settings, LINKED) == [("1", "pack"), ("2", "lot"), ("3", "pack")]
    assert rows(lots_settings, WAITING) == []
    assert rows(lots_settings, FOUND) == []


def test_what_was_sent_is_kept_beside_the_value(lots_settings: Settings, tmp_path: Path) -> None:
    received(
        lots_settings, tmp_path, {}, {"item": "2", "gtin": FOURTEEN}, {"item": "3", "gtin": WRONG}
    )
    assert rows(
        lots_settings,
        "SELECT item, gtin, sent -> 'gtin' ->> 'text', unread ->> 'gtin' "
        "FROM accepted.administration_vial ORDER BY 1",
    ) == [(1, FOURTEEN, THIRTEEN, None), (2, FOURTEEN, None, None), (3, None, None, WRONG)]


def test_a_wrong_check_digit_links_no_pack_says_so_and_counts_in_the_lot_on_the_label(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings, tmp_path, {"gtin": WRONG}, {"item": "2", "gtin": WRONG, "lot_number": ""}
    )
    assert rows(lots_settings, LINKED) == [("1", "lot")]
    assert rows(lots_settings, WAITING) == [
        ("1", "pack", '[null, "S1"]'),
        ("2", "pack", '[null, "S1"]'),
    ]
    assert rows(lots_settings, FOUND) == [("R01.vial.gtin",)] * 2


def test_eight_digits_link_where_there_is_such_a_product_whenever_it_comes(
    lots_settings: Settings, tmp_path: Path
) -> None:
    line = {"gtin": EIGHT, "serial": "S8", "lot_number": ""}
    take(lots_settings, write(tmp_path, "administration_vial-1.csv", table(GIVEN, [line])))
    assert rows(lots_settings, WAITING) == [("1", "pack", f'["000000{EIGHT}", "S8"]')]
    received(
        lots_settings,
        tmp_path / "later",
        {"item": "2"},
        pack={**PACK, "gtin": EIGHT, "serial": "S8"},
    )
    assert rows(lots_settings, LINKED) == [("1", "pack"), ("2", "lot")]


def test_a_pack_sent_with_another_length_is_the_same_pack(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(lots_settings, tmp_path, {})
    again = take(
        lots_settings, write(tmp_path, "pack-2.csv", table({**PACK, "gtin": THIRTEEN}, [{}]))
    )[0]
    assert (again.counts["known"], again.counts["accepted"]) == (1, 0)


def test_a_packer_s_wrong_check_digit_is_refused(lots_settings: Settings, tmp_path: Path) -> None:
    renamed = {
        "gtin": FOURTEEN,
        "serial": "S1",
        "new_gtin": WRONG,
        "new_serial": "S2",
        "relabelled_at": "2026-01-06T10:00:00Z",
    }
    take(
        lots_settings,
        write(tmp_path, "pack-1.csv", table({**PACK, "gtin": WRONG}, [{}])),
        write(tmp_path, "relabelling-1.csv", table(renamed, [{}])),
    )
    assert rows(lots_settings, "SELECT unnest(reasons) FROM receiving.refused ORDER BY 1") == [
        ("R01.gtin is not met: The GTIN's check digit is the computed one.",),
        ("R01.relabelling.new_gtin is not met: The new GTIN's check digit is the computed one.",),
    ]


@pytest.mark.parametrize("gtin", [FOURTEEN, THIRTEEN])
def test_a_question_takes_any_length(lots_settings: Settings, tmp_path: Path, gtin: str) -> None:
    received(lots_settings, tmp_path, {})
    assert len(trace(lots_settings, "pack", f"{gtin}/S1", through=NOW).uses) == 1
    assert implicate(lots_settings, [Subject("pack", f"{gtin}/S1")], through=NOW).vials.lines == 1


def test_a_question_with_a_wrong_check_digit_is_not_asked(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(lots_settings, tmp_path, {})
    with pytest.raises(CallError) as told:
        trace(lots_settings, "pack", f"{WRONG}/S1", through=NOW)
    assert (
        str(told.value) == f"'{WRONG}' is no GTIN: its last digit is 3; expected the check digit 2."
    )
