"""The period that a question asks about: both ends count; a day is a day of the place where a thing
was done.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lots.errors import CallError
from lots.questions import questions

When = date | datetime


# Days and instants apart: a day is another stretch of time at each place.
@dataclass(frozen=True, slots=True)
class Period:
    """From and until when; each a day, an instant or open."""

    since: When | None = None
    until: When | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def __str__(self) -> str:
        ends = (("from", self.since), ("to", self.until))
        return " ".join(f"{word} {_said(end)}" for word, end in ends if end is not None)

    def parameters(self) -> dict[str, object]:
        """As a statement takes it."""
        ends = {"since": self.since, "until": self.until}
        return {
            **{
                f"{name}_day": None if isinstance(end, datetime) else end
                for name, end in ends.items()
            },
            **{
                f"{name}_at": end if isinstance(end, datetime) else None
                for name, end in ends.items()
            },
        }


def checked(period: Period, kinds: set[str]) -> Period:
    """The period, where it is one and one of the kinds has it. Raises CallError."""
    dated = {name: q.option for name, q in questions().items() if q.period}
    if period and not kinds & dated.keys():
        named = " or ".join(sorted(questions()[kind].words for kind in kinds))
        raise CallError(
            f"A {named} is asked about whole; expected --from and --to only with one of "
            f"{', '.join(dated.values())}."
        )
    if _ends_before_it_begins(period.since, period.until):
        raise CallError(f"The period {period} ends before it begins.")
    return period


def _ends_before_it_begins(since: When | None, until: When | None) -> bool:
    """Two days are of one place, whichever; a day and an instant may be of any."""
    if since is None or until is None:
        return False
    if not isinstance(since, datetime) and not isinstance(until, datetime):
        return since > until
    return _first(since) > _last(until)


def _said(end: When) -> str:
    return end.isoformat(" ", "seconds") if isinstance(end, datetime) else end.isoformat()


def _first(end: When) -> datetime:
    """The first moment that it can mean, anywhere on earth."""
    # Days begin 14 hours before UTC's in the furthest east, and end 12 after them in the furthest
    # west.
    return end if isinstance(end, datetime) else _midnight(end) - timedelta(hours=14)


def _last(end: When) -> datetime:
    return end if isinstance(end, datetime) else _midnight(end) + timedelta(hours=36)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
