"""What may be missing in a preparation, so that another vial of it was given: an answer says so where it
matters, and nowhere else (docs/certificate.md).
"""

from pathlib import Path

import pytest

from lots.answers import Between, Bounds, Reason
from lots.settings import Settings
from tests.integration.losses import ask, world
from tests.integration.small_world import OTHER, Told

LOST = {"preparation": "B-LOST"}
LACKING = {  # what else was prepared, and as which sort of open end an answer must name it
    "in a preparation that nobody knows": (LOST, ("parked", "preparation")),
    "refused": ({"item": ""}, ("refused", "")),
}


def two_in_one(told: Told, lacking: dict[str, str], *, by_name: bool = True) -> None:
    """Both packs of L1 were prepared in B1 and given from it, by its name alone or by their labels; a
    vial of another product was prepared besides.
    """
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")
    other = {**prepared[0], "gtin": OTHER, "serial": "ZQ-99817", "item": "3"}
    prepared += [{**prepared[0], "item": "2", "serial": "S2"}, {**other, **lacking}]
    if by_name:
        given[0].update(gtin="", serial="", vials="2")
    else:
        given.append({**given[0], "item": "2", "serial": "S2"})


def of_another_lot(told: Told) -> None:
    """The vial of another product is of a lot that is known."""
    lots, inputs, packs = told.rows("lot"), told.rows("lot_input"), told.rows("pack")
    lots.append({**lots[-1], "lot_number": "ZQ", "product": "SCIG", "gtin": OTHER})
    inputs.append({**inputs[-1], "lot_number": "ZQ"})
    packs.append({**packs[0], "gtin": OTHER, "serial": "ZQ-99817", "lot_number": "ZQ"})


def of_lot(settings: Settings, folder: Path, told: Told) -> tuple[Bounds, list[Reason], bool]:
    """The bounds and reasons of L1's answer, and whether it is complete."""
    told.send(settings, folder)
    with world(settings) as connection:
        found = ask(connection, "lot", "M1/L1/packed")
    reasons = [r for r in found.certificate.reasons if r.record == "reconstitution_vial"]
    return Bounds(**found.bounds), reasons, found.certificate.complete


@pytest.mark.parametrize("lacking", LACKING)
def test_a_vial_that_may_be_missing_in_a_preparation_is_named_and_makes_as_many_less(
    lots_settings: Settings, tmp_path: Path, lacking: str
) -> None:
    told = Told()
    changed, end = LACKING[lacking]
    two_in_one(told, changed)
    bounds, reasons, complete = of_lot(lots_settings, tmp_path, told)
    assert not complete
    assert [(r.sort, r.link, r.rows, r.vials) for r in reasons] == [(*end, 1, 0)]
    # One of two may not have been given: that one of the other product was instead.
    assert bounds.given == Between(1, 2)
    assert bounds.patients_given == Between(0, 1)
    assert bounds.prepared == Between(2, 2)


@pytest.mark.parametrize("lacking", LACKING)
def test_what_was_given_by_its_label_lacks_nothing_by_it(
    lots_settings: Settings, tmp_path: Path, lacking: str
) -> None:
    told = Told()
    two_in_one(told, LACKING[lacking][0], by_name=False)
    bounds, reasons, complete = of_lot(lots_settings, tmp_path, told)
    assert complete, reasons
    assert (bounds.given, bounds.patients_given) == (Between(2, 2), Between(1, 1))


def test_a_preparation_that_an_infusion_names_too_lacks_its_row_and_is_no_other(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    two_in_one(told, {"preparation": "B2"})
    of_another_lot(told)
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "preparation": "B2", "vials": "1"})
    bounds, reasons, complete = of_lot(lots_settings, tmp_path, told)
    assert complete, reasons
    assert (bounds.given, bounds.patients_given) == (Between(2, 2), Between(1, 1))


def test_a_line_that_does_not_say_how_many_leaves_none_sure(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    two_in_one(told, {"item": "", "vials": ""})
    bounds, _, complete = of_lot(lots_settings, tmp_path, told)
    assert (complete, bounds.given) == (False, Between(0, 2))


def test_a_vial_that_is_known_by_its_pack_leaves_nothing_open_in_its_preparation(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Two were prepared and given; of the other the label's lot number is wrong, and its pack known."""
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")
    prepared.append({**prepared[0], "item": "2", "serial": "S2", "lot_number": "NOBODY-KNOWS"})
    given[0].update(gtin="", serial="", vials="2")
    bounds, reasons, complete = of_lot(lots_settings, tmp_path, told)
    assert complete, reasons
    assert (bounds.given, bounds.patients_given) == (Between(2, 2), Between(1, 1))


def test_nobody_was_surely_given_a_vial_of_a_preparation_that_may_have_been_another(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """One of two that were prepared was given; of the other nobody knows the lot."""
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")
    prepared.append({**prepared[0], "item": "2", "serial": ""})
    given[0].update(gtin="", serial="")
    bounds, _, complete = of_lot(lots_settings, tmp_path, told)
    assert not complete
    assert (bounds.given, bounds.patients_given) == (Between(0, 2), Between(0, 2))


def test_how_many_a_preparation_holds_besides_is_named_where_it_is_contested(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Two versions of what else it holds, of a lot that is not asked about."""
    told = Told()
    two_in_one(told, {})
    of_another_lot(told)
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")
    prepared.append({**prepared[-1], "vials": "2"})
    given[0].update(vials="3")
    bounds, reasons, complete = of_lot(lots_settings, tmp_path, told)
    assert [(r.sort, r.rows) for r in reasons] == [("contested", 1)]
    assert (complete, bounds.given) == (False, Between(1, 2))
