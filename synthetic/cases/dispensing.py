"""Cases of lots that were released late or not, expired, or came from nowhere: R03 and R09."""

from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeded import PACK, Node
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, OTHER
from synthetic.cases.told import tables
from synthetic.cases.ward_infusion import NOTHING, Ways, infusion, seed, seeded
from synthetic.world import clock, making

BEFORE, AFTER = (clock.instant(day * clock.DAY) for day in (250, 260))
ON, ON_GIVEN, TOO_SOON = (clock.day(day) for day in (255, 256, 254))  # of dispensing, of infusion
FINE = "2027-08-20"
LOTS = tables("dispensing", BEFORE=BEFORE, AFTER=AFTER, FINE=FINE, TOO_SOON=TOO_SOON)["lots"]


def all_of(seeder: Seeder) -> None:
    """Every case once: something of each lot is handed out; given; and lines of one lot or none."""
    for released, expires, outcome in LOTS:
        dispensed(seeder, released, expires.replace("THAT-DAY", ON), outcome)
    for released, expires, outcome in LOTS:
        node = _lot(seeder, released, expires.replace("THAT-DAY", ON_GIVEN))
        # Nothing is above such a lot, so that the vial is linked to no pool.
        unused = "E02=not_applicable E03.vials=not_applicable"
        label, ways = f"serial= lot_number={node[1]}", Ways(((node, BY_LOT),))
        one = infusion(seeder, prepared=label, line=label)
        answers = f"R03.given={outcome} R09=pending {unused}"
        seeded(seeder, one, answers, ways=ways, prepared_of=node)
    _linked_or_not(seeder)


def _lot(seeder: Seeder, released: str, expires: str) -> Node:
    """Seed a packed lot and its releases."""
    one = seeder.next("lot").but(expires, gtin=making.SINGLE)
    seeder.sound(one.answering("P02=pass"))
    for at in released.split():
        release = seeder.next("official_release")
        seeder.sound(release.but(lot_number=one.values["lot_number"], released_at=at))
    return one.values["manufacturer"], one.values["lot_number"], making.PACKED


def dispensed(seeder: Seeder, released: str, expires: str, outcome: str) -> None:
    """Seed that something of such a lot was handed out."""
    node, one = _lot(seeder, released, expires), seeder.next("dispensing")
    row = one.but(serial="", lot_number=node[1]).to((node, BY_LOT))
    seeder.sound(row.answering(f"R03.dispensed={outcome}"))


def _linked_or_not(seeder: Seeder) -> None:
    """A vial of one lot, of two, of none, of an unknown infusion, and one that was not given."""
    seed(seeder, "")
    two = Ways(((LOT, PACK), (OTHER, BY_LOT)))
    seed(seeder, "R09=finding", ways=two, line=f"lot_number={OTHER[1]}")
    none, lost, not_given = Ways((), ("lot",)), "serial= lot_number=", "status=not_given ended_at="
    seed(seeder, "R09=pending R03.given=pending", ways=none, line=f"{lost}A99-999999")
    seed(seeder, NOTHING, ("rate",), infusion=not_given)
    one = infusion(seeder, line=f"{lost}A99-999998", infusion=not_given)
    seeded(seeder, one, NOTHING, without=("rate",), ways=none)
