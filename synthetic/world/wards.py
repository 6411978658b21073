"""Infusions in clinics and homes, what was prepared for them, and the vials that went into each."""

import numpy as np

from synthetic.cases.seeded import GIVEN, NOT_GIVEN
from synthetic.truth import ward_truth
from synthetic.world import (
    courses,
    fate_vials,
    ward_orders,
    ward_people,
    ward_preparing,
    ward_pumps,
    ward_reactions,
)
from synthetic.world.courses import STATUSES, Places
from synthetic.world.draws import Ints
from synthetic.world.parties import GERMAN, HOMES, SITES
from synthetic.world.plan import COURSE_DAYS, Plan
from synthetic.world.ward_people import PID
from synthetic.world.ward_preparing import named
from synthetic.world.ward_visits import Visits, at_home, numbers, orders, preparations
from synthetic.writing.columns import Texts, chosen, counts, picked, same
from synthetic.writing.landing import Landing

STATES = (GIVEN, GIVEN, NOT_GIVEN)
CONTENT = 100  # tenths of a gram in a vial
BEFORE_STOP = 245  # tenths of a gram that a stopped infusion gave
INFUSIONS_A_FILE = 40_000
CATHETER = 1_800  # seconds before the start, and after the end


def send(plan: Plan, landing: Landing) -> None:
    """From each site its infusions and their vials: a home all at once, a clinic in two; one sends
    the older last.
    """
    for number, site in enumerate(SITES):
        for some in np.array_split(np.arange(plan.rounds), 1 if site in HOMES else 2)[
            :: -1 if site == GERMAN else 1
        ]:
            infusion = np.concatenate([courses.at_site(plan, number, course) for course in some])
            infusion = infusion[courses.planned(plan, infusion)]
            for part in np.array_split(infusion, len(infusion) // INFUSIONS_A_FILE + 1):
                _send(Visits(plan, site, part), landing)


def _send(visits: Visits, landing: Landing) -> None:
    if not len(visits.infusion):
        return
    ward_orders.send(visits, landing)
    ward_truth.of_infusions(visits, landing.ledger)
    ward_truth.of_courses(
        visits.only((visits.course == 0) & (visits.infusion % COURSE_DAYS == 0)), landing.ledger
    )
    visits.send(landing, "administration", _infusions(visits))
    prepared = visits.only(~courses.called_off(visits.plan, visits.infusion))
    places = courses.lines(visits.plan, prepared.infusion)
    ward_preparing.send(prepared, landing, places)
    prepared.send(landing, "administration_vial", _vials(prepared, places))
    states = picked(STATES, courses.status_of(visits.plan, places.infusion))
    of = numbers(places.infusion)
    landing.ledger.vials(prepared.links("administration_vial", of, states, places))
    ward_truth.of_vials(prepared, places, landing.ledger)
    ward_pumps.send(visits.only(visits.status < 2), landing)
    ward_reactions.send(visits, landing)
    fate_vials.at_site(visits, landing)


def _infusions(visits: Visits) -> dict[str, Texts]:
    plan, patient, status = visits.plan, visits.patient, visits.status
    day, start = visits.infusion % COURSE_DAYS, courses.started(plan, visits.infusion)
    first, pid = (visits.course == 0) & (day == 0), ward_people.indication(patient) == PID
    # One catheter stays for both days of a course.
    placed = np.where(day == 0, start, courses.started(plan, visits.infusion - day)) - CATHETER
    end = start + 60 * lasted(visits)
    return {
        "site": visits.here(),
        "administration": numbers(visits.infusion),
        "patient_key": ward_people.keys(plan, patient),
        "course": chosen(pid, None, counts(visits.course + 1)),
        "day_of_course": chosen(pid, None, counts(day + 1)),
        "status": picked(STATUSES, status),
        "setting": chosen(at_home(visits), "home", "clinic"),
        "first_dose": chosen(first, "yes", "no"),
        "supervised_by": chosen(first, "NURSE-7", None),
        "started_at": visits.times(start),
        "ended_at": chosen(status == 2, None, visits.times(end)),
        "treatment_order": orders(patient),
        "catheter_placed_at": chosen(status == 2, None, visits.times(placed)),
        "catheter_removed_at": chosen(
            (status == 2) | (day == 0) & ~pid, None, visits.times(end + CATHETER)
        ),
    }


def lasted(visits: Visits) -> Ints:
    """How many minutes each infusion took."""
    stopped = 70 + visits.plan.draws.below("lasted", visits.infusion, 60)
    return np.select(
        [visits.status == 0, visits.status == 1],
        [ward_pumps.minutes(visits.plan, visits.patient), stopped],
        0,
    )


def _vials(visits: Visits, places: Places) -> dict[str, Texts]:
    given, content = _given(visits.plan, places)
    return {
        "site": same(visits.site, len(given)),
        "administration": numbers(places.infusion),
        **named(visits.plan, places),
        "given_g": visits.amounts(given, 1),
        "wasted_g": visits.amounts(content - given, 1),
        "preparation": preparations(places.infusion),
    }


def _given(plan: Plan, places: Places) -> tuple[Ints, Ints]:
    """What each line gave, and what its vials hold, in tenths of a gram."""
    content = CONTENT * np.where(places.by_count, places.dose, 1)
    # A stopped infusion had used up its first vials, opened one, and left the others.
    before: Ints = np.where(
        places.by_count, BEFORE_STOP, np.clip(BEFORE_STOP - CONTENT * places.place, 0, CONTENT)
    )
    status = courses.status_of(plan, places.infusion)
    return np.select([status == 0, status == 1], [content, before], 0), content
