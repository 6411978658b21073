"""Cases of linking: vials that only their preparation names, and packs that were given other
numbers.
"""

from dataclasses import replace

from synthetic.cases import ward_infusion as cases
from synthetic.cases.planted import (
    DISPENSED,
    FINDING,
    PACK,
    PASS,
    PENDING,
    PREPARATION,
    PREPARED,
    Node,
    Reached,
    found,
)
from synthetic.cases.planter import Planter
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens_packs import LOT, OTHER, named
from synthetic.cases.ward_infusion import Ways

BARE = {"gtin": "", "serial": "", "lot_number": ""}
UNNAMED = "R01.vial.named"
# Nobody says of which product the line is.
NO_GTIN = dict.fromkeys(("R05", "R06", "R07", "R08"), PENDING)


def all_of(planter: Planter) -> None:
    """Every case once."""
    _by_preparation(planter)
    _by_nothing(planter)
    _relabelled_twice(planter)
    _relabelled_between_lots(planter)


def _by_preparation(planter: Planter) -> None:
    """A line that names a preparation alone, whose vials tell the product but not its grams: of one
    lot, and of two.
    """
    unweighed = {**BARE, "given_g": ""}
    untold = {"R07": PENDING, "R07.daily": PENDING}
    one = cases.infusion(planter, line=unweighed)
    cases.planted(planter, one, untold, ways=Ways(((LOT, PREPARATION),), findings=(UNNAMED,)))
    two = cases.infusion(planter, line=unweighed, preparation={"volume_ml": "384"})
    cases.planted(
        planter,
        two,
        {**untold, "R09": FINDING},
        ways=Ways(((LOT, PREPARATION), (OTHER, PREPARATION)), findings=(UNNAMED,)),
    )
    _into(planter, two, planter.next("pack").but(lot_number=OTHER[1]), OTHER)


def _into(planter: Planter, one: cases.Infusion, pack: Specimen, lot: Node) -> None:
    """Plant one more vial of a preparation."""
    planter.sound(pack)
    row = one.prepared.but(**named(pack), item="2")
    patient = one.order.values["patient_key"]
    planter.sound(replace(row, reached=(Reached(lot, PACK, PREPARED, patient),)))


def _by_nothing(planter: Planter) -> None:
    """A line that names a preparation of which no vial is told, and one of which nobody knows."""
    for line in (BARE, {**BARE, "preparation": "PREP99-999999"}):
        answers = {**NO_GTIN, "R03.given": PENDING, "R04": PENDING, "R09": PENDING}
        cases.planted(
            planter,
            cases.infusion(planter, line=line),
            answers,
            without=("prepared",),
            ways=Ways((), (PREPARATION,), (UNNAMED,)),
        )


def _relabelled(planter: Planter, old: Specimen, new: Specimen, parked: tuple[str, ...]) -> None:
    """Plant that a pack got another's numbers."""
    numbers = {
        "gtin": old.values["gtin"],
        "serial": old.values["serial"],
        "new_gtin": new.values["gtin"],
        "new_serial": new.values["serial"],
    }
    planter.faulty(planter.next("relabelling").but(**numbers), {}, parked=parked)


def _relabelled_twice(planter: Planter) -> None:
    """A pack under its third number; nobody packed the second or the third, yet the first one's lot
    is reached.
    """
    first, second, third = (planter.next("pack") for _ in range(3))
    planter.sound(first)
    _relabelled(planter, first, second, ("new_pack",))
    _relabelled(planter, second, third, ("pack", "new_pack"))
    one = planter.next("dispensing").but(**{**named(third), "lot_number": ""})
    planter.judged("dispensing", one.values, found(R03__dispensed=PASS))
    patient = one.values["patient_key"]
    planter.faulty(one, {}, reached=[Reached(LOT, PACK, DISPENSED, patient)])


def _relabelled_between_lots(planter: Planter) -> None:
    """A pack of one lot that got the number of a pack of another one: its vial is of both."""
    old, new = planter.next("pack"), planter.next("pack").but(lot_number=OTHER[1])
    for pack in (old, new):
        planter.sound(pack)
    _relabelled(planter, old, new, ())
    one = cases.infusion(planter, line=named(new), pack={})
    cases.planted(planter, one, {"R09": FINDING}, ways=Ways(((LOT, PACK), (OTHER, PACK))))
