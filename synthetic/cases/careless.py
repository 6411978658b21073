"""Senders with whom something is amiss: wrong announcements, a number skipped, a file lost."""

from collections.abc import Iterator

from lots.grammar.schema import Outcome
from lots.records import records
from synthetic.cases import breaches
from synthetic.cases.seeded import Seeded
from synthetic.cases.stories import CORRECTED
from synthetic.cases.told import pairs
from synthetic.world import clock, parties
from synthetic.writing.landing import Landing, Sending

TRANSMITTAL = "transmittal"
SKIPS, LOSES, MISCOUNTS = parties.CENTRES[2], parties.LABORATORY, parties.CENTRES[1]
LOST_ROWS = 12  # as announced; nobody can count them


def before(landing: Landing) -> None:
    """One of the centres starts with its second number."""
    landing.skip(SKIPS)


def after(landing: Landing) -> None:
    """A file of the laboratory never comes, and a centre says that its last one has a row more."""
    landing.lose(Sending(LOSES, "test_result", (clock.END - 40, clock.END - 30)), LOST_ROWS)
    landing.miscount(MISCOUNTS)


def said(sender: str, rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[Seeded]]:
    """What a sender's transmittal says, and what the careless one had said at first."""
    if sender != parties.CARELESS:
        return rows, []
    return [{**row, **pairs(CORRECTED)} for row in rows], list(_at_first(rows))


def _at_first(rows: list[dict[str, str]]) -> Iterator[Seeded]:
    """Every rule broken by one of the announcements, which stands no more."""
    record = records()[TRANSMITTAL]
    for number, rule in enumerate(record.rules):
        # By turns, so that each announcement had been wrong.
        changes = breaches.changes(record, rule, number)
        values = {**rows[number % len(rows)], **changes}
        if rule.outcome is Outcome.REFUSE:
            yield Seeded(TRANSMITTAL, values, refused=True)
        else:
            found = (rule.id, *breaches.also(record, rule))
            # Of what says badly what it corrects, or takes back, nobody knows whether it is outranked.
            undecided = not {*changes}.isdisjoint(("correction", "retracted"))
            gone = not undecided or "retracted" in changes
            yield Seeded(TRANSMITTAL, values, findings=found, superseded=gone, contested=undecided)
