"""A real browser before the service as it is served: two workers, one database, the first start's link."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, sync_playwright

from lots.local.serve import commands, part
from lots.pipeline import first_start
from lots.postgres.cluster import Cluster
from lots.settings import RESOURCES, Settings, as_environment
from lots.store import address
from tests.browser.site import Site
from tests.conftest import clones, free_port
from tests.integration.test_serving import answered

# Debian's: Playwright's own would be another download, from a place that not everybody reaches.
BROWSER = "chromium"
# `.ci/run` installs one and says that it is needed; elsewhere who has none is told what was skipped.
NEEDED = os.environ.get("LOTS_BROWSER") == "needed"
ABSENT = f"no {BROWSER} on PATH: no page was opened in a browser (Debian: apt install {BROWSER})"


@pytest.fixture(scope="session", autouse=True)
def path() -> str:
    """Where the machine's own browser is, before anything is made for it; where there is none, skipped
    with the reason, or failed where it is needed.
    """
    found = shutil.which(BROWSER)
    if found is None:
        (pytest.fail if NEEDED else pytest.skip)(ABSENT)
    return found


@pytest.fixture(scope="package")
def browser(path: str) -> Iterator[Browser]:
    """That browser."""
    # Not for the session: while it stands, an event loop of its own runs in this thread.
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path)
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(
    browser: Browser,
    cluster: Cluster,
    template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The service on an empty database of its own, with all that `lots serve` says at its first
    start.
    """
    home = tmp_path_factory.mktemp("served")
    with clones(cluster, template, home) as make:
        settings, port = make(), free_port()
        settings.home.mkdir(exist_ok=True)
        first_start.tell(settings, "synthetic", by="tester", now=datetime.now(UTC))
        link = first_start.link(settings, now=datetime.now(UTC))
        assert link
        with part("service", commands(port)["service"], _environ(settings), home) as process:
            address = f"http://127.0.0.1:{port}"
            answered(f"{address}/health", {})
            with Site(settings, address, link, browser, process).closing() as made:
                yield made


def _environ(settings: Settings) -> dict[str, str]:
    url = address.site(settings).render_as_string(hide_password=False)
    here = {**as_environment(settings), "LOTS_DATABASE_URL": url}
    return {**os.environ, **here, "PYTHONPATH": str(RESOURCES)}
