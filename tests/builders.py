"""Small files and the verbs that take them, for tests that need a few rows of their own."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from lots.answers import Certificate, Received
from lots.pipeline.receive_all import one, receive_all
from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DONATION = {
    "donation_number": "D1",
    "scheme": "own",
    "donor_key": "P1",
    "centre": "C1",
    "plasma_kind": "source",
    "collected_at": "2026-01-05T10:00:00+01:00",
}
RESULT = {
    "sample": "S1",
    "marker": "HBsAg",
    "run": "1",
    "tested": "donation",
    "tested_id": "D1",
    "kit_lot": "K1",
    "tested_at": "2026-01-06T10:00:00Z",
    "interpretation": "nonreactive",
    "status": "final",
}


def donations(*rows: Mapping[str, str]) -> bytes:
    """A CSV of donations: each row is the usual one but for what is said."""
    return table(DONATION, rows)


def results(*rows: Mapping[str, str]) -> bytes:
    """A CSV of test results, likewise."""
    return table(RESULT, rows)


def table(usual: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV of rows that differ from a usual one; a column that only some name is empty in the
    others.
    """
    whole = [{**usual, **row} for row in rows]
    names = list(dict.fromkeys(n for row in (*whole, *([] if whole else [usual])) for n in row))
    lines = [",".join(names), *(",".join(row.get(n, "") for n in names) for row in whole)]
    return ("\n".join(lines) + "\n").encode()


def full(name: str, **values: str) -> dict[str, str]:
    """A row of a record with all its columns, empty but for what is said."""
    return {**dict.fromkeys((c.name for c in record(name).columns), ""), **values}


def write(folder: Path, name: str, data: bytes) -> str:
    """A file of these bytes; its path as text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return str(path)


def take(settings: Settings, *places: str, sender: str = "C1") -> list[Received]:
    """Receive and link."""
    return receive_all(list(places), settings, by="tester", now=lambda: NOW, sender=sender)


def admit(settings: Settings, *places: str, sender: str = "C1") -> list[Received]:
    """Receive alone: for what a file says by itself. To link and to ask every rule across records
    takes longer than all the rest of a small file.
    """
    return [one(place, settings, by="tester", now=lambda: NOW, sender=sender) for place in places]


def rows(settings: Settings, sql: str, role: str = "lots_discloser") -> list[tuple[object, ...]]:
    """What a query answers."""
    with engine(role, settings).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def sentences(certificate: Certificate) -> list[str]:
    """All that a certificate says may be missing: its reasons, and who was not heard."""
    return [
        *(reason.sentence for reason in certificate.reasons),
        *(f"{one.sender}: {why}" for one in certificate.not_heard for why in one.reasons),
    ]
