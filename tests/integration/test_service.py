"""What the service answers, to whom: roles and endpoints as a table, and each way of asking wrongly."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lots.service.desk import Desk
from lots.service.limits import HEADERS
from lots.service.problems import DECLARED, LARGEST, Refused
from lots.service.who import Who, confirmed
from lots.settings import Settings
from lots.store.access.door import asking
from lots.store.schema.access_tables import ACCOUNT_TOLD, FACTS, LOOK, QUESTION
from tests.builders import rows
from tests.integration.serving import OWN_PAGE, PASSWORD, ROLES, Service, served
from tests.integration.small_world import Told
from tests.integration.test_answers import PACK, chain

DONOR = "P1"
LOT = {"asked": [{"kind": "lot", "name": "L1"}]}
TREE = {"asked": [{"kind": "pack", "name": f"{PACK['gtin']}/S1"}], "view": "trace"}
OF_DONOR = {"asked": [{"kind": "donor", "name": DONOR}]}
PERSONS = {**OF_DONOR, "view": "trace"}
SCAN = {"raw": "(01)09506000134352(21)S1", "purpose": "dispense"}
NEW = {"name": "n", "full_name": "N", "role": "qa"}
QA = {"qa", "qa_approver", "safety_officer"}
DECIDES = QA | {"pharmacist", "nurse"}
# Each endpoint with a request that it answers, and the roles that it answers.
ENDPOINTS = [
    ("GET", "/api/me", None, set(ROLES)),
    ("POST", "/api/questions", LOT, QA | {"regulator"}),
    ("POST", "/api/questions", TREE, QA | {"regulator"}),
    ("POST", "/api/questions", OF_DONOR, QA | {"regulator"}),
    ("POST", "/api/questions", PERSONS, QA),
    ("GET", "/api/today", None, QA),
    ("POST", "/api/scans", SCAN, {"pharmacist", "nurse"}),
    ("GET", "/api/scans", None, {"pharmacist", "nurse"}),
    ("GET", "/api/stops", None, {"pharmacist", "nurse"}),
    ("GET", "/stops", None, {"pharmacist", "nurse"}),
    ("GET", "/api/accounts", None, {"administrator"}),
    ("POST", "/api/accounts", NEW, {"administrator"}),
    ("POST", "/api/accounts/1/link", None, {"administrator"}),
    ("POST", "/api/keys", {"account": 1, "label": "l"}, {"administrator"}),
    ("POST", "/api/keys/1/end", None, {"administrator"}),
    ("GET", "/api/lots", None, QA),
    ("GET", "/api/readiness?maker=M1&number=L1", None, QA),
    ("GET", "/api/decisions", None, DECIDES),
    ("GET", "/decisions", None, DECIDES),
    ("GET", "/decide?thing=lot&key=M1&key=L1", None, DECIDES),
    ("GET", "/decide?thing=lot&key=M1&key=L1&move=release", None, DECIDES),
    ("GET", "/decide?thing=pack", None, DECIDES),
    ("GET", "/metrics", None, {"administrator"}),
    ("GET", "/today", None, QA),
    ("GET", "/question", None, QA | {"regulator"}),
    ("GET", "/question?kind=lot&name=L1", None, QA | {"regulator"}),
    ("GET", f"/question?kind=pack&name={PACK['gtin']}/S1&view=trace", None, QA | {"regulator"}),
    ("GET", "/scan", None, {"pharmacist", "nurse"}),
    ("GET", "/accounts", None, {"administrator"}),
]


@pytest.fixture(scope="module")
def shared(told_once: Callable[..., Callable[[], Settings]]) -> Iterator[Service]:
    """A service that tests of what it answers share; each makes accounts of its own."""
    with served(told_once(chain)()) as service:
        for role in ROLES:
            service.of_role(role)
        yield service


@pytest.fixture
def service(fresh: Callable[[], Settings]) -> Iterator[Service]:
    """A service on an empty database of its own."""
    with served(fresh()) as made:
        yield made


def by_role(service: Service, role: str) -> dict[str, str]:
    """A key of the account of a role."""
    account = next(a for a in service.accounts.values() if a.role == role)
    return service.key(account)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_what_it_may_ask_and_nothing_else(shared: Service, role: str) -> None:
    wrong = {}
    for number, (method, address, body, roles) in enumerate(ENDPOINTS):
        headers = by_role(shared, role) | {"idempotency-key": f"{role}-{number}"}
        sent = {**body, "name": f"made-by-{role}"} if body is NEW else body
        got = shared.client.request(method, address, json=sent, headers=headers)
        if (got.status_code == 200) != (role in roles) or got.status_code not in (200, 403):
            wrong[method, address, str(body)] = (got.status_code, got.text[:300])
    assert wrong == {}


def test_nobody_is_answered_without_a_sign_in_but_whether_it_is_well(shared: Service) -> None:
    for method, address, body, _ in ENDPOINTS:
        got = shared.client.request(method, address, json=body, headers=OWN_PAGE)
        assert got.status_code in (401, 303), (address, got.status_code)
    assert shared.client.get("/health").json()["data"] == "synthetic"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer forged"},
        {"authorization": "Basic bmFtZTpwYXNz"},
        {"cookie": "lots_session=forged"},
        {"cookie": "lots_session="},
        {"authorization": "Bearer \x7f"},
    ],
)
def test_a_forged_token_is_nobodys(shared: Service, headers: dict[str, str]) -> None:
    got = shared.client.get("/api/me", headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (401, "application/problem+json")


def test_a_session_ends_by_itself_by_sign_out_and_with_its_account(service: Service) -> None:
    administrator, qa = service.account("administrator"), service.account("qa")

    def stands(headers: dict[str, str]) -> bool:
        return bool(service.client.get("/api/me", headers=headers).status_code == 200)

    idle, out, ended = service.session(qa), service.session(qa), service.session(qa)
    assert stands(idle)
    service.clock.later(timedelta(minutes=29))
    assert all(map(stands, (idle, out, ended)))
    assert service.client.post("/sign-out", headers=out).status_code == 303
    assert not stands(out)
    once = {"idempotency-key": "1", **service.key(administrator)}
    assert service.client.post(f"/api/accounts/{qa.account}/end", headers=once).status_code == 200
    assert not stands(ended)
    left = service.session(administrator)
    service.clock.later(timedelta(minutes=31))
    assert not stands(left)


def test_a_password_is_tried_ten_times_and_then_waited_for(service: Service) -> None:
    service.account("qa", name="anna")
    form = {"name": "ANNA ", "password": "wrong"}
    said = [service.client.post("/sign-in", data=form, headers=OWN_PAGE) for _ in range(11)]
    assert [s.status_code for s in said] == [401] * 10 + [429]
    right = {"name": "anna", "password": PASSWORD}
    assert service.client.post("/sign-in", data=right, headers=OWN_PAGE).status_code == 429
    service.clock.later(timedelta(minutes=16))
    signed_in = service.client.post("/sign-in", data=right, headers=OWN_PAGE)
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/")
    cookie = signed_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_no_name_is_told_from_another_by_a_failed_sign_in(service: Service) -> None:
    service.account("qa", name="anna")
    texts = {
        service.client.post(
            "/sign-in", data={"name": name, "password": "wrong"}, headers=OWN_PAGE
        ).text
        for name in ("anna", "nobody")
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 401),
        ({"origin": "http://testserver"}, 401),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://testserver"}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_form_is_taken_from_our_own_pages_alone(
    shared: Service, headers: dict[str, str], status: int
) -> None:
    got = shared.client.post("/sign-in", data={"name": "x", "password": "y"}, headers=headers)
    assert got.status_code == status


def test_every_endpoint_declares_its_errors(shared: Service) -> None:
    described = shared.client.get("/openapi.json").json()
    missing = {
        (method, path): absent
        for path, methods in described["paths"].items()
        for method, told in methods.items()
        if (absent := {str(status) for status in DECLARED} - told["responses"].keys())
    }
    assert missing == {}
    assert "Problem" in described["components"]["schemas"]


# --- what is sent wrongly -------------------------------------------------------------------------


def test_nul_and_what_nobody_can_see_are_refused_everywhere(shared: Service) -> None:
    qa, pharmacist = by_role(shared, "qa"), by_role(shared, "pharmacist")
    for bad in ("L\x001", "L\u202e1", "L\x1b1"):
        asked = {"asked": [{"kind": "lot", "name": bad}]}
        assert shared.client.post("/api/questions", json=asked, headers=qa).status_code == 422
    nul = {"raw": "]d2\x00", "purpose": "give"}
    assert shared.client.post("/api/scans", json=nul, headers=pharmacist).status_code == 422
    assert shared.client.get("/question?kind=lot&name=%00", headers=qa).status_code == 400
    assert shared.client.get("/welcome/%00", headers=qa).status_code == 400


def test_a_gigabyte_is_refused_before_it_is_read(shared: Service) -> None:
    qa, read = by_role(shared, "qa"), 0

    def gigabyte() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1024):
            read += 1 << 20
            yield bytes(1 << 20)

    told = {"content-length": str(1 << 30), **qa}
    assert shared.client.post("/api/questions", content=b"x", headers=told).status_code == 413
    assert (
        shared.client.post("/api/questions", content=bytes(LARGEST + 1), headers=qa).status_code
        == 413
    )
    got = shared.client.post("/api/questions", content=gigabyte(), headers=qa)
    assert got.status_code == 413


@pytest.mark.parametrize("address", ["/api/broken", "/broken"])
def test_an_error_of_ours_says_nothing_of_itself_and_has_every_header(
    shared: Service, address: str
) -> None:
    def breaks() -> None:
        raise RuntimeError("DONOR-KEY-999")

    shared.app.add_api_route(address, breaks, include_in_schema=False)
    got = shared.client.get(address)
    assert got.status_code == 500
    assert "DONOR-KEY-999" not in got.text
    well = shared.client.get("/health")
    for name in HEADERS:
        assert got.headers[name.decode()] == well.headers[name.decode()]


def test_an_error_says_nothing_of_what_was_sent(shared: Service) -> None:
    qa = by_role(shared, "qa")
    key = "DONOR-KEY-999"
    for body in (
        {"asked": [{"kind": "donor", "name": key}]},
        {"asked": [{"kind": "donor", "name": key}], key: key},
        {"asked": [{"kind": key, "name": key}]},
        {"asked": [{"kind": "donor", "name": key}], "since": key},
        {"asked": [{"kind": "patient", "name": key}], "view": "trace"},
    ):
        got = shared.client.post("/api/questions", json=body, headers=qa)
        assert got.status_code in (400, 404, 422), got.text
        assert got.json().keys() == {"status", "title", "detail"}
        assert key not in got.text


def test_an_address_with_a_persons_key_is_refused_and_a_form_keeps_the_key(shared: Service) -> None:
    qa = service_session(shared, "qa")
    address = f"/question?kind=donor&name={DONOR}"
    assert shared.client.get(address, headers=qa).status_code == 400
    form = {"kind": "donor", "name": DONOR, "view": "trace"}
    kept = shared.client.post("/question", data=form, headers=qa)
    assert kept.status_code == 303
    assert kept.headers["location"].startswith("/question/kept/")
    before = count(shared, LOOK.fullname)
    shown = shared.client.get(kept.headers["location"], headers=qa)
    assert shown.status_code == 200
    assert "whose key is not shown" in shown.text
    assert f'value="{DONOR}"' not in shown.text
    assert count(shared, LOOK.fullname) == before + 1
    regulator = service_session(shared, "regulator")
    refused = shared.client.get(kept.headers["location"], headers=regulator)
    assert refused.status_code == 403
    assert count(shared, LOOK.fullname) == before + 1


def test_each_look_at_a_persons_tree_is_kept_before_it_is_shown(shared: Service) -> None:
    before = count(shared, LOOK.fullname), count(shared, QUESTION.fullname)
    qa = by_role(shared, "safety_officer")
    assert shared.client.post("/api/questions", json=PERSONS, headers=qa).status_code == 200
    assert (count(shared, LOOK.fullname), count(shared, QUESTION.fullname)) == (
        before[0] + 1,
        before[1] + 1,
    )


def count(service: Service, table: str) -> int:
    """How many rows a table of access has."""
    with asking(service.settings) as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def service_session(service: Service, role: str) -> dict[str, str]:
    """A browser in which the account of a role is signed in."""
    return service.session(next(a for a in service.accounts.values() if a.role == role))


# --- writes, once ---------------------------------------------------------------------------------


def test_a_write_is_done_once_and_its_secret_is_shown_once(service: Service) -> None:
    key = service.key(service.account("administrator"))
    once = {"idempotency-key": "a-1", **key}
    first = service.client.post("/api/accounts", json=NEW, headers=once)
    again = service.client.post("/api/accounts", json=NEW, headers=once)
    assert first.json()["answer"]["account"] == again.json()["answer"]["account"]
    assert "link" in first.json()["answer"]
    assert "link" not in again.json()["answer"]
    other = service.client.post("/api/accounts", json={**NEW, "name": "m"}, headers=once)
    assert other.status_code == 409
    taken = {"idempotency-key": "a-2", **key}
    assert service.client.post("/api/accounts", json=NEW, headers=taken).status_code == 409
    assert service.client.post("/api/accounts", json=NEW, headers=key).status_code == 422


@pytest.mark.parametrize(
    ("role", "site", "status"),
    [("pharmacist", "W1", 200), ("pharmacist", "", 422), ("qa", "W1", 422), ("qa", "", 200)],
)
def test_a_role_of_a_site_has_one(service: Service, role: str, site: str, status: int) -> None:
    once = {"idempotency-key": "1", **service.key(service.account("administrator"))}
    body = {"name": "x", "full_name": "X", "role": role, "site": site}
    assert service.client.post("/api/accounts", json=body, headers=once).status_code == status


def test_an_account_at_a_site_that_no_record_tells_of_says_so(
    service: Service, tmp_path: Path
) -> None:
    hospital = {"party_id": "HOSPITAL-1", "kind": "clinic", "name": "Hospital"}
    Told({"HOSPITAL-1": {"party": [hospital]}}).send(service.settings, tmp_path)
    key = service.key(service.account("administrator"))
    said = []
    for site in ("HOSPITAL-1", "HOSPITAL-11", "elsewhere"):
        body = {"name": site, "full_name": "X", "role": "pharmacist", "site": site}
        once = {"idempotency-key": site, **key}
        told = service.client.post("/api/accounts", json=body, headers=once).json()["answer"]
        said.append(told["nowhere"])
    known, near, far = said
    assert not known
    assert near.startswith("No party record tells of 'HOSPITAL-11',")
    assert near.endswith("near it are HOSPITAL-1.")
    assert far.endswith("nor is any of a similar name.")


def test_the_page_of_accounts_says_a_site_that_no_record_tells_of(service: Service) -> None:
    administrator = service.session(service.account("administrator"))
    body = {"name": "x", "full_name": "X", "role": "pharmacist", "site": "elsewhere", "once": "1"}
    made = service.client.post("/accounts", data=body, headers=administrator)
    assert made.status_code == 200
    assert "No party record tells of &#39;elsewhere&#39;" in made.text
    number = next(a for a in range(9, 0, -1) if f"/accounts/{a}/link" in made.text)
    link = service.client.post(
        f"/accounts/{number}/link", data={"once": "2"}, headers=administrator
    )
    assert link.status_code == 200
    assert "No party record" not in link.text


def test_a_scan_is_answered_for_the_accounts_own_site_and_is_never_go(service: Service) -> None:
    for site in ("W1", "W2"):
        key = service.key(service.account("pharmacist", site, site))
        got = service.client.post("/api/scans", json=SCAN, headers=key).json()["answer"]
        assert got["site"] == site
        assert got["verdict"] != "GO", "nobody has released the lot"
        elsewhere = {**SCAN, "site": "W9"}
        assert service.client.post("/api/scans", json=elsewhere, headers=key).status_code == 422


# Tables and views of a schema, or of all others, that a role may read any column of.
READ_BY = """
SELECT c.oid::regclass::text
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_|^information_schema$' AND c.relkind IN ('r', 'v', 'm', 'p')
    AND (n.nspname = 'access') = {within}
    AND has_any_column_privilege('{role}', c.oid, 'SELECT')
ORDER BY 1
"""


def test_who_reads_sees_no_account_and_the_service_sees_nothing_else(service: Service) -> None:
    """As the service's own login alone: what a page shows of lots comes by the readers' logins."""
    for role in ("lots_reader", "lots_discloser", "lots_pipeline"):
        seen = rows(service.settings, READ_BY.format(within=True, role=role))
        # What verifies the ledger sees what became of accounts; no link, session, key or password.
        facts = {*(table.fullname for table in FACTS), ACCOUNT_TOLD}
        assert {name for (name,) in seen} == (facts if role == "lots_pipeline" else set())
        assert len(rows(service.settings, READ_BY.format(within=False, role=role))) > 10
    others = rows(service.settings, READ_BY.format(within=False, role="lots_service"))
    assert others == [("alembic_version",), ("ledger.entry",)]


# --- signing --------------------------------------------------------------------------------------


def test_a_signature_asks_a_person_for_the_password_again(service: Service) -> None:
    at: Desk = service.app.state.desk
    who = Who(service.account("qa", name="anna"), "a session")
    with pytest.raises(Refused, match="name and password"):
        confirmed(at, who, "wrong", "here")
    with pytest.raises(Refused, match="expected a person who is signed in, got a key"):
        confirmed(at, Who(who.account, ""), PASSWORD, "here")
    assert confirmed(at, who, PASSWORD, "here") == "a session"
