"""A value that was turned into the template's way, or must not be read, and what is kept of how it
was sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

UNREAD = (  # leads a value that must not be read: no number, day, instant, code or choice begins so
    "\ufffd"
)


class NotRead(ValueError):
    """A text that looks like a value, but which of two it is nobody can say; why, as part of a
    sentence.
    """


class NoReading(NotRead):
    """A text that a logger writes where it has no reading."""


class Typed(str):
    """A number or a truth value of a file that has types, as text: no decimal mark of its sender's
    is in it.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A value in the template's way, and beside it what was sent: its text, and what was done to
    it.
    """

    value: str
    sent: Mapping[str, object]


def unread(text: str, why: str) -> Kept:
    """A value that stays as it was sent and is read by nobody."""
    return Kept(UNREAD + text, {"text": text, "why": why})


def gap(text: str) -> Kept:
    """No value, where a logger had no reading."""
    return Kept("", {"text": text, "reading": "none"})


def unknown(text: str) -> Kept:
    """A word for not known, where the sender's profile says that its own word is one."""
    # A word of the grammar's own list, so that what counts as not known is decided there alone.
    return Kept("UNKNOWN", {"text": text})
