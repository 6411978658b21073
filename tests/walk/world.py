"""What the walk's rules across records look up: standing rows, local days, reference in force,
persons, lots above.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from tests.walk.columns import KEYS
from tests.walk.linking import VIALS, Accepted, Key, Node, edges, reached, turned
from tests.walk.values import Typed, key_of
from tests.walk.vials import lots, stock, vials

Verdict = tuple[str, str | None]  # the outcome, and the day on which a pending one is due
# Rule, subject and verdict; a subject may be judged several times.
Judged = Iterator[tuple[str, Key, Verdict]]
Outcomes = dict[str, dict[Key, Verdict]]
FINDING, PENDING, NOTICE = ("finding", None), ("pending", None), ("notice", None)
PASS, NOT_APPLICABLE = ("pass", None), ("not_applicable", None)
ORDER = [verdict[0] for verdict in (FINDING, PENDING, NOTICE, PASS, NOT_APPLICABLE)]


class Place(NamedTuple):
    """What a standing version of a party says of the law there."""

    zone: str | None
    jurisdiction: str | None


class World:
    """Everything that was accepted, as the rules look at it."""

    def __init__(self, accepted: Accepted) -> None:
        """Index what stands as it is asked for."""
        self.accepted = accepted
        self.above = turned(edges(accepted))
        self._rows: dict[str, list[tuple[Key, Typed]]] = {}
        self._found: dict[tuple[str, ...], dict[tuple[Any, ...], list[Typed]]] = {}
        self._persons = {kind: _persons(accepted, kind) for kind in ("donor", "patient")}
        self._lots: dict[tuple[str, Key], set[Node]] = {}
        self._stock = stock(accepted)
        for record in VIALS:
            for line, _ in vials(accepted, record):
                self._lots.setdefault(line[:2], set()).update([line[2]] if line[2] else [])

    def rows(self, record: str) -> list[tuple[Key, Typed]]:
        """Every standing row with its key."""
        if record not in self._rows:
            self._rows[record] = list(self.accepted.standing(record))
        return self._rows[record]

    def find(self, record: str, **wanted: Any) -> list[Typed]:
        """The standing rows with these values; none where a value is not there."""
        index = (record, *wanted)
        if index not in self._found:
            self._found[index] = {}
            for _, row in self.rows(record):
                self._found[index].setdefault(tuple(row[column] for column in wanted), []).append(
                    row
                )
        return [] if None in wanted.values() else self._found[index].get(tuple(wanted.values()), [])

    def certain(self, record: str, **wanted: Any) -> bool:
        """Whether there is a row with these values, whichever versions count: every version of one
        key has them.
        """
        keys = {key_of(record, row) for row in self.find(record, **wanted)}
        return any(
            all(
                row[column] == value
                for row in self.accepted.of(record, key)
                for column, value in wanted.items()
            )
            for key in keys
            if key
        )

    def surely(self, record: str, several: list[Typed]) -> bool:
        """Whether these versions of one key are all that stand."""
        key = key_of(record, several[0])
        return key is not None and len(self.accepted.of(record, key)) == len(several)

    def choices(self, record: str, rows: list[Typed]) -> Iterator[tuple[Typed, ...]]:
        """Every choice of one version of each key that one of these rows has."""
        keys = {key for key in (key_of(record, row) for row in rows) if key}
        return product(*(self.accepted.of(record, key) for key in sorted(keys)))

    def person(self, kind: str, key: str) -> frozenset[str]:
        """All keys of the person, a donor or a patient, who has this one."""
        return self._persons[kind].get(key, frozenset([key]))

    def of_person(self, record: str, kind: str, key: str | None) -> list[Typed]:
        """The standing rows of any key of a person."""
        keys = self.person(kind, key) if key else frozenset()
        return [row for one in sorted(keys) for row in self.find(record, **{f"{kind}_key": one})]

    def places(self, party: str | None) -> list[Place]:
        """A party's zone and jurisdiction by each standing version; neither where it is not known."""
        said = {
            Place(row["zone"], row["jurisdiction"]) for row in self.find("party", party_id=party)
        }
        return sorted(said or {Place(None, None)}, key=repr)

    def days(self, at: datetime | None, party: str | None) -> list[date | None]:
        """The local day of an instant at a party, by each of its standing versions."""
        return [local_day(at, place.zone) for place in self.places(party)]

    def in_force(self, record: str, on: date | None, **wanted: Any) -> list[Typed]:
        """The reference rows of each fitting scope that hold on a day: those with the latest
        valid_from.
        """
        scopes: dict[Key, list[Typed]] = {}
        for row in self.find(record, **wanted):
            if (
                on
                and row["valid_from"] <= on
                and (row["valid_to"] is None or on <= row["valid_to"])
            ):
                scopes.setdefault(
                    tuple(str(row[c]) for c in KEYS[record] if c != "valid_from"), []
                ).append(row)
        return [
            row
            for rows in scopes.values()
            for row in rows
            if row["valid_from"] == max(other["valid_from"] for other in rows)
        ]

    def lots(self, record: str, key: Key) -> set[Node]:
        """The lots of a vial line."""
        return self._lots.get((record, key), set())

    def leads_nowhere(self, record: str, row: Typed) -> bool:
        """Whether one version of a vial line reaches no lot."""
        return not any(lot for lot, _ in lots(record, row, self._stock))

    def lots_above(self, node: Node) -> set[Node]:
        """A node's ancestors and itself."""
        return reached([node], self.above)


def _persons(accepted: Accepted, kind: str) -> dict[str, frozenset[str]]:
    """The keys of each person who has more than one, by key."""
    ways: dict[str, set[str]] = {}
    for _, row in accepted.standing("same_person"):
        one, other = row["one_key"], row["other_key"]
        if row["kind"] == kind and row["status"] == "stated" and one and other:
            ways.setdefault(one, set()).add(other)
            ways.setdefault(other, set()).add(one)
    return {key: frozenset(reached([key], ways)) for key in ways}


def or_none(rows: list[Typed]) -> list[Typed | None]:
    """The rows, or None alone where there is none."""
    return [*rows] or [None]


def pending(due: date | None) -> Verdict:
    """Pending until a day, or without one."""
    return "pending", due.isoformat() if due else None


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict that counts: the worst outcome, and of pending ones that which is due first."""
    return min(verdicts, key=lambda verdict: (ORDER.index(verdict[0]), verdict[1] or "9999-99-99"))


_zones = cache(available_timezones)


def local_day(at: datetime | None, zone: str | None) -> date | None:
    """The calendar day in a zone; at the offset as sent where that is no zone's name."""
    if at is None:
        return None
    return at.astimezone(ZoneInfo(zone)).date() if zone in _zones() else at.date()


def day_after(day: date, days: int | None) -> date | None:
    """The day so many days later."""
    return None if days is None else day + timedelta(days)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last; the calendar's end where
    it has no more.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year < 9999:
        return date.min if year < 1 else date.max
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def hours(count: Decimal) -> timedelta:
    """A number of hours."""
    return timedelta(seconds=int(count * 3600))


def versions(record: str, rows: list[Typed]) -> list[list[Typed]]:
    """Some rows of a record, those of one key together."""
    found: dict[Key, list[Typed]] = {}
    for row in rows:
        found.setdefault(tuple(str(row[c]) for c in KEYS[record]), []).append(row)
    return list(found.values())


def one_of_each(record: str, rows: list[Typed]) -> Iterator[tuple[Typed, ...]]:
    """Every choice of one version of each key."""
    return product(*versions(record, rows))


def total(record: str, rows: list[Typed], column: str) -> tuple[Decimal | None, Decimal, bool]:
    """The least and the most that is known of a sum, one version for each key, and whether a
    version lacks its value.

    Where all versions of a key lack it, the sum has no least.
    """
    values = [[row[column] for row in several] for several in versions(record, rows)]
    known = [[value for value in several if value is not None] for several in values]
    least = sum(map(min, known), Decimal(0)) if all(known) else None
    return (
        least,
        sum(map(max, filter(None, known)), Decimal(0)),
        any(None in several for several in values),
    )
