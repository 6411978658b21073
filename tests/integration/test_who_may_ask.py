"""Roles × endpoints × sites, as a table: every address of the service, whom it answers and whom it
refuses; a new address stands here before it is served.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from lots.settings import Settings
from lots.store.schema.access_tables import OF_SITES
from tests.integration.serving import ROLES, Service, served
from tests.integration.test_answers import chain

Q = "qa qa_approver safety_officer"
ANYBODY, SIGNED_IN = "anybody", " ".join(ROLES)
# An address, and the roles that may ask it; of a form and of what programs send the same.
TABLE = f"""
GET  /health                        {ANYBODY}
GET  /metrics                       administrator
GET  /api/me                        {SIGNED_IN}
POST /api/questions                 {Q} regulator
GET  /api/today                     {Q}
POST /api/files                     {Q} sending_system
POST /api/scans                     pharmacist nurse
GET  /api/lots                      {Q}
GET  /api/readiness                 {Q}
GET  /api/decisions                 {Q} pharmacist nurse
POST /api/decisions                 {Q} pharmacist nurse
GET  /api/decisions/{{number}}      {Q} pharmacist nurse
POST /api/decisions/{{number}}/signatures  {Q} pharmacist nurse
POST /api/decisions/{{number}}/withdrawal  {Q} pharmacist nurse
GET  /api/scans                     pharmacist nurse
GET  /api/stops                     pharmacist nurse
POST /api/bags                      pharmacist nurse
POST /api/bookings                  pharmacist nurse
POST /api/bookings/{{number}}/undo  pharmacist nurse
GET  /api/accounts                  administrator
POST /api/accounts                  administrator
POST /api/accounts/{{number}}/end   administrator
POST /api/accounts/{{number}}/link  administrator
POST /api/keys                      administrator
POST /api/keys/{{number}}/end       administrator
GET  /                              {ANYBODY}
GET  /sign-in                       {ANYBODY}
POST /sign-in                       {ANYBODY}
POST /sign-out                      {ANYBODY}
GET  /welcome/{{token}}             {ANYBODY}
POST /welcome/{{token}}             {ANYBODY}
GET  /question                      {Q} regulator
POST /question                      {Q} regulator
GET  /question/kept/{{number}}      {Q} regulator
GET  /near                          {Q}
POST /near                          {Q}
GET  /today                         {Q}
GET  /today/{{which}}               {Q}
GET  /balance                       {Q}
GET  /booked                        pharmacist nurse
POST /booked                        pharmacist nurse
GET  /booked/{{number}}             pharmacist nurse
POST /booked/{{number}}             pharmacist nurse
GET  /files                         {Q} sending_system
POST /files                         {Q} sending_system
GET  /decisions                     {Q} pharmacist nurse
GET  /decisions/{{number}}          {Q} pharmacist nurse
POST /decisions/{{number}}/sign     {Q} pharmacist nurse
POST /decisions/{{number}}/withdraw {Q} pharmacist nurse
GET  /decide                        {Q} pharmacist nurse
POST /decide                        {Q} pharmacist nurse
GET  /scan                          pharmacist nurse
POST /scan                          pharmacist nurse
GET  /stops                         pharmacist nurse
GET  /accounts                      administrator
POST /accounts                      administrator
POST /accounts/{{number}}/link      administrator
POST /accounts/{{number}}/end       administrator
POST /keys                          administrator
POST /keys/{{number}}/end           administrator
"""
ENDPOINTS = {
    (method, address): set(roles)
    for method, address, *roles in (line.split() for line in TABLE.strip().splitlines())
}
CLOSED = [(m, a) for (m, a), roles in ENDPOINTS.items() if ANYBODY not in roles]


@pytest.fixture(scope="module")
def service(told_once: Callable[..., Callable[[], Settings]]) -> Iterator[Service]:
    """A service with an account of each role, those of sites at two of them."""
    with served(told_once(chain)()) as made:
        for role in ROLES:
            for site in ("W1", "W2") if role in OF_SITES else (None,):
                made.account(role, site, name=f"{role} {site}")
        yield made


def test_every_address_is_in_the_table(service: Service) -> None:
    routes = [route for route in service.app.routes if isinstance(route, APIRoute)]
    served_here = {(method, route.path) for route in routes for method in route.methods}
    assert served_here == set(ENDPOINTS)
    assert {role for roles in ENDPOINTS.values() for role in roles} == {*ROLES, ANYBODY}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(
    service: Service, role: str
) -> None:
    wrong = {}
    for account in [a for a in service.accounts.values() if a.role == role]:
        key = service.key(account)
        for method, address in CLOSED:
            # Nothing that could be done: who is let in is told what lacks.
            at = address.format(number=10**17, token="none", which="none")
            sent: dict[str, Any] = (
                {"json": {}} if address.startswith("/api") and method == "POST" else {}
            )
            got = service.client.request(method, at, headers=key, **sent)
            let_in = got.status_code != 403
            if let_in != (role in ENDPOINTS[method, address]) or got.status_code == 401:
                wrong[method, address, account.site] = got.status_code
    assert wrong == {}


def test_nobody_is_let_in_without_a_sign_in(service: Service) -> None:
    for method, address in CLOSED:
        at = address.format(number=10**17, token="none", which="none")
        headers = {"sec-fetch-site": "same-origin"}
        sent: dict[str, Any] = (
            {"json": {}} if address.startswith("/api") and method == "POST" else {}
        )
        got = service.client.request(method, at, headers=headers, **sent)
        assert got.status_code in (401, 303), (method, address, got.status_code)


@pytest.mark.parametrize("site", ["W1", "W2"])
@pytest.mark.parametrize("role", ["pharmacist", "nurse"])
def test_a_scan_is_of_the_accounts_site_whatever_the_client_says(
    service: Service, role: str, site: str
) -> None:
    key = service.key(service.accounts[f"{role} {site}"])
    scan = {"raw": "(01)09506000134352(21)S1", "purpose": "dispense"}
    told = service.client.post("/api/scans", json=scan, headers=key).json()["answer"]
    assert told["site"] == site
    other = service.client.post("/api/scans", json={**scan, "site": "W9"}, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize("site", ["W1", "W2"])
def test_files_of_a_sending_system_are_its_own_sites(service: Service, site: str) -> None:
    key = service.key(service.accounts[f"sending_system {site}"])
    file = [("file", ("donation.csv", b"x"))]
    for other in ("W1", "W2", "C9"):
        if other != site:
            got = service.client.post("/api/files", files=file, data={"sender": other}, headers=key)
            assert got.status_code == 403
