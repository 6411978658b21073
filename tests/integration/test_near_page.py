"""A near name on pages: shown beside the answer that it could belong to, and settled by two who may."""

from collections.abc import Callable, Iterator

import pytest

from lots.service.rights import MAY, Right
from lots.settings import Settings
from tests.integration.serving import ROLES, Service, served
from tests.integration.test_near_names import filled, patients

ASKED = "/question?kind=lot&name=PLANT-01%2F22E1&through=2026-11-22T12:00:00Z"
ROW = "5:4"
LINK = f"/near?row={ROW}"
SAID = {"row": ROW, "lot": "PLANT-01/22E1", "reason": "read from the label"}


@pytest.fixture(scope="module")
def service(
    shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A service on a site whose wards write one lot in four ways."""
    filled(shared_settings, tmp_path_factory.mktemp("landing"))
    with served(shared_settings) as made:
        yield made


@pytest.fixture(scope="module")
def signed_in(service: Service) -> Callable[[str], dict[str, str]]:
    """The session of a new account of a role."""
    return lambda role: service.session(service.of_role(role))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_settle_it_is_led_there_and_nobody_else_is_let_in(
    service: Service, signed_in: Callable[[str], dict[str, str]], role: str
) -> None:
    headers, settles = signed_in(role), Right.SETTLE in MAY[role]
    assert service.client.get(LINK, headers=headers).status_code == (200 if settles else 403)
    sent = service.client.post("/near", data={**SAID, "lot": "nobody knows"}, headers=headers)
    assert sent.status_code == (404 if settles else 403)
    if Right.ASK in MAY[role]:
        assert (LINK in service.client.get(ASKED, headers=headers).text) == settles


def test_one_says_what_it_means_and_another_confirms_it(
    service: Service, signed_in: Callable[[str], dict[str, str]]
) -> None:
    before = patients(service.settings)
    one, two = signed_in("qa"), signed_in("qa_approver")
    shown = service.client.get(LINK, headers=one).text
    for said in ("22E121S1", "PLANT-01/22E1", "with what a scanner read after it run in"):
        assert said in shown

    def say(headers: dict[str, str]) -> tuple[int, str]:
        got = service.client.post("/near", data=SAID, headers=headers)
        return got.status_code, got.text

    status, page = say(one)
    assert (status, "said by one" in page) == (200, True), page
    status, page = say(one)
    assert status == 400
    assert "expected another person" in page
    status, page = say(two)
    assert (status, "confirmed by two" in page) == (200, True), page
    assert patients(service.settings) == before + 1
    assert LINK not in service.client.get(ASKED, headers=one).text


@pytest.mark.parametrize("row", ["", "5", "5:x", "0:0", f"{10**18}:1", "9:9"])
def test_a_row_that_is_none_is_told(
    service: Service, signed_in: Callable[[str], dict[str, str]], row: str
) -> None:
    got = service.client.get(f"/near?row={row}", headers=signed_in("qa"))
    assert got.status_code in (400, 404, 422), got.text
    assert 'role="alert"' in got.text
