"""What the rules answer of the plant's own infusions and preparations, as they were made."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING
from synthetic.truth.truth import Ledger
from synthetic.world import courses, ward_people, ward_pumps, ward_reactions
from synthetic.world.courses import Places
from synthetic.world.draws import Ints
from synthetic.world.plan import COURSE_DAYS
from synthetic.world.ward_people import MS
from synthetic.world.ward_visits import Visits, numbers, preparations
from synthetic.writing.columns import Mask, Texts, counts, same

OUTCOMES = (PASS, NOT_APPLICABLE, PENDING, NOTICE, FINDING)
PASSED, FOREIGN, OPEN, NOTED = range(4)  # places in OUTCOMES


def told(ledger: Ledger, rule: str, subjects: Sequence[Texts], outcome: Ints) -> None:
    """State the outcome of each subject: a place in OUTCOMES."""
    for at, name in enumerate(OUTCOMES):
        some = outcome == at
        # Few outcomes have a subject here; a column is divided only where it has.
        if some.any():
            ledger.outcomes(rule, [key.filter(pa.array(some)) for key in subjects], name)


def of_infusions(visits: Visits, ledger: Ledger) -> None:
    """R05, R06, R07.daily, R08 and C05 of each infusion."""
    patient = visits.patient
    key = (visits.here(), numbers(visits.infusion))
    given, bare = visits.status < 2, without_gtin(visits)
    ms = ward_people.indication(patient) == MS
    first = (visits.course == 0) & (visits.infusion % COURSE_DAYS == 0)
    unknown_rate = bare | (visits.site == ward_pumps.WITHOUT)
    told(ledger, "R05", key, np.select([~given, bare], [FOREIGN, OPEN], PASSED))
    told(ledger, "R06", key, np.select([~given, unknown_rate], [FOREIGN, OPEN], PASSED))
    told(ledger, "R07.daily", key, np.where(given & ms, PASSED, FOREIGN))
    told(
        ledger,
        "R08",
        key,
        np.select([~given | ~ward_people.lacks_iga(patient), bare], [FOREIGN, OPEN], PASSED),
    )
    told(ledger, "C05", key, np.where(given & ms & first, PASSED, FOREIGN))
    ill = visits.only(ward_reactions.reacted(visits))
    told(
        ledger,
        "K01.reaction",
        (ill.here(), ward_reactions.numbers(ill.infusion)),
        np.where(ward_reactions.serious(ill), PASSED, FOREIGN),
    )


def without_gtin(visits: Visits) -> Mask:
    """Whether an infusion's vials are told by lot and count without a GTIN."""
    places = courses.places(visits.plan, visits.infusion)
    first = places.only(places.place == 0)
    return first.by_count & ~first.has_gtin


def of_vials(visits: Visits, places: Places, ledger: Ledger) -> None:
    """R04 of each preparation; R03.given, R07 and R09 of each vial's line."""
    told(
        ledger,
        "R04",
        (visits.here(), preparations(visits.infusion)),
        np.where(without_gtin(visits), OPEN, PASSED),
    )
    rows, given = len(places.infusion), courses.status_of(visits.plan, places.infusion) < 2
    key = (same(visits.site, rows), numbers(places.infusion), counts(places.place + 1))
    for rule in ("R03.given", "R09"):
        told(ledger, rule, key, np.where(given, PASSED, FOREIGN))
    told(
        ledger,
        "R07",
        key,
        np.select([~given, places.by_count & ~places.has_gtin], [FOREIGN, OPEN], PASSED),
    )


def of_courses(visits: Visits, ledger: Ledger) -> None:
    """C01, C03 and C04 of each course, from the first infusions of some patients' first courses."""
    plan, patient = visits.plan, visits.patient
    patient = patient[ward_people.indication(patient) == MS]
    infusion = patient[:, None] * COURSE_DAYS + np.arange(plan.rounds) * plan.patients * COURSE_DAYS
    both = infusion[:, :, None] + np.arange(COURSE_DAYS)
    given = np.stack(
        [courses.status_of(plan, both[:, :, day]) < 2 for day in range(COURSE_DAYS)], axis=2
    )
    there = np.asarray(given.any(axis=2))
    first = courses.day_of(plan, infusion) + np.where(given[:, :, 0], 0, 1)
    # A course follows the one before by the days between both first infusions that were given.
    apart, known = np.diff(first, axis=1), there[:, :-1]
    regular = (apart >= courses.EVERY[0]) & (apart <= courses.EVERY[1])
    later = np.select([~known, regular], [OPEN, PASSED], NOTED)
    # The first course follows none.
    start = np.full((len(patient), 1), FOREIGN)
    number = np.broadcast_to(np.arange(plan.rounds) + 1, there.shape)
    key = _keys(visits, np.broadcast_to(patient[:, None], there.shape)[there], number[there])
    told(ledger, "C01", key, np.where(given.all(axis=2), PASSED, OPEN)[there])
    told(ledger, "C03", key, np.hstack([start, later])[there])
    told(ledger, "C04", key, np.where(number == 1, PASSED, FOREIGN)[there])


def _keys(visits: Visits, patient: Ints, number: Ints) -> Sequence[Texts]:
    return same(visits.site, len(patient)), ward_people.keys(visits.plan, patient), counts(number)
