"""One word that is told wrong, and is a word all the same: a step, a kind, a number. The truth lies within
the bounds, and an answer that it may change is not called complete; what is told well is.
"""

from collections.abc import Callable
from functools import partial

import pytest

from lots.settings import Settings
from tests.integration.losses import ask, world
from tests.integration.small_world import GTIN, OTHER, Told, at
from tests.integration.test_one_slip import (
    LOT,
    PACKED,
    TWO,
    Asked,
    Slip,
    holds_the_truth,
    is_known_for_sure,
    lot_of,
    made,
    made_of,
    of_another_lot,
    of_both,
    of_one_person,
    of_two_donations,
    plain,
    received,
)
from tests.integration.test_where_else import BY_COUNT, UNHEARD, sent_on, sent_there

# --- worlds ---------------------------------------------------------------------------------------


def with_albumin(**named: str) -> Told:
    """Albumin was bought, and went into the filled lot."""
    told = plain()
    told.rows("party").append({"party_id": "SU", "kind": "plant", "name": "SU"})
    lot = {"supplier": "SU", "lot_number": "EX1", "kind": "excipient", "product": "HSA"}
    told.senders["M1"]["external_lot"] = [lot | {"donor_data_holder": "SU"}]
    of_it = {"from_manufacturer": "SU", "from_number": "EX1", "from_step": "external"}
    filled = {**told.rows("lot_input")[0], "lot_number": "L1", "step": "filled"}
    told.rows("lot_input").append(filled | of_it | named)
    return told


def of_own_bulk(step: str) -> Told:
    """A lot is packed of its maker's own bulk."""
    usual = Told()
    lots = lot_of(usual, "BU1", "bulk", "IGB"), lot_of(usual, "ZZ5", "packed", "IGB", **PACKED)
    inputs = [made_of("BU1", "bulk", "PO1", "pool"), made_of("ZZ5", "packed", "BU1", step)]
    return made(*lots, inputs=inputs)


def infused(status: str) -> Told:
    """A pack was given, whatever its infusion's status says."""
    told = plain()
    told.rows("administration")[0]["status"] = status
    return told


def of_one_number(gtin: str = "") -> Told:
    """Another maker has a lot of that number, under a GTIN of its own, or by a correction that its sender
    did not declare under another; a line tells the number and the first one's GTIN.
    """
    told = plain()
    told.rows("party").append({"party_id": "M2", "kind": "plant", "name": "M2"})
    lot = {**told.rows("lot")[-1], "manufacturer": "M2", "gtin": OTHER}
    told.rows("lot").append(lot)
    bulk = {**told.rows("lot")[-1], "step": "bulk", "gtin": "", "amount": "", "amount_unit": ""}
    told.rows("lot").append(bulk)
    told.rows("lot_input").append(made_of("L1", "packed", "L1", "bulk", "M2", "M2"))
    told.rows("lot_input").append(made_of("L1", "bulk", "EX1", "external", "M2", "SU"))
    told.rows("party").append({"party_id": "SU", "kind": "plant", "name": "SU"})
    bought = {"supplier": "SU", "lot_number": "EX1", "kind": "bulk", "product": "IGB"}
    told.senders["M1"]["external_lot"] = [bought | {"donor_data_holder": "SU"}]
    told.rows("administration_vial")[0] |= {"serial": "", "lot_number": "L1"}
    if gtin:
        told.rows("lot").append(lot | {"gtin": gtin})
    return told


def of_either(serial: str = "", *, lot: str = OTHER, line: str = GTIN) -> Told:
    """Of that number of two makers: the GTINs of the other's lot, and of the line."""
    told = of_one_number()
    next(r for r in told.rows("lot") if r["gtin"] == OTHER)["gtin"] = lot
    told.rows("administration_vial")[0] |= {"serial": serial, "gtin": line}
    return told


def of_either_in_a_bag(line: str = GTIN) -> Told:
    """The same of a line of a preparation, by which alone its infusion tells what was given."""
    told = of_either(line=line)
    given = told.rows("administration_vial")[0]
    bag = {"site": "H1", "preparation": "B1"}
    prepared = {c: given[c] for c in ("item", "gtin", "serial", "lot_number", "vials")}
    usual = Told()
    reconstituted = {**usual.rows("reconstitution")[0], "treatment_order": ""}
    told.senders["H1"]["reconstitution"] = [reconstituted]
    told.senders["H1"]["reconstitution_vial"] = [bag | prepared]
    given |= {"serial": "", "lot_number": "", "gtin": "", "preparation": "B1"}
    return told


def treated(from_number: str, product: str, step: str = "bulk") -> Told:
    """A bulk comes out of its treatment as another, and so does one of which nothing more is made."""
    usual = Told()
    lots = (
        *(lot_of(usual, number, "bulk", "IGB") for number in ("BU1", "BU8")),
        *(lot_of(usual, number, "bulk", product) for number in ("ZQW", "ZQ8")),
        lot_of(usual, "ZZ5", "packed", product, **PACKED),
    )
    inputs = [made_of(number, "bulk", "PO1", "pool") for number in ("BU1", "BU8")]
    told = made(*lots, inputs=[*inputs, made_of("ZZ5", "packed", "ZQW", "bulk")])
    run = {"plant": "M1", "process_version": "1", "batch": "SD1", "started_at": at(4)}
    used = {"detergent_lot": "DT1", "prefilter_lot": "PF1", "solvent_lot": "SUP"}
    told.senders["M1"]["viral_inactivation"] = [run | used | {"ended_at": at(4)}]
    load = {"plant": "M1", "batch": "SD1", "step": "bulk"}
    told.senders["M1"]["viral_inactivation_load"] = [
        load | {"from_lot_number": from_number, "from_step": step, "lot_number": "ZQW"},
        load | {"from_lot_number": "BU8", "from_step": "bulk", "lot_number": "ZQ8"},
    ]
    return told


def reworked(from_number: str) -> Told:
    """A packed lot was packed anew as another product, and a pack of each was given."""
    told = of_two_donations()
    for record in ("donation", "plasma_unit", "pool", "pool_unit"):
        told.rows(record).pop()
    told.rows("lot")[-1] |= {"lot_number": "KZ4", "product": "IVIG-US", "gtin": OTHER}
    packed = {"from_manufacturer": "M1", "from_number": from_number, "from_step": "packed"}
    told.rows("lot_input")[-1] |= {"lot_number": "KZ4", "step": "packed", **packed}
    for record in ("pack", "shipment", "administration_vial"):
        told.rows(record)[-1] |= {"gtin": OTHER, "serial": "ZQ81XK"}
    told.rows("pack")[-1]["lot_number"] = "KZ4"
    return told


def ended_before(kind: str) -> Told:
    """The hospital told an end of the second pack, and then sent it on to who was never heard."""
    told = sent_on()
    pack = {"gtin": GTIN, "serial": "S2", "vials": "1"}
    told.senders["H1"]["vial_fate"] = [
        {"party": "H1", "fate": "F1", "kind": kind, "at": at(8)} | pack
    ]
    return told


def arrived(packs: str) -> Told:
    """Three packs were shipped by count to who was never heard, and gave all of them."""
    told = sent_there(**BY_COUNT, packs="3")
    told.rows("lot")[-1]["amount"] = "4"
    item = {c: told.rows("shipment")[1][c] for c in ("from_party", "shipment", "item")}
    came = {"to_party": UNHEARD, "delivered_at": at(7), "packs": packs}
    told.senders["M1"]["delivery"] = [item | came]
    return told


def came_on(sent: str) -> Told:
    """Of three packs that came there by count one was sent on, two were given, and none was found."""
    told = sent_there(**BY_COUNT, packs="3")
    told.rows("lot")[-1]["amount"] = "4"
    blank = dict.fromkeys(told.rows("shipment")[0], "")
    named = {"from_party": UNHEARD, "shipment": "ON", "item": "1"}
    went = {"to_party": "H1", "shipped_at": at(8), "gtin": GTIN, "packs": sent, "kind": "transfer"}
    told.rows("shipment").append(blank | named | went | BY_COUNT)
    told.senders["H1"]["delivery"] = [
        named | {"to_party": "H1", "delivered_at": at(8), "packs": "1"}
    ]
    counted = {"party": UNHEARD, "stocktake": "ST", "item": "1", "counted_at": at(9)}
    told.senders["H1"]["stock_count"] = [counted | {"gtin": GTIN, "lot_number": "L1", "packs": "0"}]
    return told


def used_in_part(vials: str) -> Told:
    """Of a pack of twelve one vial was given at the hospital, and the rest by who was never heard."""
    told = sent_on()
    told.rows("pack")[1]["vials"] = vials
    told.rows("lot")[-1] |= {"amount": "2", "amount_unit": "packs"}
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "serial": "S2", "vials": "1"})
    return told


def of_an_amount(amount: str, unit: str) -> Told:
    """Nine packs of twelve were given by who was never heard, besides the one that is known."""
    told = sent_there(**BY_COUNT, packs="9")
    told.rows("lot")[-1] |= {"amount": amount, "amount_unit": unit}
    told.rows("pack").pop()
    told.rows("pack")[0]["vials"] = told.rows("administration_vial")[0]["vials"] = "12"
    return told


def applicant() -> Told:
    """Somebody was tested, and never gave."""
    told = plain()
    donors, results = told.rows("donor"), told.rows("test_result")
    donors.append({**donors[0], "donor_key": "Q77"})
    results.append({**results[0], "sample": "S5", "tested": "donor", "tested_id": "Q77"})
    return told


def in_a_register() -> Told:
    """Two keys of a donor, each joined to the one that a register gave the person."""
    told = of_one_person()
    [stated] = told.senders["M1"]["same_person"]
    told.senders["M1"]["same_person"] = [
        {**stated, "statement": key, "one_key": key, "other_key": "REG1"} for key in ("P1", "P1K")
    ]
    return told


def at_home() -> Told:
    """A pack was shipped to a patient's home, and the hospital gave it there."""
    told = of_both()
    told.rows("party").append({"party_id": "HOME1", "kind": "patient_home", "name": "HOME1"})
    told.rows("shipment")[1]["to_party"] = "HOME1"
    return told


# --- slips ----------------------------------------------------------------------------------------

OF_ALBUMIN: dict[Asked, int] = {("lot", "SU/EX1/external"): 1}
OF_BULK: dict[Asked, int] = {("lot", "M1/BU1/bulk"): 1, ("donor", "P1"): 1, ("kit_lot", "K1"): 1}
FOUR: dict[Asked, int] = {("lot", LOT): 4}
THREE: dict[Asked, int] = {("lot", LOT): 3}
OF_A_DOZEN: dict[Asked, int] = {("lot", LOT): 13}
DOZENS: dict[Asked, int] = {("lot", LOT): 120}
SLIPS = (
    *(
        Slip(f"bought, told as {named}", partial(with_albumin, **named), OF_ALBUMIN, with_albumin)
        for named in (
            {"from_number": "nobody-77"},
            {"from_number": "ex1"},
            {"from_manufacturer": "SUP"},
            {"from_manufacturer": "M1"},
        )
    ),
    Slip(
        "of its own bulk, told as bought",
        partial(of_own_bulk, "external"),
        OF_BULK,
        partial(of_own_bulk, "bulk"),
    ),
    *(
        Slip(
            f"treated to {product}, from {number!r}",
            partial(treated, number, product, step),
            OF_BULK,
            partial(treated, "BU1", product),
        )
        for number, product, step in (
            ("", "IGB", "bulk"),
            ("", "IGB-SD", "bulk"),
            ("BU1", "IGB", "external"),
        )
    ),
    Slip("given or not", partial(infused, ""), {("lot", LOT): 1, ("pack", f"{GTIN}/S1"): 1}, plain),
    Slip(
        "another maker's, perhaps", partial(of_one_number, GTIN), {("lot", LOT): 1}, of_one_number
    ),
    *(
        Slip(f"of either maker, {asked[1]}, by {of_it}", partial(told, **of_it), {asked: 1}, told)
        for asked in (("lot", LOT), ("donation", "D1"), ("trace patient", "PAT1"))
        for told, of_it in (
            (of_either, {"lot": ""}),
            (of_either, {"line": ""}),
            (of_either, {"lot": "", "serial": "S1"}),
            (of_either_in_a_bag, {"line": ""}),
        )
    ),
    *(
        Slip(
            f"packed anew, from {number!r}", partial(reworked, number), TWO, partial(reworked, "L1")
        )
        for number in ("", "nobody-77")
    ),
    *(
        Slip(
            f"keys of a {whose}, told of a {kind}",
            partial(of_one_person, whose, kind=kind),
            {asked: 2},
            partial(of_one_person, whose),
        )
        for whose, kind, asked in (
            ("donor", "patient", ("donor", "P1")),
            ("patient", "donor", ("trace patient", "PAT1")),
        )
    ),
    *(
        Slip(f"{kind}, and sent on", partial(ended_before, kind), TWO)
        for kind in ("lost", "destroyed")
    ),
    *(Slip(f"of three {came} came", partial(arrived, came), FOUR) for came in ("1", "0", "3")),
    *(Slip(f"of {sent} sent on one came", partial(came_on, sent), THREE) for sent in ("1", "3")),
    *(
        Slip(f"of a pack of {vials!r} one was given", partial(used_in_part, vials), OF_A_DOZEN)
        for vials in ("12", "", "0")
    ),
    *(
        Slip(f"of {amount} {unit}", partial(of_an_amount, amount, unit), DOZENS)
        for amount, unit in (("10", "packs"), ("10", "vials"), ("1", "packs"))
    ),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_the_truth_is_within_and_what_may_change_it_is_said(
    lots_settings: Settings, slip: Slip
) -> None:
    holds_the_truth(lots_settings, slip)


@pytest.mark.parametrize("slip", [s for s in SLIPS if s.whole], ids=lambda slip: slip.name)
def test_without_the_slip_the_same_is_known_for_sure(lots_settings: Settings, slip: Slip) -> None:
    is_known_for_sure(lots_settings, slip)


def test_what_was_given_under_another_label_may_be_what_was_prepared(
    lots_settings: Settings,
) -> None:
    """The bag's vial is on an infusion's line, or it is not."""
    with world(received(lots_settings, of_another_lot(serial="NEW77"))) as connection:
        bounds = ask(connection, "lot", LOT).bounds
    for figure in ("given", "prepared_only"):
        assert (bounds[figure].least, bounds[figure].most) == (0, 1), figure


def test_of_more_given_than_was_prepared_either_may_be_wrong(lots_settings: Settings) -> None:
    """A bag of one vial, of which an infusion tells two."""
    told = Told()
    told.rows("administration_vial")[0] |= {"gtin": "", "serial": "", "vials": "2"}
    with world(received(lots_settings, told)) as connection:
        given = ask(connection, "lot", LOT).bounds["given"]
    assert (given.least, given.most) == (1, 2)


@pytest.mark.parametrize(
    ("told", "asked", "given"),
    [
        (applicant, ("kit_lot", "K1"), 1),
        (with_albumin, ("lot", "SU/EX1/external"), 1),
        (in_a_register, ("donor", "P1"), 2),
        (at_home, ("lot", LOT), 2),
        (at_home, ("pack", f"{GTIN}/S2"), 1),
    ],
)
def test_what_is_usual_leaves_nothing_open(
    lots_settings: Settings, told: Callable[[], Told], asked: Asked, given: int
) -> None:
    """A donor who only applied is known by a record, a bought lot by its own, a register's key by its other
    statement; and a home where no pack is left has nothing to tell.
    """
    with world(received(lots_settings, told())) as connection:
        found = ask(connection, *asked)
        assert found.certificate.complete
        assert (found.bounds["given"].least, found.bounds["given"].most) == (given, given)


def test_a_home_where_a_pack_is_left_has_not_been_heard(lots_settings: Settings) -> None:
    """Nobody tells what became of the pack there."""
    told = plain()
    told.rows("party").append({"party_id": "HOME1", "kind": "patient_home", "name": "HOME1"})
    told.rows("shipment")[1]["to_party"] = "HOME1"
    with world(received(lots_settings, told)) as connection:
        found = ask(connection, "lot", LOT)
    assert [(one.sender, one.packs) for one in found.certificate.not_heard] == [("HOME1", 1)]
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 2)
