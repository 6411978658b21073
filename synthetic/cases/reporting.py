"""Cases of the clocks that run from a deviation, and from what became known of a donor."""

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING
from synthetic.cases.world import DAY, Cases, noon
from synthetic.world import clock
from synthetic.world.making import DRIED
from synthetic.world.parties import CASE_CENTRE, CASE_PLANT

LEARNED = DAY + 60


def all_of(cases: Cases) -> None:
    """Every case once."""
    information(cases)
    deviation(cases)


def information(cases: Cases) -> None:
    """Reviewed on the last day, a day later, not yet; a prion; and learned after midnight there,
    not in Greenwich.
    """
    days = cases_law.CLOCKS["donor_information"]
    _told(cases, PASS, reviewed_at=noon(LEARNED + days))
    _told(cases, FINDING, reviewed_at=noon(LEARNED + days + 1))
    _told(cases, f"{PENDING} {clock.day(LEARNED + days)}")
    _told(cases, NOT_APPLICABLE, kind="cjd")
    _told(
        cases,
        PASS,
        learned_at=clock.instant(LEARNED * clock.DAY + 23 * clock.HOUR),
        reviewed_at=noon(LEARNED + days + 1),
    )


def _told(cases: Cases, outcome: str, **changed: str) -> None:
    cases.put(
        "post_donation_information",
        {
            "centre": CASE_CENTRE,
            "information": f"PDIZ-{cases.new()}",
            "donor_key": cases.donor(),
            "kind": "donor_disease",
            "learned_at": noon(LEARNED),
            **changed,
        },
        {"K01.information": outcome},
    )


def deviation(cases: Cases) -> None:
    """Reported on the last day, a day later, not yet; of no lot."""
    days = cases_law.CLOCKS["deviation"]
    number = f"Z25-{cases.new()}"
    cases.put(
        "lot",
        {
            "manufacturer": CASE_PLANT,
            "lot_number": number,
            "step": DRIED,
            "product": "IVIG-10G",
            "amount": "1",
            "made_at": noon(LEARNED),
        },
    )
    lot = {"lot_number": number, "step": DRIED}
    for outcome, changed in (
        (PASS, {**lot, "reported_at": noon(LEARNED + days)}),
        (FINDING, {**lot, "reported_at": noon(LEARNED + days + 1)}),
        (f"{PENDING} {clock.day(LEARNED + days)}", lot),
        (NOT_APPLICABLE, {}),
    ):
        cases.put(
            "deviation",
            {
                "plant": CASE_PLANT,
                "deviation": f"DVZ-{cases.new()}",
                "kind": "label",
                "opened_at": noon(LEARNED),
                **changed,
            },
            {"K01.deviation": outcome},
        )
