"""Stories of versions and of lots: rows sent twice, contradicted, corrected, made final; rework;
shared numbers.
"""

from dataclasses import replace

from synthetic.cases.planted import LOT, PACK, Node, Reached
from synthetic.cases.planter import Planter
from synthetic.cases.specimen import Specimen
from synthetic.world import making
from synthetic.world.parties import PLANT, SILENT, SUPPLIER, gs1

CORRECTED = {"correction": "1", "corrected_by": "CLERK-2", "correction_reason": "typing error"}
OTHER_GTIN = gs1("0409888200010")
SENT_TWICE = ("donation", "test_result", "pack", "dispensing", "administration_vial")


def all_of(planter: Planter, times: int) -> None:
    """Every story once; those that are about the plant's first lots only the first time."""
    for record in SENT_TWICE:
        one = planter.next(record)
        planter.sound(one)
        planter.known(one)
    contradicted(planter)
    two_lots_of_a_pack(planter)
    given_or_not(planter)
    corrected(planter)
    moved_pack(planter)
    given_after_all(planter)
    made_final(planter)
    two_labels(planter)
    unheard(planter)
    if not times:
        same_value(planter)
        reworked(planter)
        shared_number(planter)


def unheard(planter: Planter) -> None:
    """A pack for a clinic that never says anything."""
    one = planter.next("shipment")
    planter.sound(replace(one, values={**one.values, "to_party": SILENT}))


def same_value(planter: Planter) -> None:
    """The same volume written with more digits is the same content."""
    one = planter.next("donation")
    planter.sound(one)
    planter.known(one, plasma_ml=f"{one.values['plasma_ml']}.00")


def _contest(planter: Planter, one: Specimen, **changed: str) -> None:
    planter.sound(one)
    planter.sound(one.but(**changed), late=True)
    planter.ledger.contested(one.record, one.values)


def contradicted(planter: Planter) -> None:
    """Two versions, and nothing says which is right; a correction without its reason is none."""
    _contest(planter, planter.next("donation"), donor_weight_kg="63.0")
    _contest(
        planter, planter.next("donation"), plasma_ml="610", correction="1", corrected_by="CLERK-2"
    )
    _contest(planter, planter.next("test_result"), value="0.34")
    _contest(planter, planter.next("lot"), expires_on="2027-02-20")


def _lot(number: int) -> Node:
    return making.final(number, making.PACKED)


def two_lots_of_a_pack(planter: Planter) -> None:
    """A pack that two versions put into two lots: its vial reaches both."""
    one = planter.next("dispensing")
    _contest(planter, one.beside[0], lot_number=_lot(1)[1])
    way = one.reached[0]
    planter.faulty(one.but(), {}, reached=(way, Reached(_lot(1), PACK, way.state, way.patient)))


def given_or_not(planter: Planter) -> None:
    """An infusion that was given by one version, and not by the other: the worse counts."""
    one = planter.next("administration_vial")
    pack, infusion = one.beside
    planter.sound(pack)
    _contest(planter, infusion, status="not_given")
    planter.sound(one.but())


def _correct(planter: Planter, wrong: Specimen, right: Specimen) -> None:
    planter.sound(right.but(**CORRECTED), late=True)  # first, as it is the one that is judged
    planter.sound(wrong)
    planter.ledger.superseded(right.record, right.values, 1)


def corrected(planter: Planter) -> None:
    """Declared corrections: a donor who was not known, and an expiry."""
    for record, wrong in (
        ("donation", {"donor_key": "D-MISTYPED"}),
        ("lot", {"expires_on": "2026-08-20"}),
    ):
        one = planter.next(record)
        _correct(planter, one.but(**wrong), one)


def moved_pack(planter: Planter) -> None:
    """A pack that was first said to be of another lot: only the right one is reached."""
    one = planter.next("dispensing")
    pack = one.beside[0]
    _correct(planter, pack.but(lot_number=_lot(1)[1]), pack)
    planter.sound(one.but())


def given_after_all(planter: Planter) -> None:
    """An infusion that was told as not given, and was."""
    one = planter.next("administration_vial")
    pack, infusion = one.beside
    planter.sound(pack)
    _correct(planter, infusion.but(status="not_given"), infusion)
    planter.sound(one.but())


def made_final(planter: Planter) -> None:
    """Results that were preliminary, then final; one of them then corrected."""
    for statuses in (("preliminary", "final"), ("preliminary", "final", "corrected")):
        one = planter.next("test_result")
        for number, status in enumerate(statuses):
            planter.sound(one.but(status=status, value=f"0.{20 + number}"), late=number > 0)
        planter.ledger.superseded(one.record, one.values, len(statuses) - 1)


def two_labels(planter: Planter) -> None:
    """A vial whose pack is of one lot and whose row names another: both are reached."""
    one = planter.next("dispensing")
    way = one.reached[0]
    planter.faulty(
        one,
        {"lot_number": _lot(1)[1]},
        reached=(way, Reached(_lot(1), LOT, way.state, way.patient)),
    )


def reworked(planter: Planter) -> None:
    """Rework under one number: a packed lot went back into its dried lot, and another into itself."""
    for child, parent in ((making.final(0, making.DRIED), _lot(0)), (_lot(1), _lot(1))):
        one = planter.next("lot_input").but(
            manufacturer=child[0],
            lot_number=child[1],
            step=child[2],
            from_manufacturer=parent[0],
            from_number=parent[1],
            from_step=parent[2],
            amount="3",
            amount_unit="vials",
        )
        planter.sound(one)
        if child != parent:
            planter.ledger.looped(child)
            planter.ledger.looped(parent)


def shared_number(planter: Planter) -> None:
    """One lot number of two manufacturers: without its GTIN a vial reaches both lots, with it one."""
    ours = planter.next("lot")
    theirs = ours.but(manufacturer=SUPPLIER, gtin=OTHER_GTIN)
    planter.sound(ours)
    planter.sound(theirs)
    number = ours.values["lot_number"]
    for gtin, makers in (("", (PLANT, SUPPLIER)), (OTHER_GTIN, (SUPPLIER,))):
        one = planter.next("dispensing").but(gtin=gtin, serial="", lot_number=number)
        way = one.reached[0]
        ways = [
            Reached((maker, number, making.PACKED), LOT, way.state, way.patient) for maker in makers
        ]
        planter.faulty(one, {}, reached=ways)
