"""Where a pack may be besides: what nobody knows to be the last word of it hides no party that may have
used it unheard. Of the small world's two packs the first was given at the hospital, the second by a
party of which nothing was ever heard.
"""

from functools import partial

import pytest

from lots.settings import Settings
from tests.integration.losses import ask, world
from tests.integration.small_world import GTIN, Row, Told, at
from tests.integration.test_one_slip import LOT, Asked, Slip, of_two_donations, plain, received

UNHEARD = "H9"
CASE = "340123450000000017"
BY_COUNT = {"serial": "", "lot_number": "L1"}


def strange(told: Told) -> Told:
    """The party of which nothing is heard."""
    told.rows("party").append({"party_id": UNHEARD, "kind": "pharmacy", "name": UNHEARD})
    return told


def sent_there(**shipped: str) -> Told:
    """The second pack was shipped to it at once."""
    told = strange(plain())
    told.rows("shipment")[1] |= {"to_party": UNHEARD, **shipped}
    return told


def sent_on(**shipped: str) -> Told:
    """The hospital sent the second pack on to it."""
    told = strange(plain())
    blank = dict.fromkeys(told.rows("shipment")[0], "")
    named = {"from_party": "H1", "shipment": "ON", "item": "1", "kind": "transfer"}
    pack = {"gtin": GTIN, "serial": "S2", "packs": "1"}
    went = {"to_party": UNHEARD, "shipped_at": at(9)}
    told.rows("shipment").append(blank | named | pack | went | shipped)
    return told


def counted_before(*counts: Row, **shipped: str) -> Told:
    """And counted it before that."""
    told = sent_on(**shipped)
    named = {"party": "H1", "stocktake": "ST", "item": "1", "gtin": GTIN, "serial": "S2"}
    counted = named | {"packs": "1", "counted_at": at(8)}
    told.senders["H1"]["stock_count"] = [counted | count for count in counts or ({},)]
    return told


def came_back_before(*ends: Row, **shipped: str) -> Told:
    """And it had come back to it before that."""
    told = sent_on(**shipped)
    named = {"party": "H1", "fate": "F1", "kind": "returned", "gtin": GTIN, "serial": "S2"}
    back = named | {"vials": "1", "fit": "yes", "at": at(8)}
    told.senders["H1"]["vial_fate"] = [back | end for end in ends or ({},)]
    return told


def sent_twice(**said: str) -> Told:
    """Of the first of its shipments another version is told."""
    told = sent_on()
    told.rows("shipment").append({**told.rows("shipment")[1], **said})
    return told


def arrived(to: str, **shipped: str) -> Told:
    """It arrived there, though it was sent to the hospital."""
    told = strange(plain())
    sent = told.rows("shipment")[1]
    sent |= shipped
    came = {c: sent[c] for c in ("from_party", "shipment", "item")}
    came |= {"to_party": to, "delivered_at": at(7), "packs": "1"}
    told.senders["M1"]["delivery"] = [came]
    return told


def used_in_part(record: str) -> Told:
    """Of a dozen vials one was used at the hospital, or all were prepared and none given; then the pack
    was sent on.
    """
    told = sent_on()
    told.rows("pack")[1]["vials"] = "12"
    told.rows("lot")[-1] |= {"amount": "2", "amount_unit": "packs"}
    if record == "dispensing":
        line = {"pharmacy": "H1", "dispensing": "DI2", "to_kind": "ward", "dispensed_at": at(7)}
        told.senders["H1"][record] = [line | {"gtin": GTIN, "serial": "S2", "vials": "1"}]
        return told
    status, vials = ("given", "1") if record == "administration" else ("not_given", "12")
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append(infusions[0] | {"administration": "A2", "patient_key": "P2", "status": status})
    lines.append(lines[0] | {"administration": "A2", "serial": "S2", "vials": vials})
    return told


def of_no_lot(column: str) -> Told:
    """The second pack's record does not say of which lot it is."""
    told = sent_there()
    told.rows("pack")[1][column] = ""
    return told


def in_a_mixed_case(lot_number: str) -> Told:
    """A case of one pack of each of two lots was shipped there, by its own number and a lot's."""
    told = strange(of_two_donations("P9"))
    for record in ("administration", "administration_vial", "shipment"):
        told.rows(record).pop()
    content = {"sscc": CASE, "gtin": GTIN, "packs": "1", "packed_at": at(5)}
    told.senders["M1"]["package_content"] = [
        content | {"item": str(n), "lot_number": lot} for n, lot in enumerate(("L1", "K9"))
    ]
    by = {"to_party": UNHEARD, "gtin": "", "serial": "", "lot_number": lot_number, "sscc": CASE}
    told.rows("shipment")[1] |= by
    return told


def three_by_count(*delivered: str) -> Told:
    """Three packs were shipped there by count; of their delivery several numbers are told."""
    told = sent_there(**BY_COUNT, packs="3")
    told.rows("lot")[-1]["amount"] = "4"
    sent = told.rows("shipment")[1]
    came = {c: sent[c] for c in ("from_party", "shipment", "item")}
    came |= {"to_party": UNHEARD, "delivered_at": at(7)}
    told.senders["M1"]["delivery"] = [came | {"packs": packs} for packs in delivered]
    return told


def three_and_sent_on(*packs: str) -> Told:
    """Three packs were shipped there by count, it sent some on, of which several numbers are told, and
    counted none.
    """
    told = sent_there(**BY_COUNT, packs="3")
    told.rows("lot")[-1]["amount"] = "4"
    counted = {"party": UNHEARD, "stocktake": "ST", "item": "1", "packs": "0", "counted_at": at(9)}
    on = dict.fromkeys(told.rows("shipment")[0], "")
    on |= {"from_party": UNHEARD, "shipment": "ON", "item": "1", "kind": "transfer"}
    on |= {"to_party": "H1", "shipped_at": at(8), "gtin": GTIN} | BY_COUNT
    told.rows("shipment").extend(on | {"packs": n} for n in packs)
    told.senders["H1"]["stock_count"] = [counted | {"gtin": GTIN} | BY_COUNT]
    return told


BOTH: dict[Asked, int]
A_DOZEN: dict[Asked, int]
BOTH, A_DOZEN = {("lot", LOT): 2}, {("lot", LOT): 13}
S2 = ("pack", f"{GTIN}/S2")
LATE, UNKNOWN = at(10), "soon"
SLIPS = (
    Slip("sent on", sent_on, BOTH | {S2: 1}),
    Slip("sent on, nobody knows when", partial(sent_on, shipped_at=""), BOTH | {S2: 1}),
    Slip("counted, and sent on nobody knows when", partial(counted_before, shipped_at=""), BOTH),
    Slip("a count of two times", partial(counted_before, {}, {"counted_at": LATE}), BOTH),
    Slip("back, and sent on nobody knows when", partial(came_back_before, shipped_at=""), BOTH),
    Slip("back nobody knows when", partial(came_back_before, {"at": ""}), BOTH),
    Slip("ended nobody knows how", partial(came_back_before, {"kind": "retourniert"}), BOTH),
    Slip("back at two times", partial(came_back_before, {}, {"at": LATE}), BOTH),
    Slip("first sent at two times", partial(sent_twice, shipped_at=LATE), BOTH),
    Slip("first sent nobody knows when", partial(sent_twice, shipped_at=UNKNOWN), BOTH),
    Slip("arrived elsewhere", partial(arrived, UNHEARD), BOTH | {S2: 1}),
    Slip("arrived nobody knows where", partial(arrived, ""), BOTH | {S2: 1}),
    Slip("by count, nobody knows where", partial(arrived, "UNKNOWN", **BY_COUNT), BOTH),
    *(
        Slip(f"used in part, {record}", partial(used_in_part, record), A_DOZEN)
        for record in ("administration", "not given")
    ),
    *(Slip(f"of no {c}", partial(of_no_lot, c), BOTH) for c in ("lot_number", "manufacturer")),
    Slip("in a case", partial(in_a_mixed_case, ""), {("lot", "M1/K9/packed"): 1}),
    Slip("in another's case", partial(in_a_mixed_case, "L1"), {("lot", "M1/K9/packed"): 1}),
    Slip("of one or three that came", partial(three_by_count, "1", "3"), {("lot", LOT): 4}),
    Slip("of three less one or three", partial(three_and_sent_on, "1", "3"), {("lot", LOT): 3}),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_whoever_may_have_it_may_have_used_it(lots_settings: Settings, slip: Slip) -> None:
    with world(received(lots_settings, slip.told())) as connection:
        for asked, given in slip.given.items():
            found = ask(connection, *asked)
            least, most = found.bounds["given"].least, found.bounds["given"].most
            assert least <= given, asked
            assert most is None or given <= most, asked
            assert not found.certificate.complete, asked


def test_what_was_dispensed_in_part_and_sent_on_stands_at_both(lots_settings: Settings) -> None:
    with world(received(lots_settings, used_in_part("dispensing"))) as connection:
        (silent,) = ask(connection, "lot", LOT).certificate.not_heard
    assert (silent.sender, silent.packs, silent.vials) == (UNHEARD, 1, 12)


@pytest.mark.parametrize(
    "told",
    [
        partial(counted_before, {"counted_at": at(10)}),
        partial(came_back_before, {"at": at(10)}),
        partial(came_back_before, {"kind": "destroyed", "at": ""}),
        partial(sent_twice, packs="2"),
    ],
    ids=["counted after", "back after", "destroyed", "the first of two numbers"],
)
def test_what_is_surely_the_last_word_hides_no_other(
    lots_settings: Settings, told: partial[Told]
) -> None:
    """Where the pack is by it, and nowhere else: the stranger has it, or does not."""
    with world(received(lots_settings, told())) as connection:
        found = ask(connection, "lot", LOT).certificate.not_heard
    there = told.func is sent_twice
    assert [(one.sender, one.packs) for one in found] == [(UNHEARD, 1 if there else 0)]
