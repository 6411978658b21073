"""Cases of the rules on a donation's day and donor: interval, week, sex, examination, four-month
sample.
"""

from synthetic.cases.seeded import FINDING, NOTICE, PENDING
from synthetic.cases.world import DAY, LAWLESS, Cases
from synthetic.world import clock
from synthetic.world.parties import LAWLESS_CENTRE, LAX_CENTRE, WESTERN_CENTRE, zone_of

TOO_SOON = {"D02.interval": FINDING}
# Of a donation without a donor's key.
NOBODY = {
    "D02.interval": PENDING,
    "D02.week": PENDING,
    "D05.sex": PENDING,
    "D06.exam": PENDING,
    "D06.sample": PENDING,
    "D07.earlier": PENDING,
    "D11": PENDING,
}


def all_of(cases: Cases) -> None:
    """Every case once."""
    laws(cases)
    interval(cases)
    persons(cases)
    local_days(cases)
    week(cases)
    sex(cases)
    exam(cases)
    sample(cases)


def laws(cases: Cases) -> None:
    """A law without a limit, a place without a law, and a donation of nobody."""
    cases.donation(cases.donor(), centre=LAX_CENTRE)
    cases.donation(cases.donor(), told=LAWLESS, centre=LAWLESS_CENTRE, markers=("HBsAg", "HIV-NAT"))
    cases.donation("", told=NOBODY, findings=("donation.donor_key.present",))


def interval(cases: Cases) -> None:
    """Twice on one day, a day apart, two days apart; recovered plasma between does not count."""
    for days, after in ((0, TOO_SOON), (1, TOO_SOON), (2, {})):
        donor = cases.donor()
        cases.donation(donor, DAY, TOO_SOON if not days else {})
        cases.donation(donor, DAY + days, after)
    donor = cases.donor()
    for days, kind in ((0, "source"), (1, "recovered"), (2, "source")):
        cases.donation(donor, DAY + days, plasma_kind=kind)


def persons(cases: Cases) -> None:
    """Two keys of one person, stated, stated through a third key, and withdrawn."""
    for statements in (("stated",), ("stated", "stated"), ("withdrawn",)):
        keys = [cases.donor() for _ in range(len(statements) + 1)]
        for number, status in enumerate(statements):
            cases.same(keys[number], keys[number + 1], status)
        cases.donation(keys[0], DAY)
        cases.donation(keys[-1], DAY + 1, TOO_SOON if "stated" in statements else {})


def local_days(cases: Cases) -> None:
    """An evening in the west is the next day in Berlin; its legal day is the centre's."""
    donor = cases.donor()
    evening = clock.instant((DAY + 1) * clock.DAY + clock.HOUR, zone_of(WESTERN_CENTRE))
    cases.donation(donor, centre=WESTERN_CENTRE, collected_at=evening)
    cases.donation(donor, DAY + 2)
    donor = cases.donor()
    as_universal = clock.instant((DAY + 1) * clock.DAY + clock.HOUR, "UTC")
    cases.donation(donor, DAY, TOO_SOON, centre=WESTERN_CENTRE)
    cases.donation(donor, DAY, TOO_SOON, centre=WESTERN_CENTRE, collected_at=as_universal)


def week(cases: Cases) -> None:
    """The third one on the seventh day is one too many, on the eighth it is not; recovered plasma
    counts no more.
    """
    for last, told in ((6, {"D02.week": FINDING}), (7, {})):
        donor = cases.donor()
        for days in (0, 3):
            cases.donation(donor, DAY + days)
        cases.donation(donor, DAY + last, told)
    donor = cases.donor()
    cases.donation(donor, DAY)
    cases.donation(donor, DAY + 1, plasma_kind="recovered")


def sex(cases: Cases) -> None:
    """A haemoglobin of 12.7 is enough for a woman; nobody says the sex, or the haemoglobin."""
    cases.donation(cases.donor(sex="F"), haemoglobin_g_dl="12.7")
    cases.donation(cases.donor(sex="M"), told={"D05.sex": FINDING}, haemoglobin_g_dl="12.7")
    cases.donation(cases.donor(sex=""), told={"D05.sex": PENDING})
    cases.donation(cases.donor(), told={"D05.sex": PENDING}, haemoglobin_g_dl="")


def exam(cases: Cases) -> None:
    """On the day, a year before, longer ago, only afterwards, and one that did not go well."""
    for day, told in (
        (DAY, {}),
        (DAY - 365, {}),
        (DAY - 366, {"D06.exam": FINDING}),
        (DAY + 1, {"D06.exam": PENDING}),
    ):
        cases.donation(cases.donor(exam=day), told=told)
    unsuitable = cases.donor(exam=None)
    cases.exam(unsuitable, DAY - 10, conclusion="unsuitable")
    cases.donation(unsuitable, told={"D06.exam": PENDING})


def sample(cases: Cases) -> None:
    """To the day of the month: within four months, within six with a signature or without, and
    longer ago.
    """
    end = 58  # 28 February; the sample of 31 October is four months old then, and no day more
    taken = -62
    for day, by, told in (
        (end, "", {}),
        (end + 1, "MD-4", {"D06.sample": NOTICE}),
        (end + 1, "", {"D06.sample": FINDING}),
        (120, "MD-4", {"D06.sample": FINDING}),
    ):
        donor = cases.donor(sample=None, exam=-80, as_of=-90)
        cases.exam(donor, taken, kind="four_month_sample", reviewed_by=by)
        cases.donation(donor, day, told)
    cases.donation(cases.donor(sample=None), told={"D06.sample": PENDING})
