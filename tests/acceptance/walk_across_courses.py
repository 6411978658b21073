"""The walk's rules across records on courses against multiple sclerosis: how many days, how far apart, and reviewed."""

from collections.abc import Iterator
from datetime import date

from tests.acceptance.walk_across_preparations import orders
from tests.acceptance.walk_across_vials import not_given
from tests.acceptance.walk_values import Typed
from tests.acceptance.walk_world import (
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Verdict,
    World,
    day_after,
    pending,
)

Course = tuple[str, str, int]  # site, patient and the course's number
MOST_DAYS, SHORTEST, LONGEST = 2, 21, 28


def judged(world: World) -> Judged:
    """Every verdict on every course."""
    courses = _courses(world)
    for (site, patient, number), days in courses.items():
        key = (site, patient, str(number))
        yield "C01", key, PENDING if len(days) < MOST_DAYS else NOTICE if len(days) > MOST_DAYS else PASS
        yield "C03", key, _apart(number, days, courses.get((site, patient, number - 1)))
        yield from (("C04", key, verdict) for verdict in _reviewed(world, (site, patient, number), days))


def _courses(world: World) -> dict[Course, set[date]]:
    """The days of infusion of every course."""
    found: dict[Course, set[date]] = {}
    for _, row in world.rows("administration"):
        if None not in (row["patient_key"], row["course"]) and _for_ms(world, row) and not not_given(world, row):
            days = found.setdefault((row["site"], row["patient_key"], row["course"]), set())
            days.update(day for day in world.days(row["started_at"], row["site"]) if day)
    return found


def _for_ms(world: World, infusion: Typed) -> bool:
    return any(order and order["indication"] == "MS" for order in orders(world, infusion))


def _apart(number: int, days: set[date], before: set[date] | None) -> Verdict:
    if number == 1:
        return NOT_APPLICABLE
    if not days or not before:
        return PENDING
    return PASS if SHORTEST <= (min(days) - min(before)).days <= LONGEST else NOTICE


def _reviewed(world: World, course: Course, days: set[date]) -> Iterator[Verdict]:
    site, patient, number = course
    if number != 1 or not days:
        yield PENDING if number == 1 else NOT_APPLICABLE
        return
    first = min(days)
    reviews = [row["reviewed_on"] for row in world.find("course_review", site=site, patient_key=patient)
               if row["reviewed_on"] >= first]
    for _, jurisdiction in world.places(site):
        clocks = world.in_force("reporting_clock", first, jurisdiction=jurisdiction, event="course_review")
        for due in [day_after(first, clock["days"]) for clock in clocks] or [None]:
            if due is None or not reviews:
                yield pending(due)
            else:
                yield NOTICE if min(reviews) > due else PASS
