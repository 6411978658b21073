"""Decisions as programs ask for them; signing is a person's, by a session and the password once
more.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from lots.pipeline import dispose
from lots.service import decisions
from lots.service.api import ROWS, Answered, At, Sees, answered
from lots.service.inputs import DecisionBody, SignatureBody, SignedBody, Told
from lots.service.pages import client
from lots.service.problems import declared
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed
from lots.service.writes import OnceHeader

api = APIRouter(prefix="/api", responses=declared())
Decides = Annotated[Who, Depends(allowed(Right.DECIDE))]


@api.get("/lots", response_model=Answered)
def lots(at: AtDesk, _: Sees) -> JSONResponse:
    """The status of packed lots by market; those on which a decision waits come first."""
    return answered(at, dispose.statuses(at.settings, most=ROWS))


@api.get("/readiness", response_model=Answered)
def readiness(at: AtDesk, _: Sees, maker: Told, number: Told) -> JSONResponse:
    """The findings that hold a packed lot or what it was made of, and which piece of its readiness each
    leaves open.
    """
    return answered(at, dispose.open_pieces(at.settings, (maker, number)))


@api.get("/decisions", response_model=Answered)
def listed(at: AtDesk, who: Decides) -> JSONResponse:
    """Decisions that the role may see; those that wait for a signature first."""
    found = dispose.listed(at.settings, ROWS)
    return answered(at, [one for one in found.rows if decisions.sees(who, one.thing, one.owner)])


@api.get("/decisions/{number}", response_model=Answered)
def shown(at: AtDesk, who: Decides, number: At) -> JSONResponse:
    """One decision, with all who signed it and what a signature must name."""
    return answered(at, decisions.shown(at, who, number))


@api.post("/decisions", response_model=Answered)
def decide(
    request: Request, at: AtDesk, who: Decides, body: DecisionBody, once: OnceHeader
) -> JSONResponse:
    """Decide of a thing: a stop holds at once; what needs two is proposed by this."""
    return answered(at, decisions.decide(at, who, body, once, client(request)))


@api.post("/decisions/{number}/signatures", response_model=Answered)
def sign(
    request: Request,
    at: AtDesk,
    who: Decides,
    number: At,
    body: SignatureBody,
    once: OnceHeader,
) -> JSONResponse:
    """Sign what another person proposed."""
    return answered(at, decisions.second(at, who, number, body, once, client(request)))


@api.post("/decisions/{number}/withdrawal", response_model=Answered)
def withdraw(
    request: Request, at: AtDesk, who: Decides, number: At, body: SignedBody
) -> JSONResponse:
    """Withdraw what is proposed, before it is in force; meaning: why."""
    return answered(at, decisions.withdraw(at, who, number, body, client(request)))
