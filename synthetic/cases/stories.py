"""Stories of versions and lots: sent twice, contradicted, corrected, made final; rework."""

from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeded import PACK
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, OTHER, Specimen
from synthetic.world import making
from synthetic.world.parties import PLANT, SILENT, SUPPLIER, gs1

CORRECTED = "correction=1 corrected_by=CLERK-2 correction_reason='typing error'"
OTHER_GTIN = gs1("0409888200010")
SENT_TWICE = ("donation", "test_result", "pack", "dispensing", "administration_vial")


def all_of(seeder: Seeder, times: int) -> None:
    """Every story once; those that are about the plant's first lots only the first time."""
    for record in SENT_TWICE:
        one = seeder.next(record)
        seeder.sound(one)
        seeder.known(one)
    contradicted(seeder)
    two_lots_of_a_pack(seeder)
    given_or_not(seeder)
    corrected(seeder)
    moved_pack(seeder)
    given_after_all(seeder)
    made_final(seeder)
    two_labels(seeder)
    unheard(seeder)
    if not times:
        same_value(seeder)
        reworked(seeder)
        shared_number(seeder)


def unheard(seeder: Seeder) -> None:
    """A pack for a clinic that never says anything."""
    seeder.sound(seeder.next("shipment").saying({"to_party": SILENT}))


def same_value(seeder: Seeder) -> None:
    """The same volume written with more digits is the same content."""
    one = seeder.next("donation")
    seeder.sound(one)
    seeder.known(one, plasma_ml=f"{one.values['plasma_ml']}.00")


def _contest(seeder: Seeder, one: Specimen, **changed: str) -> None:
    seeder.sound(one)
    seeder.sound(one.another(**changed), late=True, contested=True)


def contradicted(seeder: Seeder) -> None:
    """Two versions, and nothing says which is right; a correction without its reason is none."""
    _contest(seeder, seeder.next("donation"), donor_weight_kg="63.0")
    unreasoned = {"correction": "1", "corrected_by": "CLERK-2"}
    _contest(seeder, seeder.next("donation"), plasma_ml="610", **unreasoned)
    _contest(seeder, seeder.next("test_result"), value="0.34")
    _contest(seeder, seeder.next("lot"), expires_on="2027-02-20")


def two_lots_of_a_pack(seeder: Seeder) -> None:
    """A pack that two versions put into two lots: its vial reaches both."""
    one = seeder.next("dispensing")
    _contest(seeder, one.beside[0], lot_number=OTHER[1])
    seeder.sound(one.but().to((LOT, PACK), (OTHER, PACK)))


def given_or_not(seeder: Seeder) -> None:
    """An infusion that was given by one version, and not by the other: the worse counts."""
    one = seeder.next("administration_vial")
    pack, infusion = one.beside
    seeder.sound(pack)
    _contest(seeder, infusion, status="not_given")
    seeder.sound(one.but())


def _correct(seeder: Seeder, right: Specimen, **wrong: str) -> None:
    seeder.sound(right.but(CORRECTED), late=True)
    # The wrong one comes first, in an earlier file, and is answered nothing.
    seeder.sound(right.another(**wrong), superseded=True)


def corrected(seeder: Seeder) -> None:
    """Declared corrections: a donor who was not known, and an expiry."""
    _correct(seeder, seeder.next("donation"), donor_key="D-MISTYPED")
    _correct(seeder, seeder.next("lot"), expires_on="2026-08-20")


def moved_pack(seeder: Seeder) -> None:
    """A pack that was first said to be of another lot: only the right one is reached."""
    one = seeder.next("dispensing")
    _correct(seeder, one.beside[0], lot_number=OTHER[1])
    seeder.sound(one.but())


def given_after_all(seeder: Seeder) -> None:
    """An infusion that was told as not given, and was."""
    one = seeder.next("administration_vial")
    pack, infusion = one.beside
    seeder.sound(pack)
    _correct(seeder, infusion, status="not_given")
    seeder.sound(one.but())


def made_final(seeder: Seeder) -> None:
    """Results that were preliminary, then final; one of them then corrected."""
    for statuses in (("preliminary", "final"), ("preliminary", "final", "corrected")):
        one = seeder.next("test_result")
        for number, status in enumerate(statuses):
            version = one.but(status=status, value=f"0.{20 + number}")
            seeder.sound(version, late=number > 0, superseded=status != statuses[-1])


def two_labels(seeder: Seeder) -> None:
    """A vial whose pack is of one lot and whose row names another: both are reached."""
    one = seeder.next("dispensing")
    seeder.sound(one.saying({"lot_number": OTHER[1]}).to((LOT, PACK), (OTHER, BY_LOT)))


def reworked(seeder: Seeder) -> None:
    """Rework under one number: a packed lot back into its dried lot, and another into itself."""
    for child, parent in ((making.final(0, making.DRIED), LOT), (OTHER, OTHER)):
        both = dict(zip(making.EDGE, (*child, *parent), strict=True))
        seeder.sound(seeder.next("lot_input").but(**both, amount="3", amount_unit="vials"))
        # A lot that went into itself is rework under one number, and goes round nothing.
        if child != parent:
            seeder.ledger.looped(child)
            seeder.ledger.looped(parent)


def shared_number(seeder: Seeder) -> None:
    """One lot number of two makers: without its GTIN a vial reaches both lots, with it one."""
    ours = seeder.next("lot")
    seeder.sound(ours)
    seeder.sound(ours.but(manufacturer=SUPPLIER, gtin=OTHER_GTIN))
    number = ours.values["lot_number"]
    for gtin, makers in (("", (PLANT, SUPPLIER)), (OTHER_GTIN, (SUPPLIER,))):
        one = seeder.next("dispensing").but(gtin=gtin, serial="", lot_number=number)
        ways = [((maker, number, making.PACKED), BY_LOT) for maker in makers]
        seeder.sound(one.to(*ways).answering("R03.dispensed=pending"))  # nobody released it
