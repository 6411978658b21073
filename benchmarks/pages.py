"""Pages of one plant, as the service serves them: how long until the first content is there and until
all is, how large a page is with its style and script, and whether it asks for anything elsewhere.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import quote

import sqlalchemy as sa

from benchmarks import questions
from benchmarks.served import cpu_of, serving
from benchmarks.timing import in_turn, ratio
from benchmarks.timing import median as medians
from benchmarks.user import NAMED
from lots.pipeline import first_start
from lots.settings import Settings
from lots.store.access import accounts, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking
from lots.store.engine import owner_engine

WITHIN = 0.5  # seconds until the first content
LARGEST = 100_000  # bytes with style and script
BESIDE = ("/static/style.css", "/static/lots.js", "/static/icon.svg")
PAGES = {
    "/sign-in": "",
    "/today": "qa",
    "/today/lots": "qa",
    "/today/held": "qa",
    "/today/unexplained": "qa",
    "/today/arrived": "qa",
    "/today/refused": "qa",
    "/balance?name={lot}": "qa",
    "/decisions": "qa",
    "/files": "qa",
    "/question": "regulator",
    "/question?kind=donation&name={donation}": "regulator",
    "/question?kind=lot&name={lot}": "regulator",
    "/scan": "nurse",
    "/stops": "nurse",
    "/booked": "nurse",
    "/accounts": "administrator",
}
CONTENT = b"<h1"  # what stands before it is the same on each page
# What a browser would ask another host for; a link goes nowhere before somebody follows it.
ELSEWHERE = re.compile(rb"""(?:\b(?:src|action)=|<link[^>]*href=|url\()["']?(?:[a-z]+:)?//""")
Headers = dict[str, str]


def run(folder: Path, rows: int, rounds: int) -> None:
    """Make a plant of `rows` donations, unless the folder has it, and ask for each page of it."""
    print(f"Pages of a plant of {rows:,} donations, warm:", flush=True)
    with questions.plant(folder, rows) as (made, settings):
        first_start.tell(settings, "synthetic", by="bench", now=datetime.now(UTC))
        headers = {role: _session(settings, role) for role in set(PAGES.values())}
        with serving(settings, "lots.service.app") as (port, service):
            beside = sum(len(b"".join(_pieces(port, path, {}))) for path in BESIDE)
            asked = [
                (_named(settings, page), partial(_asked, port, headers[role]))
                for page, role in PAGES.items()
            ]
            # Of the first the service loads what it needs.
            sizes = {page: ask(page, []) + beside for page, ask in asked}
            firsts: dict[str, list[float]] = {page: [] for page, _ in asked}
            ways: dict[str, Callable[[], object]] = {
                page: partial(ask, page, firsts[page]) for page, ask in asked
            }
            found = in_turn(ways, rounds, partial(cpu_of, made, (service,)))
    for page, of_it in found.items():
        _tell(page, median(firsts[page]), sizes[page])
        took = medians(of_it)
        print(f"    all of it {took.wall:.3f} s; {took.cpu:.3f} s of CPU", flush=True)


def _tell(page: str, first: float, size: int) -> None:
    ratio(f"{page} [s]", first, f"under {WITHIN}", held=first < WITHIN)
    ratio(f"{page} [kB]", size / 1000, f"under {LARGEST // 1000}", held=size < LARGEST)


def _asked(port: int, headers: Headers, page: str, firsts: list[float]) -> int:
    """Ask for a page, and note when its first content was there; its size in bytes."""
    begun, got, first = time.perf_counter(), b"", 0.0
    for piece in _pieces(port, page, headers):
        got += piece
        if not first and CONTENT in got:
            first = time.perf_counter() - begun
    assert first, got[-500:]
    assert not ELSEWHERE.search(got), f"{page} asks for something elsewhere"
    firsts.append(first)
    return len(got)


def _pieces(port: int, page: str, headers: Headers) -> Iterator[bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", page, headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200, (page, answer.status, answer.read()[-500:])
        while piece := answer.read1():
            yield piece
    finally:
        connection.close()


def _named(settings: Settings, page: str) -> str:
    """A page of the largest lot, or of a donation that was used."""
    names = [kind for kind in NAMED if f"{{{kind}}}" in page]
    return page.format(**{k: quote(str(questions.read(settings, NAMED[k])), "") for k in names})


def _session(settings: Settings, role: str) -> Headers:
    """The headers of somebody of a role who is signed in; of nobody none."""
    if not role:
        return {}
    now = datetime.now(UTC)
    with owner_engine(settings).connect() as connection:
        site = connection.scalar(sa.text("SELECT min(party) FROM lineage.place"))
    with asking(settings) as connection:
        name = f"bench {role} {now.timestamp()}"
        new = NewAccount(name, "A benchmark", role, site if role == "nurse" else None)
        account = accounts.make(connection, new, None, now)
        assert account
        return {"cookie": f"lots_session={tokens.begin_session(connection, account.account, now)}"}
