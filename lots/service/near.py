"""The page on which a near name is settled: what a parked line looks like, and a person's word on
which lot it means. Another confirms it, on the same page.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse

from lots.errors import CallError, NotFound
from lots.pipeline.meant import mean
from lots.pipeline.near import candidates
from lots.pipeline.resolve import Word
from lots.service.inputs import Told
from lots.service.pages import page, sentence_of
from lots.service.problems import Refused
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed
from lots.store.access.door import in_time
from lots.store.standing.resolving import Row

near = APIRouter(include_in_schema=False)
Settles = Annotated[Who, Depends(allowed(Right.SETTLE))]
RowText = Annotated[str, Query(pattern=r"^\d{1,18}:\d{1,18}$")]
RowField = Annotated[str, Form(pattern=r"^\d{1,18}:\d{1,18}$")]


@near.get("/near")
def looks_like(request: Request, at: AtDesk, who: Settles, row: RowText) -> HTMLResponse:
    """What a parked line looks like, and the form to say what it means."""
    return _page(request, at, who, row)


@near.post("/near")
def say(
    request: Request,
    at: AtDesk,
    who: Settles,
    row: RowField,
    lot: Annotated[Told, Form()],
    reason: Annotated[Told, Form()],
) -> HTMLResponse:
    """Say that the line means a lot; of another who said so before, confirm it."""
    try:
        # By the name of the account, of which no other person has one.
        word = Word(who.account.name, reason.strip())
        with in_time():
            (told,) = mean(at.settings, [_row(row)], lot.strip(), word, now=at.now()).rows
    except (CallError, NotFound, Refused) as error:
        return _page(request, at, who, row, error=error)
    return _page(request, at, who, row, state=told.state, lot=lot)


def _row(text: str) -> Row:
    receipt, line = map(int, text.split(":"))
    return receipt, line


def _page(
    request: Request,
    at: AtDesk,
    who: Who,
    row: str,
    *,
    state: str = "",
    lot: str = "",
    error: CallError | NotFound | Refused | None = None,
) -> HTMLResponse:
    status, sentence = sentence_of(error) if error else (200, "")
    found = []
    # Once two have said so the line is parked no more, and looks like nothing.
    if state != "confirmed":
        try:
            found = [*candidates(at.settings, [_row(row)]).rows]
        except (CallError, NotFound) as none:
            if error is None:
                status, sentence = sentence_of(none)
    told = {"row": row, "found": found, "state": state, "lot": lot, "sentence": sentence}
    return page(request, who, "near", status, **told)
