"""What the rules across records answer of seeded rows from the pack to the vial's end, as their
own values tell it.
"""

from datetime import date, timedelta

from lots.grammar.schema import Kind
from synthetic.cases.seeded import (
    FINDING,
    NOT_APPLICABLE,
    PASS,
    PENDING,
    TO_COME,
    Found,
    Values,
    found,
)
from synthetic.cases.specimen import Judges
from synthetic.world import clock, making
from synthetic.world.parties import PLANT
from synthetic.world.reference import CLOCKS

WRONG_LABEL = "2025-01-01"  # of packs whose label is seeded wrong
WRONG_GTIN = "04099991000109"  # its check digit is another one
STARTED_ON = clock.day(256)  # of seeded infusions
OF_INFUSION = ("R05", "R06", "R07.daily", "R08", "C05")


def due(instant: str, event: str) -> str:
    """The day on which something must be done: so many days, by the clock, after the local day of
    an instant.
    """
    return (date.fromisoformat(instant[:10]) + timedelta(CLOCKS[event])).isoformat()


def is_pack_known(values: Values) -> bool:
    """Whether a row's serial is that of a seeded pack."""
    return (
        bool(values["gtin"]) and values["gtin"] != WRONG_GTIN and values["serial"].startswith("X")
    )


def is_linked(values: Values) -> bool:
    """Whether a vial's row leads to one of the plant's own lots."""
    return is_pack_known(values) or values["lot_number"].startswith("A25-")


def pack(values: Values) -> tuple[Found, ...]:
    """Its label against its lot."""
    of_the_plant = values["manufacturer"] == PLANT and values["lot_number"].startswith("A25-")
    if not values["label_expires_on"] or not of_the_plant:
        return found(R02=PENDING)
    wrong = values["label_expires_on"] in (WRONG_LABEL, TO_COME[Kind.DAY])
    return found(R02=FINDING if wrong else PASS)


def dispensing(values: Values) -> tuple[Found, ...]:
    """All lots of the plant were released long before, and expire in two years."""
    if not is_linked(values) or not values["dispensed_at"]:
        return found(R03__dispensed=PENDING)
    return found(
        R03__dispensed=FINDING if values["dispensed_at"] == TO_COME[Kind.INSTANT] else PASS
    )


def administration(values: Values) -> tuple[Found, ...]:
    """Nobody knows an order, a preparation or a rate."""
    if values["status"] == "not_given":
        return tuple(Found(rule, NOT_APPLICABLE) for rule in OF_INFUSION)
    first = PENDING if values["first_dose"] == "yes" else NOT_APPLICABLE
    return (*(Found(rule, PENDING) for rule in OF_INFUSION[:-1]), Found("C05", first))


def administration_vial(values: Values) -> tuple[Found, ...]:
    """A vial of the plant's first lot, in an infusion that is known or not."""
    known, linked = not values["administration"].startswith("INF99"), is_linked(values)
    lot = (
        Found("R09", PASS)
        if linked
        else Found("R09", PENDING, due(STARTED_ON, "unlinked_vial") if known else "")
    )
    return (
        Found("R03.given", PASS if known and linked else PENDING),
        lot,
        Found("R07", _content(values) if known else PENDING),
    )


def _content(values: Values) -> str:
    of_product = values["gtin"] in (making.SINGLE, making.SINGLE_US, making.TWELVE)
    amounts = (values["given_g"], values["wasted_g"], values["vials"])
    if "" in amounts or not (is_pack_known(values) or of_product):
        return PENDING
    given, wasted, vials = (float(amount) for amount in amounts)
    return FINDING if abs(given + wasted - 10 * vials) > 0.5 * vials else PASS


def reconstitution(_: Values) -> tuple[Found, ...]:
    """Nobody says how much water it took."""
    return found(R04=PENDING)


def adverse_reaction(_: Values) -> tuple[Found, ...]:
    """It was not serious."""
    return found(K01__reaction=NOT_APPLICABLE)


JUDGES: Judges = {
    judge.__name__: judge
    for judge in (dispensing, reconstitution, administration, administration_vial, adverse_reaction)
}
