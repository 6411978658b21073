"""What became of vials that were not given: brought back, lost, destroyed or wasted; surplus packs
that went back.
"""

import numpy as np

from synthetic.world import clock, courses, dispensing, distribution, fate_relabelled, packing
from synthetic.world.courses import Places
from synthetic.world.distribution import Lines
from synthetic.world.draws import Ints
from synthetic.world.parties import PHARMACIES, WHOLESALER, zone_of
from synthetic.world.plan import Plan
from synthetic.world.ward_visits import Visits
from synthetic.writing.columns import Mask, Texts, chosen, counts, digits, joined, picked, same
from synthetic.writing.landing import Landing, Sending

WASTED = 8  # one vial in so many that a ward has left of a pack of twelve
RETURNED, LOST, DESTROYED = 3, 4, 5  # of ten surplus packs: those below the first, then one each
OF = 10
BACK_AFTER, TOLD_AFTER = 9 * clock.DAY, 5 * clock.DAY  # after the infusion
FATES = ("returned", "wasted", "lost", "destroyed")
REASONS = ("infusion called off", "cake cracked", "not found at the count", "carton wet")
BACK, CRACKED, MISSING, WET = range(len(FATES))


def surplus(plan: Plan, infusion: Ints) -> Places:
    """The single packs that a pharmacy received for infusions and did not hand out."""
    places = courses.places(plan, infusion[courses.planned(plan, infusion)])
    return places.only((places.place >= places.dose) & ~places.twelve & ~places.by_count)


def chance(plan: Plan, places: Places) -> Ints:
    """0 to 9: what becomes of each surplus pack."""
    return plan.draws.below("surplus", places.infusion, OF)


def at_site(visits: Visits, landing: Landing) -> None:
    """What a site brought back of infusions called off, and wasted of packs of twelve."""
    plan = visits.plan
    back = courses.lines(plan, visits.infusion[courses.called_off(plan, visits.infusion)])
    places = courses.places(plan, visits.infusion)
    left = places.only(places.twelve & ~places.by_count & (places.place >= places.dose))
    cracked = left.only(plan.draws.below("cracked", left.infusion, WASTED) == 0)
    both = back.beside(cracked)
    if len(both.infusion):
        kind = np.repeat([BACK, CRACKED], [len(back.infusion), len(cracked.infusion)])
        at = courses.started(plan, both.infusion) + 3 * clock.HOUR
        told = Visits(plan, visits.site, both.infusion)
        told.send(
            landing, "vial_fate", {**_fates(plan, visits.site, both, kind), "at": told.times(at)}
        )


def send(plan: Plan, landing: Landing) -> None:
    """What the pharmacies lost, destroyed or sent back of what they did not hand out."""
    for pharmacy, part in dispensing.parts(plan):
        some = surplus(plan, part)
        fate = chance(plan, some)
        _tell(plan, landing, pharmacy, some.only((fate >= RETURNED) & (fate < DESTROYED)))
        _send_back(plan, landing, pharmacy, some.only(fate < RETURNED))


def _tell(plan: Plan, landing: Landing, pharmacy: str, places: Places) -> None:
    if not len(places.infusion):
        return
    at = courses.started(plan, places.infusion) + TOLD_AFTER
    kind = np.where(chance(plan, places) < LOST, MISSING, WET)
    landing.put(
        Sending(pharmacy, "vial_fate", clock.period(at)),
        {**_fates(plan, pharmacy, places, kind), "at": clock.instants(at, zone_of(pharmacy))},
    )


def _fates(plan: Plan, party: str, places: Places, kind: Ints) -> dict[str, Texts]:
    counted: Mask = places.by_count
    return {
        "party": same(party, len(kind)),
        "fate": joined(b"V", digits(places.infusion, 8), b"-", digits(places.place + 1, 1)),
        "kind": picked(FATES, kind),
        "gtin": packing.gtins(plan, places.lot),
        "serial": chosen(counted, None, fate_relabelled.serials(plan, places.lot, places.pack)),
        "lot_number": packing.lot_numbers(places.lot),
        "position": chosen(places.twelve & ~counted, places.within(), None),
        "vials": counts(np.where(counted, places.dose, 1)),
        "fit": chosen(kind == BACK, "no", None),
        "reason": picked(REASONS, kind),
    }


def _send_back(plan: Plan, landing: Landing, pharmacy: str, places: Places) -> None:
    if not len(places.infusion):
        return
    rows = len(places.infusion)
    one = np.ones(rows, np.int64)
    number = joined(b"R", digits(places.infusion, 8), b"-", digits(places.place + 1, 1))
    lines = Lines(
        number,
        one,
        places.lot,
        places.pack,
        one,
        np.zeros(rows, np.bool_),
        courses.started(plan, places.infusion) + BACK_AFTER,
        one * len(PHARMACIES),
        "return",
    )
    distribution.ship(plan, landing, pharmacy, lines)
    distribution.deliver(landing, pharmacy, WHOLESALER, lines)
