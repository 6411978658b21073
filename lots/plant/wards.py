"""Infusions in clinics and homes, and the vials that went into each."""

import numpy as np

from lots.plant import clock, courses, packing
from lots.plant.columns import Mask, Texts, amounts, chosen, counts, digits, joined, picked, same
from lots.plant.courses import Places
from lots.plant.draws import Ints
from lots.plant.landing import Landing, Sending
from lots.plant.parties import GERMAN, HOMES, PLANT, SITES, zone_of
from lots.plant.plan import COURSE_DAYS, PACK_OF_TWELVE, Plan
from lots.plant.planted import GIVEN, LOT, NOT_GIVEN, PACK
from lots.plant.truth import VialLinks

STATUSES = ("given", "stopped", "not_given")
STATES = (GIVEN, GIVEN, NOT_GIVEN)
CONTENT = 100  # tenths of a gram in a vial
BEFORE_STOP = 245  # tenths of a gram that a stopped infusion gave
INFUSIONS_A_FILE = 40_000


def send(plan: Plan, landing: Landing) -> None:
    """From each site its infusions and their vials: a home all at once, a clinic in two sendings."""
    for number, site in enumerate(SITES):
        for some in np.array_split(np.arange(plan.rounds), 1 if site in HOMES else 2):
            infusion = np.concatenate([courses.at_site(plan, number, course) for course in some])
            for part in np.array_split(infusion, len(infusion) // INFUSIONS_A_FILE + 1):
                _send(plan, landing, site, part)


def _send(plan: Plan, landing: Landing, site: str, infusion: Ints) -> None:
    if not len(infusion):
        return
    day = courses.day_of(plan, infusion)
    days, form = (int(day.min()), int(day.max()) + 1), "german" if site == GERMAN else "csv"
    landing.put(Sending(site, "administration", days, form), _infusions(plan, site, infusion))
    places = courses.places(plan, infusion)
    places = places.only(np.where(places.by_count, places.place == 0, places.place < places.dose))
    landing.put(Sending(site, "administration_vial", days, form), _vials(plan, site, places))
    _link(plan, landing, site, places)


def _infusions(plan: Plan, site: str, infusion: Ints) -> dict[str, Texts]:
    patient, status = courses.patient_of(plan, infusion), courses.status_of(plan, infusion)
    course, day = infusion // (plan.patients * COURSE_DAYS), infusion % COURSE_DAYS
    first, start, bare = (course == 0) & (day == 0), courses.started(plan, infusion), site == GERMAN
    lasted = np.array([240, 70, 0])[status] + plan.draws.below("lasted", infusion, 60)
    ended = clock.instants(start + 60 * lasted, zone_of(site), bare=bare)
    at_home = (patient < len(HOMES)) | (patient % 5 == 0) & (course > 0)
    return {
        "site": same(site, len(infusion)), "administration": _numbers(infusion),
        "patient_key": courses.patient_keys(plan, patient), "course": counts(course + 1),
        "day_of_course": counts(day + 1), "status": picked(STATUSES, status),
        "setting": chosen(at_home, "home", "clinic"), "first_dose": chosen(first, "yes", "no"),
        "supervised_by": chosen(first, "NURSE-7", None), "started_at": clock.instants(start, zone_of(site), bare=bare),
        "ended_at": chosen(status == 2, None, ended),
    }


def _numbers(infusion: Ints) -> Texts:
    return joined(b"INF-", digits(infusion + 1, 8))


def _vials(plan: Plan, site: str, places: Places) -> dict[str, Texts]:
    given, content = _given(plan, places)
    point = "," if site == GERMAN else "."
    twelve = places.twelve & ~places.by_count
    return {
        "site": same(site, len(given)), "administration": _numbers(places.infusion), "item": counts(places.place + 1),
        "gtin": chosen(places.by_count, None, packing.gtins(plan, places.lot)),
        "serial": chosen(places.by_count, None, packing.serials(plan, places.lot, places.pack)),
        "position": chosen(twelve, counts(places.position % PACK_OF_TWELVE + 1), None),
        "lot_number": packing.lot_numbers(places.lot), "vials": counts(content // CONTENT),
        "given_g": amounts(given, 1, point), "wasted_g": amounts(content - given, 1, point),
    }


def _given(plan: Plan, places: Places) -> tuple[Ints, Ints]:
    """What each line gave, and what its vials hold, in tenths of a gram."""
    content = CONTENT * np.where(places.by_count, places.dose, 1)
    before: Ints = np.where(places.by_count, BEFORE_STOP, np.clip(BEFORE_STOP - CONTENT * places.place, 0, CONTENT))
    status = courses.status_of(plan, places.infusion)
    return np.select([status == 0, status == 1], [content, before], 0), content


def _link(plan: Plan, landing: Landing, site: str, places: Places) -> None:
    rows, by_count = len(places.infusion), _mask(places)
    landing.ledger.vials(VialLinks(
        "administration_vial", (same(site, rows), _numbers(places.infusion), counts(places.place + 1)), PLANT,
        packing.lot_numbers(places.lot), chosen(by_count, LOT, PACK),
        picked(STATES, courses.status_of(plan, places.infusion)),
        courses.patient_keys(plan, courses.patient_of(plan, places.infusion))))


def _mask(places: Places) -> Mask:
    return places.by_count
