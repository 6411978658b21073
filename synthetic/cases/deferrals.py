"""Cases of the rules on deferrals, and on what became known of a donor afterwards."""

from synthetic.cases.screening import BOTH, FOUND, REACTIVE, deferral
from synthetic.cases.world import DAY, LAWLESS, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_CENTRE, LAWLESS_CENTRE

DEFERRED = "D11=finding"
MONTHS_6 = 184  # days from 11 April to 12 October


def all_of(cases: Cases) -> None:
    """Every case once."""
    deferred(cases)
    window(cases)
    information(cases)


def deferred(cases: Cases) -> None:
    """On its first and last day; while nobody says until when; after the donor is back."""
    for since, until, requalified, answers in (
        (DAY, None, None, DEFERRED),
        (DAY - 9, DAY, None, DEFERRED),
        (DAY - 9, DAY - 1, None, ""),
        (DAY + 1, None, None, ""),
        (DAY - 9, None, DAY, ""),
        (DAY - 9, None, DAY + 1, DEFERRED),
    ):
        donor = cases.donor()
        deferral(cases, donor, since, until, requalified, cause="travel")
        cases.donation(donor, DAY, answers)
    donor = cases.donor()
    deferral(cases, donor, DAY - 1, cause="history")
    lawless = f"centre={LAWLESS_CENTRE}"
    cases.donation(donor, DAY, f"{LAWLESS} {DEFERRED}", lawless, without=BOTH)


def window(cases: Cases) -> None:
    """Before a deferral without a reactive result: all, some or none pooled; and another cause."""
    for pooled, units, answers in (
        (2, 2, "D11=notice"),
        (1, 2, DEFERRED),
        (0, 1, DEFERRED),
        (0, 0, DEFERRED),
    ):
        donor = cases.donor()
        deferral(cases, donor, DAY + MONTHS_6 - 1)
        number = cases.donation(donor, DAY, answers)
        some = [cases.unit(number, _of_unit(place < pooled)) for place in range(units)]
        if pooled:
            cases.pool(dict.fromkeys(some[:pooled], ""))
    donor = cases.donor()
    deferral(cases, donor, DAY + MONTHS_6 - 1, cause="history")
    cases.donation(donor)
    _counted(cases)


def _counted(cases: Cases) -> None:
    """Six months before the last good result, and a day more; a marker without look-back."""
    for days, answers in ((MONTHS_6 - 1, DEFERRED), (MONTHS_6, "")):
        donor, last = cases.donor(), DAY + days
        cases.exam(donor, last, "kind=four_month_sample")
        cases.donation(donor, DAY, answers)
        cases.donation(donor, last, DEFERRED)
        found = f"{FOUND} {DEFERRED}"
        reactive = cases.donation(donor, last + 3, found, without=("HIV-NAT",))
        cases.result(reactive, "HIV-NAT", REACTIVE)
        deferral(cases, donor, last + 3)
    donor = cases.donor()
    cases.result(cases.donation(donor), "syphilis", REACTIVE)
    deferral(cases, donor, DAY + 1)


def _of_unit(pooled: bool) -> str:
    drawn = "pass" if pooled else "not_applicable"
    return f"D08=pass P04.draw={drawn} P05={drawn}"


def information(cases: Cases) -> None:
    """About a donation, about a donor by another key: since ever, since its day, and later."""
    learned = "PDI.donation=notice"
    number = cases.donation(cases.donor(), DAY, learned)
    _informed(cases, f"donation_number={number}")
    for day, answers in (("", learned), (clock.day(DAY), learned), (clock.day(DAY + 1), "")):
        donor, other = cases.donor(), cases.donor()
        cases.same(other, donor)
        _informed(cases, f"donor_key={other} effective_on={day}")
        cases.donation(donor, DAY, answers)


def _informed(cases: Cases, about: str) -> None:
    cases.put(
        "post_donation_information",
        f"""centre={CASE_CENTRE} information=PDIZ-{cases.new()} kind=donor_disease
        learned_at={noon(DAY + 60)} reviewed_at={noon(DAY + 61)} {about}""",
        "K01.information=pass",
    )
