"""The application: one for each process, made from settings; what holds it all together."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Thread

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from lots import loaded
from lots.errors import LotsError
from lots.service import api, decisions_api, pages
from lots.service.booked import booked
from lots.service.decisions_pages import decisions
from lots.service.desk import Desk
from lots.service.desks import desks
from lots.service.entered import entered
from lots.service.limits import Limits
from lots.service.near import near
from lots.service.passwords import Passwords
from lots.service.problems import Problem, Refused
from lots.service.question import question
from lots.service.scans_api import scans
from lots.service.today import pages_of_today
from lots.settings import Settings, from_environment
from lots.store.access import nature
from lots.web import STATIC, charts


def serving() -> FastAPI:
    """The application of this process's environment, for the server that runs it."""
    # Beside: what draws charts is a second's loading, for which no first page should wait.
    Thread(target=_loaded, name="charts", daemon=True).start()
    return make(from_environment(dict(os.environ)))


def _loaded() -> None:
    charts.warm()
    loaded.stays()


def make(
    settings: Settings,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    hasher: PasswordHasher | None = None,
) -> FastAPI:
    """The application. Raises CallError where nobody has said whether the data are real."""
    holds = nature.told(settings)
    # No page of FastAPI's own: it takes its scripts from elsewhere.
    app = FastAPI(
        title="plasma-lots",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        lifespan=partial(entered, settings, now),
    )
    app.state.desk = Desk(settings, now, Passwords(hasher), holds)
    app.include_router(api.watched)
    app.include_router(api.api)
    app.include_router(decisions_api.api)
    app.include_router(scans)
    for pages_of in (pages.pages, question, near, desks, pages_of_today, decisions, booked):
        app.include_router(pages_of)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for kind in (Refused, LotsError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, pages.told)
    app.add_exception_handler(Exception, pages.broken)
    # Around all of it: what is too large or comes from another's page is refused before anything
    # reads it.
    app.add_middleware(Limits, nature=holds)
    # FastAPI's own description knows no Problem, which our declared errors refer to.
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, object]:
    """OpenAPI, with the shape of an error that every address refers to."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        app.openapi_schema = made
    return app.openapi_schema
