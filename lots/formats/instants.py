"""Days and instants from a sender's way of writing into the template's."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from lots.formats.clocks import Written
from lots.formats.kept import NotRead
from lots.grammar.schema import Kind

ASCII_DIGITS = frozenset("0123456789")


def reader(kind: Kind, written: Written, zone: ZoneInfo | None) -> Callable[[str], str]:
    """What turns a day or an instant into the template's way; any other text stays as it came. It
    raises NotRead.
    """
    if kind is Kind.DAY:
        return lambda text: _day(text, written)
    if not written:
        return lambda text: with_offset(text, zone) if zone else text
    return lambda text: _instant(text, written, zone)


def _day(text: str, written: Written) -> str:
    day = written.day(text)
    if day is None:
        _no_other_order(text, written)
    return day.isoformat() if day else text


def _instant(text: str, written: Written, zone: ZoneInfo | None) -> str:
    moment = written.moment(text, day_alone=bool(written.date_format and written.time_format))
    if moment is None:
        _no_other_order(text, written)
        # A time in the template's form may stand beside any format; of 12 hours it could be two.
        return with_offset(text, zone) if zone and not written.halves_days else text
    if moment.tzinfo is None:
        placed = _placed(moment, zone) if zone else None
        return placed.isoformat() if placed else text
    return moment.isoformat()


def _no_other_order(text: str, written: Written) -> None:
    """Raise NotRead where the template would read a text of another order than the sender's."""
    if written.turns_ours and text[:4].isdecimal() and text[4:5] == "-":
        raise NotRead(f"it does not fit {written.date_format or written.time_format}")


def with_offset(value: str, zone: ZoneInfo) -> str:
    """A bare local time with its zone's offset; an hour that a clock change skips or repeats stays
    as it came.
    """
    # fromisoformat knows more forms than the template (weeks, no marks): this asks for YYYY-MM-DD,
    # hh:mm.
    if len(value) < 16 or value[-1] not in ASCII_DIGITS or "+" in value or value.count("-") != 2:
        return value
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        return value
    placed = _placed(local, zone)
    # The text as sent stays, with its own number of digits; only the offset is new.
    return value + placed.isoformat()[-6:] if placed else value


def _placed(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of a local time; None where the clocks skip or repeat it: nobody can say which it
    was.
    """
    # fold tells the first of two equal local times from the second; where it makes no difference
    # the time is told once, and of a skipped hour both are wrong.
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    return early if early.utcoffset() == late.utcoffset() else None
