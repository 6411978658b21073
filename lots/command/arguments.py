"""How a call's arguments are read: numbers, rows, days and instants."""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

# Declares a verb by its name and what it does.
Verb = Callable[[str, str], argparse.ArgumentParser]


def positive(value: str) -> int:
    """A whole number of at least 1. Raises ArgumentTypeError."""
    # argparse prints this sentence and ends with 2, as for any call that is wrong.
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"'{value}' is no whole number of at least 1")
    return int(value)


def when(value: str) -> date | datetime:
    """A day, or an ISO instant; one without an offset is in UTC. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        told = f"'{value}' is no time; expected a day (2026-03-01) or an ISO instant"
        raise argparse.ArgumentTypeError(told) from error
    # An instant without an offset is of nobody's zone; UTC is what all else of an answer is told
    # in.
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def whole(value: str) -> datetime:
    """An instant; of a day the end of it, in UTC. Raises ArgumentTypeError."""
    found = when(value)
    if isinstance(found, datetime):
        return found
    # To its end: who asks until a day means that day as well.
    return datetime(found.year, found.month, found.day, tzinfo=UTC) + timedelta(days=1)
