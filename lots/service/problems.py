"""Errors of the service: each is one sentence, with its status, as RFC 9457 has it. Nothing that
was sent is in it.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from lots.errors import (
    CallError,
    DatabaseLost,
    LedgerUnmatched,
    LotsError,
    MovedOn,
    NotAllowed,
    NotFound,
    OtherRevision,
    Overtaken,
)
from lots.visible import visible

MEDIA = "application/problem+json"
# What any endpoint may answer beside what it is asked for: declared, so that nobody meets another.
DECLARED = (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
STATUS: Mapping[type[LotsError], int] = {
    NotFound: 404,
    # Before the kind that they are of.
    NotAllowed: 403,
    MovedOn: 409,
    Overtaken: 409,
    CallError: 400,
    OtherRevision: 503,
    # What was said stands, and its copy outside does not yet: asked again, that is tried again.
    LedgerUnmatched: 503,
}
LARGEST = 64 * 1024  # bytes of a body: forms and questions
LARGEST_FILES = (
    64 * 1024 * 1024
)  # of files that are handed in; larger ones come by the landing folder
FILES = ("/api/files", "/files")
# Where the database is, is nobody's business who asks by HTTP.
LOST = "database: connection: expected an answer, got none; try again later."
SHOWN = 3  # of the faults of a body


class Problem(BaseModel):
    """An error: its status, the status in words, and one sentence."""

    status: int
    title: str
    detail: str


class Refused(Exception):
    """What the service refuses by itself."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def declared() -> dict[int | str, dict[str, Any]]:
    """Every error of an endpoint, for its description."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA: schema}}
        for status in DECLARED
    }


def told(error: Exception) -> Problem:
    """An error as it is told."""
    match error:
        case Refused():
            return _problem(error.status, error.sentence)
        case RequestValidationError():
            return _problem(422, _faults(error.errors()))
        case HTTPException():
            return _problem(error.status_code, HTTP.get(error.status_code, str(error.detail)))
        case DatabaseLost():
            return _problem(503, LOST)
        case LotsError():
            kinds = (status for kind, status in STATUS.items() if isinstance(error, kind))
            # No other of ours is met by who only asks; that it was is an error of ours.
            return _problem(next(kinds, 500), visible(str(error)))
        case _:
            return _problem(500, "request: answer: expected one, got an error of the service.")


HTTP = {
    400: "request: body: expected one that can be read as its kind says, got another.",
    404: "request: address: expected one of this service, got none of them.",
    405: "request: method: expected one that this address takes, got another.",
}


def answer(_: Request, error: Exception) -> JSONResponse:
    """The same as an answer to a program."""
    problem = told(error)
    beside = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return JSONResponse(
        problem.model_dump(),
        problem.status,
        media_type=MEDIA,
        headers={**beside, **headers(problem.status)},
    )


def headers(status: int) -> dict[str, str]:
    """What a status says beside its sentence."""
    match status:
        case 401:
            return {"WWW-Authenticate": "Bearer"}
        case 429 | 503:
            return {"Retry-After": "5"}
        case _:
            return {}


def _problem(status: int, sentence: str) -> Problem:
    return Problem(status=status, title=HTTPStatus(status).phrase, detail=sentence)


def _faults(faults: Sequence[Any]) -> str:
    """What is wrong with what was sent, by its place; never what it was, which may be a person's
    key.
    """
    said = [f"{_place(fault['loc'])}: expected {_expected(fault)}" for fault in faults[:SHOWN]]
    more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    return f"{'; '.join(said)}{more}; got another."


def _place(location: Sequence[object]) -> str:
    # A name that somebody made up is no place of ours, and may be anything.
    named = [str(part) for part in location if isinstance(part, int) or str(part) in PLACES]
    return " ".join(named) or "request"


PLACES = frozenset(
    [
        *(
            "body",
            "query",
            "path",
            "header",
            "Idempotency-Key",
            "name",
            "full_name",
            "role",
            "site",
        ),
        *(
            "label",
            "account",
            "asked",
            "kind",
            "view",
            "since",
            "until",
            "through",
            "raw",
            "purpose",
            "patient",
            "scans",
        ),
        *("vials", "to", "bag", "reason", "order", "second", "sent_as", "scanned_at"),
        *("password", "again", "token", "number", "once", "whole"),
        *(
            "thing",
            "key",
            "move",
            "given",
            "owner",
            "markets",
            "sites",
            "packs",
            "ends",
            "readiness",
        ),
        *("seen", "meaning", "sha256"),
    ]
)


def _expected(fault: Mapping[str, Any]) -> str:
    context = fault.get("ctx") or {}
    match fault["type"]:
        case "missing":
            return "a value"
        case "string_too_long":
            return f"at most {context.get('max_length')} characters"
        case "string_too_short":
            return f"at least {context.get('min_length')} characters"
        case "enum" | "literal_error":
            return f"one of {context.get('expected')}"
        case "extra_forbidden":
            return "no such field"
        case "json_invalid":
            return "JSON"
        case "int_parsing" | "int_type" | "greater_than" | "less_than" | "int_parsing_size":
            return "a whole number of at most 18 digits"
        case _:
            return "text without characters that cannot be seen, or a value of its kind"
