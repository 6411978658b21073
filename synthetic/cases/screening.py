"""Cases of the rules on what was looked for in a donation, on deferrals, and on what became known
afterwards.
"""

from collections.abc import Sequence

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOTICE, PASS, PENDING
from synthetic.cases.world import DAY, LAWLESS, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_CENTRE, LABORATORY, LAWLESS_CENTRE

REACTIVE, INVALID = "reactive", "invalid"
FOUND = {"D07": FINDING}
MONTHS_6 = 184  # days from 11 April to 12 October
BOTH = tuple(cases_law.TERMS)


def all_of(cases: Cases) -> None:
    """Every case once."""
    markers(cases)
    minipools(cases)
    statuses(cases)
    earlier(cases)
    deferred(cases)
    window(cases)
    information(cases)


def due(marker: str) -> str:
    """Pending, and until when for this marker."""
    return f"{PENDING} {clock.day(DAY + cases_law.TERMS[marker])}"


def markers(cases: Cases) -> None:
    """Reactive in any way, invalid, missing, and good beside reactive: the worst counts."""
    for interpretation in (REACTIVE, "repeatedly_reactive", "indeterminate"):
        number = cases.donation(cases.donor(), told=FOUND, markers=("HBsAg",))
        cases.result(number, "HBsAg", interpretation)
    number = cases.donation(cases.donor(), told={"D07": due("HBsAg")}, markers=("HBsAg",))
    cases.result(number, "HBsAg", INVALID)
    cases.donation(cases.donor(), told={"D07": due("HIV-NAT")}, markers=BOTH)
    number = cases.donation(cases.donor(), told=FOUND)
    cases.result(number, "HBsAg", REACTIVE)
    number = cases.donation(cases.donor(), told=FOUND, markers=BOTH)
    cases.result(number, "HBsAg", REACTIVE)
    number = cases.donation(cases.donor())
    cases.result(number, "anti-HBc", REACTIVE)  # not asked for


def _minipool(cases: Cases, members: Sequence[str], kind: str = "donation") -> str:
    number = f"MPZ-{cases.new()}"
    for member in members:
        cases.put(
            "minipool_member",
            {
                "minipool": number,
                "member_kind": kind,
                "member": member,
                "laboratory": LABORATORY,
                "mixed_at": noon(DAY + 1),
            },
        )
    return number


def minipools(cases: Cases) -> None:
    """Good or reactive in a minipool of minipools; a good result on the donation itself resolves a
    reactive one.
    """
    for interpretation, resolved, told in (
        (None, "", {"D07": due("HIV-NAT")}),
        ("nonreactive", "", {}),
        (REACTIVE, "", FOUND),
        (REACTIVE, "nonreactive", {}),
        ("nonreactive", REACTIVE, FOUND),
        (INVALID, "", {"D07": due("HIV-NAT")}),
    ):
        numbers = [cases.donation(cases.donor(), told=told, markers=("HIV-NAT",)) for _ in range(2)]
        larger = _minipool(cases, [_minipool(cases, numbers)], "minipool")
        if interpretation:
            cases.result(larger, "HIV-NAT", interpretation, "minipool")
        for number in numbers if resolved else ():
            cases.result(number, "HIV-NAT", resolved, row={"role": "resolution"})


def statuses(cases: Cases) -> None:
    """A preliminary result that is corrected counts no more, in whichever order the two arrive."""
    for first in ("preliminary", "corrected"):
        number = cases.donation(cases.donor(), markers=("HBsAg",))
        sample = {"sample": f"TZ{cases.new()}"}
        for status, interpretation in (("preliminary", REACTIVE), ("corrected", "nonreactive")):
            row = {**sample, "status": status}
            cases.result(number, "HBsAg", interpretation, late=status != first, row=row)
        cases.seeder.ledger.superseded("test_result", {**sample, "marker": "HBsAg", "run": "1"}, 1)


def earlier(cases: Cases) -> None:
    """Reactive before: on a donation or on the person, by any key; requalified since; or a marker
    that is let pass.
    """
    before = {"D07.earlier": FINDING}
    for requalified, told in ((None, before), (DAY + 20, {}), (DAY + 41, before), (DAY, before)):
        donor = cases.donor()
        number = cases.donation(donor, told=FOUND)
        cases.result(number, "HBsAg", REACTIVE)
        cases.donation(donor, DAY + 40, told)
        if requalified is not None:
            _deferral(cases, donor, DAY + 5, DAY + 10, requalified=requalified, cause="other")
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    cases.result(cases.donation(one, told=FOUND), "HIV-NAT", REACTIVE)
    cases.donation(other, DAY + 40, before)
    for tested, told in ((DAY - 1, before), (DAY, {})):
        donor = cases.donor()
        cases.result(donor, "anti-HCV", REACTIVE, "donor", day=tested)
        cases.donation(donor, told=told)
    donor = cases.donor()
    cases.result(cases.donation(donor), "syphilis", REACTIVE)
    cases.donation(donor, DAY + 40)
    cases.donation(
        cases.donor(),
        told={
            "D02.interval": PENDING,
            "D02.week": PENDING,
            "D05.sex": PENDING,
            "D06.exam": PENDING,
            "D06.sample": PENDING,
            "D07": PENDING,
            "D07.earlier": PENDING,
            "D11": PENDING,
        },
        findings=("donation.collected_at.present",),
        collected_at="",
    )


def _deferral(
    cases: Cases,
    donor: str,
    since: int,
    until: int | None,
    *,
    requalified: int | None = None,
    cause: str = "reactive_result",
) -> None:
    cases.put(
        "deferral",
        {
            "centre": CASE_CENTRE,
            "deferral": f"DFZ-{cases.new()}",
            "donor_key": donor,
            "deferred_from": clock.day(since),
            "deferred_until": "" if until is None else clock.day(until),
            "cause": cause,
            "requalified_on": "" if requalified is None else clock.day(requalified),
        },
    )


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
        _deferral(cases, donor, since, until, requalified=requalified, cause="travel")
        cases.donation(donor, told=told)
    _deferred_without_a_law(cases)


def _deferred_without_a_law(cases: Cases) -> None:
    donor = cases.donor()
    _deferral(cases, donor, DAY - 1, None, cause="history")
    cases.donation(donor, told={**LAWLESS, "D11": FINDING}, markers=BOTH, centre=LAWLESS_CENTRE)


def window(cases: Cases) -> None:
    """Before a deferral of which no reactive result is known: all, some or none of it pooled; and
    another cause.
    """
    held, told_later = {"D11": FINDING}, {"D11": NOTICE}
    for pooled, units, told in ((2, 2, told_later), (1, 2, held), (0, 1, held), (0, 0, held)):
        donor = cases.donor()
        _deferral(cases, donor, DAY + MONTHS_6 - 1, None)
        number = cases.donation(donor, told=told)
        some = [cases.unit(number, _of_unit(place < pooled)) for place in range(units)]
        if pooled:
            cases.pool({unit: {} for unit in some[:pooled]})
    donor = cases.donor()
    _deferral(cases, donor, DAY + MONTHS_6 - 1, None, cause="history")
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
        _deferral(cases, donor, last + 3, None)
    donor = cases.donor()
    cases.result(cases.donation(donor), "syphilis", REACTIVE)
    _deferral(cases, donor, DAY + 1, None)


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
