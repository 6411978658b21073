"""What the pharmacies hand out the day before a course, to patients, wards and homes; some of it by
lot and count.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from synthetic.cases.seeded import DISPENSED, LOT, PACK, PASS
from synthetic.truth.truth import VialLinks
from synthetic.world import clock, courses, distribution, fate_relabelled, packing, ward_people
from synthetic.world.courses import Places
from synthetic.world.draws import Ints
from synthetic.world.parties import HOMES, PHARMACIES, PLANT, SITES, zone_of
from synthetic.world.plan import COURSE_DAYS, PACK_OF_TWELVE, Plan
from synthetic.writing.columns import Mask, Texts, chosen, counts, digits, joined, picked, same
from synthetic.writing.landing import Landing, Sending

JSON = 1  # the pharmacy that sends JSON lines
OPENS = PHARMACIES[2]  # hands out vials of a pack of twelve one by one, others the pack as it is
WARDS = 3  # one patient in so many is treated in a ward, whose vials nobody names
A_FILE = 40_000  # infusions


def send(plan: Plan, landing: Landing) -> None:
    """For each course, from each pharmacy, what its sites need."""
    for pharmacy, part in parts(plan):
        _send(plan, landing, pharmacy, told(plan, pharmacy, part))


def parts(plan: Plan) -> Iterator[tuple[str, Ints]]:
    """The infusions for which each pharmacy hands out vials, course by course, in parts."""
    for number, pharmacy in enumerate(PHARMACIES):
        sites = [s for s in range(len(SITES)) if courses.pharmacy_of(np.array([s]))[0] == number]
        for course in range(plan.rounds):
            infusion = np.concatenate([courses.at_site(plan, site, course) for site in sites])
            for part in np.array_split(infusion, len(infusion) // A_FILE + 1):
                yield pharmacy, part


def told(plan: Plan, pharmacy: str, infusion: Ints) -> Places:
    """A line for each pack; for a vial, where the dose needs it; by count, one for the infusion."""
    if pharmacy == OPENS:
        vials = courses.lines(plan, infusion)
        # A pack of twelve was shipped to one pharmacy, for whoever is given its first vial.
        here = distribution.pharmacy_of_pack(plan, vials.lot, vials.pack) == PHARMACIES.index(OPENS)
        # Not those of a pack that another handed out whole.
        return vials.only(~vials.twelve | vials.by_count | here)
    places = courses.places(plan, infusion)
    packs = places.only(places.twelve & (places.position % PACK_OF_TWELVE == 0))
    vials = courses.lines(plan, infusion)
    return packs.beside(vials.only(~vials.twelve))


def by_count(places: Places, pharmacy: str) -> Mask:
    """Whether a line tells lot and count alone."""
    return places.by_count & (~places.twelve | (pharmacy == OPENS))


def _send(plan: Plan, landing: Landing, pharmacy: str, places: Places) -> None:
    if not len(places.infusion):
        return
    day = courses.day_of(plan, places.infusion)
    form = "jsonl" if pharmacy == PHARMACIES[JSON] else "csv"
    columns = _columns(plan, pharmacy, places)
    landing.put(
        Sending(pharmacy, "dispensing", (int(day.min()) - 2, int(day.max())), form), columns
    )
    landing.ledger.tally("R03.dispensed", PASS, len(day))
    landing.ledger.vials(
        VialLinks(
            "dispensing",
            (columns["pharmacy"], columns["dispensing"]),
            PLANT,
            columns["lot_number"],
            chosen(by_count(places, pharmacy), LOT, PACK),
            same(DISPENSED, len(day)),
            columns["patient_key"],
        )
    )


def _columns(plan: Plan, pharmacy: str, places: Places) -> dict[str, Texts]:
    patient, counted = courses.patient_of(plan, places.infusion), by_count(places, pharmacy)
    whole = places.twelve & (pharmacy != OPENS)
    # Who takes a whole pack of twelve is a ward, which tells no patient.
    in_ward = whole | (patient % WARDS == 1) & (patient >= len(HOMES))
    to = np.where(in_ward, 1, np.where(patient < len(HOMES), 2, 0))
    vials = np.where(whole, PACK_OF_TWELVE, np.where(counted, places.dose, 1))
    return {
        "pharmacy": same(pharmacy, len(patient)),
        "dispensing": _numbers(places),
        "to_kind": picked(("patient", "ward", "home"), to),
        "patient_key": chosen(in_ward, None, ward_people.at_pharmacy(plan, patient)),
        "dispensed_at": clock.instants(dispensed(plan, places), zone_of(pharmacy)),
        "gtin": chosen(counted & ~places.has_gtin, None, packing.gtins(plan, places.lot)),
        "serial": chosen(counted, None, fate_relabelled.serials(plan, places.lot, places.pack)),
        "lot_number": packing.lot_numbers(places.lot),
        "vials": counts(vials),
        "position": chosen(places.twelve & ~whole & ~counted, places.within(), None),
    }


def dispensed(plan: Plan, places: Places) -> Ints:
    """When a line was handed out: in the morning of the day before its course."""
    day = courses.day_of(plan, places.infusion) - places.infusion % COURSE_DAYS - 1
    return day * clock.DAY + 10 * clock.HOUR + places.place * 60


def _numbers(places: Places) -> pa.StringArray:
    return joined(b"D", digits(places.infusion, 8), b"-", digits(places.place + 1, 1))
