"""Senders with whom something is amiss: wrong announcements, a number never used, a file lost, rows
miscounted.
"""

from collections import Counter

from lots.grammar.schema import Outcome
from lots.records import records
from synthetic.cases import breaches
from synthetic.cases.seeded import Seeded
from synthetic.cases.stories import CORRECTED
from synthetic.truth.truth import Ledger
from synthetic.world import clock, parties
from synthetic.writing.landing import Landing, Sending

TRANSMITTAL = "transmittal"
SKIPS, LOSES, MISCOUNTS = parties.CENTRES[2], parties.LABORATORY, parties.CENTRES[1]
LOST_ROWS = 12


def before(landing: Landing) -> None:
    """One of the centres starts with its second number."""
    landing.skip(SKIPS)


def after(landing: Landing) -> None:
    """A file of the laboratory never comes, and a centre says of its last one that it has a row
    more.
    """
    landing.lose(Sending(LOSES, "test_result", (clock.END - 40, clock.END - 30)), LOST_ROWS)
    landing.miscount(MISCOUNTS)


def said(
    sender: str, rows: list[dict[str, str]], ledger: Ledger
) -> tuple[list[dict[str, str]], list[Seeded]]:
    """What a sender's transmittal says, and what the careless one had said at first."""
    if sender != parties.CARELESS:
        return rows, []
    return [{**row, **CORRECTED} for row in rows], _at_first(rows, ledger)


def _at_first(rows: list[dict[str, str]], ledger: Ledger) -> list[Seeded]:
    """Every rule broken by one of the announcements."""
    lines: list[Seeded] = []
    versions: Counter[int] = Counter()
    record = records()[TRANSMITTAL]
    for number, rule in enumerate(record.rules):
        at, refused = number % len(rows), rule.outcome is Outcome.REFUSE
        values = {**rows[at], **breaches.changes(record, rule, number)}
        findings = () if refused else (rule.id, *breaches.also(record, rule))
        lines.append(Seeded(TRANSMITTAL, values, refused=refused, findings=findings))
        versions[at] += not refused
    for at, count in versions.items():
        if count:
            ledger.superseded(TRANSMITTAL, rows[at], count)
    return lines
