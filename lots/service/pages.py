"""Pages that everybody sees: sign-in, one-time links, the first page,
and what could not be done.
"""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from lots.errors import LotsError
from lots.service import problems, who
from lots.service.inputs import Secret, Text
from lots.service.limits import HEADERS
from lots.service.problems import Refused
from lots.service.rights import Right
from lots.service.who import COOKIE, AtDesk, Who, anybody
from lots.store.access import tokens
from lots.web import Frame, render, stream

PLACES = (
    (Right.TODAY, "today"),
    (Right.SEND, "files"),
    (Right.ASK, "question"),
    (Right.SCAN, "scan"),
    (Right.SCAN, "booked"),
    (Right.DECIDE, "decisions"),
    (Right.ACCOUNTS, "accounts"),
)
PROGRAMS = ("/api", "/health", "/metrics", "/openapi.json")
pages = APIRouter(include_in_schema=False)
Maybe = Annotated[Who | None, Depends(anybody)]


def frame(request: Request, of: Who | None) -> Frame:
    """What stands around a page for who sees it."""
    nature = request.app.state.desk.nature
    if of is None:
        return Frame(nature, request.url.path)
    account = of.account
    places = tuple((name, f"/{name}") for right, name in PLACES if of.may(right))
    return Frame(
        nature, request.url.path, account.full_name, account.role, account.site or "", places
    )


def page(
    request: Request, of: Who | None, template: str, status: int = 200, **told: object
) -> HTMLResponse:
    """A page of a template."""
    shown = render(template, frame(request, of), **told)
    return HTMLResponse(shown, status, headers=problems.headers(status))


def streamed(request: Request, of: Who, template: str, **told: object) -> StreamingResponse:
    """A page whose first content is there before all of it was asked for. What fails then is told
    where it was to stand.
    """

    def pieces() -> Iterator[str]:
        try:
            yield from stream(template, frame(request, of), **told)
        except (LotsError, Refused) as error:
            yield render("cut_short", frame(request, of), sentence=problems.told(error).detail)

    return StreamingResponse(pieces(), media_type="text/html")


def broken(request: Request, error: Exception) -> Response:
    """An error of ours: told like any other, with the headers that no layer adds to it any more."""
    answer = told(request, error)
    for name, value in HEADERS.items():
        answer.headers[name.decode()] = value.decode()
    return answer


def told(request: Request, error: Exception) -> Response:
    """What could not be done: a sentence to a program, a page to a person."""
    # By the address, not by what a client says that it takes: a program never gets a page.
    if request.url.path.startswith(PROGRAMS):
        return problems.answer(request, error)
    problem = problems.told(error)
    # Only what is looked at can be asked for again after signing in; a form's fields would be lost.
    if problem.status == 401 and request.method == "GET":
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?then={quote(asked, safe='')}", 303)
    return page(request, None, "error", problem.status, sentence=problem.detail)


def sentence_of(error: LotsError | Refused) -> tuple[int, str]:
    """The status and sentence of an error that is told on the page that asked."""
    problem = problems.told(error)
    return problem.status, problem.detail


def safely(then: str) -> str:
    """An address of ours to go on to; of another place, the first page."""
    # Browsers take two slashes, of either kind, for another host's name.
    own = then.startswith("/") and not then.startswith(("//", "/\\"))
    return then if own else "/"


@pages.get("/")
def first(of: Maybe) -> RedirectResponse:
    """The first page that the role may open."""
    if of is None:
        return RedirectResponse("/sign-in", 303)
    open_to = [name for right, name in PLACES if of.may(right)]
    if not open_to:
        raise Refused(403, "page: role: expected one that has pages, got one for programs alone.")
    return RedirectResponse(f"/{open_to[0]}", 303)


@pages.get("/sign-in")
def sign_in_page(request: Request, then: Text = "/") -> HTMLResponse:
    """The form."""
    return page(request, None, "sign_in", sentence="", then=safely(then))


@pages.post("/sign-in")
def sign_in(
    request: Request,
    at: AtDesk,
    name: Annotated[Text, Form()] = "",
    password: Annotated[Secret, Form()] = "",
    then: Annotated[Text, Form()] = "/",
) -> Response:
    """Begin a session and go on to what was asked for."""
    try:
        token = who.sign_in(at, name, password, client(request))
    except Refused as error:
        status, sentence = sentence_of(error)
        return page(request, None, "sign_in", status, sentence=sentence, then=safely(then))
    answer = RedirectResponse(safely(then), 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(tokens.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        # On this machine itself there is no https.
        secure=request.url.scheme == "https",
    )
    return answer


@pages.post("/sign-out")
def sign_out(at: AtDesk, of: Maybe) -> RedirectResponse:
    """End the session; that there is none is no error."""
    if of is not None:
        who.sign_out(at, of)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@pages.get("/welcome/{token}")
def welcome_page(request: Request, at: AtDesk, token: Text) -> HTMLResponse:
    """The form of a one-time link; looking at it does not use it up."""
    return page(request, None, "welcome", sentence="", first=_first(at, token))


@pages.post("/welcome/{token}")
def welcome(
    request: Request,
    at: AtDesk,
    token: Text,
    password: Annotated[Secret, Form()] = "",
    again: Annotated[Secret, Form()] = "",
    name: Annotated[Text, Form()] = "",
    full_name: Annotated[Text, Form()] = "",
) -> Response:
    """Set the password."""
    is_first = _first(at, token)
    try:
        who.use_link(at, token, password, again, (name, full_name))
    except Refused as error:
        status, sentence = sentence_of(error)
        return page(request, None, "welcome", status, sentence=sentence, first=is_first)
    return RedirectResponse("/sign-in", 303)


def _first(at: AtDesk, token: str) -> bool:
    with at.access() as connection:
        of = tokens.link_of(connection, token, at.now())
    if of is None:
        raise Refused(404, who.NO_LINK)
    return of.account is None


def client(request: Request) -> str:
    """The address that asks, for counting what fails."""
    return request.client.host if request.client else ""
