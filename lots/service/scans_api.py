"""What programs of a site ask and book, as JSON."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from lots.pipeline import booking
from lots.service import bookings, scan
from lots.service.api import Answered, At, Scans, answered
from lots.service.inputs import BagBody, BookingBody, ScanBody, UndoBody
from lots.service.pages import client
from lots.service.problems import declared
from lots.service.who import AtDesk
from lots.service.writes import OnceHeader

MOST = 500  # scans of a site that are listed
scans = APIRouter(prefix="/api", responses=declared())


@scans.post("/scans", response_model=Answered)
def scanned(at: AtDesk, who: Scans, body: ScanBody) -> JSONResponse:
    """The verdict on a scanner's text, at the site of the account that asks; the scan is kept
    first.
    """
    told = scan.verdict(at, who.account, body.raw, body.purpose, body)
    return answered(at, told)


@scans.get("/scans", response_model=Answered)
def of_site(at: AtDesk, who: Scans) -> JSONResponse:
    """The newest scans of the account's own site, with who scanned."""
    return answered(at, booking.of_site(at.settings, who.account.account, at.now(), MOST))


@scans.get("/stops", response_model=Answered)
def stops(at: AtDesk, who: Scans) -> JSONResponse:
    """What is stopped at the account's own site, as a signed list with its age: for when nobody
    answers.
    """
    return answered(at, scan.stops(at, who.account))


@scans.post("/bags", response_model=Answered)
def bag(at: AtDesk, who: Scans, body: BagBody) -> JSONResponse:
    """The verdict on each vial of a bag, by the site's own code of it."""
    return answered(at, scan.bag(at, who.account, body))


@scans.post("/bookings", response_model=Answered)
def book(
    request: Request, at: AtDesk, who: Scans, body: BookingBody, once: OnceHeader
) -> JSONResponse:
    """Book what scans were for: dispensed, prepared, given, returned, received."""
    return answered(at, bookings.book(at, who, body, once, client(request)))


@scans.post("/bookings/{number}/undo", response_model=Answered)
def undo(
    request: Request, at: AtDesk, who: Scans, number: At, body: UndoBody, once: OnceHeader
) -> JSONResponse:
    """Undo what was dispensed or prepared here, within ten days; or, by a pharmacist and a nurse, say that
    what was given here was booked in error.
    """
    return answered(at, bookings.undo(at, who, number, body, once, client(request)))
