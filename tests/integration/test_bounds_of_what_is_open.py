"""Bounds where rows are lacking (docs/certificate.md): what could be brings all that hangs on it, and
what names others brings nothing.
"""

from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.answers import Between, Bounds
from lots.pipeline.implicate import Subject, implicate
from lots.records import records
from lots.settings import Settings
from lots.store.schema.record_tables import accepted
from tests.integration.losses import ask, held_back, lost, world
from tests.integration.small_world import GTIN, OTHER, Told, at


def bounds(settings: Settings, folder: Path, told: Told, kind: str, name: str) -> Bounds:
    """The bounds of an answer."""
    told.send(settings, folder)
    return implicate(settings, [Subject(kind, name)]).bounds


@pytest.mark.parametrize("contested", [False, True])
def test_whoever_was_perhaps_not_given_a_vial_may_be_a_patient_who_was_given_none(
    lots_settings: Settings, tmp_path: Path, *, contested: bool
) -> None:
    """Its infusion did not come, or is told as given and as not given."""
    told = Told()
    for record in ("treatment_order", "reconstitution", "reconstitution_vial"):
        told.rows(record).clear()
    told.rows("administration_vial")[0]["preparation"] = ""
    infusions = told.rows("administration")
    if contested:
        infusions.append({**infusions[0], "status": "not_given"})
    else:
        infusions.clear()
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert found.not_given == Between(0, 1)
    assert found.patients_not_given == Between(0, 1)


def test_a_preparation_that_nobody_knows_may_hold_more_of_a_diluent(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """An infusion names a preparation of which neither the row nor a vial came."""
    told = Told()
    vials = told.rows("administration_vial")
    vials.append({**vials[0], "item": "2", "serial": "S2", "preparation": "B-LOST"})
    found = bounds(lots_settings, tmp_path, told, "diluent_lot", "DL1")
    assert found.prepared == Between(1, None)
    assert found.prepared_only == Between(0, None)


def test_what_was_given_by_its_preparation_may_have_been_prepared_nobody_knows_in_what(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Two vials were given of one preparation by its name alone, of which one is known: the preparation may
    have held two, and another have held the other.
    """
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")[0]
    prepared.append({**prepared[0], "serial": "S2", "item": "2", "preparation": "B-LOST"})
    given.update(gtin="", serial="", vials="2")
    found = bounds(lots_settings, tmp_path, told, "diluent_lot", "DL1")
    assert found.given == Between(0, 3)
    assert found.patients_given == Between(0, 2)


def test_what_could_belong_may_have_been_used_where_nobody_was_heard(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """A lot of which nobody tells what it was made of went to a hospital that tells nothing."""
    told = Told()
    lots, packs, sent = told.rows("lot"), told.rows("pack"), told.rows("shipment")
    lots.append({**lots[-1], "lot_number": "L2", "amount": "3"})
    for n in range(3):
        packs.append({**packs[0], "serial": f"P{n}", "lot_number": "L2"})
        sent.append({**sent[0], "item": f"{n + 3}", "serial": f"P{n}", "to_party": "H2"})
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    # One was given, and three of L2 are where nobody was heard; no more than five were packed.
    assert found.given == Between(1, 5)


def test_a_line_of_one_of_two_other_packs_is_not_of_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    packs, lines = told.rows("pack"), told.rows("dispensing")
    packs.append({**packs[0], "serial": "S3"})
    told.rows("lot")[-1]["amount"] = "3"
    other = {**lines[0], "dispensing": "DI2", "serial": "S2", "lot_number": ""}
    lines += [other, {**other, "serial": "S3"}]
    found = bounds(lots_settings, tmp_path, told, "pack", f"{GTIN}/S1")
    assert found.dispensed == Between(1, 1)


def test_what_was_perhaps_given_by_a_preparation_may_be_of_any_pack_of_its_lot(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """What was prepared tells its lot alone; two versions name different preparations."""
    told = Told()
    told.rows("reconstitution_vial")[0].update(serial="", lot_number="L1")
    given = told.rows("administration_vial")
    given[0].update(gtin="", serial="")
    given.append({**given[0], "preparation": "B-LOST"})
    found = bounds(lots_settings, tmp_path, told, "pack", f"{GTIN}/S2")
    assert (found.given, found.patients_given) == (Between(0, 1), Between(0, 1))


def test_a_pack_of_another_product_may_have_become_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Relabelled for another country, from a label that nobody knows: lines may still name that."""
    told = Told()
    label = {"gtin": OTHER, "serial": "ZQ-99817", "new_gtin": GTIN, "new_serial": "S2"}
    told.senders["M1"]["relabelling"] = [{**label, "party": "M1", "relabelled_at": at(6)}]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        found = ask(connection, "pack", f"{GTIN}/S2").certificate
    assert [(r.record, r.link, r.sort) for r in found.reasons] == [
        ("relabelling", "pack", "parked")
    ]


def test_no_more_patients_were_given_a_pack_than_it_has_vials(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Many vials of its lot were dispensed by count, and a sender of shipments was not heard."""
    told = Told()
    lines = told.rows("dispensing")
    lines.append({**lines[0], "dispensing": "DI2", "serial": "", "vials": "9"})
    delivery = {"from_party": "M1", "shipment": "SH1", "item": "1", "to_party": "H1", "packs": "1"}
    told.senders["W1"] = {"delivery": [{**delivery, "delivered_at": at(6)}]}
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        row = connection.execute(sa.select(accepted(records()["delivery"]))).mappings().one()
        with lost(connection, held_back(records()["delivery"], row)):
            found = ask(connection, "pack", f"{GTIN}/S2").bounds
    assert (found["given"], found["patients_given"]) == (Between(0, 1), Between(0, 1))


def test_what_was_shipped_before_a_lot_was_made_may_be_of_it(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """It is made when the last of it is packed: the first may have left by then."""
    told = Told()
    told.rows("shipment")[1].update(serial="ZQ-99817", shipped_at=at(3))
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        found = ask(connection, "lot", "M1/L1/packed").certificate
    said = [(r.record, r.link, r.sort) for r in found.reasons]
    assert said == [("shipment", "pack", "parked")]


@pytest.mark.parametrize("lacking", ["refused", "in a bag that nobody knows"])
def test_what_was_given_of_a_bag_may_be_a_vial_that_is_missing_in_it(
    lots_settings: Settings, tmp_path: Path, lacking: str
) -> None:
    """One vial was given of a bag by its name alone; another, of another product, was perhaps in it."""
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")[0]
    bag = {"item": ""} if lacking == "refused" else {"preparation": "B-LOST"}
    prepared.append({**prepared[0], "gtin": OTHER, "serial": "ZQ-99817", **bag})
    given.update(gtin="", serial="")
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert (found.given.least, found.patients_given.least) == (0, 0)
    assert found.prepared.least == 1


def by_count(told: Told, packs: str) -> None:
    """What went to a hospital that tells nothing is told by its lot and number alone."""
    told.rows("lot")[-1].update(amount="", amount_unit="")
    sent = told.rows("shipment")
    sent[1].update(serial="", gtin="", lot_number="L1", packs=packs, to_party="H2")


def test_a_pack_that_is_told_by_count_may_be_the_largest_of_its_lot(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    by_count(told, "2")
    told.rows("pack")[1]["vials"] = "3"
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert (found.given, found.patients_given) == (Between(1, 7), Between(1, 7))


def test_how_many_vials_unknown_packs_hold_nobody_knows(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """No pack of the lot has a record."""
    told = Told()
    by_count(told, "2")
    told.rows("pack").clear()
    for record in ("dispensing", "reconstitution_vial", "administration_vial"):
        told.rows(record)[0].update(serial="", lot_number="L1")
    told.rows("shipment")[0].update(serial="", gtin="", lot_number="L1")
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert (found.given, found.patients_given) == (Between(1, None), Between(1, None))


def test_what_came_back_where_nobody_was_heard_may_have_been_given(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("lot")[-1].update(amount="", amount_unit="")
    told.rows("shipment")[1]["to_party"] = "H2"
    back = {
        "party": "H2",
        "fate": "F1",
        "kind": "returned",
        "gtin": GTIN,
        "serial": "S2",
        "vials": "1",
    }
    told.senders["M1"]["vial_fate"] = [{**back, "at": at(7)}]
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert found.given == Between(1, 2)


def test_a_line_of_what_else_a_pack_became_is_not_of_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    packs = told.rows("pack")
    packs[1]["vials"] = "2"
    label = {"gtin": GTIN, "serial": "S2", "new_gtin": GTIN, "party": "M1", "relabelled_at": at(6)}
    told.senders["M1"]["relabelling"] = [{**label, "new_serial": new} for new in ("S2A", "S2B")]
    packs += [{**packs[0], "serial": new} for new in ("S2A", "S2B")]
    lines = told.rows("dispensing")
    lines += [{**lines[0], "dispensing": "DI2", "serial": "S2A", "lot_number": ""}]
    lines += [{**lines[0], "dispensing": "DI3", "serial": "S2", "lot_number": ""}]
    found = bounds(lots_settings, tmp_path, told, "pack", f"{GTIN}/S2B")
    assert found.dispensed == Between(0, 1)


def test_a_contested_row_of_a_pack_without_a_record_is_named(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("pack")[1]["serial"] = "S2A"
    label = {"gtin": GTIN, "serial": "S2", "new_gtin": GTIN, "new_serial": "S2A", "party": "M1"}
    told.senders["M1"]["relabelling"] = [{**label, "relabelled_at": at(6)}]
    inside = {"sscc": "BOX1", "item": "1", "gtin": GTIN, "packed_at": at(5)}
    told.senders["M1"]["package_content"] = [{**inside, "serial": s} for s in ("S1", "S2")]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        found = ask(connection, "pack", f"{GTIN}/S2").certificate
    assert ("package_content", "contested") in [(r.record, r.sort) for r in found.reasons]


def test_a_filter_may_have_served_another_maker_too(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """What it filled is told, and of the run nothing."""
    told = Told()
    run = {"batch": "FB1", "fill_line": "LI1", "filter_lot": "FL1", "vials_filled": "2"}
    load = {"from_lot_number": "BU1", "lot_number": "F1", "vials": "2"}
    told.senders["M1"]["filling"] = [{"plant": "M1", **run, "started_at": at(4)}]
    told.senders["M1"]["filling_load"] = [
        {"plant": "M1", "batch": "FB1", **load},
        {"plant": "M2", "batch": "FB-LOST", **load},
    ]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        found = ask(connection, "filter_lot", "FL1").certificate
    assert ("filling_load", "batch", "parked") in [
        (r.record, r.link, r.sort) for r in found.reasons
    ]


def test_what_was_dried_of_another_product_may_have_been_in_the_same_dryer(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    lots = told.rows("lot")
    lots.append({**lots[1], "lot_number": "L9", "product": "ALBUMIN"})
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        found = ask(connection, "dryer", "DR1").certificate
    assert ("lot", "without") in [(r.record, r.sort) for r in found.reasons]


def test_a_line_may_tell_the_product_that_a_pack_was_before(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """An earlier label was written down, and its serial is wrong."""
    told = Told()
    lots, inputs, packs = told.rows("lot"), told.rows("lot_input"), told.rows("pack")
    lots.append({**lots[-1], "lot_number": "K1", "gtin": OTHER, "amount": "1"})
    inputs.append({**inputs[-1], "lot_number": "K1"})
    packs.append({**packs[1], "gtin": OTHER, "serial": "O2", "lot_number": "K1"})
    label = {"gtin": OTHER, "serial": "O2", "new_gtin": GTIN, "new_serial": "S2", "party": "M1"}
    told.senders["M1"]["relabelling"] = [{**label, "relabelled_at": at(6)}]
    given = told.rows("administration_vial")
    given.append({**given[0], "item": "2", "gtin": OTHER, "serial": "X7-QQ", "preparation": ""})
    found = bounds(lots_settings, tmp_path, told, "lot", "M1/L1/packed")
    assert found.given == Between(1, 2)
