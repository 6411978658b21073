"""The walk's rules on courses against multiple sclerosis: how many days, how far apart, reviewed, and the first
dose supervised."""

from collections.abc import Iterator
from datetime import date

from tests.walk.given import not_given, orders
from tests.walk.linking import Key
from tests.walk.values import Typed
from tests.walk.world import (
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Place,
    Verdict,
    World,
    day_after,
    local_day,
    pending,
)

RULES = (
    "C01",
    "C03",
    "C04",
    "C05",
)
Course = tuple[str, int]  # a patient at a site, and the course's number
Courses = dict[Course, set[date]]  # with their days of infusion
MOST_DAYS, SHORTEST, LONGEST = 2, 21, 28


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every infusion, and on every course."""
    for key, infusion in world.rows("administration"):
        for order in orders(world, infusion):
            yield "C05", key, _supervised(world, infusion, order)
    for site in sorted({key[0] for key, _ in world.rows("administration")}):
        courses: Courses = {}
        for place in world.places(site):
            for course, day in _infusions(world, site, place):
                courses.setdefault(course, set()).add(day)
        for place in world.places(site):
            yield from _verdicts(world, site, place, courses)


def _supervised(world: World, infusion: Typed, order: Typed | None) -> Verdict:
    if not_given(world, infusion) or infusion["first_dose"] != "yes":
        return NOT_APPLICABLE
    if order is None or order["indication"] is None:
        return PENDING
    if order["indication"] != "MS":
        return NOT_APPLICABLE
    return PASS if infusion["supervised_by"] else NOTICE


def _infusions(world: World, site: str, place: Place) -> Iterator[tuple[Course, date]]:
    """The days of infusion at a site, each with its course, of all standing versions together."""
    for _, row in world.rows("administration"):
        if row["site"] == site and not not_given(world, row):
            found = (_of_course(row, order, place) for order in orders(world, row))
            yield from filter(None, found)


def _of_course(row: Typed, order: Typed | None, place: Place) -> tuple[Course, date] | None:
    day = local_day(row["started_at"], place.zone)
    if (
        day is None
        or None in (row["patient_key"], row["course"])
        or not order
        or order["indication"] != "MS"
    ):
        return None
    return (row["patient_key"], row["course"]), day


def _verdicts(world: World, site: str, place: Place, courses: Courses) -> Judged:
    for (patient, number), days in courses.items():
        key = (site, patient, str(number))
        yield (
            "C01",
            key,
            PENDING if len(days) < MOST_DAYS else NOTICE if len(days) > MOST_DAYS else PASS,
        )
        yield "C03", key, _apart(number, days, courses.get((patient, number - 1)))
        yield from (("C04", key, verdict) for verdict in _reviewed(world, key, place, min(days)))


def _apart(number: int, days: set[date], before: set[date] | None) -> Verdict:
    if number == 1:
        return NOT_APPLICABLE
    if not before:
        return PENDING
    return PASS if SHORTEST <= (min(days) - min(before)).days <= LONGEST else NOTICE


def _reviewed(world: World, course: Key, place: Place, first: date) -> Iterator[Verdict]:
    site, patient, number = course
    if number != "1":
        yield NOT_APPLICABLE
        return
    reviews = [
        row["reviewed_on"]
        for row in world.find("course_review", site=site, patient_key=patient)
        if row["reviewed_on"] >= first
    ]
    clocks = world.in_force(
        "reporting_clock", first, jurisdiction=place.jurisdiction, event="course_review"
    )
    for due in [day_after(first, clock["days"]) for clock in clocks] or [None]:
        if due is None or not reviews:
            yield pending(due)
        else:
            yield NOTICE if min(reviews) > due else PASS
