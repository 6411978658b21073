"""One slip in what was told of a small world, of a kind that no drawn world makes: the truth lies within
the bounds, and an answer that it may change is not called complete.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from lots.pipeline.link import link_entries
from lots.pipeline.period import Period
from lots.settings import Settings
from tests.builders import NOW, admit, table, write
from tests.integration.losses import ask, world
from tests.integration.small_world import GTIN, OTHER, Row, Told, at

LOT = "M1/L1/packed"
THIRD = "09506000143002"
CORRECTED = {"correction": "1", "corrected_by": "QA", "correction_reason": "slip"}
FROM_12, TO_11 = Period(since=date(2026, 1, 12)), Period(until=date(2026, 1, 11))
Asked = tuple[str, str] | tuple[str, str, Period]  # by kind and name, and in which days


@dataclass(frozen=True)
class Slip:
    """A world with a slip, and how many vials were given in truth, by what is asked; whole: the same
    without the slip.
    """

    name: str
    told: Callable[[], Told]
    given: dict[Asked, int]
    whole: Callable[[], Told] | None = None


# --- worlds ---------------------------------------------------------------------------------------


def plain() -> Told:
    """Of two packs of a vial one was given; nothing else was told of them at the hospital."""
    told = Told()
    for record in ("dispensing", "reconstitution", "reconstitution_vial", "treatment_order"):
        told.senders["H1"].pop(record)
    told.rows("administration")[0].pop("treatment_order")
    told.rows("administration_vial")[0] |= {"preparation": "", "vials": "1"}
    return told


def of_two_donations(donor: str = "P1") -> Told:
    """Another donation, its unit, pool and lot, of which the one pack was given to somebody else."""
    told = Told()
    more: dict[str, Row] = {
        "donation": {"donation_number": "D9", "donor_key": donor},
        "plasma_unit": {"unit": "U9", "donation_number": "D9"},
        "pool": {"pool_number": "PO9"},
        "pool_unit": {"pool_number": "PO9", "unit": "U9"},
        "lot": {"lot_number": "K9", "amount": "1"},
        "lot_input": {"lot_number": "K9", "from_number": "PO9", "from_step": "pool"},
        "pack": {"serial": "NEW77", "lot_number": "K9"},
        "shipment": {"item": "9", "serial": "NEW77"},
        "administration": {"administration": "A9", "patient_key": "PAT9", "treatment_order": ""},
        "administration_vial": {"administration": "A9", "serial": "NEW77", "preparation": ""},
    }
    for record, values in more.items():
        told.rows(record).append({**told.rows(record)[-1], **values})
    if donor != "P1":
        told.rows("donor").append({**told.rows("donor")[0], "donor_key": donor})
    return told


def of_one_person(record: str = "donor", **said: str) -> Told:
    """Two donations, or two infusions, of one person under two keys, which a statement joins."""
    told = of_two_donations("P1K")
    one, other, sender = ("P1", "P1K", "M1") if record == "donor" else ("PAT1", "PAT9", "H1")
    statement = {
        "party": "C1",
        "statement": "ST",
        "kind": record,
        "one_key": one,
        "other_key": other,
        "confidence": "certain",
        "stated_at": at(1),
        "status": "stated",
    }
    told.senders[sender]["same_person"] = [statement | said]
    return told


def corrected(**last: str) -> Told:
    """A line that told the first pack, then the second; and then something else."""
    told = plain()
    lines = told.rows("administration_vial")
    lines.append({**lines[0], "serial": "S2", **CORRECTED})
    lines.append({**lines[0], **last})
    return told


def told_anew(status: str) -> Told:
    """A result of one kit lot, told anew with another; of whose lot another donation was tested."""
    told = of_two_donations("P9")
    members, results = told.rows("minipool_member"), told.rows("test_result")
    members.append({**members[0], "minipool": "MP2", "member": "D9"})
    results.append({**results[0], "sample": "S9", "tested_id": "MP2", "kit_lot": "K2"})
    results.append({**results[0], "kit_lot": "K2", "status": status})
    return told


def of_a_unit(name: str) -> Told:
    """What went into the second pool was the first donation's unit; another donor's has its name."""
    told = of_two_donations("P9")
    told.rows("pool_unit")[0]["unit"] = "U5"
    told.rows("plasma_unit")[1]["unit"] = name
    told.rows("pool_unit")[1]["unit"] = name
    told.rows("plasma_unit").append({**told.rows("plasma_unit")[0], "unit": "U5"})
    return told


def after_midnight(zone: str) -> Told:
    """A donation of half past midnight where it was given, told in UTC."""
    told = of_two_donations()
    first, second = told.rows("donation")
    first["collected_at"] = "2026-01-20T10:00:00+00:00"
    second["collected_at"] = "2026-01-11T23:30:00+00:00"
    for party in told.rows("party"):
        party["zone"] = zone if party["party_id"] == "C1" else ""
    return told


def lot_of(told: Told, number: str, step: str, product: str, **more: str) -> Row:
    blank = {"gtin": "", "amount": "", "amount_unit": ""}
    named = {"lot_number": number, "step": step, "product": product}
    return {**told.rows("lot")[0], **blank, **named, **more}


def made_of(
    number: str, step: str, of: str, of_step: str, by: str = "M1", maker: str = "M1"
) -> Row:
    out = {"manufacturer": by, "lot_number": number, "step": step}
    return {**out, "from_manufacturer": maker, "from_number": of, "from_step": of_step}


PACKED = {"gtin": GTIN, "amount": "2", "amount_unit": "vials"}


def made(*lots: Row, inputs: list[Row]) -> Told:
    """Lots that were made so, the packs and the line of the last of them."""
    told = Told()
    maker = told.senders["M1"]
    for record in ("lyophilisation", "lyophilisation_load"):
        maker.pop(record)
    maker["lot"], maker["lot_input"] = list(lots), inputs
    for pack in told.rows("pack"):
        pack |= {"lot_number": lots[-1]["lot_number"], "manufacturer": lots[-1]["manufacturer"]}
    told.rows("dispensing")[0]["lot_number"] = lots[-1]["lot_number"]
    return told


def of_two_makers(from_number: str) -> Told:
    """A bulk that another maker went on with."""
    usual = Told()
    lots = (
        lot_of(usual, "BU1", "bulk", "IGB"),
        lot_of(usual, "X77", "bulk", "IGB", manufacturer="M2"),
        lot_of(usual, "ZZ5", "packed", "IGB", manufacturer="M2", **PACKED),
    )
    told = made(
        *lots,
        inputs=[
            made_of("BU1", "bulk", "PO1", "pool"),
            made_of("X77", "bulk", from_number, "bulk", "M2"),
            made_of("ZZ5", "packed", "X77", "bulk", "M2", "M2"),
        ],
    )
    told.rows("party").append({"party_id": "M2", "kind": "plant", "name": "M2"})
    return told


def of_two_products(from_lot: str) -> Told:
    """A bulk is called otherwise than what is filled of it."""
    usual = Told()
    lots = (
        lot_of(usual, "BU1", "bulk", "IGB"),
        lot_of(usual, "BU2", "bulk", "IGB"),
        lot_of(usual, "FI7", "filled", "IG10"),
        lot_of(usual, "GH3", "filled", "IG10"),
        lot_of(usual, "ZZ5", "packed", "IG10", **PACKED),
    )
    inputs = [made_of(number, "bulk", "PO1", "pool") for number in ("BU1", "BU2")]
    inputs.append(made_of("ZZ5", "packed", "FI7", "filled"))
    told = made(*lots, inputs=inputs)
    run = {"plant": "M1", "batch": "FB1", "fill_line": "FL1", "filter_lot": "SF1"}
    ends = {"started_at": at(4), "ended_at": at(4), "vials_filled": "2"}
    load = {"from_lot_number": from_lot, "lot_number": "FI7", "vials": "2"}
    other = {"from_lot_number": "BU2", "lot_number": "GH3"}
    told.senders["M1"]["filling"] = [run | ends]
    told.senders["M1"]["filling_load"] = [
        {"plant": "M1", "batch": "FB1", **one} for one in (load, {**load, **other})
    ]
    return told


def of_two_treated(from_lot: str, batch: str = "SD1") -> Told:
    """Two products in one treatment, the second of which was in another one, too."""
    usual = Told()
    lots = (
        *(lot_of(usual, number, "bulk", "IGA") for number in ("BU1", "BU1SD")),
        *(lot_of(usual, number, "bulk", "IGB") for number in ("X77", "X78", "YSD")),
        lot_of(usual, "KK3", "packed", "IGB", **PACKED),
    )
    inputs = [made_of(number, "bulk", "PO1", "pool") for number in ("BU1", "X77", "X78")]
    told = made(*lots, inputs=[*inputs, made_of("KK3", "packed", "YSD", "bulk")])
    run = {"plant": "M1", "process_version": "1", "detergent_lot": "DT1", "prefilter_lot": "PF1"}
    ends = {"started_at": at(4), "ended_at": at(4)}
    told.senders["M1"]["viral_inactivation"] = [
        {**run, "batch": one, "solvent_lot": solvent, **ends}
        for one, solvent in (("SD1", "SUP"), ("SD2", "SV2"))
    ]
    told.senders["M1"]["viral_inactivation_load"] = [
        {"plant": "M1", "batch": one, "from_lot_number": of, "from_step": "bulk", "lot_number": out}
        | {"step": "bulk"}
        for one, of, out in (
            ("SD1", "BU1", "BU1SD"),
            (batch, from_lot, "YSD"),
            ("SD2", "X78", "YSD"),
        )
    ]
    return told


def under_another_gtin(gtin: str, **packed: str) -> Told:
    """A lot is sold under two GTINs, and a pack of each was given."""
    told = plain()
    told.rows("pack")[1] |= {"gtin": gtin, "serial": "ZQ81XK"} | packed
    told.rows("shipment")[1] |= {"gtin": OTHER, "serial": "ZQ81XK"}
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "gtin": OTHER, "serial": "ZQ81XK"})
    return told


def relabelled(serial: str, gtin: str) -> Told:
    """A pack became one of another lot at its maker, and went on to who was never heard, and gave it."""
    told = of_two_donations("P9")
    told.rows("pack")[-1]["gtin"] = told.rows("lot")[-1]["gtin"] = OTHER
    for record in ("administration", "administration_vial", "shipment"):
        told.rows(record).pop()
    old, new = {"gtin": GTIN, "serial": "S2"}, {"new_gtin": OTHER, "new_serial": "NEW77"}
    told.senders["M1"]["relabelling"] = [old | new | {"party": "M1", "relabelled_at": at(5)}]
    told.rows("party").append({"party_id": "H9", "kind": "pharmacy", "name": "H9"})
    told.rows("shipment")[1] |= {"to_party": "H9", "serial": serial, "gtin": gtin}
    return told


def became() -> Told:
    """A ward made a pack of another lot one of the first, under a GTIN that only its record, which has
    not come, would tell.
    """
    told = of_two_donations("P9")
    told.rows("pack")[-1]["gtin"] = told.rows("lot")[-1]["gtin"] = OTHER
    told.rows("shipment")[-1]["gtin"] = OTHER
    old, new = {"gtin": OTHER, "serial": "NEW77"}, {"gtin": THIRD, "serial": "ZQ81XK"}
    later = {"new_gtin": THIRD, "new_serial": "ZQ81XK", "party": "H1", "relabelled_at": at(7)}
    told.senders["H1"]["relabelling"] = [old | later]
    told.rows("administration_vial")[-1] |= new
    return told


def bought(step: str) -> Told:
    """Of the donation another maker made a bulk, and the first packed it: by its own step, or as bought."""
    told = plain()
    told.rows("pool")[0]["plant"] = told.rows("pool_unit")[0]["plant"] = "M2"
    told.rows("party").append({"party_id": "M2", "kind": "plant", "name": "M2"})
    bulk = {"manufacturer": "M2", "lot_number": "BU1", "step": "bulk", "gtin": "", "product": "IGB"}
    told.rows("lot").insert(0, {**told.rows("lot")[0], **bulk})
    pooled = {"from_manufacturer": "M2", "from_number": "PO1", "from_step": "pool"}
    inputs = told.rows("lot_input")
    inputs.insert(
        0, {**inputs[0], "manufacturer": "M2", "lot_number": "BU1", "step": "bulk", **pooled}
    )
    inputs[1] |= {"from_manufacturer": "M2", "from_number": "BU1", "from_step": step}
    if step == "external":
        lot = {"supplier": "M2", "lot_number": "BU1", "kind": "bulk", "product": "IGB"}
        told.senders["M1"]["external_lot"] = [lot | {"donor_data_holder": "M2"}]
    return told


def for_two_markets(from_number: str) -> Told:
    """A dried lot was packed as two products, and a pack of each was given."""
    told = of_two_donations()
    for record in ("donation", "plasma_unit", "pool", "pool_unit"):
        told.rows(record).pop()
    packed = {"lot_number": "KZ4", "product": "IVIG-US", "gtin": OTHER}
    told.rows("lot")[-1] |= packed
    made_of = {"lot_number": "KZ4", "from_number": from_number, "from_step": "dried"}
    told.rows("lot_input")[-1] |= made_of
    for record in ("pack", "shipment", "administration_vial"):
        told.rows(record)[-1] |= {"gtin": OTHER, "serial": "ZQ81XK"}
    told.rows("pack")[-1]["lot_number"] = "KZ4"
    return told


def of_another_plant(plant: str) -> Told:
    """Two units were poured into one pool; another plant makes something else."""
    told = of_two_donations("P9")
    told.rows("pool_unit")[1] |= {"plant": plant, "pool_number": "PO1"}
    other = {"plant": "M2", "pool_number": "PO9"}
    told.rows("pool")[1] |= other
    told.rows("pool_unit").append({**told.rows("pool_unit")[0], **other, "unit": "U8"})
    for record in ("lot", "lot_input", "pack"):
        told.rows(record)[-1]["manufacturer"] = "M2"
    told.rows("lot_input")[-1]["from_manufacturer"] = "M2"
    return told


def of_three(vials: str) -> Told:
    """The first pack holds three vials, and all were given."""
    told = plain()
    told.rows("pack")[0]["vials"] = "3"
    told.rows("lot")[-1]["amount"] = "4"
    told.rows("administration_vial")[0]["vials"] = vials
    return told


def bag_of_three(vials: str) -> Told:
    """The same, prepared in a bag that was given by its number alone."""
    told = Told()
    told.rows("pack")[0]["vials"] = "3"
    told.rows("lot")[-1]["amount"] = "4"
    told.rows("dispensing")[0]["vials"] = told.rows("reconstitution_vial")[0]["vials"] = "3"
    told.rows("administration_vial")[0] |= {"gtin": "", "serial": "", "vials": vials}
    return told


def of_one_bag(vials: str) -> Told:
    """Beside the first pack's vial three of another lot were put into its bag: two of these were given."""
    told = of_two_donations("P9")
    told.rows("pack")[-1]["vials"] = told.rows("lot")[-1]["amount"] = "3"
    told.rows("administration").pop()
    told.rows("administration_vial").pop()
    told.rows("administration_vial")[0] |= {"gtin": "", "serial": "", "vials": "2"}
    put = told.rows("reconstitution_vial")
    put.append({**put[0], "item": "2", "serial": "NEW77", "vials": vials})
    return told


def of_another_lot(**label: str) -> Told:
    """What was given of a bag is told with another label than what was put into it."""
    told = of_two_donations("P9")
    told.rows("administration").pop()
    told.rows("administration_vial").pop()
    told.rows("administration_vial")[0] |= label
    return told


def at_a_stranger(**shipped: str) -> Told:
    """Packs came to who was never heard, and gave all of them."""
    told = plain()
    told.rows("party").append({"party_id": "H9", "kind": "pharmacy", "name": "H9"})
    told.rows("shipment")[1] |= {"to_party": "H9", **shipped}
    told.rows("lot")[-1]["amount"] = "4"
    return told


def in_a_case(**content: str) -> Told:
    """They came in a case."""
    told = at_a_stranger(gtin="", serial="", sscc=CASE)
    packed = {"sscc": CASE, "item": "1", "gtin": GTIN, "packed_at": at(5)}
    told.senders["M1"]["package_content"] = [packed | content]
    return told


def counted_there(**count: str) -> Told:
    """Who was never heard counted what came by lot and count, and gave all that is not there."""
    told = at_a_stranger(**BY_LOT, packs="3")
    counted = {"party": "H9", "stocktake": "ST", "item": "1", "gtin": GTIN, "lot_number": "L1"}
    told.senders["H9"] = {"stock_count": [counted | {"packs": "1", "counted_at": at(9)} | count]}
    return told


def of_an_untold_size() -> Told:
    """One vial of a pack of twelve was told as given, where all were, before its hospital was heard."""
    told = heard_since("2026-11-20T00:00Z")
    told.rows("pack")[0]["vials"] = ""
    told.rows("lot")[-1] |= {"amount": "2", "amount_unit": "packs"}
    return told


def of_an_untold_lot() -> Told:
    """Ten vials more were given, of a lot of the same pool of which nobody told."""
    told = of_both()
    told.rows("administration_vial")[1] |= {"serial": "", "lot_number": "ZX7", "vials": ""}
    return told


def of_a_dozen(vials: str) -> Told:
    """The second pack holds twelve vials."""
    told = at_a_stranger()
    told.rows("pack")[1]["vials"] = vials
    told.rows("lot")[-1] |= {"amount": "2", "amount_unit": "packs"}
    return told


def heard_since(instant: str) -> Told:
    """The second pack was given before its hospital began to number what it sends, and never told."""
    told = plain()
    told.began["H1"] = instant
    return told


def of_both() -> Told:
    """Both packs were given."""
    told = plain()
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "serial": "S2"})
    return told


RETRACTED = {"serial": "S2", "retracted": "never_happened"}
UNSAID = {"correction": "2", "corrected_by": "QA"}
SAID = UNSAID | {"correction_reason": "x"}
OF_PACKS: tuple[Asked, Asked] = ("pack", f"{GTIN}/S1"), ("pack", f"{GTIN}/S2")
IN_DAYS: dict[Asked, int] = {
    ("donor", "P1", FROM_12): 2,
    ("centre", "C1", FROM_12): 2,
    ("donor", "P1", TO_11): 0,
}
OF_DRIED: dict[Asked, int] = {
    ("lot", "M1/L1/dried"): 2,
    ("lot", "M1/L1/filled"): 2,
    ("dryer", "DR1"): 2,
}
OF_K9: dict[Asked, int] = {("lot", "M1/K9/packed"): 1, ("donation", "D9"): 1}
OF_BULK: dict[Asked, int] = {("lot", "M1/BU1/bulk"): 1, ("donor", "P1"): 1}
OF_SD: dict[Asked, int] = {("sd_batch", "SD1"): 1, ("reagent_lot", "SUP"): 1}
OF_THREE: dict[Asked, int] = {("lot", LOT): 3, OF_PACKS[0]: 3, ("trace patient", "PAT1"): 3}
OF_THREE_BY_BAG: dict[Asked, int] = {("lot", LOT): 3, ("trace patient", "PAT1"): 3}
OF_ITS_BAG: dict[Asked, int] = {
    ("lot", LOT): 1,
    ("lot", "M1/K9/packed"): 0,
    OF_PACKS[0]: 1,
    ("pack", f"{GTIN}/NEW77"): 0,
    ("donor", "P1"): 1,
    ("trace patient", "PAT1"): 1,
}
BY_LOT = {"serial": "", "lot_number": "L1"}
ALL: dict[Asked, int] = {("lot", LOT): 4}
OF_A_DOZEN: dict[Asked, int] = {("lot", LOT): 13}
CASE = "340123450000000017"
STRANGE = {"serial": "nobody-77"}
TWO: dict[Asked, int] = {("lot", LOT): 2}
SLIPS = (
    *(
        Slip(
            f"keys of a {whose} joined, {column} {text!r}",
            partial(of_one_person, whose, **{column: text}),
            {asked: 2},
            partial(of_one_person, whose),
        )
        for whose, asked in (("donor", ("donor", "P1")), ("patient", ("trace patient", "PAT1")))
        for column, text in (("kind", ""), ("status", "ok"))
    ),
    *(
        Slip(
            f"corrected back, with {last}",
            partial(corrected, **last),
            {OF_PACKS[0]: 1, OF_PACKS[1]: 0},
            partial(corrected, **SAID, position="1"),
        )
        for last in (UNSAID | {"position": "1"}, SAID | {"correction": "two", "position": "1"})
    ),
    *(
        Slip(f"taken back, with {last}", partial(corrected, **last), {("lot", LOT): 0})
        for last in (RETRACTED, RETRACTED | UNSAID, RETRACTED | SAID)
    ),
    *(
        Slip(
            f"tested anew, status {status!r}",
            partial(told_anew, status),
            {("kit_lot", "K2"): 2},
            partial(told_anew, "corrected"),
        )
        for status in ("", "final/corr.")
    ),
    *(
        Slip(f"a unit {name!r}", partial(of_a_unit, name), {("donor", "P1"): 2, ("donor", "P9"): 0})
        for name in ("UNKNOWN", "0000")
    ),
    *(
        Slip(
            f"in the zone {zone!r}",
            partial(after_midnight, zone),
            IN_DAYS,
            partial(after_midnight, "Europe/Berlin"),
        )
        for zone in ("", "Europe/Berln")
    ),
    Slip("handed on", partial(of_two_makers, ""), OF_BULK, partial(of_two_makers, "BU1")),
    Slip("filled", partial(of_two_products, ""), OF_BULK, partial(of_two_products, "BU1")),
    Slip("treated", partial(of_two_treated, ""), OF_SD, partial(of_two_treated, "X77")),
    Slip("treated in N/A", partial(of_two_treated, "X77", "N/A"), OF_SD),
    Slip(
        "under a second GTIN",
        partial(under_another_gtin, "09506000134360"),
        {("lot", LOT): 2, ("donation", "D1"): 2},
        partial(under_another_gtin, OTHER),
    ),
    *(
        Slip(
            f"under a second GTIN, without a {column}",
            partial(under_another_gtin, OTHER, **{column: ""}),
            {("lot", LOT): 2, ("donation", "D1"): 2},
        )
        for column in ("manufacturer", "lot_number")
    ),
    *(
        Slip(f"{what}, vials {vials!r}", partial(made_of, vials), given, partial(made_of, "3"))
        for what, made_of, given in (
            ("given", of_three, OF_THREE),
            ("given of a bag", bag_of_three, OF_THREE_BY_BAG),
        )
        for vials in ("", "3 St.", "0")
    ),
    *(
        Slip(f"shipped, packs {packs!r}", partial(at_a_stranger, **BY_LOT, packs=packs), ALL)
        for packs in ("", "3 ctn", "0", "3")
    ),
    Slip("in a case, by lot and count", partial(in_a_case, lot_number="L1", packs="3"), ALL),
    Slip("in a case, of a serial nobody knows", partial(in_a_case, **STRANGE), TWO),
    *(
        Slip(f"shipped with {shipped}", partial(at_a_stranger, **shipped), TWO)
        for shipped in ({"item": "x"}, STRANGE, {"serial": ""})
    ),
    *(
        Slip(
            f"of a bag, told as {label}",
            partial(of_another_lot, **label),
            OF_ITS_BAG,
            of_another_lot,
        )
        for label in ({"serial": "NEW77"}, {"serial": "", "lot_number": "K9"})
    ),
    Slip("a vial of a pack of nobody knows what", of_an_untold_size, {("lot", LOT): 12}),
    Slip("of a lot that nobody told of", of_an_untold_lot, {("donation", "D1"): 11}),
    *(
        Slip(f"a pack of {vials or 'nobody knows what'}", partial(of_a_dozen, vials), OF_A_DOZEN)
        for vials in ("", "0", "12")
    ),
    *(
        Slip(
            f"given, and heard from {instant or 'nobody knows when'} on",
            partial(heard_since, instant),
            {("lot", LOT): 2, OF_PACKS[1]: 1, ("donation", "D1"): 2},
            of_both,
        )
        for instant in ("2026-11-20T00:00Z", "")
    ),
    Slip(
        "for another market", partial(for_two_markets, ""), OF_DRIED, partial(for_two_markets, "L1")
    ),
    *(
        Slip(
            f"bought, and asked as {asked[1]}",
            partial(bought, "external"),
            {asked: 1},
            partial(bought, "bulk"),
        )
        for asked in (("donor", "P1"), ("lot", "M2/BU1/bulk"), ("kit_lot", "K1"))
    ),
    Slip(
        "relabelled to a product that nobody tells",
        became,
        {("lot", LOT): 2, ("donation", "D1"): 2},
    ),
    Slip("shipped under its earlier label", partial(relabelled, "S2", GTIN), OF_K9),
    Slip("shipped under its label", partial(relabelled, "NEW77", OTHER), OF_K9),
)


def received(settings: Settings, told: Told) -> Settings:
    """What these senders told, received and linked."""
    told.send(settings, settings.home / "sent", take=admit)
    link_entries(settings, now=NOW)
    return settings


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_the_truth_is_within_and_what_may_change_it_is_said(
    lots_settings: Settings, slip: Slip
) -> None:
    holds_the_truth(lots_settings, slip)


@pytest.mark.parametrize("slip", [s for s in SLIPS if s.whole], ids=lambda slip: slip.name)
def test_without_the_slip_the_same_is_known_for_sure(lots_settings: Settings, slip: Slip) -> None:
    is_known_for_sure(lots_settings, slip)


def holds_the_truth(settings: Settings, slip: Slip) -> None:
    """Assert that what is told lies around the truth, and is called complete only where it is that."""
    with world(received(settings, slip.told())) as connection:
        for asked, given in slip.given.items():
            found = ask(connection, *asked)
            least, most = found.bounds["given"].least, found.bounds["given"].most
            assert least <= given, asked
            assert most is None or given <= most, asked
            assert not found.certificate.complete or least == given == most, asked
            if slip.whole:
                assert not found.certificate.complete, asked


def is_known_for_sure(settings: Settings, slip: Slip) -> None:
    """Assert that without the slip the truth is told."""
    assert slip.whole
    with world(received(settings, slip.whole())) as connection:
        for asked, given in slip.given.items():
            bounds = ask(connection, *asked).bounds["given"]
            assert (bounds.least, bounds.most) == (given, given), asked


def test_who_tells_what_is_above_the_packs_is_heard_from_the_donation_on(
    lots_settings: Settings,
) -> None:
    """A lot is made after its maker began to number, and the donation was given before that."""
    told = plain()
    told.began["M1"] = "2026-02-01T00:00Z"
    with world(received(lots_settings, told)) as connection:
        assert ask(connection, "lot", LOT).certificate.complete
        found = ask(connection, "donation", "D1").certificate
    assert [(one.sender, *one.reasons) for one in found.not_heard] == [
        ("M1", "it has been heard from 2026-02-01 00:00 UTC on only")
    ]


def test_a_trace_goes_up_to_what_was_made_before_its_maker_began_to_number(
    lots_settings: Settings,
) -> None:
    """A pool was pooled before its maker began to number, its lot made after that."""
    told = plain()
    told.began["M1"] = "2026-03-20T00:00Z"
    with world(received(lots_settings, told)) as connection:
        assert ask(connection, "lot", LOT).certificate.complete
        traced = ask(connection, "trace lot", LOT).certificate
    assert [(one.sender, *one.reasons) for one in traced.not_heard] == [
        ("M1", "it has been heard from 2026-03-20 00:00 UTC on only")
    ]


def test_a_unit_in_a_pool_of_another_plant_may_be_in_the_one_that_is_shown(
    lots_settings: Settings,
) -> None:
    with world(received(lots_settings, of_another_plant("M2"))) as connection:
        reasons = ask(connection, "trace lot", LOT).certificate.reasons
    assert [(one.record, str(one.sort)) for one in reasons] == [("pool", "unrecorded")]


@pytest.mark.parametrize("record", ["administration_vials", "Administration_Vial", ""])
def test_an_announced_file_of_no_known_record_may_be_of_any(
    lots_settings: Settings, record: str
) -> None:
    """The second pack's infusion is in a file that is announced and never comes."""

    def announcing(settings: Settings, *files: str, sender: str) -> None:
        if sender == "H1":
            path = Path(next(file for file in files if "transmittal" in file))
            head, *rows = path.read_text(encoding="utf-8").splitlines()
            said = dict(zip(head.split(","), rows[0].split(","), strict=True))
            said |= {"file_name": "later.csv", "record": record, "row_count": "1"}
            path.write_text("\n".join([head, *rows, ",".join(said.values())]), encoding="utf-8")
        admit(settings, *files, sender=sender)

    plain().send(lots_settings, lots_settings.home / "sent", take=announcing)
    link_entries(lots_settings, now=NOW)
    with world(lots_settings) as connection:
        found = ask(connection, "lot", LOT)
    most = found.bounds["given"].most
    assert most is None or most >= 2
    assert [(one.sender, *one.reasons) for one in found.certificate.not_heard] == [
        ("H1", "later.csv was announced and has not been accepted")
    ]


@pytest.mark.parametrize(
    ("count", "there"), [({}, ("H9", 1, 3)), ({"counted_at": "", "packs": "3"}, ("H9", 3, None))]
)
def test_what_came_before_a_count_and_was_not_found_may_have_been_given(
    lots_settings: Settings, count: Row, there: tuple[str, int, int | None]
) -> None:
    """Of three packs by count one is left, or were all when nobody knows, and what was given of them is
    not told.
    """

    def unnumbered(settings: Settings, *files: str, sender: str) -> None:
        numbered = [f for f in files if sender != "H9" or "transmittal" not in f]
        admit(settings, *numbered, sender=sender)

    counted_there(**count).send(lots_settings, lots_settings.home / "sent", take=unnumbered)
    link_entries(lots_settings, now=NOW)
    with world(lots_settings) as connection:
        found = ask(connection, "lot", LOT)
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 4)
    (silent,) = found.certificate.not_heard
    assert (silent.sender, silent.packs, silent.vials) == there


@pytest.mark.parametrize("vials", ["", "3"])
def test_of_a_bag_of_nobody_knows_how_many_no_vial_is_sure(
    lots_settings: Settings, vials: str
) -> None:
    with world(received(lots_settings, of_one_bag(vials))) as connection:
        found = ask(connection, "lot", LOT).bounds["given"]
    assert (found.least, found.most) == (0, 1)


def test_a_line_without_a_number_of_a_pack_of_one_vial_is_one(lots_settings: Settings) -> None:
    told = plain()
    told.rows("administration_vial")[0]["vials"] = ""
    with world(received(lots_settings, told)) as connection:
        found = ask(connection, "lot", LOT)
    assert found.certificate.complete
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 1)


def test_a_refused_shipment_to_who_was_heard_whole_opens_no_figure(lots_settings: Settings) -> None:
    told = plain()
    told.rows("shipment")[1]["item"] = "x"
    with world(received(lots_settings, told)) as connection:
        found = ask(connection, "lot", LOT)
    assert not found.certificate.complete
    assert not found.certificate.not_heard
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 1)


def test_an_unread_pack_of_another_lot_lets_no_line_of_its_product_in(
    lots_settings: Settings,
) -> None:
    told = under_another_gtin("09506000134360")
    told.rows("pack")[1]["lot_number"] = "L9"
    with world(received(lots_settings, told)) as connection:
        found = ask(connection, "lot", LOT).bounds["given"]
    assert (found.least, found.most) == (1, 1)


def test_of_two_zones_that_are_told_none_is_sure(lots_settings: Settings) -> None:
    told = after_midnight("Europe/Berlin")
    centre = next(row for row in told.rows("party") if row["party_id"] == "C1")
    told.rows("party").append({**centre, "zone": "America/New_York"})
    with world(received(lots_settings, told)) as connection:
        for asked, given in IN_DAYS.items():
            found = ask(connection, *asked)
            assert found.bounds["given"].least <= given <= (found.bounds["given"].most or given)
            assert not found.certificate.complete
        # By every zone it is of that week.
        found = ask(connection, "donor", "P1", Period(date(2026, 1, 9), date(2026, 1, 14)))
        assert found.bounds["given"].least == 1


def test_whose_announcements_were_refused_in_part_was_not_heard_whole(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """The rows that announce a hospital's lines name no file, and the lines never came."""

    def but_the_hospital(settings: Settings, *files: str, sender: str) -> None:
        if sender != "H1":
            admit(settings, *files, sender=sender)

    plain().send(lots_settings, lots_settings.home / "sent", take=but_the_hospital)
    counted = {"stocktake": "ST", "item": "1", "gtin": GTIN, "serial": "S2", "packs": "1"}
    count = table({}, [{"party": "H1", **counted, "counted_at": at(8)}])
    until = f"{NOW:%Y-%m-%dT%H:%MZ}"
    said = {"sender": "H1", "sequence": "1", "period_from": at(1), "period_to": until}
    of = {"file_name": "stock_count-H1.csv", "record": "stock_count", "row_count": "1"}
    lines = [
        {"file_name": "", "record": name, "row_count": "1"}
        for name in ("administration", "administration_vial")
    ]
    admit(
        lots_settings,
        write(tmp_path, "stock_count-H1.csv", count),
        write(tmp_path, "transmittal-H1.csv", table(said, [of, *lines])),
        sender="H1",
    )
    link_entries(lots_settings, now=NOW)
    with world(lots_settings) as connection:
        found = ask(connection, "lot", LOT)
    assert [(one.sender, *one.reasons) for one in found.certificate.not_heard] == [
        ("H1", "transmittal-H1.csv was refused in part: nobody knows all that it announced")
    ]
    assert found.bounds["given"].most != 0
