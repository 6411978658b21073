"""A person takes back what was said of a finding or of a contested key; both words are kept."""

from datetime import datetime

from lots.errors import CallError
from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_again
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, check_said, contested_of, finding_of
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.standing import resolving


def closing(settings: Settings, number: int, word: Word, *, now: datetime) -> str:
    """Open a finding again that a person closed. Raises NotFound, CallError."""
    check_said(word)
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        finding = finding_of(connection, number)
        if finding.state != "closed":
            raise CallError(f"Finding {number} is {finding.state}; expected one that was closed.")
        # Open, whatever else is known by now: what explains it is seen when its rule is put next.
        resolving.reopen(connection, number, resolving.Word(word.by, word.reason, now))
        append(connection, "reopening", {"finding": str(number)}, word.by, now)
    publish(settings, now=now)
    return f"Finding {number} is open again."


def decision(settings: Settings, number: int, word: Word, *, now: datetime) -> str:
    """Take the last decision on a contested key back: what it was against stands as it did before.
    Raises NotFound, CallError.
    """
    check_said(word)
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        finding = contested_of(connection, number)
        record, said = record_of(finding.record), resolving.Word(word.by, word.reason, now)
        receipts = resolving.take_back(connection, record, finding.key, said)
        if receipts is None:
            raise CallError(
                f"Nobody decided on the contested {finding.record} of finding {number}: there is"
                " nothing to take back."
            )
        link_again(connection, {finding.record: receipts})
        stand = len(resolving.standing_versions(connection, record, finding.key))
        append(connection, "decision_taken_back", {"finding": str(number)}, word.by, now)
    evaluate(settings, now=now)
    return f"The decision is taken back: {stand} versions stand."
