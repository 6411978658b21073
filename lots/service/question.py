"""The page of questions: each has an address that can be sent,
and no address has a person's key.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from lots.errors import CallError, NotFound
from lots.questions import questions
from lots.service import asking
from lots.service.inputs import MOST_ASKED, AskedAbout, QuestionBody, Text, View
from lots.service.pages import page, sentence_of
from lots.service.problems import Refused
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed
from lots.web.views import view as view_of

question = APIRouter(include_in_schema=False)
Asks = Annotated[Who, Depends(allowed(Right.ASK))]
Times = tuple[str, str, str]
IN_ADDRESS = "question: person's key: expected in a form, where no address has it, got an address."
FIRST = ("lot", "")


@question.get("/question")
def asked(
    request: Request,
    at: AtDesk,
    who: Asks,
    kind: Annotated[list[Text], Query(max_length=MOST_ASKED)] = [],  # noqa: B006
    name: Annotated[list[Text], Query(max_length=MOST_ASKED)] = [],  # noqa: B006
    view: View = "implicate",
    since: Text = "",
    until: Text = "",
    through: Text = "",
    all: bool = False,
    things: Annotated[int, Query(ge=1, le=MOST_ASKED)] = 1,
) -> HTMLResponse:
    """The form, and the answer where something is asked."""
    pairs = list(zip(kind, name, strict=False))
    named = [(k, n) for k, n in pairs if n.strip()]
    form = _form(view, since, until, through)
    if not named:
        rows = [*pairs, *[FIRST] * things][: max(things, 1)]
        return _page(request, who, rows, form)
    try:
        body = _body(named, form)
        put = asking.read(body)
        # Also one that somebody typed into an address: browsers, proxies and logs keep addresses.
        if put.of_person:
            raise Refused(400, IN_ADDRESS)
        answer = asking.answer(at, who, put)
    except (CallError, NotFound, Refused) as error:
        return _page(request, who, named, form, error=error)
    other = _address(named, form, all=not all)
    shown = view_of(answer, whole=all)
    return _page(request, who, named, form, view=shown, whole=all, other=other)


@question.post("/question")
def ask(
    request: Request,
    at: AtDesk,
    who: Asks,
    kind: Annotated[list[Text], Form(max_length=MOST_ASKED)],
    name: Annotated[list[Text], Form(max_length=MOST_ASKED)],
    view: Annotated[View, Form()] = "implicate",
    since: Annotated[Text, Form()] = "",
    until: Annotated[Text, Form()] = "",
    through: Annotated[Text, Form()] = "",
    more: Annotated[Text, Form()] = "",
) -> Response:
    """Give the question an address, and go there; one that names a person is kept first."""
    form = _form(view, since, until, through)
    pairs = list(zip(kind, name, strict=False))
    # A row more is asked of the server: each form works without script.
    if more:
        return _page(request, who, [*pairs, (pairs[-1][0] if pairs else FIRST[0], "")], form)
    named = [(k, n) for k, n in pairs if n.strip()]
    if not named:
        missing = Refused(422, "question: name: expected at least one, got none.")
        return _page(request, who, pairs or [FIRST], form, error=missing)
    try:
        put = asking.read(_body(named, form))
    except CallError as error:
        return _page(request, who, named, form, error=error)
    if not put.of_person:
        # So that looking again, or sending the address on, asks and sends no form.
        return RedirectResponse(_address(named, form, all=False), 303)
    return RedirectResponse(f"/question/kept/{asking.keep(at, who, _body(named, form))}", 303)


@question.get("/question/kept/{number}")
def kept(request: Request, at: AtDesk, who: Asks, number: Text, all: bool = False) -> HTMLResponse:
    """A question that names a person, by the number under which it was kept."""
    body = asking.kept_body(at, number)
    form = _form(body.view, body.since, body.until, body.through)
    # The key is in the database, and goes to no page again.
    blank = [(a.kind, "" if _of_person(a.kind) else a.name) for a in body.asked]
    try:
        answer = asking.answer(at, who, asking.read(body), number)
    except (CallError, NotFound, Refused) as error:
        return _page(request, who, blank, form, error=error)
    other = f"/question/kept/{number}" + ("" if all else "?all=1")
    shown = view_of(answer, whole=all)
    return _page(request, who, blank, form, view=shown, whole=all, other=other, is_kept=True)


def _of_person(kind: str) -> bool:
    asked = questions().get(kind.replace("-", "_"))
    return asked is None or asking.names_person(asked)


def _form(view: View, since: str, until: str, through: str) -> dict[str, str]:
    return {"view": view, "since": since, "until": until, "through": through}


def _body(named: list[tuple[str, str]], form: dict[str, str]) -> QuestionBody:
    things = [AskedAbout(kind=kind, name=name) for kind, name in named]
    return QuestionBody(asked=things, **form)  # type: ignore[arg-type]


def _address(named: list[tuple[str, str]], form: dict[str, str], *, all: bool) -> str:
    told = [("kind", kind) for kind, _ in named] + [("name", name) for _, name in named]
    told += [(name, value) for name, value in form.items() if value]
    return f"/question?{urlencode([*told, *([('all', '1')] if all else [])])}"


def _page(
    request: Request,
    who: Who,
    rows: list[tuple[str, str]],
    form: dict[str, str],
    *,
    error: CallError | NotFound | Refused | None = None,
    view: object = None,
    whole: bool = False,
    other: str = "",
    is_kept: bool = False,
) -> HTMLResponse:
    status, sentence = sentence_of(error) if error else (200, "")
    kinds = [(q.name, q.means) for q in questions().values()]
    told: dict[str, object] = {"asked": rows, "form": form, "kinds": kinds, "sentence": sentence}
    told |= {"view": view, "whole": whole, "other": other, "kept": is_kept}
    sees = who.may(Right.SEE_PERSONS)
    settles = who.may(Right.SETTLE)
    return page(request, who, "question", status, sees_persons=sees, settles=settles, **told)
