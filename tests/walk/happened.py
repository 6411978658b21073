"""The walk's days of what has happened: restated by hand from the dictionary, without the library.

A record's name and the columns that tell of what has happened, which no row can tell of a day to
come.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tests.walk.values import Typed

HAPPENED = {
    record: columns.split()
    for record, _, columns in (
        line.partition(" ")
        for line in """
transmittal period_from period_to
deferral deferred_from requalified_on
donation collected_at
donor as_of qualified_on examined_on four_month_sample_on
donor_exam examined_on reviewed_on
minipool_member mixed_at
plasma_unit frozen_at
post_donation_information effective_on learned_at reviewed_at
same_person stated_at
test_result taken_at tested_at
unit_event at
external_lot received_at
lot made_at
pool pooled_at
viral_inactivation prefiltered_at started_at ended_at
virus_removal started_at ended_at
deviation opened_at closed_at reported_at
filling started_at ended_at
inspection inspected_at
lot_test tested_at
lyophilisation loaded_at primary_started_at secondary_started_at unloaded_at
sample taken_at
complaint received_at
delivery delivered_at
dispensing dispensed_at
excursion began_at ended_at
official_release released_at
pack packed_at
package_content packed_at unpacked_at
relabelling relabelled_at
shipment shipped_at
stock_count counted_at
vial_fate at
administration started_at ended_at catheter_placed_at catheter_removed_at
adverse_reaction onset_at aware_at reported_at
course_review reviewed_on
reconstitution started_at completed_at
treatment_order ordered_at
""".strip().splitlines()
    )
}
# Of an infusion that is called off.
PERHAPS_NOT = {
    ("administration", "started_at"),
    ("administration", "ended_at"),
}


def to_come(record: str, row: Typed, received_at: datetime) -> Iterator[str]:
    """The columns of a row that tell of a day that had begun nowhere on earth when the row was
    received.
    """
    latest = (received_at.astimezone(UTC) + timedelta(hours=14)).date()
    for column in HAPPENED.get(record, []):
        if (record, column) in PERHAPS_NOT and row["status"] not in ("given", "stopped"):
            continue
        if row[column] is not None and _day(row[column]) > latest:
            yield column


def _day(value: date) -> date:
    """The local day on which an instant was sent, or the day."""
    return value.date() if isinstance(value, datetime) else value
