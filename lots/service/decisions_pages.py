"""The pages of decisions: what waits for a signature, one decision, and the form that decides."""

import secrets
from collections.abc import Sequence
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from lots.decisions.moves import Move, moves
from lots.errors import LotsError
from lots.pipeline import dispose
from lots.pipeline.about import about as whole
from lots.service import decisions as acts
from lots.service.api import At
from lots.service.decisions_form import Form, body_of, signature_of, signed_of
from lots.service.inputs import Text, Things
from lots.service.pages import client, page, sentence_of
from lots.service.problems import Refused, told
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed

SHOWN = 100
decisions = APIRouter(include_in_schema=False)
Decides = Annotated[Who, Depends(allowed(Right.DECIDE))]


async def sent(request: Request) -> FormData:
    """A form as it came: which fields it has hangs on the move."""
    return await request.form()


Sent = Annotated[FormData, Depends(sent)]


def fresh() -> str:
    """A number of its own for each form, so that a second click is the same request."""
    return secrets.token_urlsafe(12)


@decisions.get("/decisions")
def listed(request: Request, at: AtDesk, who: Decides) -> HTMLResponse:
    """What waits for a signature, and what was decided of late."""
    found = dispose.listed(at.settings, SHOWN)
    rows = [one for one in found.rows if acts.sees(who, one.thing, one.owner)]
    # Whose a redaction is, a page does not ask: `lots redact` proposes it.
    offered = (t for t in moves().things.values() if t.name in get_args(Things))
    things = [t for t in offered if acts.may(who, t.name)]
    return page(request, who, "decisions", rows=rows, more=found.more, things=things)


@decisions.get("/decisions/{number}")
def shown(request: Request, at: AtDesk, who: Decides, number: At) -> HTMLResponse:
    """One decision, and the form by which another signs it."""
    return _one(request, at, who, number)


@decisions.post("/decisions/{number}/sign")
def sign(request: Request, at: AtDesk, who: Decides, number: At, form: Sent) -> Response:
    """Sign it."""
    try:
        body, once = signature_of(form)
        acts.second(at, who, number, body, once, client(request))
    except (LotsError, Refused, ValidationError) as error:
        return _one(request, at, who, number, error)
    return RedirectResponse(f"/decisions/{number}", 303)


@decisions.post("/decisions/{number}/withdraw")
def withdraw(request: Request, at: AtDesk, who: Decides, number: At, form: Sent) -> Response:
    """Withdraw it."""
    try:
        acts.withdraw(at, who, number, signed_of(form), client(request))
    except (LotsError, Refused, ValidationError) as error:
        return _one(request, at, who, number, error)
    return RedirectResponse(f"/decisions/{number}", 303)


def _one(
    request: Request, at: AtDesk, who: Who, number: int, error: Exception | None = None
) -> HTMLResponse:
    found = acts.shown(at, who, number)
    move = moves().of(found.thing, found.move)
    signs = move is not None and who.account.role in move.roles and found.standing == "proposed"
    status, sentence = refused_as(error)
    about = whole(at.settings, found.thing, found.key)
    told: dict[str, Any] = {
        "about": about,
        "one": found,
        "move": move,
        "signs": signs,
        # Who signs reads what is said to be met, not its code.
        "says": {f"readiness: {piece.code}": piece.says for piece in moves().pieces},
    }
    return page(request, who, "decision", status, sentence=sentence, fresh=fresh, **told)


# --- deciding -------------------------------------------------------------------------------------


@decisions.get("/decide")
def form(
    request: Request, at: AtDesk, who: Decides, thing: Things, move: Text = ""
) -> HTMLResponse:
    """The form of a move; where none is named, the moves that there are."""
    key = [part for part in request.query_params.getlist("key") if part.strip()]
    empty = Form(thing, key, move, {}, [], str(_seen(at, thing, key)))
    return _decide(request, at, who, empty)


@decisions.post("/decide")
def decide(request: Request, at: AtDesk, who: Decides, form: Sent) -> Response:
    """Decide, and go to what was decided; what was typed stays where it is refused."""
    typed = Form.of(form)
    try:
        body, once = body_of(form)
        made = acts.decide(at, who, body, once, client(request))
    except (LotsError, Refused, ValidationError) as error:
        return _decide(request, at, who, typed, error)
    return RedirectResponse(f"/decisions/{made.disposition}", 303)


def _seen(at: AtDesk, thing: str, key: Sequence[str]) -> int:
    return dispose.newest(at.settings, thing, key) if key else 0


def _decide(
    request: Request, at: AtDesk, who: Who, typed: Form, error: Exception | None = None
) -> HTMLResponse:
    thing = moves().things.get(typed.thing)
    if thing is None:
        raise Refused(404, "decision: thing: expected one of docs/norm/moves.md, got another.")
    own: list[Move] = acts.may(who, thing.name)
    move = next((m for m in own if m.code == typed.move), None)
    before = dispose.of_thing(at.settings, thing.name, typed.key) if typed.key else ()
    mine = [d for d in before if acts.sees(who, d.thing, d.owner)]
    status, sentence = refused_as(error)
    # After a refusal the page is of now: who looks again signs what stands now.
    seen = _seen(at, thing.name, typed.key)
    told: dict[str, Any] = {"thing": thing, "moves": own, "move": move, "typed": typed}
    told |= {"before": mine, "seen": seen, "pieces": moves().pieces, "sentence": sentence}
    told["about"] = whole(at.settings, thing.name, typed.key)
    ready = move is not None and "readiness" in move.give
    told["open"] = dispose.open_pieces(at.settings, typed.key) if ready else ()
    if thing.name == "lot" and len(typed.key) == len(thing.key):
        told["statuses"] = dispose.statuses(at.settings, (typed.key[0], typed.key[1]))
    else:
        told["statuses"] = ()
    return page(request, who, "decide", status, fresh=fresh, **told)


def refused_as(error: Exception | None) -> tuple[int, str]:
    """The status and sentence of what was refused; none where nothing was."""
    if error is None:
        return 200, ""
    if isinstance(error, ValidationError):
        problem = told(RequestValidationError(error.errors()))
        return problem.status, problem.detail
    return sentence_of(error)  # type: ignore[arg-type]
