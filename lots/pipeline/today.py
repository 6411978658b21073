"""What quality assurance sees of today, and the numbers that a monitor watches."""

from datetime import datetime, timedelta

from lots.answers import Heard
from lots.answers.today import (
    ArrivedFile,
    Charted,
    Counter,
    FindingsByAge,
    LotsOfStep,
    Point,
    Today,
    TodayBelow,
)
from lots.pipeline.balance import balance
from lots.pipeline.lists import held, listed, waiting
from lots.settings import Settings
from lots.store import dispositions
from lots.store.answers import statements
from lots.store.engine import engine

# What is drawn over time, of what, and over how many days.
CHARTS = (
    ("rows", ("accepted", "refused"), 30, False),
    ("findings", ("opened", "ended"), 30, False),
    ("lots", ("packed",), 730, True),
)


def today(settings: Settings, *, now: datetime, most: int) -> Today:
    """What came, what is refused and why, findings by age, who was not heard, and lots; of each list at
    most so many.
    """
    refused = waiting(settings, "refused", most=most)
    silent = tuple(one for one in listed(settings, "heard").rows if _silent(one))
    with engine("lots_reader", settings).connect() as connection:
        return Today(
            now,
            statements.listed(connection, "today_files", ArrivedFile, most=most),
            refused,
            statements.listed(connection, "today_findings_by_age", FindingsByAge, now=now),
            silent,
            statements.listed(connection, "today_lots", LotsOfStep),
            charted(settings, now=now),
            dispositions.statuses(connection, most=most),
        )


def below(settings: Settings, *, most: int) -> TodayBelow:
    """What findings hold, and the lots that are not explained; of each at most so many."""
    return TodayBelow(held(settings, most), balance(settings, most=most))


def files(settings: Settings, *, most: int) -> tuple[ArrivedFile, ...]:
    """The files that came last, at most so many."""
    with engine("lots_reader", settings).connect() as connection:
        return statements.listed(connection, "today_files", ArrivedFile, most=most)


def charted(settings: Settings, *, now: datetime) -> tuple[Charted, ...]:
    """Counts over time, by the login that sees the views alone (docs/views.md)."""
    found, until = [], now.date()
    with engine("lots_views", settings).connect() as connection:
        for name, parts, days, monthly in CHARTS:
            since = until - timedelta(days)
            points = statements.listed(
                connection, f"charted_{name}", Point, since=since, until=until
            )
            found.append(Charted(name, parts, since, until, monthly, points))
    return tuple(found)


def _silent(one: Heard) -> bool:
    """Whether something of a sender is missing: a number, a file, rows; or it announced nothing."""
    return bool(
        one.missing_sequences or one.not_arrived or one.counts_differ or one.heard_to is None
    )


def counters(settings: Settings) -> tuple[Counter, ...]:
    """What a monitor watches; nothing of a person is in it."""
    with engine("lots_reader", settings).connect() as connection:
        return statements.listed(connection, "service_counters", Counter)
