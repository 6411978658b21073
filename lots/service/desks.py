"""The pages of files, scans and accounts; Today and questions are beside (today.py, question.py)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse

from lots.errors import LotsError
from lots.service import bookings, people, scan, sending
from lots.service.decisions_pages import fresh
from lots.service.inputs import (
    BIGGEST,
    PURPOSES,
    AccountBody,
    Chosen,
    KeyBody,
    Number,
    Purpose,
    Role,
    Scanned,
    Text,
    Told,
    chosen_of,
)
from lots.service.pages import page, sentence_of
from lots.service.problems import Refused
from lots.service.rights import MAY, Right
from lots.service.who import AtDesk, Who, allowed
from lots.service.writes import Once, Plain
from lots.store.access import accounts, tokens

desks = APIRouter(include_in_schema=False)
Sends = Annotated[Who, Depends(allowed(Right.SEND))]
Scans = Annotated[Who, Depends(allowed(Right.SCAN))]
Administers = Annotated[Who, Depends(allowed(Right.ACCOUNTS))]
At = Annotated[int, Path(gt=0, le=BIGGEST)]
OnceField = Annotated[Once, Form()]


@desks.get("/files")
def files_page(request: Request, who: Sends) -> HTMLResponse:
    """The form."""
    return page(request, who, "files", taken=[], sender="", sentence="")


@desks.post("/files")
async def files(request: Request, at: AtDesk, who: Sends) -> HTMLResponse:
    """Receive files, and say what became of each."""
    try:
        taken = await sending.handed_in(request, at, who)
    except (LotsError, Refused) as error:
        status, sentence = sentence_of(error)
        return page(request, who, "files", status, taken=[], sender="", sentence=sentence)
    return page(request, who, "files", taken=taken, sender=taken[0].sender, sentence="")


@desks.get("/scan")
def scan_page(request: Request, who: Scans, purpose: Purpose = "dispense") -> HTMLResponse:
    """The field, and nothing else that could be clicked by error."""
    return page(request, who, "scan", verdict=None, away=False, **_chosen(Chosen(purpose=purpose)))


@desks.post("/scan")
def scanned(
    request: Request,
    at: AtDesk,
    who: Scans,
    raw: Annotated[Scanned, Form()],
    chosen: Annotated[Chosen, Depends(chosen_of)],
) -> HTMLResponse:
    """The verdict, on the whole screen; where it goes and that was asked for,
    it is booked at once.
    """
    told = _chosen(chosen)
    try:
        verdict, booked, refused = bookings.scan_and_book(at, who, raw, chosen)
    except LotsError as error:
        # What could not be checked says so on the same screen, never on a page of another look.
        status, _ = sentence_of(error)
        return page(request, who, "scan", status, verdict=None, away=True, **told)
    told |= {"booked": booked, "not_booked": refused}
    return page(request, who, "scan", verdict=verdict, away=False, **told)


def _chosen(chosen: Chosen) -> dict[str, Any]:
    told: dict[str, Any] = {"purposes": PURPOSES, "chosen": chosen, "booked": None}
    return told | {"not_booked": "", "fresh": fresh}


@desks.get("/stops")
def stops(request: Request, at: AtDesk, who: Scans) -> HTMLResponse:
    """What is stopped here, to be printed."""
    return page(request, who, "stops", stops=scan.stops(at, who.account))


# --- accounts -------------------------------------------------------------------------------------


@desks.get("/accounts")
def accounts_page(request: Request, at: AtDesk, who: Administers) -> HTMLResponse:
    """All accounts and keys."""
    return _accounts(request, at, who)


@desks.post("/accounts")
def make_account(
    request: Request,
    at: AtDesk,
    who: Administers,
    once: OnceField,
    name: Annotated[Told, Form()],
    full_name: Annotated[Told, Form()],
    role: Annotated[Role, Form()],
    site: Annotated[Text, Form()] = "",
) -> HTMLResponse:
    """Make one, and show its link."""
    body = AccountBody(name=name, full_name=full_name, role=role, site=site)
    try:
        done = people.make(at, who, body, once)
    except Refused as error:
        return _refused(request, at, who, error)
    return _accounts(request, at, who, done=done)


@desks.post("/accounts/{number}/link")
def link(
    request: Request, at: AtDesk, who: Administers, number: At, once: OnceField
) -> HTMLResponse:
    """A new link, shown this once."""
    return _accounts(request, at, who, done=people.link(at, who, number, once))


@desks.post("/accounts/{number}/end")
def end(
    request: Request, at: AtDesk, who: Administers, number: At, once: OnceField
) -> HTMLResponse:
    """End an account."""
    return _accounts(request, at, who, done=people.end(at, who, number, once), ending=True)


@desks.post("/keys")
def make_key(
    request: Request,
    at: AtDesk,
    who: Administers,
    once: OnceField,
    account: Annotated[Number, Form()],
    label: Annotated[Told, Form()],
) -> HTMLResponse:
    """Make a key, shown this once."""
    body = KeyBody(account=account, label=label)
    return _accounts(request, at, who, done=people.make_key(at, who, body, once))


@desks.post("/keys/{number}/end")
def end_key(
    request: Request, at: AtDesk, who: Administers, number: At, once: OnceField
) -> HTMLResponse:
    """End a key."""
    return _accounts(request, at, who, done=people.end_key(at, who, number, once), ending=True)


def _refused(request: Request, at: AtDesk, who: Who, error: Refused) -> HTMLResponse:
    status, sentence = sentence_of(error)
    return _accounts(request, at, who, status=status, sentence=sentence)


def _accounts(
    request: Request,
    at: AtDesk,
    who: Who,
    *,
    status: int = 200,
    sentence: str = "",
    done: Plain | None = None,
    ending: bool = False,
) -> HTMLResponse:
    with at.access() as connection:
        every, keys = accounts.every(connection), tokens.keys(connection)
    told = {"accounts": every, "keys": keys, "own": who.account.account, "roles": [*MAY]}
    told |= {"sentence": sentence, "done": done, "ending": ending}
    base = str(request.base_url).rstrip("/")
    # A number of its own for each form, so that a second click is the same request.
    return page(request, who, "accounts", status, base=base, fresh=fresh, **told)
