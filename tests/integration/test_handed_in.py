"""Files that are handed in at the service: by whom, whose they become, and what is refused before any of
it is read.
"""

import fcntl
import os
from collections.abc import Callable, Iterator

import pytest

from lots.pipeline.handed_in import sweep
from lots.service.problems import LARGEST_FILES
from lots.service.rights import MAY, Right
from lots.settings import Settings
from tests.builders import donations, rows
from tests.integration.serving import OWN_PAGE, ROLES, Service, served

SENT = "SELECT sender, file_name, received_by, status FROM receiving.receipt ORDER BY receipt"
FILE = ("donation.csv", donations({}))


@pytest.fixture(scope="module")
def service(
    shared_settings: Settings,
) -> Iterator[Service]:
    """A service on a database in which nothing stands, with an account of each role."""
    shared_settings.home.mkdir(parents=True, exist_ok=True)
    with served(shared_settings) as made:
        for role in ROLES:
            made.of_role(role)
        yield made


@pytest.fixture
def key(service: Service) -> Callable[[str], dict[str, str]]:
    """A key of the account of a role."""
    return lambda role: service.key(next(a for a in service.accounts.values() if a.role == role))


def test_files_go_the_way_of_lots_receive_and_are_known_when_they_come_again(
    service: Service, key: Callable[[str], dict[str, str]]
) -> None:
    sent = [("file", FILE), ("file", ("donation-2.csv", b"no,header\n1,2\n"))]
    told = []
    for role, form in (("qa", {"sender": "C1"}), ("sending_system", {})):
        got = service.client.post("/api/files", files=sent, data=form, headers=key(role))
        assert got.status_code == 200, got.text
        told.append([(r["file_name"], r["status"], r["again"]) for r in got.json()["answer"]])
    assert told[0] == [("donation.csv", "accepted", False), ("donation-2.csv", "refused", False)]
    # C1's rows stay C1's; what was refused whole may be another's.
    assert told[1][0][:2] == ("donation.csv", "not taken")
    by_qa = next(a.name for a in service.accounts.values() if a.role == "qa")
    assert ("C1", "donation.csv", by_qa, "accepted") in rows(service.settings, SENT)
    assert rows(service.settings, "SELECT count(*) FROM standing.donation") == [(1,)]
    assert [*(service.settings.home / "handed_in").iterdir()] == []


@pytest.mark.parametrize("role", ROLES)
def test_who_may_hand_in_files_is_told_what_lacks_and_who_may_not_is_refused(
    service: Service, key: Callable[[str], dict[str, str]], role: str
) -> None:
    got = service.client.post("/api/files", headers=key(role))
    assert got.status_code == (422 if Right.SEND in MAY[role] else 403), got.text
    page = service.client.get("/files", headers=key(role))
    assert page.status_code == (200 if Right.SEND in MAY[role] else 403)


@pytest.mark.parametrize(
    ("role", "files", "form", "status"),
    [
        ("qa", [("file", FILE)], {}, 422),
        ("qa", [("file", FILE)], {"sender": "a/b"}, 422),
        ("qa", [("file", FILE)], {"sender": "C\x00"}, 422),
        ("qa", [("file", FILE)] * 21, {"sender": "C1"}, 400),
        ("qa", [("other", FILE)], {"sender": "C1"}, 422),
        ("qa", [("file", ("..", b""))], {"sender": "C1"}, 422),
        ("qa", [("file", ("x" * 201, b""))], {"sender": "C1"}, 422),
        ("sending_system", [("file", FILE)], {"sender": "C9"}, 403),
    ],
)
def test_what_is_wrong_with_a_request_is_told_and_nothing_of_it_is_taken(
    service: Service,
    key: Callable[[str], dict[str, str]],
    role: str,
    files: list[tuple[str, tuple[str, bytes]]],
    form: dict[str, str],
    status: int,
) -> None:
    before = rows(service.settings, SENT)
    got = service.client.post("/api/files", files=files, data=form, headers=key(role))
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert rows(service.settings, SENT) == before


def test_nothing_is_read_of_who_is_not_known_nor_of_what_is_too_large(
    service: Service, key: Callable[[str], dict[str, str]]
) -> None:
    read = []

    def body() -> Iterator[bytes]:
        for part in (b"--b\r\n", b"x" * 1000):
            read.append(part)
            yield part

    kind = {"content-type": "multipart/form-data; boundary=b"}
    address = "/api/files"
    nobody = {"authorization": "Bearer forged", **kind}
    assert service.client.post(address, content=body(), headers=nobody).status_code == 401
    large = key("qa") | kind | {"content-length": str(LARGEST_FILES + 1)}
    got = service.client.post(address, content=b"x", headers=large)
    assert got.status_code == 413
    assert f"{LARGEST_FILES:,}" in got.text


def test_a_page_says_what_became_of_each_file(service: Service) -> None:
    account = next(a for a in service.accounts.values() if a.role == "qa")
    headers = service.session(account)
    assert headers.items() >= OWN_PAGE.items()
    sent = [("file", ("donation.csv", donations({"donation_number": "D7"}, {"scheme": "x"})))]
    got = service.client.post("/files", files=sent, data={"sender": "C7"}, headers=headers)
    assert got.status_code == 200
    for said in ("donation.csv", "accepted", "What became of them", 'value="C7"'):
        assert said in got.text
    wrong = service.client.post("/files", data={"sender": "C7"}, headers=headers)
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.text


def test_what_a_kill_left_is_swept_and_what_is_being_received_is_not(service: Service) -> None:
    left, used = (service.settings.home / "handed_in" / name for name in ("left", "used"))
    for folder in (left, used):
        (folder / "0").mkdir(parents=True)
        (folder / "0" / "donation.csv").write_bytes(donations({}))
    held = os.open(used, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert sweep(service.settings) == 1
    assert (left.exists(), used.exists()) == (False, True)
    os.close(held)
    assert sweep(service.settings) == 1
    assert sweep(service.settings) == 0
