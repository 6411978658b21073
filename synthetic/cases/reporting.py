"""Cases of the clocks that run from a deviation, and from what became known of a donor."""

from synthetic.cases import law
from synthetic.cases.told import tables
from synthetic.cases.world import DAY, Cases, noon
from synthetic.world import clock
from synthetic.world.making import DRIED
from synthetic.world.parties import CASE_CENTRE, CASE_PLANT

LEARNED = DAY + 60
REVIEW, REPORT = (LEARNED + law.CLOCKS[event] for event in ("donor_information", "deviation"))
MIDNIGHT = clock.instant(LEARNED * clock.DAY + 23 * clock.HOUR)  # after it there, not in Greenwich
TABLES = tables(
    "reporting",
    IN_TIME_REVIEWED=noon(REVIEW),
    LATE_REVIEWED=noon(REVIEW + 1),
    REVIEW_DUE=clock.day(REVIEW),
    IN_TIME_REPORTED=noon(REPORT),
    LATE_REPORTED=noon(REPORT + 1),
    REPORT_DUE=clock.day(REPORT),
    MIDNIGHT=MIDNIGHT,
)


def all_of(cases: Cases) -> None:
    """Every case once."""
    for answer, told in TABLES["information"]:
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
    of_lot = f"lot_number={number} step={DRIED}"
    for answer, of, told in TABLES["deviations"]:
        cases.put(
            "deviation",
            f"""plant={CASE_PLANT} deviation=DVZ-{cases.new()} kind=label
            opened_at={noon(LEARNED)} {of_lot if of else ""} {told}""",
            f"K01.deviation={answer}",
        )
