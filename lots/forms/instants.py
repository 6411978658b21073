"""Days and instants from a sender's way of writing into the template's."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from lots.forms.clocks import Written
from lots.forms.kept import NotRead
from lots.schema import Kind

ASCII_DIGITS = frozenset("0123456789")


def reader(kind: Kind, written: Written, zone: ZoneInfo | None) -> Callable[[str], str]:
    """What turns a day or an instant into the template's way; any other text stays as it came. It raises NotRead."""
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
        return with_offset(text, zone) if zone else text
    told = moment.isoformat()
    if moment.tzinfo is None:
        placed = with_offset(told, zone) if zone else told
        return text if placed == told else placed
    return told


def _no_other_order(text: str, written: Written) -> None:
    """Raise NotRead where the template would read a text of another order than the sender's."""
    if written.turns_ours and text[:4].isdecimal() and text[4:5] == "-":
        raise NotRead(f"it does not fit {written.date_format or written.time_format}")


def with_offset(value: str, zone: ZoneInfo) -> str:
    """A bare local time with its zone's offset; an hour that a clock change skips or repeats stays as it came."""
    if len(value) < 16 or value[-1] not in ASCII_DIGITS or "+" in value or value.count("-") != 2:
        return value
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        return value
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():  # skipped or repeated: nobody can say which instant it was
        return value
    return value + early.isoformat()[-6:]
