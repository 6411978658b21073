"""The walk's rules across records on donations: intervals, examinations, deferrals, later
knowledge.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tests.walk.deferrals import in_window
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Verdict,
    World,
    add_months,
    local_day,
    worst,
)

Rule = Callable[[World, Typed, date, Typed], Verdict]  # of a donation, on its day, by its scheme


def judged(world: World) -> Judged:
    """Every verdict on every donation."""
    for key, donation in world.rows("donation"):
        for day, scheme in schemes(world, donation):
            for rule, judge in RULES.items():
                yield rule, key, judge(world, donation, day, scheme) if day and scheme else PENDING
            yield "D11", key, _deferred(world, donation, day, scheme)
        for day in world.days(donation["collected_at"], donation["centre"]):
            yield "PDI.donation", key, _information(world, donation, day)


def schemes(world: World, donation: Typed) -> list[tuple[date | None, Typed | None]]:
    """The day of a donation and its scheme, by each version of the centre and of the scheme."""
    found: list[tuple[date | None, Typed | None]] = []
    for zone, jurisdiction in world.places(donation["centre"]):
        day = local_day(donation["collected_at"], zone)
        kind = donation["plasma_kind"]
        holding = world.in_force(
            "screening_scheme", day, jurisdiction=jurisdiction, plasma_kind=kind
        )
        found += [(day, scheme) for scheme in holding] or [(day, None)]
    return found


def _source_days(world: World, donation: Typed) -> set[tuple[str, date]]:
    """Number and day of the other donations of source plasma of the donation's person."""
    return {
        (other["donation_number"], day)
        for other in world.of_person("donation", "donor", donation["donor_key"])
        if other["plasma_kind"] == "source"
        and other["donation_number"] != donation["donation_number"]
        for day in world.days(other["collected_at"], other["centre"])
        if day
    }


def _interval(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["interval_days"] is None:
        return NOT_APPLICABLE
    if donation["donor_key"] is None:
        return PENDING
    gaps = [(day - other).days for _, other in _source_days(world, donation)]
    return FINDING if any(gap == 0 or 0 < gap < scheme["interval_days"] for gap in gaps) else PASS


def _week(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["week_max"] is None:
        return NOT_APPLICABLE
    if donation["donor_key"] is None:
        return PENDING
    others = {
        number for number, other in _source_days(world, donation) if 0 <= (day - other).days < 7
    }
    itself = donation["plasma_kind"] == "source"
    return FINDING if len(others) + itself > scheme["week_max"] else PASS


def _sex(world: World, donation: Typed, _: date, scheme: Typed) -> Verdict:
    limits = {"F": scheme["haemoglobin_f_g_dl"], "M": scheme["haemoglobin_m_g_dl"]}
    measured = donation["haemoglobin_g_dl"]
    if limits["F"] is None and limits["M"] is None:
        return NOT_APPLICABLE
    sexes = {
        donor["sex"]
        for donor in world.of_person("donor", "donor", donation["donor_key"])
        if donor["sex"]
    }
    return worst([_enough(measured, limits[sex]) for sex in sexes] or [PENDING])


def _enough(measured: Decimal | None, limit: Decimal | None) -> Verdict:
    if limit is None:
        return NOT_APPLICABLE
    return PENDING if measured is None else FINDING if measured < limit else PASS


def _latest(rows: list[Typed], column: str, day: date) -> list[Typed]:
    """Of the rows on or before a day, those of the latest day."""
    before = [row for row in rows if row[column] is not None and row[column] <= day]
    return [row for row in before if row[column] == max(other[column] for other in before)]


def _exam(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["exam_days"] is None:
        return NOT_APPLICABLE
    exams = [
        exam
        for exam in world.of_person("donor_exam", "donor", donation["donor_key"])
        if exam["kind"] == "physical" and exam["conclusion"] == "suitable"
    ]
    latest = _latest(exams, "examined_on", day)
    if not latest:
        return PENDING
    return FINDING if (day - latest[0]["examined_on"]).days > scheme["exam_days"] else PASS


def _sample(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["sample_months"] is None:
        return NOT_APPLICABLE
    samples = [
        exam
        for exam in world.of_person("donor_exam", "donor", donation["donor_key"])
        if exam["kind"] == "four_month_sample"
    ]
    latest = _latest(samples, "examined_on", day)
    return worst([_age(sample, day, scheme) for sample in latest]) if latest else PENDING


def _age(sample: Typed, day: date, scheme: Typed) -> Verdict:
    late = scheme["sample_late_months"]
    if day <= add_months(sample["examined_on"], scheme["sample_months"]):
        return PASS
    within = late is not None and day <= add_months(sample["examined_on"], late)
    return NOTICE if within and sample["reviewed_by"] else FINDING


def _deferred(world: World, donation: Typed, day: date | None, scheme: Typed | None) -> Verdict:
    if day is None or donation["donor_key"] is None:
        return PENDING
    deferrals = [
        row
        for row in world.of_person("deferral", "donor", donation["donor_key"])
        if row["deferred_from"]
    ]
    if any(_lasts(deferral, day) for deferral in deferrals):
        return FINDING
    if scheme is None:
        return PENDING
    if not in_window(world, donation["donor_key"], day, scheme["lookback_months"]):
        return PASS
    return NOTICE if _all_pooled(world, donation) else FINDING


def _lasts(deferral: Typed, day: date) -> bool:
    until, again = deferral["deferred_until"], deferral["requalified_on"]
    return bool(
        deferral["deferred_from"] <= day
        and (not until or until >= day)
        and (not again or again > day)
    )


def _all_pooled(world: World, donation: Typed) -> bool:
    number = donation["donation_number"]
    units = world.find("plasma_unit", donation_number=number)
    has_some = world.certain("plasma_unit", donation_number=number)
    return has_some and all(world.find("pool_unit", unit=unit["unit"]) for unit in units)


def _information(world: World, donation: Typed, day: date | None) -> Verdict:
    if world.find("post_donation_information", donation_number=donation["donation_number"]):
        return NOTICE
    known = world.of_person("post_donation_information", "donor", donation["donor_key"])
    since = [information["effective_on"] for information in known]
    return NOTICE if any(not on or not day or on <= day for on in since) else PASS


RULES: dict[str, Rule] = {
    "D02.interval": _interval,
    "D02.week": _week,
    "D05.sex": _sex,
    "D06.exam": _exam,
    "D06.sample": _sample,
}
