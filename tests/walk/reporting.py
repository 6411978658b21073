"""The walk's rules across records on clocks: what must be reported or reviewed, and until when."""

from collections.abc import Iterator

from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    PASS,
    Judged,
    Outcomes,
    Verdict,
    World,
    day_after,
    local_day,
    pending,
)

RULES = (
    "K01.reaction",
    "K01.deviation",
    "K01.information",
)
# record, rule, event of the clock, whose law, what starts it, what stops it
CLOCKS = (
    ("adverse_reaction", "K01.reaction", "serious_reaction", "reporter", "aware_at", "reported_at"),
    ("deviation", "K01.deviation", "deviation", "plant", "opened_at", "reported_at"),
    (
        "post_donation_information",
        "K01.information",
        "donor_information",
        "centre",
        "learned_at",
        "reviewed_at",
    ),
)


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every clock that something started."""
    for record, rule, event, party, start, stop in CLOCKS:
        for key, row in world.rows(record):
            if _stands_still(record, row):
                yield rule, key, NOT_APPLICABLE
            else:
                yield from (
                    (rule, key, verdict)
                    for verdict in _in_time(world, row, event, (party, start, stop))
                )


def _stands_still(record: str, row: Typed) -> bool:
    if record == "adverse_reaction":
        return bool(row["serious"] != "yes")
    return row["lot_number"] is None if record == "deviation" else row["kind"] == "cjd"


def _in_time(
    world: World, row: Typed, event: str, columns: tuple[str, str, str]
) -> Iterator[Verdict]:
    """By each version of the party and of its clock."""
    party, start, stop = columns
    for zone, jurisdiction in world.places(row[party]):
        began, ended = local_day(row[start], zone), local_day(row[stop], zone)
        clocks = world.in_force("reporting_clock", began, jurisdiction=jurisdiction, event=event)
        for due in [day_after(began, clock["days"]) for clock in clocks if began] or [None]:
            if due is None or ended is None:
                yield pending(due)
            else:
                yield FINDING if ended > due else PASS
