"""Pages of one plant: how long the service takes until a page can be drawn, and how large it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks import ground, questions
from benchmarks.timing import in_turn, median, ratio
from lots.pipeline import first_start
from lots.service.app import make
from lots.settings import Settings
from lots.store.access import accounts, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking

WITHIN = 0.5  # seconds until the first content
LARGEST = 100_000  # bytes with style and script
BESIDE = ("/static/style.css", "/static/lots.js", "/static/icon.svg")
PAGES = {"/sign-in": "", "/today": "qa", "/files": "qa", "/question": "regulator", "/scan": "nurse"}


def run(folder: Path, rows: int, rounds: int) -> None:
    """Make a plant of `rows` donations, unless the folder has it, and ask for each page of it."""
    print(f"Pages of a plant of {rows:,} donations, warm:", flush=True)
    with questions.plant(folder, rows) as (made, settings):
        first_start.tell(settings, "synthetic", by="bench", now=datetime.now(UTC))
        with TestClient(make(settings)) as client:
            ways: dict[str, Callable[[], int]] = {
                page: partial(_asked, client, page, _session(settings, role))
                for page, role in PAGES.items()
            }
            beside = sum(len(client.get(path).content) for path in BESIDE)
            sizes = {page: way() + beside for page, way in ways.items()}
            found = in_turn(ways, rounds, lambda: ground.cpu_seconds(made))
        for page, of_it in found.items():
            took = median(of_it)
            ratio(f"{page} [s]", took.wall, f"under {WITHIN}", held=took.wall < WITHIN)
            print(f"    {took.cpu:.3f} s of CPU, {sizes[page]:,} bytes", flush=True)


def _asked(client: TestClient, page: str, headers: dict[str, str]) -> int:
    """Ask for a page; its size in bytes."""
    got = client.get(page, headers=headers)
    assert got.status_code == 200, got.text
    return len(got.content)


def _session(settings: Settings, role: str) -> dict[str, str]:
    """The headers of somebody of a role who is signed in; of nobody none."""
    if not role:
        return {}
    now = datetime.now(UTC)
    with asking(settings) as connection:
        name = f"bench {role} {now.timestamp()}"
        new = NewAccount(name, "A benchmark", role, "W1" if role == "nurse" else None)
        account = accounts.make(connection, new, None, now)
        assert account
        return {"cookie": f"lots_session={tokens.begin_session(connection, account.account, now)}"}
