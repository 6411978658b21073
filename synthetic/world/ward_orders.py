"""What was ordered for each patient, and what a review decided after six courses."""

import numpy as np

from synthetic.world import clock, courses, ward_people
from synthetic.world.draws import Ints
from synthetic.world.plan import COURSE_DAYS
from synthetic.world.ward_people import INDICATIONS, MS, PID, RISKS
from synthetic.world.ward_visits import Visits, orders
from synthetic.writing.columns import Texts, chosen, counts, digits, joined, picked, same
from synthetic.writing.landing import Landing

ORDERED_BEFORE = 10 * clock.DAY  # the first infusion
REVIEWED_AFTER = 1  # days after the last one
FAILED = (
    "interferon beta-1a; glatiramer acetate",
    "interferon beta-1b; methotrexate",
    "steroids; fingolimod",
)
DECISIONS = ("go_on", "go_on", "change", "stop")


def send(visits: Visits, landing: Landing) -> None:
    """The orders of those whose first infusion this is; the reviews of those whose last it is."""
    first = visits.only((visits.course == 0) & (visits.infusion % COURSE_DAYS == 0))
    if len(first.infusion):
        first.send(landing, "treatment_order", _orders(first))
    last = visits.only(
        (visits.course == visits.plan.rounds - 1) & (visits.infusion % COURSE_DAYS == 0)
    )
    if len(last.infusion):
        last.send(landing, "course_review", _reviews(last))


def _orders(visits: Visits) -> dict[str, Texts]:
    patient, plan = visits.patient, visits.plan
    why, risk = ward_people.indication(patient), ward_people.risk(patient)
    risks = {name: chosen(risk == at, "yes", "no") for at, name in enumerate(RISKS)}
    return {
        "site": visits.here(),
        "treatment_order": orders(patient),
        "patient_key": ward_people.keys(plan, patient),
        "ordered_at": visits.times(courses.started(plan, visits.infusion) - ORDERED_BEFORE),
        "indication": picked(INDICATIONS, why),
        "weight_kg": visits.amounts(ward_people.weight(plan, patient), 1),
        **risks,
        "allergy": same("no", len(patient)),
        "iga_deficiency": chosen(ward_people.lacks_iga(patient), "yes", "no"),
        "dose_g": visits.amounts(100 * courses.dose_of(plan, patient), 1),
        "days": counts(np.where(why == PID, 1, COURSE_DAYS)),
        "courses": counts(np.full(len(patient), plan.rounds)),
        "interval_days": counts(courses.every(plan, patient)),
        "failed_therapies": chosen(why == MS, picked(FAILED, patient % len(FAILED)), None),
        "authorisation": chosen(why == MS, _authorisations(patient), None),
    }


def _authorisations(patient: Ints) -> Texts:
    return joined(b"AUTH-25-", digits(patient + 1, 6))


def _reviews(visits: Visits) -> dict[str, Texts]:
    patient = visits.patient
    day = courses.day_of(visits.plan, visits.infusion) + COURSE_DAYS - 1 + REVIEWED_AFTER
    return {
        "site": visits.here(),
        "patient_key": ward_people.keys(visits.plan, patient),
        "reviewed_on": clock.days(day),
        "decision": picked(DECISIONS, patient % len(DECISIONS)),
        "reviewed_by": same("NEURO-2", len(patient)),
    }
