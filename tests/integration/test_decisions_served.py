"""Decisions by forms and by programs: who signs, how often, and what a page of yesterday gets."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lots.decisions.moves import moves
from lots.settings import Settings
from lots.store.access.accounts import Account
from lots.store.engine import close as close_connections
from tests.integration.serving import PASSWORD, Service, served
from tests.integration.test_answers import chain

LOT = {"thing": "lot", "key": ["M1", "L1"]}
SIGNED = {"meaning": "I decide this.", "password": PASSWORD}
STOP = {**LOT, **SIGNED, "move": "stop", "given": {"ground": "g", "instruction": "i"}}
RELEASE = {
    **LOT,
    **SIGNED,
    "move": "release",
    "markets": ["DE"],
    "given": {"ground": "g", "packs": "all"},
    "readiness": {piece.code: "met" for piece in moves().pieces},
    "seen": 0,
}


@pytest.fixture(scope="module")
def world(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Databases with the chain of a lot."""

    def tell(settings: Settings, folder: Path) -> None:
        chain(settings, folder)

    return told_once(tell)


@pytest.fixture
def service(world: Callable[[], Settings]) -> Iterator[Service]:
    """A service on one of them."""
    settings = world()
    with served(settings) as made:
        yield made
    close_connections(settings)


def sends(
    service: Service, account: Account, address: str, body: dict[str, Any], once: str = "1"
) -> Any:
    """Send a body as somebody who is signed in."""
    headers = {**service.session(account), "idempotency-key": once}
    return service.client.post(address, json=body, headers=headers)


def people(service: Service) -> tuple[Account, Account]:
    """Who reviews, and who approves."""
    return service.account("qa", name="ann"), service.account("qa_approver", name="bob")


def test_two_release_and_one_stops(service: Service) -> None:
    ann, bob = people(service)
    made = sends(service, ann, "/api/decisions", RELEASE).json()["answer"]
    assert made["standing"] == "proposed"
    address = f"/api/decisions/{made['disposition']}/signatures"
    bound = {**SIGNED, "sha256": made["sha256"], "seen": made["seen"]}
    assert sends(service, ann, address, bound, "2").status_code == 403
    signed = sends(service, bob, address, bound).json()["answer"]
    assert (signed["standing"], [w["by"] for w in signed["words"]]) == (
        "in force",
        ["Some qa", "Some qa_approver"],
    )
    asked_again = sends(service, ann, "/api/decisions", RELEASE).json()["answer"]
    assert asked_again["disposition"] == made["disposition"], "asked for twice, it is decided once"
    again = sends(service, bob, address, bound).json()["answer"]
    assert again["words"] == signed["words"], "asked for twice, it is signed once"
    assert (
        sends(service, ann, "/api/decisions", STOP, "3").json()["answer"]["standing"] == "in force"
    )
    headers = service.session(ann)
    told = service.client.get("/api/lots", headers=headers).json()["answer"]
    assert {(s["market"], s["status"]) for s in told if s["number"] == "L1"} >= {
        ("DE", "quarantined")
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"password": "wrong"}, 401),
        ({"meaning": ""}, 422),
        ({"move": "sell"}, 400),
        ({"readiness": {}}, 400),
        ({"markets": None}, 400),
        ({"markets": ["de"]}, 422),
        ({"markets": []}, 422),
        ({"key": ["M1"]}, 400),
        ({"key": ["M1", "L9"]}, 404),
        ({"seen": 7}, 409),
        ({"given": {"ground": "g", "packs": "\u0000"}}, 422),
        ({"owner": "H1"}, 422),
        ({"thing": "rule", "key": ["D99"], "move": "stop by it"}, 404),
        ({"thing": "finding", "key": ["9"], "move": "close", "markets": None}, 400),
        ({"thing": "row", "key": ["a", "b"], "move": "confirm", "markets": None}, 400),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_put(
    service: Service, change: dict[str, Any], status: int
) -> None:
    ann, _ = people(service)
    got = sends(service, ann, "/api/decisions", {**RELEASE, **change})
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert service.client.get("/api/decisions", headers=service.session(ann)).json()["answer"] == []


def test_a_program_signs_nothing(service: Service) -> None:
    ann, _ = people(service)
    key = {**service.key(ann), "idempotency-key": "1"}
    assert service.client.post("/api/decisions", json=STOP, headers=key).status_code == 403


def test_a_site_s_people_see_and_decide_of_packs_alone(service: Service) -> None:
    pam = service.account("pharmacist", "W1", "pam")
    ann, _ = people(service)
    assert sends(service, pam, "/api/decisions", STOP).status_code == 403
    number = sends(service, ann, "/api/decisions", STOP).json()["answer"]["disposition"]
    headers = service.session(pam)
    assert service.client.get(f"/api/decisions/{number}", headers=headers).status_code == 404
    aside = {"thing": "pack", "key": ["09506000134352", "S1"], "move": "set aside", **SIGNED}
    made = sends(service, pam, "/api/decisions", {**aside, "given": {"ground": "g"}}, "2")
    assert made.json()["answer"]["owner"] == "W1", "the account's site, never the client's word"


def test_forms_release_and_stop(service: Service) -> None:
    ann, bob = people(service)
    page = get(service, ann, "/decide?thing=lot&key=M1&key=L1&move=release")
    typed = {**fields(page), "markets": "de", "given.ground": "ready", "given.packs": "all"}
    typed |= {f"ready.{piece.code}": "met" for piece in moves().pieces}
    typed |= {"meaning": "m", "password": PASSWORD, "owner": "holder"}
    refused = service.client.post(
        "/decide", data={**typed, "password": "wrong"}, headers=service.session(ann)
    )
    assert refused.status_code == 401
    assert 'value="ready"' in refused.text, "what was typed is not lost"
    assert "wrong" not in refused.text
    made = service.client.post("/decide", data=typed, headers=service.session(ann))
    assert made.status_code == 303, made.text
    shown = get(service, bob, made.headers["location"])
    assert "PROPOSED" in shown
    sign = {**fields(shown), "meaning": "m", "password": PASSWORD}
    address = f"{made.headers['location']}/sign"
    assert service.client.post(address, data=sign, headers=service.session(bob)).status_code == 303
    assert "In force." in get(service, bob, made.headers["location"])
    assert "released" in get(service, ann, "/today")


def test_a_page_of_yesterday_is_told_what_has_moved_on(service: Service) -> None:
    ann, bob = people(service)
    made = sends(service, ann, "/api/decisions", RELEASE).json()["answer"]
    address = f"/decisions/{made['disposition']}"
    yesterday = fields(get(service, bob, address))
    stop = get(service, ann, "/decide?thing=lot&key=M1&key=L1&move=stop")
    sends(service, ann, "/api/decisions", STOP, "2")
    sign = {**yesterday, "meaning": "m", "password": PASSWORD}
    late = service.client.post(f"{address}/sign", data=sign, headers=service.session(bob))
    assert late.status_code == 409
    assert "newer word" in late.text
    assert "PROPOSED" in late.text
    typed = {**fields(stop), "given.ground": "g", "given.instruction": "i", "owner": "holder"}
    typed |= {"meaning": "m", "password": PASSWORD}
    again = service.client.post("/decide", data=typed, headers=service.session(ann))
    assert again.status_code == 303, "a stop is never too late"


def get(service: Service, account: Account, address: str) -> str:
    """A page, as somebody sees it."""
    got = service.client.get(address, headers=service.session(account))
    assert got.status_code == 200, got.text
    return str(got.text)


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form that decides or signs."""
    form = page[page.index('action="/deci') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
