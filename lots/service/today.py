"""The page of today, its lists page by page, and the account of one lot."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from lots.answers.today import Today, TodayBelow
from lots.pipeline import lists
from lots.pipeline import today as days
from lots.pipeline.balance import balance, balance_of
from lots.pipeline.dispose import statuses
from lots.service.inputs import Told
from lots.service.pages import page, streamed
from lots.service.rights import Right
from lots.service.who import AtDesk, Who, allowed
from lots.settings import Settings
from lots.web.charts import Chart, chart

SHOWN, SIZE = 10, 50  # rows of each list of today, and of a page of one of them
FURTHEST = 2000  # pages
pages_of_today = APIRouter(include_in_schema=False)
Sees = Annotated[Who, Depends(allowed(Right.TODAY))]
Which = Literal["held", "unexplained", "lots", "arrived", "refused"]


@pages_of_today.get("/today")
def today(request: Request, at: AtDesk, who: Sees) -> StreamingResponse:
    """What arrived, is refused, held, open, not heard, not explained."""

    def asked() -> tuple[Today, list[Chart]]:
        with at.question():
            found = days.today(at.settings, now=at.now(), most=SHOWN)
        return found, [chart(told) for told in found.charts if told.points]

    def below() -> TodayBelow:
        with at.question():
            return days.below(at.settings, most=SHOWN)

    # What is held is much on a large plant: nothing else on the page waits for it.
    return streamed(request, who, "today", asked=asked, below=below, shown=SHOWN)


@pages_of_today.get("/today/{which}")
def some(
    request: Request,
    at: AtDesk,
    who: Sees,
    which: Which,
    nth: Annotated[int, Query(alias="page", ge=1, le=FURTHEST)] = 1,
) -> StreamingResponse:
    """One of its lists, a page of it."""

    def asked() -> tuple[Sequence[Any], int]:
        with at.question():
            return LISTS[which](at.settings, (nth - 1) * SIZE)

    return streamed(request, who, "today_list", asked=asked, which=which, nth=nth, size=SIZE)


@pages_of_today.get("/balance")
def account(request: Request, at: AtDesk, who: Sees, name: Told) -> HTMLResponse:
    """Where the vials of one lot are."""
    with at.question():
        found = balance_of(at.settings, name)
    lots = [(lot, [*lines]) for lot, lines in groupby(found.rows, lambda line: line.lot)]
    return page(request, who, "balance", title=found.title, lots=lots)


def _held(settings: Settings, beginning: int) -> tuple[Sequence[Any], int]:
    found = lists.held(settings, SIZE, beginning=beginning)
    return found.rows, found.more


def _of(ask: Callable[[Settings, int], Sequence[Any]]) -> Callable[[Settings, int], Any]:
    """A page of a list that is asked for from its beginning."""

    def of_page(settings: Settings, beginning: int) -> tuple[Sequence[Any], int]:
        found = ask(settings, beginning + SIZE + 1)[beginning:]
        return found[:SIZE], max(len(found) - SIZE, 0)

    return of_page


LISTS: dict[str, Callable[[Settings, int], tuple[Sequence[Any], int]]] = {
    "held": _held,
    "unexplained": _of(lambda settings, most: balance(settings, most=most).rows),
    "lots": _of(lambda settings, most: statuses(settings, most=most)),
    "arrived": _of(lambda settings, most: days.files(settings, most=most)),
    "refused": _of(lambda settings, most: lists.waiting(settings, "refused", most=most).rows),
}
