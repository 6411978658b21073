"""What programs ask, as JSON: each address with its right, its body and every error declared."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from lots.answers.plain import plain, told_fields
from lots.pipeline.today import below, counters
from lots.pipeline.today import today as today_whole
from lots.service import asking, people, sending
from lots.service.desk import Desk
from lots.service.inputs import BIGGEST, AccountBody, KeyBody, QuestionBody
from lots.service.problems import declared
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed, somebody
from lots.service.writes import OnceHeader

ROWS = 200  # of each list of today
api = APIRouter(prefix="/api", responses=declared())
watched = APIRouter(responses=declared())
Signed = Annotated[Who, Depends(somebody)]
Asks = Annotated[Who, Depends(allowed(Right.ASK))]
Sees = Annotated[Who, Depends(allowed(Right.TODAY))]
Sends = Annotated[Who, Depends(allowed(Right.SEND))]
Scans = Annotated[Who, Depends(allowed(Right.SCAN))]
Administers = Annotated[Who, Depends(allowed(Right.ACCOUNTS))]
Watches = Annotated[Who, Depends(allowed(Right.WATCH))]
At = Annotated[int, Path(gt=0, le=BIGGEST, description="its number")]


class Answered(BaseModel):
    """An answer, and whether what it tells of is real or synthetic."""

    data: Literal["real", "synthetic"]
    answer: Any


def fields_of(answer: Any) -> dict[str, object]:
    """The parts of an answer by name."""
    return {field.name: getattr(answer, field.name) for field in told_fields(type(answer))}


def answered(at: Desk, answer: object) -> JSONResponse:
    """An answer as it is sent."""
    return JSONResponse({"data": at.nature, "answer": plain(answer)})


@watched.get("/health", response_model=Answered)
def health(at: AtDesk) -> JSONResponse:
    """Whether the service answers, and its database: by a statement on each of the logins it
    has.
    """
    counters_there = len(counters(at.settings))
    with at.access():
        return answered(at, {"database": "answers", "counters": counters_there})


@watched.get("/metrics", response_class=PlainTextResponse)
def metrics(at: AtDesk, _: Watches) -> PlainTextResponse:
    """Numbers for a monitor, as Prometheus reads them."""
    told = counters(at.settings)
    lines = [f'lots_data{{nature="{at.nature}"}} 1']
    for name in dict.fromkeys(c.name for c in told):
        lines.append(f"# TYPE lots_{name} gauge")
        same = [c for c in told if c.name == name]
        lines += [f"lots_{name}{_label(c.label)} {c.count}" for c in same]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _label(of: str) -> str:
    # Words of our own declarations: nothing in them needs to be escaped.
    return f'{{of="{of}"}}' if of else ""


@api.get("/me", response_model=Answered)
def me(at: AtDesk, who: Signed) -> JSONResponse:
    """Who asks, as the service knows it."""
    return answered(at, who.account)


@api.post("/questions", response_model=Answered)
def question(at: AtDesk, who: Asks, body: QuestionBody) -> JSONResponse:
    """What `lots implicate` and `lots trace` answer. Asked by a body, so that no person's key
    stands in an address; it writes nothing but, of a person's tree, who looked.
    """
    return answered(at, asking.answer(at, who, asking.read(body)))


@api.get("/today", response_model=Answered)
def today(at: AtDesk, _: Sees) -> JSONResponse:
    """What came, what is refused, held, open and not explained, who was not heard."""
    told = fields_of(today_whole(at.settings, now=at.now(), most=ROWS))
    return answered(at, {**told, **fields_of(below(at.settings, most=ROWS))})


@api.post("/files", response_model=Answered, openapi_extra=sending.BODY)
async def files(request: Request, at: AtDesk, who: Sends) -> JSONResponse:
    """Receive files, and say what became of each. The same bytes once more are known, and change
    nothing. `sender` is said by who has no site alone.
    """
    return answered(at, await sending.handed_in(request, at, who))


@api.get("/accounts", response_model=Answered)
def list_accounts(at: AtDesk, _: Administers) -> JSONResponse:
    """All accounts and keys; no secret is among them."""
    return answered(at, people.every(at))


@api.post("/accounts", response_model=Answered)
def make_account(at: AtDesk, who: Administers, body: AccountBody, once: OnceHeader) -> JSONResponse:
    """Make an account; its one-time link is shown this once."""
    return answered(at, people.make(at, who, body, once))


@api.post("/accounts/{number}/end", response_model=Answered)
def end_account(at: AtDesk, who: Administers, number: At, once: OnceHeader) -> JSONResponse:
    """End an account with its sessions and keys."""
    return answered(at, people.end(at, who, number, once))


@api.post("/accounts/{number}/link", response_model=Answered)
def link_account(at: AtDesk, who: Administers, number: At, once: OnceHeader) -> JSONResponse:
    """A new one-time link for an account."""
    return answered(at, people.link(at, who, number, once))


@api.post("/keys", response_model=Answered)
def make_key(at: AtDesk, who: Administers, body: KeyBody, once: OnceHeader) -> JSONResponse:
    """Make a key for a program; it is shown this once."""
    return answered(at, people.make_key(at, who, body, once))


@api.post("/keys/{number}/end", response_model=Answered)
def end_key(at: AtDesk, who: Administers, number: At, once: OnceHeader) -> JSONResponse:
    """End a key."""
    return answered(at, people.end_key(at, who, number, once))
