"""Cases of courses: how many days (C01), how far apart (C03), reviewed when (C04); and of
a first dose (C05).
"""

from collections.abc import Sequence

from synthetic.cases import ward_infusion as cases
from synthetic.cases.seeded import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Found,
    Values,
    found,
)
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimens_packs import WARD
from synthetic.world import clock, packing
from synthetic.world.reference import CLOCKS

POSSIBLE = {
    "C01": (PASS, PENDING, NOTICE),
    "C03": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
    "C04": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
    "C05": (NOT_APPLICABLE, PASS, PENDING, NOTICE),
}
FOREIGN = {"R07.daily": NOT_APPLICABLE, "C05": NOT_APPLICABLE}  # of an order that is not for MS
FIRST = 130  # 11 May: a review 200 days later is in November
REVIEW = CLOCKS["course_review"]


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    _first_doses(seeder)
    _days(seeder)
    _intervals(seeder)
    _reviews(seeder)


def _first_doses(seeder: Seeder) -> None:
    """Not supervised; not the first; and not against MS."""
    cases.seed(seeder, {"C05": NOTICE}, infusion={"supervised_by": ""})
    cases.seed(seeder, {"C05": NOT_APPLICABLE}, infusion={"first_dose": "no", "supervised_by": ""})
    cases.seed(seeder, FOREIGN, order={"indication": "PID"}, infusion={"supervised_by": ""})


def course(
    seeder: Seeder, patient: str, number: int, days: Sequence[int], answers: Sequence[Found]
) -> None:
    """Seed a patient's infusions on those days (negative: not given), and state what the rules
    answer.
    """
    for place, day in enumerate(days):
        at = abs(day) * clock.DAY
        of = {"patient_key": patient, "course": str(number), "day_of_course": str(place + 1)}
        when = {"started_at": clock.instant(at + 36_000), "ended_at": clock.instant(at + 50_000)}
        mixed: Values = {
            "started_at": clock.instant(at + 32_000),
            "completed_at": clock.instant(at + 33_000),
        }
        status: Values = {"status": "given"} if day > 0 else {"status": "not_given"}
        one = cases.infusion(
            seeder,
            order={"patient_key": patient},
            preparation=mixed,
            infusion={**of, **when, **status},
        )
        nothing = dict.fromkeys((*cases.OF_INFUSION, *cases.OF_LINE), NOT_APPLICABLE)
        early = {"R03.given": FINDING} if at + 36_000 < packing.released(seeder.plan, 0) else {}
        cases.seeded(seeder, one, early if day > 0 else nothing)
    for answer in answers:
        seeder.ledger.outcome(answer.rule, (WARD, patient, str(number)), answer.outcome, answer.due)


def _patient(seeder: Seeder) -> str:
    return f"P-XC{seeder.next('course_review').number:06d}"


def _unreviewed(days: Sequence[int]) -> Found:
    first = min(day for day in days if day > 0)
    return Found("C04", PENDING, clock.day(first + REVIEW))


def _days(seeder: Seeder) -> None:
    """Two days; one; two of which one was called off; three; and two on one day."""
    for days, outcome in (
        ((200, 201), PASS),
        ((200,), PENDING),
        ((200, -201), PENDING),
        ((200, 201, 202), NOTICE),
        ((200, 200), PENDING),
    ):
        course(
            seeder,
            _patient(seeder),
            1,
            days,
            (*found(C01=outcome, C03=NOT_APPLICABLE), _unreviewed(days)),
        )


def _intervals(seeder: Seeder) -> None:
    """Three weeks and four; a day too soon and too late; and a course that follows none."""
    for days, outcome in ((21, PASS), (28, PASS), (20, NOTICE), (29, NOTICE)):
        patient, first = _patient(seeder), (200, 201)
        course(
            seeder, patient, 1, first, (*found(C01=PASS, C03=NOT_APPLICABLE), _unreviewed(first))
        )
        course(
            seeder,
            patient,
            2,
            (200 + days, 201 + days),
            found(C01=PASS, C03=outcome, C04=NOT_APPLICABLE),
        )
    course(
        seeder, _patient(seeder), 3, (250, 251), found(C01=PASS, C03=PENDING, C04=NOT_APPLICABLE)
    )


def _reviews(seeder: Seeder) -> None:
    """On the last day of the term; a day later; and before the first infusion, which is no review
    of it.
    """
    for day, outcome in (
        (FIRST + REVIEW, PASS),
        (FIRST + REVIEW + 1, NOTICE),
        (FIRST - 1, PENDING),
    ):
        patient, until = _patient(seeder), clock.day(FIRST + REVIEW) if outcome == PENDING else ""
        course(
            seeder,
            patient,
            1,
            (FIRST, FIRST + 1),
            (*found(C01=PASS, C03=NOT_APPLICABLE), Found("C04", outcome, until)),
        )
        seeder.sound(
            seeder.next("course_review").but(patient_key=patient, reviewed_on=clock.day(day))
        )
