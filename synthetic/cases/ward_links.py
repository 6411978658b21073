"""Cases of linking: vials that only their preparation names, and packs with other numbers."""

from synthetic.cases.packs_uses import renamed
from synthetic.cases.seeded import PACK, PREPARATION, PREPARED, Node, Reached
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, OTHER, Specimen
from synthetic.cases.ward_infusion import Infusion, Ways, infusion, named, seed, seeded

BARE = "gtin= serial= lot_number= found=R01.vial.named"
# Nobody says of which product the line is.
NO_GTIN = "R05=pending R06=pending R07=pending R08=pending"


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    by_preparation(seeder)
    by_nothing(seeder)
    relabelled_twice(seeder)
    relabelled_between_lots(seeder)


def by_preparation(seeder: Seeder) -> None:
    """A line that names a preparation alone, which tells no grams: of one lot, and of two."""
    line, untold = f"{BARE} given_g=", "R07=pending R07.daily=pending"
    seed(seeder, untold, ways=Ways(((LOT, PREPARATION),)), line=line)
    both = Ways(((LOT, PREPARATION), (OTHER, PREPARATION)))
    double = "volume_ml=384"  # as much water as two vials take
    two = seed(seeder, f"{untold} R09=finding", ways=both, line=line, preparation=double)
    pack = seeder.next("pack").but(lot_number=OTHER[1]).answering("E02=pass E03.vials=pass")
    _into(seeder, two, pack, OTHER)


def _into(seeder: Seeder, one: Infusion, pack: Specimen, lot: Node) -> None:
    """Seed one more vial of a preparation."""
    seeder.sound(pack)
    way = Reached(lot, PACK, PREPARED, one.order.values["patient_key"])
    seeder.sound(one.prepared.but(**named(pack), item="2"), reached=(way,))


def by_nothing(seeder: Seeder) -> None:
    """A line that names a preparation of which no vial is told, and one of which nobody knows."""
    answers = f"{NO_GTIN} R03.given=pending R04=pending R09=pending"
    unused = "E02=not_applicable E03.vials=not_applicable"
    ways = Ways((), (PREPARATION,))
    for line in (BARE, f"{BARE} preparation=PREP99-999999"):
        one = infusion(seeder, line=line)
        seeded(seeder, one, f"{answers} {unused}", without=("prepared",), ways=ways)


def relabelled_twice(seeder: Seeder) -> None:
    """A pack under its third number, of which only the first was packed; yet its lot is reached."""
    first, second, third = (seeder.next("pack") for _ in range(3))
    seeder.sound(first.answering("E02=pass E03.vials=pass"))
    for old, new, parked in (
        (first, second, ("new_pack",)),
        (second, third, ("pack", "new_pack")),
    ):
        seeder.sound(seeder.next("relabelling").but(**renamed(old, new)), parked=parked)
    seeder.sound(seeder.next("dispensing").but(**{**named(third), "lot_number": ""}))


def relabelled_between_lots(seeder: Seeder) -> None:
    """A pack of one lot that got the number of a pack of another one: its vial is of both."""
    used = "E02=pass E03.vials=pass"
    old, new = seeder.next("pack"), seeder.next("pack").but(lot_number=OTHER[1])
    for pack in (old, new):
        seeder.sound(pack.answering(used))
    seeder.sound(seeder.next("relabelling").but(**renamed(old, new)))
    line = " ".join(f"{name}={value}" for name, value in named(new).items())
    seed(seeder, "R09=finding", ways=Ways(((LOT, PACK), (OTHER, PACK))), line=line)
