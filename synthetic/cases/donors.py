"""Cases of the rules on a donation's day and donor: interval, week, sex, examination, sample."""

from synthetic.cases.told import Rows, tables
from synthetic.cases.world import DAY, LAWLESS, NOBODYS, Cases
from synthetic.world import clock
from synthetic.world.parties import LAWLESS_CENTRE, LAX_CENTRE, WESTERN_CENTRE, zone_of

TABLES = tables("donors")
TOO_SOON = "D02.interval=finding"
# Examined on the day, a year before, longer ago, and only afterwards.
EXAMS = {0: "", -365: "", -366: "D06.exam=finding", 1: "D06.exam=pending"}


def all_of(cases: Cases) -> None:
    """Every case once."""
    laws(cases)
    _several(cases, TABLES["intervals"])
    persons(cases)
    local_days(cases)
    _several(cases, TABLES["weeks"])
    for sex, answers, told in TABLES["sexes"]:
        cases.donation(cases.donor(sex=sex), DAY, answers, told)
    exam(cases)
    sample(cases)


def laws(cases: Cases) -> None:
    """A law without a limit, a place without a law, and a donation of nobody."""
    cases.donation(cases.donor(), told=f"centre={LAX_CENTRE}")
    both, lawless = ("HBsAg", "HIV-NAT"), f"centre={LAWLESS_CENTRE}"
    cases.donation(cases.donor(), DAY, LAWLESS, lawless, without=both)
    cases.donation("", DAY, NOBODYS, "found=donation.donor_key.present")


def _several(cases: Cases, table: Rows) -> None:
    for days in table:
        donor = cases.donor()
        for told in days:
            day, kind, *answers = told.split()
            cases.donation(donor, DAY + int(day), " ".join(answers), f"plasma_kind={kind}")


def persons(cases: Cases) -> None:
    """Two keys of one person, stated, stated through a third key, and withdrawn."""
    for statements in (("stated",), ("stated", "stated"), ("withdrawn",)):
        keys = [cases.donor() for _ in range(len(statements) + 1)]
        for number, status in enumerate(statements):
            cases.same(keys[number], keys[number + 1], status)
        cases.donation(keys[0], DAY)
        cases.donation(keys[-1], DAY + 1, TOO_SOON if "stated" in statements else "")


def local_days(cases: Cases) -> None:
    """An evening in the west is the next day in Berlin; its legal day is the centre's."""
    # Eight in the evening of one day there, three in the morning of the next in Berlin.
    west, late = f"centre={WESTERN_CENTRE} ", (DAY + 1) * clock.DAY + clock.HOUR
    donor = cases.donor()
    evening = clock.instant(late, zone_of(WESTERN_CENTRE))
    cases.donation(donor, told=f"{west} collected_at={evening}")
    cases.donation(donor, DAY + 2)
    donor = cases.donor()
    cases.donation(donor, DAY, TOO_SOON, west)
    as_universal = clock.instant(late, "UTC")
    cases.donation(donor, DAY, TOO_SOON, f"{west} collected_at={as_universal}")


def exam(cases: Cases) -> None:
    """On these days, and one that did not go well."""
    for day, answers in EXAMS.items():
        cases.donation(cases.donor(exam=DAY + day), DAY, answers)
    unsuitable = cases.donor(exam=None)
    cases.exam(unsuitable, DAY - 10, "conclusion=unsuitable found=D06.suitable")
    cases.donation(unsuitable, DAY, "D06.exam=pending")


def sample(cases: Cases) -> None:
    """A sample of 31 October, and none."""
    for day, by, answers in TABLES["samples"]:
        donor = cases.donor(sample=None, exam=-80, as_of=-90)
        cases.exam(donor, -62, f"kind=four_month_sample reviewed_by={by}")
        cases.donation(donor, int(day), answers)
    cases.donation(cases.donor(sample=None), DAY, "D06.sample=pending")
