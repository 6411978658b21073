"""What the pharmacies hand out the day before a course, to patients, wards and homes; some of it by lot and count."""

import numpy as np
import pyarrow as pa

from lots.plant import clock, courses, packing
from lots.plant.columns import Mask, Texts, chosen, counts, digits, joined, picked, same
from lots.plant.courses import Places
from lots.plant.landing import Landing, Sending
from lots.plant.parties import HOMES, PHARMACIES, PLANT, SITES, zone_of
from lots.plant.plan import COURSE_DAYS, PACK_OF_TWELVE, Plan
from lots.plant.planted import DISPENSED, LOT, PACK
from lots.plant.truth import VialLinks

JSON = 1  # the pharmacy that sends JSON lines
WARDS = 3  # one patient in so many is treated in a ward, whose vials nobody names


def send(plan: Plan, landing: Landing) -> None:
    """For each course, from each pharmacy, what its sites need."""
    for course in range(plan.rounds):
        for number, pharmacy in enumerate(PHARMACIES):
            sites = [s for s in range(len(SITES)) if courses.pharmacy_of(np.array([s]))[0] == number]
            infusion = np.concatenate([courses.at_site(plan, site, course) for site in sites])
            for part in np.array_split(infusion, len(infusion) // 40_000 + 1):
                places = courses.places(plan, part)
                _send(plan, landing, pharmacy, places.only(_told(places)))


def _told(places: Places) -> Mask:
    """A line for each pack; for a single pack, only where the dose needs it; by lot and count, one for the infusion."""
    single = np.where(places.by_count, places.place == 0, places.place < places.dose)
    return np.where(places.twelve, places.position % PACK_OF_TWELVE == 0, single)


def _send(plan: Plan, landing: Landing, pharmacy: str, places: Places) -> None:
    day = courses.day_of(plan, places.infusion)
    form = "jsonl" if pharmacy == PHARMACIES[JSON] else "csv"
    columns, by_count = _columns(plan, pharmacy, places), places.by_count & ~places.twelve
    landing.put(Sending(pharmacy, "dispensing", (int(day.min()) - 2, int(day.max())), form), columns)
    landing.ledger.vials(VialLinks(
        "dispensing", (columns["pharmacy"], columns["dispensing"]), PLANT, columns["lot_number"],
        chosen(by_count, LOT, PACK), same(DISPENSED, len(by_count)), columns["patient_key"]))


def _columns(plan: Plan, pharmacy: str, places: Places) -> dict[str, Texts]:
    patient = courses.patient_of(plan, places.infusion)
    in_ward = places.twelve | (patient % WARDS == 1) & (patient >= len(HOMES))
    to = np.where(in_ward, 1, np.where(patient < len(HOMES), 2, 0))
    day = courses.day_of(plan, places.infusion) - places.infusion % COURSE_DAYS - 1
    by_count = places.by_count & ~places.twelve
    vials = np.where(places.twelve, PACK_OF_TWELVE, np.where(by_count, places.dose, 1))
    return {
        "pharmacy": same(pharmacy, len(patient)), "dispensing": _numbers(places),
        "to_kind": picked(("patient", "ward", "home"), to),
        "patient_key": chosen(in_ward, None, courses.patient_keys(plan, patient)),
        "dispensed_at": clock.instants(day * clock.DAY + 10 * clock.HOUR + places.place * 60, zone_of(pharmacy)),
        "gtin": chosen(by_count, None, packing.gtins(plan, places.lot)),
        "serial": chosen(by_count, None, packing.serials(plan, places.lot, places.pack)),
        "lot_number": packing.lot_numbers(places.lot), "vials": counts(vials),
    }


def _numbers(places: Places) -> pa.StringArray:
    return joined(b"D", digits(places.infusion, 8), b"-", digits(places.place + 1, 1))
