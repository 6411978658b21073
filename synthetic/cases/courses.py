"""Cases of courses: days (C01), intervals (C03), reviews (C04); and of a first dose (C05)."""

from collections.abc import Sequence

from synthetic.cases.anchors import WARD
from synthetic.cases.seeder import Seeder
from synthetic.cases.told import pairs, tables
from synthetic.cases.ward_infusion import NOTHING, seed, seed_all
from synthetic.world import clock, packing
from synthetic.world.reference import CLOCKS

TABLES = tables("courses")
FIRST = 130  # 11 May: a review 200 days later is in November
REVIEW = CLOCKS["course_review"]
PACKED = 245 * clock.DAY  # as seeded packs are
ALONE = "C01=pass C03=not_applicable"


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    seed_all(seeder, TABLES["first_doses"])
    for outcome, told in TABLES["days"]:
        days = [int(day) for day in told.split()]
        answers = f"{ALONE} C01={outcome} {_unreviewed(days)}"
        course(seeder, _patient(seeder), 1, days, answers)
    _intervals(seeder)
    _reviews(seeder)


def course(seeder: Seeder, patient: str, number: int, days: Sequence[int], answers: str) -> None:
    """Seed infusions on those days (negative: not given), with what is answered of their course."""
    for place, day in enumerate(days, 1):
        _infused(seeder, f"patient_key={patient}", f"course={number} day_of_course={place}", day)
    for rule, answer in pairs(answers).items():
        seeder.ledger.answer(rule, (WARD, patient, str(number)), answer)


def _infused(seeder: Seeder, patient: str, of: str, day: int) -> None:
    at = abs(day) * clock.DAY
    mixed, dissolved, started, ended = (
        clock.instant(at + seconds) for seconds in (32_000, 33_000, 36_000, 50_000)
    )
    # An infusion before its pack was packed, or its lot released, breaks these rules besides.
    unpacked = "E02=finding" if at < PACKED else ""
    early = "R03.given=finding" if at + 36_000 < packing.released(seeder.plan, 0) else ""
    seed(
        seeder,
        f"{unpacked} {early if day > 0 else NOTHING}",
        order=patient,
        preparation=f"started_at={mixed} completed_at={dissolved}",
        infusion=f"{patient} {of} started_at={started} ended_at={ended} "
        f"status={'given' if day > 0 else 'not_given'}",
    )


# Numbered by a review that is not seeded, so that no two patients share a number.
def _patient(seeder: Seeder) -> str:
    return f"P-XC{seeder.next('course_review').number:06d}"


def _unreviewed(days: Sequence[int]) -> str:
    first = min(day for day in days if day > 0)
    return f"C04=pending:{clock.day(first + REVIEW)}"


def _intervals(seeder: Seeder) -> None:
    """Three weeks and four; a day too soon and too late; and a course that follows none."""
    for days, outcome in ((21, "pass"), (28, "pass"), (20, "notice"), (29, "notice")):
        patient, first = _patient(seeder), (200, 201)
        course(seeder, patient, 1, first, f"{ALONE} {_unreviewed(first)}")
        then = f"C01=pass C03={outcome} C04=not_applicable"
        course(seeder, patient, 2, (200 + days, 201 + days), then)
    course(seeder, _patient(seeder), 3, (250, 251), "C01=pass C03=pending C04=not_applicable")


def _reviews(seeder: Seeder) -> None:
    """On the last day of the term; a day later; before the first infusion, which is no review."""
    until = clock.day(FIRST + REVIEW)
    for day, answer in (
        (FIRST + REVIEW, "pass"),
        (FIRST + REVIEW + 1, "notice"),
        (FIRST - 1, f"pending:{until}"),
    ):
        patient = _patient(seeder)
        course(seeder, patient, 1, (FIRST, FIRST + 1), f"{ALONE} C04={answer}")
        review = seeder.next("course_review")
        seeder.sound(review.but(patient_key=patient, reviewed_on=clock.day(day)))
