"""Cases of packs: the label against the lot's expiry (R02), and the order of events (E02)."""

from synthetic.cases.packs_uses import handed, shipped
from synthetic.cases.seeder import Seeder
from synthetic.cases.told import tables
from synthetic.world import clock

PACKED, LATER = clock.instant(245 * clock.DAY + 36_000), clock.instant(270 * clock.DAY)
EARLIER = clock.instant(240 * clock.DAY)
TABLES = tables("packs", PACKED=PACKED, LATER=LATER, EARLIER=EARLIER)


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    labels(seeder)
    for answers, shipment, own in TABLES["times"]:
        pack = seeder.next("pack").but(own).answering(answers)
        seeder.sound(pack)
        shipped(seeder, pack, shipment)
    for answers, shipment, own in TABLES["again"]:
        pack = seeder.next("pack").but(own).answering(answers, "E03.vials=pass")
        seeder.sound(pack)
        handed(seeder, pack, f"vials={pack.values['vials']}")
        shipped(seeder, pack, shipment)


def labels(seeder: Seeder) -> None:
    """A right label; one too late, as in 2012; one that tells no day; a lot nobody knows."""
    one = seeder.next("pack")
    late = f"{one.values['label_expires_on'][:4]}-12-31"
    seeder.sound(seeder.next("pack"))
    seeder.sound(seeder.next("pack").but(label_expires_on=late).answering("R02=finding"))
    seeder.sound(seeder.next("pack").but(label_expires_on="").answering("R02=pending"))
    lost = seeder.next("pack").but(lot_number="A99-999999")
    seeder.sound(lost.answering("R02=pending"), parked=("lot",))
