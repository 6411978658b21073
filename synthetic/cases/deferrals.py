"""Cases of the rules on deferrals with their look-back windows, and on what became known of a donor
afterwards.
"""

from synthetic.cases.screening import BOTH, FOUND, REACTIVE, deferral
from synthetic.cases.seeded import FINDING, NOTICE, PASS
from synthetic.cases.world import DAY, LAWLESS, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_CENTRE, LAWLESS_CENTRE

MONTHS_6 = 184  # days from 11 April to 12 October


def all_of(cases: Cases) -> None:
    """Every case once."""
    deferred(cases)
    window(cases)
    information(cases)


def deferred(cases: Cases) -> None:
    """On the first and the last day, while nobody says until when, and after the donor was admitted
    again.
    """
    given = {"D11": FINDING}
    for since, until, requalified, told in (
        (DAY, None, None, given),
        (DAY - 9, DAY, None, given),
        (DAY - 9, DAY - 1, None, {}),
        (DAY + 1, None, None, {}),
        (DAY - 9, None, DAY, {}),
        (DAY - 9, None, DAY + 1, given),
    ):
        donor = cases.donor()
        deferral(cases, donor, since, until, requalified=requalified, cause="travel")
        cases.donation(donor, told=told)
    _deferred_without_a_law(cases)


def _deferred_without_a_law(cases: Cases) -> None:
    donor = cases.donor()
    deferral(cases, donor, DAY - 1, None, cause="history")
    cases.donation(donor, told={**LAWLESS, "D11": FINDING}, markers=BOTH, centre=LAWLESS_CENTRE)


def window(cases: Cases) -> None:
    """Before a deferral of which no reactive result is known: all, some or none of it pooled; and
    another cause.
    """
    held, told_later = {"D11": FINDING}, {"D11": NOTICE}
    for pooled, units, told in ((2, 2, told_later), (1, 2, held), (0, 1, held), (0, 0, held)):
        donor = cases.donor()
        deferral(cases, donor, DAY + MONTHS_6 - 1, None)
        number = cases.donation(donor, told=told)
        some = [cases.unit(number, _of_unit(place < pooled)) for place in range(units)]
        if pooled:
            cases.pool({unit: {} for unit in some[:pooled]})
    donor = cases.donor()
    deferral(cases, donor, DAY + MONTHS_6 - 1, None, cause="history")
    cases.donation(donor)
    _counted(cases)


def _counted(cases: Cases) -> None:
    """Six months before the last good result of the agent, and a day longer; a marker for which
    nobody looks back.
    """
    held = {"D11": FINDING}
    for days, told in ((MONTHS_6 - 1, held), (MONTHS_6, {})):
        donor, last = cases.donor(), DAY + days
        cases.exam(donor, last, kind="four_month_sample")
        cases.donation(donor, told=told)
        cases.donation(donor, last, held)
        reactive = cases.donation(donor, last + 3, FOUND | held, markers=("HIV-NAT",))
        cases.result(reactive, "HIV-NAT", REACTIVE)
        deferral(cases, donor, last + 3, None)
    donor = cases.donor()
    cases.result(cases.donation(donor), "syphilis", REACTIVE)
    deferral(cases, donor, DAY + 1, None)


def _of_unit(pooled: bool) -> dict[str, str]:
    drawn = PASS if pooled else "not_applicable"
    return {"D08": PASS, "P04.draw": drawn, "P05": drawn}


def information(cases: Cases) -> None:
    """About a donation, about a donor (by another key) since ever or since its day, and about later
    days.
    """
    learned = {"PDI.donation": NOTICE}
    number = cases.donation(cases.donor(), told=learned)
    _informed(cases, donation_number=number)
    for day, told in (("", learned), (clock.day(DAY), learned), (clock.day(DAY + 1), {})):
        donor, other = cases.donor(), cases.donor()
        cases.same(other, donor)
        _informed(cases, donor_key=other, effective_on=day)
        cases.donation(donor, told=told)


def _informed(cases: Cases, **about: str) -> None:
    cases.put(
        "post_donation_information",
        {
            "centre": CASE_CENTRE,
            "information": f"PDIZ-{cases.new()}",
            "kind": "donor_disease",
            "learned_at": noon(DAY + 60),
            "reviewed_at": noon(DAY + 61),
            **about,
        },
        {"K01.information": PASS},
    )
