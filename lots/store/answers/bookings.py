"""What is booked after a scan, by the owner's functions: each is handed the account, and knows its
site.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from lots.identifiers.scans.values import Reading
from lots.store.answers.scans import called
from lots.store.schema.scans import (
    BAG,
    BOOK,
    BOOKED,
    GIVEN_IN_ERROR,
    OF_SITE,
    SCAN_OF,
    UNDO,
    UNDO_GIVEN,
)

_ONE = {"account": "bigint", "number": "bigint"}
SCANNED = sa.text(
    f"SELECT scan, at, site, purpose, vials, readings, patient FROM {called(SCAN_OF, _ONE)}"
)
BOOKING = sa.text(f"SELECT {called(BOOK, {**_ONE, **BOOKED})}")
UNDOING = sa.text(f"SELECT {called(UNDO, {**_ONE, 'at': 'timestamptz', 'reason': 'text'})}")
UNDOING_GIVEN = sa.text(f"SELECT {called(UNDO_GIVEN, GIVEN_IN_ERROR)}")
IN_BAG = sa.text(
    "SELECT scan, at, site, purpose, vials, readings, patient"
    f" FROM {called(BAG, {'account': 'bigint', 'preparation': 'text'})}"
)
_SITE = {
    "account": "bigint",
    "since": "timestamptz",
    "most": "integer",
    "booking": "bigint",
}
SCANS = sa.text(
    "SELECT scan, at, by, purpose, kind, verdict, booked, booking, pack, undone"
    f" FROM {called(OF_SITE, _SITE)}"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan as it is kept: what it was for, as which packs its string was read."""

    scan: int
    at: datetime
    site: str
    purpose: str
    vials: int
    readings: tuple[Reading, ...]
    patient: str | None


@dataclass(frozen=True, slots=True)
class SiteScan:
    """A scan of a site, for this site alone: with who scanned, and what was booked. pack: where it was
    read as one; undone: that the booking was, and of what was given in error where the vial truly went.
    """

    scan: int
    at: datetime
    by: str | None
    purpose: str
    kind: str
    verdict: str
    booked: str | None
    booking: int | None
    pack: str | None
    undone: str | None


def kept(connection: sa.Connection, account: int, scan: int) -> Kept | None:
    """A scan of the account's site of which nothing was booked; its pack is nobody else's to book
    until the transaction ends.
    """
    row = connection.execute(SCANNED, {"account": account, "number": scan}).one()
    # A function answers one row in any case; of another site's scan, or a used one, it is empty.
    return None if row.scan is None else _kept(row)


def _kept(row: Any) -> Kept:
    readings = tuple(_reading(told) for told in row.readings or ())
    return Kept(row.scan, row.at, row.site, row.purpose, row.vials, readings, row.patient)


def _reading(told: Mapping[str, str]) -> Reading:
    # What had to be mended of a reading is kept as one text.
    mended = tuple(filter(None, told["mended"].split("; ")))
    day = date.fromisoformat(told["expires_on"])
    return Reading(told["gtin"], told["serial"], told["lot_number"], day, (), mended)


def book(connection: sa.Connection, account: int, scan: int, told: Mapping[str, Any]) -> int | None:
    """Book what a scan was for."""
    given = {name: told[name] for name in BOOKED}
    given["overrides"] = json.dumps(given["overrides"])
    number: int | None = connection.execute(
        BOOKING, {"account": account, "number": scan, **given}
    ).scalar_one()
    return number


def undo(
    connection: sa.Connection, account: int, booking: int, reason: str, at: datetime
) -> int | None:
    """Undo a booking."""
    given = {"account": account, "number": booking, "at": at, "reason": reason}
    number: int | None = connection.execute(UNDOING, given).scalar_one()
    return number


def undo_given(
    connection: sa.Connection, people: tuple[int, int], told: Mapping[str, Any]
) -> int | None:
    """Say that what is booked as given was not, by two accounts of the site."""
    given = {"account": people[0], "second": people[1], **told}
    number: int | None = connection.execute(UNDOING_GIVEN, given).scalar_one()
    return number


def in_bag(connection: sa.Connection, account: int, preparation: str) -> list[Kept]:
    """The scans by which vials came into a bag, and are in it."""
    given = {"account": account, "preparation": preparation}
    return [_kept(row) for row in connection.execute(IN_BAG, given)]


def of_site(
    connection: sa.Connection,
    account: int,
    since: datetime,
    most: int,
    booking: int | None = None,
) -> list[SiteScan]:
    """Scans of the account's site, the newest first; or that of one booking."""
    asked = {"account": account, "since": since, "most": most, "booking": booking}
    found = connection.execute(SCANS, asked)
    return [SiteScan(*row) for row in found]
