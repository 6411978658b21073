"""A person's word that a row was entered in error: proposed by one, in force by two, taken back the
same way; what hangs on the row is linked and judged again.
"""

from collections.abc import Callable
from datetime import datetime

from lots.errors import CallError, NotFound
from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_again
from lots.pipeline.resolve import Word, check_said
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.lineage import linking
from lots.store.standing import resolving, retracting
from lots.store.standing.resolving import Row

KINDS = (retracting.NEVER_HAPPENED, retracting.REPLACEMENT_DUE)


def retract(settings: Settings, row: Row, kind: str, word: Word, *, now: datetime) -> int:
    """Say that a row never happened, or that a replacement is due; the retraction's number. Raises
    NotFound, CallError.
    """
    if kind not in KINDS:
        raise CallError(f"'{kind}' says nothing of a row; expected one of {', '.join(KINDS)}.")
    return _noted(settings, row, kind, word, now)


def confirm_stated(settings: Settings, row: Row, word: Word, *, now: datetime) -> int:
    """Confirm a retraction that its sender sent, as another person than the one it names; the
    number of this word.
    """
    return _noted(settings, row, retracting.AS_STATED, word, now)


def confirm(settings: Settings, retraction: int, word: Word, *, now: datetime) -> str:
    """Confirm a retraction as another person, or that it was taken back; what it is now."""
    return _said(
        settings, retraction, lambda taken: "let_stand" if taken else "confirmed", word, now
    )


def take_back(settings: Settings, retraction: int, word: Word, *, now: datetime) -> str:
    """Take a retraction back; what it is now: proposed until another person confirms it, or gone."""
    return _said(settings, retraction, lambda taken: "taken_back", word, now)


def _noted(settings: Settings, row: Row, kind: str, word: Word, now: datetime) -> int:
    # Before anything is looked at: an unnamed word is no word.
    check_said(word)
    said = resolving.Word(word.by, word.reason, now)
    with engine(settings=settings).begin() as connection:
        # Nothing may be linked or judged between the word and what follows from it.
        linking.lock(connection)
        found = retracting.row_of(connection, row)
        stated = kind == retracting.AS_STATED
        if found is None or not retracting.is_there(
            connection, record_of(found[0]), found[1], retraction=stated
        ):
            what = "retraction" if stated else "row"
            raise NotFound(f"No {what} of receipt {row[0]}, line {row[1]} was ever accepted.")
        record = record_of(found[0])
        number = retracting.retract(connection, record, found[1], kind, said)
        receipts = resolving.derive_again(connection, record, found[1], now)
        link_again(connection, record.name, receipts)
    evaluate(settings, now=now)
    return number


def _said(
    settings: Settings, number: int, which: Callable[[bool], str], word: Word, now: datetime
) -> str:
    check_said(word)
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        name, row, state = _retraction(connection, number)
        if state == "gone":
            raise CallError(f"Retraction {number} is taken back.")
        said = which(retracting.is_taken_back(connection, number))
        retracting.say(connection, number, said, resolving.Word(word.by, word.reason, now))
        receipts = resolving.derive_again(connection, record_of(name), row, now)
        link_again(connection, name, receipts)
        state = _retraction(connection, number)[2]
    evaluate(settings, now=now)
    return state


def _retraction(connection: Connection, number: int) -> tuple[str, Row, str]:
    found = retracting.state(connection, number)
    if found is None:
        raise NotFound(f"There is no retraction {number}.")
    return found
