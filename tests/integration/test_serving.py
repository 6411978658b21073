"""The service as a process of its own: several workers, and nothing left when it ends; the first start;
the database gone and back.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import Request, urlopen

import psutil
import pytest

from lots.errors import CallError
from lots.local.serve import commands, part
from lots.pipeline import first_start
from lots.postgres.cluster import Cluster
from lots.settings import RESOURCES, Settings
from lots.store import address as addresses
from lots.store.access import nature
from lots.store.access.door import asking
from tests.builders import NOW
from tests.conftest import administer
from tests.integration.serving import OWN_PAGE, Service, served

ENDED = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
    " WHERE datname = (parse_ident('{name}'))[1]"
)
PATIENCE = 60  # seconds for two workers to be there, on a busy machine


def answered(address: str, key: dict[str, str]) -> dict[str, object]:
    """What is answered there, once somebody does."""
    until = monotonic() + PATIENCE
    while True:
        try:
            with urlopen(Request(address, headers=key), timeout=10) as got:
                told: dict[str, object] = json.load(got)
                return told
        except URLError:
            if monotonic() > until:
                raise


@pytest.fixture
def service(fresh: Callable[[], Settings]) -> Iterator[Service]:
    """A service on a database of its own."""
    with served(fresh()) as made:
        yield made


def test_any_worker_answers_and_none_is_left(service: Service, port: int, tmp_path: Path) -> None:
    key = service.key(service.account("qa"))
    url = addresses.site(service.settings).render_as_string(hide_password=False)
    here = {"LOTS_DATABASE_URL": url, "LOTS_HOME": str(tmp_path), "PYTHONPATH": str(RESOURCES)}
    with part("service", commands(port)["service"], {**os.environ, **here}, tmp_path) as process:
        address = f"http://127.0.0.1:{port}/api/me"
        assert answered(address, key)["data"] == "synthetic"
        family = psutil.Process(process.pid).children(recursive=True)
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda _: answered(address, key), range(40)))
        assert {json.dumps(g) for g in got} == {json.dumps(got[0])}
    assert len(family) >= 2
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
    with pytest.raises(URLError):
        urlopen(address, timeout=1)


def test_a_database_that_goes_is_told_and_is_used_again_when_it_is_back(
    service: Service, cluster: Cluster
) -> None:
    key, name = service.key(service.account("qa")), addresses.site(service.settings).database
    assert name
    administer(cluster, "ALTER DATABASE {name} ALLOW_CONNECTIONS false", name=name)
    # By the server, whoever is connected: the service's round may be on its way.
    administer(cluster, ENDED, name=name)
    for address in ("/health", "/api/me", "/api/today"):
        got = service.client.get(address, headers=key)
        assert (got.status_code, got.headers["retry-after"]) == (503, "5"), got.text
        assert name not in got.text
    administer(cluster, "ALTER DATABASE {name} ALLOW_CONNECTIONS true", name=name)
    assert service.client.get("/api/me", headers=key).status_code == 200


def test_the_first_link_makes_the_first_administrator_once(service: Service) -> None:
    old = first_start.link(service.settings, now=service.clock())
    link = first_start.link(service.settings, now=service.clock())
    assert old
    assert link
    form = {"name": "Ada", "full_name": "Ada A", "password": "a long password", "again": "other"}

    def sent(token: str, **other: str) -> int:
        got = service.client.post(f"/welcome/{token}", data=form | other, headers=OWN_PAGE)
        return int(got.status_code)

    assert service.client.get(f"/welcome/{link}").status_code == 200
    assert sent(old) == 404, "an earlier start's link has ended"
    assert sent(link) == 422, "typed differently the second time"
    assert sent(link, again=form["password"]) == 303
    assert sent(link, again=form["password"]) == 404
    assert first_start.link(service.settings, now=service.clock()) is None
    another = first_start.link(service.settings, now=service.clock(), anew=True)
    assert another
    assert sent(another, again=form["password"]) == 409, "the name is taken"
    assert sent(another, again=form["password"], name="Bea") == 303
    signed = {"name": "ada", "password": form["password"]}
    assert service.client.post("/sign-in", data=signed, headers=OWN_PAGE).status_code == 303


def test_a_link_ends_after_a_day(service: Service) -> None:
    link = first_start.link(service.settings, now=service.clock())
    service.clock.later(timedelta(hours=25))
    assert service.client.get(f"/welcome/{link}").status_code == 404


def test_what_a_database_holds_is_said_once_for_ever(lots_settings: Settings) -> None:
    with pytest.raises(CallError, match="expected to be told once, real or synthetic, got neither"):
        first_start.link(lots_settings, now=NOW)
    nature.tell(lots_settings, "real", by="a", now=NOW)
    nature.tell(lots_settings, "real", by="b", now=NOW)
    with pytest.raises(CallError, match="expected real, as was said once for ever, got synthetic"):
        nature.tell(lots_settings, "synthetic", by="c", now=NOW)
    statements: Sequence[str] = (
        "UPDATE access.nature SET nature = 'synthetic'",
        "DELETE FROM access.nature",
        "DELETE FROM access.look",
        "UPDATE access.signature SET meaning = 'x'",
        "UPDATE access.account SET role = 'administrator'",
    )
    for statement in statements:
        with pytest.raises(Exception, match="42501"), asking(lots_settings) as connection:
            connection.exec_driver_sql(statement)
