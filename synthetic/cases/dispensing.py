"""Cases of lots that were released late or not, expired, or came from nowhere: R03 and R09."""

from collections.abc import Iterator
from dataclasses import dataclass

from synthetic.cases import ward_infusion as cases
from synthetic.cases.seeded import (
    DISPENSED,
    FINDING,
    NOT_APPLICABLE,
    PACK,
    PASS,
    PENDING,
    Node,
    Reached,
    found,
)
from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimens_packs import LOT, OTHER
from synthetic.cases.ward_infusion import Ways
from synthetic.world import clock, making

POSSIBLE = {
    "R03.dispensed": (PASS, PENDING, FINDING),
    "R03.given": (NOT_APPLICABLE, PASS, PENDING, FINDING),
    "R09": (NOT_APPLICABLE, PASS, PENDING, FINDING),
}
BEFORE, AFTER = (clock.instant(day * clock.DAY) for day in (250, 260))
# Of dispensing, of infusion, of neither.
ON, ON_GIVEN, TOO_SOON = (clock.day(day) for day in (255, 256, 254))


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that came from nowhere: when it was released for which markets, when it expires, what
    follows for R03.
    """

    released: tuple[str, ...]
    expires_on: str
    outcome: str


def _lots(day: str) -> Iterator[Lot]:
    """Lots of which something is handed out or given on that day."""
    fine = "2027-08-20"
    yield from (
        Lot((BEFORE,), fine, PASS),
        Lot((AFTER, BEFORE), fine, PASS),
        Lot((BEFORE,), day, PASS),
        Lot((), fine, PENDING),
        Lot((BEFORE,), "", PENDING),
        Lot((AFTER, AFTER), fine, FINDING),
        Lot((BEFORE,), TOO_SOON, FINDING),
        Lot((), TOO_SOON, FINDING),
    )


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    for lot in _lots(ON):
        dispensed(seeder, lot)
    for lot in _lots(ON_GIVEN):
        _given(seeder, lot)
    _linked_or_not(seeder)


def _lot(seeder: Seeder, lot: Lot) -> Node:
    """Seed a packed lot and its releases."""
    one = seeder.next("lot").but(expires_on=lot.expires_on, gtin=making.SINGLE)
    seeder.faulty(one, {}, findings=() if lot.expires_on else ("R02.expiry",))
    for at in lot.released:
        seeder.sound(
            seeder.next("official_release").but(lot_number=one.values["lot_number"], released_at=at)
        )
    return one.values["manufacturer"], one.values["lot_number"], making.PACKED


def dispensed(seeder: Seeder, lot: Lot) -> None:
    """Seed that something of such a lot was handed out."""
    node, one = _lot(seeder, lot), seeder.next("dispensing")
    row = one.but(serial="", lot_number=node[1])
    seeder.judged("dispensing", row.values, found(R03__dispensed=lot.outcome))
    seeder.faulty(row, {}, reached=[Reached(node, BY_LOT, DISPENSED, row.values["patient_key"])])


def _given(seeder: Seeder, lot: Lot) -> None:
    """Nothing is above such a lot, so that the vial is linked to no pool."""
    node = _lot(seeder, lot)
    one = cases.infusion(seeder, line={"serial": "", "lot_number": node[1]})
    cases.seeded(
        seeder, one, {"R03.given": lot.outcome, "R09": PENDING}, ways=Ways(((node, BY_LOT),))
    )


def _linked_or_not(seeder: Seeder) -> None:
    """A vial of one lot, of two, of none, of an infusion that nobody knows, and one that was not
    given.
    """
    cases.seed(seeder, {})
    two = cases.infusion(seeder, line={"lot_number": OTHER[1]})
    cases.seeded(seeder, two, {"R09": FINDING}, ways=Ways(((LOT, PACK), (OTHER, BY_LOT))))
    none = cases.infusion(seeder, line={"serial": "", "lot_number": "A99-999999"})
    cases.seeded(seeder, none, {"R09": PENDING, "R03.given": PENDING}, ways=Ways((), ("lot",)))
    nothing = dict.fromkeys((*cases.OF_INFUSION, *cases.OF_LINE), NOT_APPLICABLE)
    not_given = {"status": "not_given", "ended_at": ""}
    cases.seed(seeder, nothing, ("rate",), infusion=not_given)
    lost = cases.infusion(
        seeder, line={"serial": "", "lot_number": "A99-999998"}, infusion=not_given
    )
    cases.seeded(seeder, lost, nothing, without=("rate",), ways=Ways((), ("lot",)))
