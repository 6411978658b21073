"""What is done with a pack after its scan: an act of its own,
for which the pack is looked up anew.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lots.answers.scanned import Booked
from lots.decisions.checks import Asked
from lots.decisions.norm import Purpose
from lots.decisions.overriding import Signed, answered, fault
from lots.decisions.verdict import Verdict, of_readings
from lots.errors import CallError, MovedOn, NotAllowed, NotFound
from lots.pipeline.scan import WORDS, looked_up
from lots.settings import Settings
from lots.store.answers import bookings
from lots.store.answers.bookings import Kept
from lots.store.answers.scans import Place
from lots.store.engine import Connection, engine
from lots.store.redaction.again import called

LASTS = timedelta(minutes=15)  # between a scan and what is booked of it
NO_SCAN = "scan: number: expected one of this site of which nothing was booked, got none of them."
NO_BOOKING = (
    "booking: number: expected one that was dispensed or prepared at this site within ten days and is"
    " not undone, by a pharmacist of it; got none of them."
)


NOT_GIVEN = (
    "booking: number: expected one that was given at this site and is not undone, by a pharmacist and a"
    " nurse of it; got none of them."
)


@dataclass(frozen=True, slots=True)
class InError:
    """Why a vial was booked as given in error, and where it truly went: unused, wasted, lost, or given to
    another.
    """

    reason: str
    went: str


@dataclass(frozen=True, slots=True)
class Act:
    """What is booked: of how many vials; to_kind: to whom it was dispensed; bag: the preparation's
    code.

    signed: who answers where the verdict is not GO; second: the name of who signed beside.
    """

    signed: Signed
    vials: int = 1
    to_kind: str | None = None
    patient: str | None = None
    bag: str | None = None
    second: str | None = None


def book(
    connection: Connection, settings: Settings, of: tuple[int, int], act: Act, now: datetime
) -> Booked:
    """Book what a scan was for; of: the account and the scan. Raises NotFound, MovedOn, NotAllowed
    and CallError.
    """
    account, scan = of
    kept = bookings.kept(connection, account, scan)
    if kept is None:
        raise NotFound(NO_SCAN)
    # By the alias of a person who was redacted, before the patient is compared or kept.
    act = replace(act, patient=called(connection, act.patient))
    _expect(kept, act, now)
    purpose = Purpose(kept.purpose)
    act = replace(act, patient=act.patient or kept.patient)
    weighed = _anew(connection, settings, kept, act, now)
    if why := fault(weighed, act.signed):
        raise NotAllowed(
            f"booking: verdict: expected one that lets it go, got {WORDS[weighed.worst]}; {why}."
        )
    # By the function that holds the lock of the pack: of two who book one vial one is refused.
    number = bookings.book(connection, account, scan, _row(act, weighed, now))
    if number is None:
        raise NotFound(NO_SCAN)
    return Booked(number, scan, purpose.value, WORDS[weighed.worst], tuple(answered(weighed)))


def _expect(kept: Kept, act: Act, now: datetime) -> None:
    # What could be two packs is none that can be booked.
    if len(kept.readings) != 1:
        raise CallError("scan: readings: expected one pack, got none or several; scan it again.")
    if now - kept.at > LASTS:
        raise MovedOn(
            f"scan: age: expected at most {LASTS.seconds // 60} minutes, got more; scan it again."
        )
    if kept.patient and act.patient and kept.patient != act.patient:
        raise CallError("booking: patient: expected the one of the scan, got another.")
    if kept.purpose == "dispense" and (
        act.to_kind is None or (act.to_kind == "patient") != bool(act.patient or kept.patient)
    ):
        raise CallError("booking: to: expected patient with the patient's key, or ward, or home.")
    if kept.purpose == "prepare" and not act.bag:
        raise CallError("booking: preparation: expected the code of the bag, got none.")


def _anew(
    connection: Connection, settings: Settings, kept: Kept, act: Act, now: datetime
) -> Verdict:
    """The verdict as it is now: something may have been stopped or booked since the scan."""
    where = Place(kept.site, now, act.patient, act.bag)
    purpose = Purpose(kept.purpose)
    bag = purpose is Purpose.GIVE and bool(act.bag)
    asked = Asked(purpose, act.vials, bag=bag)
    found = [looked_up(settings, connection, reading, where, asked) for reading in kept.readings]
    return of_readings(found, purpose)


def _row(act: Act, weighed: Verdict, now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "vials": act.vials,
        "to_kind": act.to_kind,
        "patient": act.patient,
        "preparation": act.bag,
        "overrides": answered(weighed),
        "second": act.second,
        "treatment_order": act.signed.order or None,
        "reason": act.signed.reason or None,
    }


def undo(connection: Connection, account: int, booking: int, reason: str, now: datetime) -> int:
    """Undo what was dispensed or prepared. Raises NotFound."""
    number = bookings.undo(connection, account, booking, reason, now)
    if number is None:
        raise NotFound(NO_BOOKING)
    return number


def undo_given(
    connection: Connection, people: tuple[int, int], booking: int, error: InError, now: datetime
) -> int:
    """Say that a vial was booked as given in error, by two people of the site. Raises NotFound."""
    told = {"number": booking, "at": now, "reason": error.reason, "went": error.went}
    number = bookings.undo_given(connection, people, told)
    if number is None:
        raise NotFound(NOT_GIVEN)
    return number


def of_site(
    settings: Settings, account: int, now: datetime, most: int, booking: int | None = None
) -> list[bookings.SiteScan]:
    """Scans of the account's site, of as long as who scanned may be read; or that of one booking."""
    with engine("lots_service", settings).connect() as connection:
        return bookings.of_site(connection, account, now - READABLE, most, booking)


READABLE = timedelta(days=90)
