"""Cases of the rules on what was looked for in a donation, and on what was found before."""

from collections.abc import Sequence

from synthetic.cases import law
from synthetic.cases.told import tables
from synthetic.cases.world import DAY, NOBODYS, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import CASE_CENTRE, LABORATORY

REACTIVE, INVALID = "reactive", "invalid"
FOUND, EARLIER = "D07=finding", "D07.earlier=finding"
BOTH = tuple(law.TERMS)


def all_of(cases: Cases) -> None:
    """Every case once."""
    markers(cases)
    minipools(cases)
    statuses(cases)
    earlier(cases)


def due(marker: str) -> str:
    """Pending, and until when for this marker."""
    return f"D07=pending:{clock.day(DAY + law.TERMS[marker])}"


TABLES = tables("screening", HBSAG_DUE=due("HBsAg"), HIV_DUE=due("HIV-NAT"))


def markers(cases: Cases) -> None:
    """Reactive in any way, invalid, missing, and good beside reactive: the worst counts."""
    for without, found, answers in TABLES["markers"]:
        number = cases.donation(cases.donor(), DAY, answers, without=without.split())
        if found:
            cases.result(number, "HBsAg", found)
    number = cases.donation(cases.donor())
    cases.result(number, "anti-HBc", REACTIVE)  # not asked for


def _minipool(cases: Cases, members: Sequence[str], kind: str = "donation") -> str:
    number = f"MPZ-{cases.new()}"
    for member in members:
        of = f"minipool={number} member_kind={kind} member={member}"
        cases.put("minipool_member", f"{of} laboratory={LABORATORY} mixed_at={noon(DAY + 1)}")
    return number


def minipools(cases: Cases) -> None:
    """Good or reactive in a minipool of minipools; a donation's own good result resolves it."""
    for found, resolved, answers in TABLES["minipools"]:
        numbers = [
            cases.donation(cases.donor(), DAY, answers, without=("HIV-NAT",)) for _ in range(2)
        ]
        larger = _minipool(cases, [_minipool(cases, numbers)], "minipool")
        if found:
            cases.result(larger, "HIV-NAT", found, "minipool")
        for number in numbers if resolved else ():
            cases.result(number, "HIV-NAT", resolved, told="role=resolution")


def statuses(cases: Cases) -> None:
    """A preliminary result that is corrected counts no more, in whichever order the two arrive."""
    for first in ("preliminary", "corrected"):
        number = cases.donation(cases.donor(), without=("HBsAg",))
        sample = f"sample=TZ{cases.new()}"
        for status, found in (("preliminary", REACTIVE), ("corrected", "nonreactive")):
            told, old = f"{sample} status={status}", status == "preliminary"
            # Told under one sample and run: versions of one result, the second in a later file.
            cases.result(number, "HBsAg", found, told=told, late=status != first, superseded=old)


def earlier(cases: Cases) -> None:
    """Reactive before, on a donation or the person by any key; requalified; a marker let pass."""
    for requalified, answers in ((None, EARLIER), (20, ""), (41, EARLIER), (0, EARLIER)):
        donor = cases.donor()
        cases.result(cases.donation(donor, DAY, FOUND), "HBsAg", REACTIVE)
        cases.donation(donor, DAY + 40, answers)
        if requalified is not None:
            deferral(cases, donor, DAY + 5, DAY + 10, DAY + requalified, cause="other")
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    cases.result(cases.donation(one, DAY, FOUND), "HIV-NAT", REACTIVE)
    cases.donation(other, DAY + 40, EARLIER)
    for tested, answers in ((DAY - 1, EARLIER), (DAY, "")):
        donor = cases.donor()
        cases.result(donor, "anti-HCV", REACTIVE, "donor", day=tested)
        cases.donation(donor, DAY, answers)
    donor = cases.donor()
    cases.result(cases.donation(donor), "syphilis", REACTIVE)
    cases.donation(donor, DAY + 40)
    undated = "collected_at= found=donation.collected_at.present"
    cases.donation(cases.donor(), DAY, f"{NOBODYS} D07=pending", undated)


def deferral(
    cases: Cases,
    donor: str,
    since: int,
    until: int | None = None,
    requalified: int | None = None,
    *,
    cause: str = "reactive_result",
) -> None:
    """One deferral of a donor, between these days."""
    begin, end, again = (
        "" if day is None else clock.day(day) for day in (since, until, requalified)
    )
    cases.put(
        "deferral",
        f"""centre={CASE_CENTRE} deferral=DFZ-{cases.new()} donor_key={donor} deferred_from={begin}
        deferred_until={end} cause={cause} requalified_on={again}""",
    )
