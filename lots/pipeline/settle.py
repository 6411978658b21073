"""A person's word that a refused line or file need not be waited for: another came in its place, or
nothing was in it. It is kept; the refused bytes stay.
"""

from datetime import datetime

from lots.errors import CallError, NotFound
from lots.pipeline.named_rows import Place
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, check_said
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.ledger.appending import append
from lots.store.standing import refused, resolving

WHOLE = ("refused", "abandoned", "all_refused")  # files of which no row was accepted


def settle(settings: Settings, place: Place, word: Word, *, now: datetime) -> str:
    """Say that nobody need wait for it. Raises NotFound, CallError."""
    _say(settings, place, refused.NOT_AWAITED, word, now)
    return (
        f"{_named(place)} is not waited for any more; its bytes stay, and `--take-back` undoes it."
    )


def take_back(settings: Settings, place: Place, word: Word, *, now: datetime) -> str:
    """Say that it must be waited for after all. Raises NotFound, CallError."""
    _say(settings, place, refused.AWAITED, word, now)
    return f"{_named(place)} is waited for again, unless what can be read in it has come."


def _say(settings: Settings, place: Place, what: str, word: Word, now: datetime) -> None:
    check_said(word)
    with engine(settings=settings).begin() as connection:
        _check_refused(connection, place)
        last = refused.said(connection, place.receipt, place.line) or refused.AWAITED
        if last == what:
            told = "is waited for" if what == refused.AWAITED else "is not waited for already"
            raise CallError(f"{_named(place)} {told}: there is nothing to say.")
        said = resolving.Word(word.by, word.reason, now)
        refused.say(connection, place.receipt, place.line, what, said)
        append(connection, what, {"receipt": str(place.receipt)}, word.by, now)
    publish(settings, now=now)


def _check_refused(connection: Connection, place: Place) -> None:
    status = refused.status(connection, place.receipt)
    if status is None:
        raise NotFound(f"No receipt {place.receipt} was ever made.")
    if place.line is None:
        if status not in WHOLE:
            raise CallError(
                f"Receipt {place.receipt} is {status}; expected a file that was refused whole or"
                f" given up, or a line such as {place.receipt}:2."
            )
    elif not refused.is_refused(connection, place.receipt, place.line):
        raise NotFound(f"Line {place.line} of receipt {place.receipt} was not refused.")


def _named(place: Place) -> str:
    receipt = f"receipt {place.receipt}"
    return f"Line {place.line} of {receipt}" if place.line is not None else receipt.capitalize()
