"""The pages of what a site booked: its newest scans, how a booking is undone, and how something is booked on a
verdict that somebody answers for.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from lots.errors import LotsError
from lots.pipeline import booking
from lots.service import bookings as acts
from lots.service.api import At
from lots.service.decisions_pages import fresh, refused_as
from lots.service.inputs import BookingBody, Number, SecondBody, Secret, Text, UndoBody
from lots.service.pages import client, page
from lots.service.problems import Refused
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed
from lots.service.writes import Once
from lots.store.answers.bookings import SiteScan

SHOWN = 50
UNDONE = ("dispensed", "prepared", "given")
booked = APIRouter(include_in_schema=False)
Scans = Annotated[Who, Depends(allowed(Right.SCAN))]
Field = Annotated[Text, Form()]


@booked.get("/booked")
def listed(request: Request, at: AtDesk, who: Scans, done: Text = "") -> HTMLResponse:
    """The newest scans of this site, with what was booked."""
    rows = booking.of_site(at.settings, who.account.account, at.now(), SHOWN)
    return page(request, who, "booked", rows=rows, undone=UNDONE, done=done)


@booked.get("/booked/{number}")
def one(request: Request, at: AtDesk, who: Scans, number: At) -> HTMLResponse:
    """The form by which a booking is undone."""
    return _one(request, at, who, number, {})


@booked.post("/booked/{number}")
def undo(
    request: Request,
    at: AtDesk,
    who: Scans,
    number: At,
    once: Annotated[Once, Form()],
    reason: Field = "",
    went: Field = "",
    second: Field = "",
    password: Annotated[Secret, Form()] = "",
) -> Response:
    """Undo it."""
    try:
        beside = SecondBody(name=second, password=password) if second or password else None
        body = UndoBody.model_validate({"reason": reason, "second": beside, "went": went or None})
        acts.undo(at, who, number, body, once, client(request))
    except (LotsError, Refused, ValidationError) as error:
        return _one(request, at, who, number, {"reason": reason, "second": second}, error)
    return RedirectResponse(f"/booked?done={number}", 303)


@booked.post("/booked")
def book(
    request: Request,
    at: AtDesk,
    who: Scans,
    once: Annotated[Once, Form()],
    scan: Annotated[Number, Form()],
    reason: Field = "",
    order: Field = "",
    second: Field = "",
    password: Annotated[Secret, Form()] = "",
    to: Field = "",
    patient: Field = "",
    bag: Field = "",
) -> Response:
    """Book a scan for which somebody answers, who says why."""
    told: dict[str, Any] = {"reason": reason, "order": order, "patient": patient, "bag": bag}
    try:
        beside = SecondBody(name=second, password=password) if second or password else None
        sent = {**told, "scans": [scan], "second": beside, "to": to or None}
        done = acts.book(at, who, BookingBody.model_validate(sent), once, client(request))
    except (LotsError, Refused, ValidationError) as error:
        status, sentence = refused_as(error)
        more = {"second": second, "to": to, "scan": scan, "sentence": sentence}
        return page(request, who, "answered_for", status, fresh=fresh, **{**told, **more})
    return RedirectResponse(f"/booked?done={done['booked'][0]['booking']}", 303)


def _one(
    request: Request,
    at: AtDesk,
    who: Who,
    number: int,
    typed: dict[str, str],
    error: Exception | None = None,
) -> HTMLResponse:
    of = _booking(at, who, number)
    status, sentence = refused_as(error)
    told: dict[str, Any] = {"one": of, "typed": typed, "sentence": sentence}
    return page(request, who, "undo", status, fresh=fresh, **told)


def _booking(at: AtDesk, who: Who, number: int) -> SiteScan:
    of = booking.of_site(at.settings, who.account.account, at.now(), 1, number)
    if not of or of[0].booked not in UNDONE or of[0].undone:
        raise Refused(404, booking.NO_BOOKING)
    return of[0]
