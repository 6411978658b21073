"""Cases of the rules on what was looked for in a donation, and found in its donor before."""

from collections.abc import Sequence

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, PENDING
from synthetic.cases.world import DAY, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_CENTRE, LABORATORY

REACTIVE, INVALID = "reactive", "invalid"
FOUND = {"D07": FINDING}
BOTH = tuple(cases_law.TERMS)


def all_of(cases: Cases) -> None:
    """Every case once."""
    markers(cases)
    minipools(cases)
    statuses(cases)
    earlier(cases)


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
            deferral(cases, donor, DAY + 5, DAY + 10, requalified=requalified, cause="other")
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


def deferral(
    cases: Cases,
    donor: str,
    since: int,
    until: int | None,
    *,
    requalified: int | None = None,
    cause: str = "reactive_result",
) -> None:
    """A deferral of a donor, by day."""
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
