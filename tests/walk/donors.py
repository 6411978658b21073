"""The walk's rules on donors: how often they give, their examination and their blood."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from tests.walk.donated import schemes
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    add_months,
    worst,
)

RULES = (
    "D02.interval",
    "D02.week",
    "D05.sex",
    "D06.exam",
    "D06.sample",
)


Rule = Callable[[World, Typed, date, Typed], Verdict]  # of a donation, on its day, by its scheme


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every donation, by its day and its scheme."""
    for key, donation in world.rows("donation"):
        for day, scheme in schemes(world, donation):
            for rule, judge in JUDGES.items():
                yield rule, key, judge(world, donation, day, scheme) if day and scheme else PENDING


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


def _of_each(world: World, donation: Typed, **wanted: str) -> Iterator[list[Typed]]:
    """The person's examinations that are as wanted, by every choice of one version of each."""
    donor = donation["donor_key"]
    keys = world.person("donor", donor) if donor else frozenset()
    for choice in world.choices("donor_exam", world.of_person("donor_exam", "donor", donor)):
        yield [
            exam
            for exam in choice
            if exam["donor_key"] in keys and all(exam[c] == said for c, said in wanted.items())
        ]


def _exam(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["exam_days"] is None:
        return NOT_APPLICABLE
    verdicts: list[Verdict] = []
    for exams in _of_each(world, donation, kind="physical", conclusion="suitable"):
        latest = _latest(exams, "examined_on", day)
        late = latest and (day - latest[0]["examined_on"]).days > scheme["exam_days"]
        verdicts.append(FINDING if late else PASS if latest else PENDING)
    return worst(verdicts)


def _sample(world: World, donation: Typed, day: date, scheme: Typed) -> Verdict:
    if scheme["sample_months"] is None:
        return NOT_APPLICABLE
    verdicts: list[Verdict] = []
    for samples in _of_each(world, donation, kind="four_month_sample"):
        latest = _latest(samples, "examined_on", day)
        verdicts += [_age(sample, day, scheme) for sample in latest] or [PENDING]
    return worst(verdicts)


def _age(sample: Typed, day: date, scheme: Typed) -> Verdict:
    late = scheme["sample_late_months"]
    if day <= add_months(sample["examined_on"], scheme["sample_months"]):
        return PASS
    within = late is not None and day <= add_months(sample["examined_on"], late)
    return NOTICE if within and sample["reviewed_by"] else FINDING


JUDGES: dict[str, Rule] = {
    "D02.interval": _interval,
    "D02.week": _week,
    "D05.sex": _sex,
    "D06.exam": _exam,
    "D06.sample": _sample,
}
