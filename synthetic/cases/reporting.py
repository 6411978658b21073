"""Cases of the clocks that run from a deviation, and from what became known of a donor."""

from synthetic.cases import law
from synthetic.cases.told import rows
from synthetic.cases.world import DAY, Cases, noon
from synthetic.world import clock
from synthetic.world.making import DRIED
from synthetic.world.parties import CASE_CENTRE, CASE_PLANT

LEARNED = DAY + 60
REVIEW, REPORT = (LEARNED + law.CLOCKS[event] for event in ("donor_information", "deviation"))
MIDNIGHT = clock.instant(LEARNED * clock.DAY + 23 * clock.HOUR)  # after it there, not in Greenwich
INFORMATION = f"""
# reviewed on the last day, a day later, not yet; a prion; and learned after midnight
pass                           | reviewed_at={noon(REVIEW)}
finding                        | reviewed_at={noon(REVIEW + 1)}
pending:{clock.day(REVIEW)}    |
not_applicable                 | kind=cjd
pass                           | learned_at={MIDNIGHT} reviewed_at={noon(REVIEW + 1)}
"""
DEVIATIONS = f"""
# reported on the last day, a day later, not yet; of no lot
pass                           | lot_number={{lot}} step={DRIED} reported_at={noon(REPORT)}
finding                        | lot_number={{lot}} step={DRIED} reported_at={noon(REPORT + 1)}
pending:{clock.day(REPORT)}    | lot_number={{lot}} step={DRIED}
not_applicable                 |
"""


def all_of(cases: Cases) -> None:
    """Every case once."""
    for answer, told in rows(INFORMATION):
        cases.put(
            "post_donation_information",
            f"""centre={CASE_CENTRE} information=PDIZ-{cases.new()} donor_key={cases.donor()}
            kind=donor_disease learned_at={noon(LEARNED)} {told}""",
            f"K01.information={answer}",
        )
    number = f"Z25-{cases.new()}"
    cases.put(
        "lot",
        f"""manufacturer={CASE_PLANT} lot_number={number} step={DRIED} product=IVIG-10G amount=1
        made_at={noon(LEARNED)}""",
    )
    for answer, told in rows(DEVIATIONS):
        cases.put(
            "deviation",
            f"""plant={CASE_PLANT} deviation=DVZ-{cases.new()} kind=label
            opened_at={noon(LEARNED)} {told.format(lot=number)}""",
            f"K01.deviation={answer}",
        )
