"""Cases of linking: vials that only their preparation names, and packs that were given other
numbers.
"""

from dataclasses import replace

from synthetic.cases import ward_infusion as cases
from synthetic.cases.seeded import (
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
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens_packs import LOT, OTHER, named
from synthetic.cases.ward_infusion import Ways

BARE = {"gtin": "", "serial": "", "lot_number": ""}
UNNAMED = "R01.vial.named"
# Nobody says of which product the line is.
NO_GTIN = dict.fromkeys(("R05", "R06", "R07", "R08"), PENDING)


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    _by_preparation(seeder)
    _by_nothing(seeder)
    _relabelled_twice(seeder)
    _relabelled_between_lots(seeder)


def _by_preparation(seeder: Seeder) -> None:
    """A line that names a preparation alone, whose vials tell the product but not its grams: of one
    lot, and of two.
    """
    unweighed = {**BARE, "given_g": ""}
    untold = {"R07": PENDING, "R07.daily": PENDING}
    one = cases.infusion(seeder, line=unweighed)
    cases.seeded(seeder, one, untold, ways=Ways(((LOT, PREPARATION),), findings=(UNNAMED,)))
    two = cases.infusion(seeder, line=unweighed, preparation={"volume_ml": "384"})
    cases.seeded(
        seeder,
        two,
        {**untold, "R09": FINDING},
        ways=Ways(((LOT, PREPARATION), (OTHER, PREPARATION)), findings=(UNNAMED,)),
    )
    _into(seeder, two, seeder.next("pack").but(lot_number=OTHER[1]), OTHER)


def _into(seeder: Seeder, one: cases.Infusion, pack: Specimen, lot: Node) -> None:
    """Seed one more vial of a preparation."""
    seeder.sound(pack)
    row = one.prepared.but(**named(pack), item="2")
    patient = one.order.values["patient_key"]
    seeder.sound(replace(row, reached=(Reached(lot, PACK, PREPARED, patient),)))


def _by_nothing(seeder: Seeder) -> None:
    """A line that names a preparation of which no vial is told, and one of which nobody knows."""
    for line in (BARE, {**BARE, "preparation": "PREP99-999999"}):
        answers = {**NO_GTIN, "R03.given": PENDING, "R04": PENDING, "R09": PENDING}
        cases.seeded(
            seeder,
            cases.infusion(seeder, line=line),
            answers,
            without=("prepared",),
            ways=Ways((), (PREPARATION,), (UNNAMED,)),
        )


def _relabelled(seeder: Seeder, old: Specimen, new: Specimen, parked: tuple[str, ...]) -> None:
    """Seed that a pack got another's numbers."""
    numbers = {
        "gtin": old.values["gtin"],
        "serial": old.values["serial"],
        "new_gtin": new.values["gtin"],
        "new_serial": new.values["serial"],
    }
    seeder.faulty(seeder.next("relabelling").but(**numbers), {}, parked=parked)


def _relabelled_twice(seeder: Seeder) -> None:
    """A pack under its third number; nobody packed the second or the third, yet the first one's lot
    is reached.
    """
    first, second, third = (seeder.next("pack") for _ in range(3))
    seeder.sound(first)
    _relabelled(seeder, first, second, ("new_pack",))
    _relabelled(seeder, second, third, ("pack", "new_pack"))
    one = seeder.next("dispensing").but(**{**named(third), "lot_number": ""})
    seeder.judged("dispensing", one.values, found(R03__dispensed=PASS))
    patient = one.values["patient_key"]
    seeder.faulty(one, {}, reached=[Reached(LOT, PACK, DISPENSED, patient)])


def _relabelled_between_lots(seeder: Seeder) -> None:
    """A pack of one lot that got the number of a pack of another one: its vial is of both."""
    old, new = seeder.next("pack"), seeder.next("pack").but(lot_number=OTHER[1])
    for pack in (old, new):
        seeder.sound(pack)
    _relabelled(seeder, old, new, ())
    one = cases.infusion(seeder, line=named(new), pack={})
    cases.seeded(seeder, one, {"R09": FINDING}, ways=Ways(((LOT, PACK), (OTHER, PACK))))
