"""Cases of packs: the label against the lot's expiry (R02), and the order of what happened to a
pack (E02).
"""

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING, Reached, found
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens_packs import LOT, named
from synthetic.world import clock

POSSIBLE = {"R02": (PASS, PENDING, FINDING), "E02": (NOT_APPLICABLE, PASS, PENDING, FINDING)}
UNUSED = {"E03__vials": NOT_APPLICABLE, "E03__end": NOT_APPLICABLE}
PACKED, LATER = clock.instant(245 * clock.DAY + 36_000), clock.instant(270 * clock.DAY)
EARLIER = clock.instant(240 * clock.DAY)


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    _labels(seeder)
    _times(seeder)


def _labels(seeder: Seeder) -> None:
    """A right label; one twenty days late, as in 2012; one of which nobody says an expiry; a lot
    nobody knows.
    """
    one = seeder.next("pack")
    late = f"{one.values['label_expires_on'][:4]}-12-31"
    for changed, outcome in (
        ({}, PASS),
        ({"label_expires_on": late}, FINDING),
        ({"label_expires_on": ""}, PENDING),
    ):
        _state(seeder, seeder.next("pack").but(**changed), outcome, NOT_APPLICABLE)
    lost = seeder.next("pack").but(lot_number="A99-999999")
    seeder.judged("pack", lost.values, found(R02=PENDING, E02=NOT_APPLICABLE, **UNUSED))
    seeder.faulty(lost, {}, parked=("lot",))


def _state(seeder: Seeder, pack: Specimen, label: str, order: str, *, used: bool = False) -> None:
    count = {"E03__vials": PASS} if used else {}
    seeder.judged("pack", pack.values, found(R02=label, E02=order, **{**UNUSED, **count}))
    seeder.sound(pack)


def _times(seeder: Seeder) -> None:
    """Shipped and handed out in order; before packing; of an unknown hour; on the way again, and
    brought back.
    """
    for at, order in ((LATER, PASS), (PACKED, PASS), (EARLIER, FINDING)):
        pack = seeder.next("pack").but()
        _state(seeder, pack, PASS, order)
        _shipped(seeder, pack, at)
    undated = seeder.next("pack").but(packed_at="")
    _state(seeder, undated, PASS, PENDING)
    _shipped(seeder, undated, LATER)
    for kind, vials, order in (
        ("sale", "1", FINDING),
        ("return", "1", PASS),
        ("transfer", "12", PASS),
    ):
        pack = seeder.next("pack").but(vials=vials)
        _state(seeder, pack, PASS, order, used=True)
        _handed_out(seeder, pack)
        _shipped(seeder, pack, LATER, kind)


def _shipped(seeder: Seeder, pack: Specimen, at: str, kind: str = "sale") -> None:
    seeder.sound(seeder.next("shipment").but(**named(pack), shipped_at=at, kind=kind))


def _handed_out(seeder: Seeder, pack: Specimen) -> None:
    one = seeder.next("dispensing")
    seeder.faulty(
        one.but(**named(pack), vials=pack.values["vials"]),
        {},
        reached=[Reached(LOT, way.basis, way.state, way.patient) for way in one.reached],
    )
