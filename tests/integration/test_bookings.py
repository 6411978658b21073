"""What is done with a pack is booked after its scan: it counts at the next, is refused where the verdict
does not let it, and is one event with a later file's row. On a real PostgreSQL, by the service.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from lots.pipeline.dispose import content, decide
from lots.settings import Settings
from lots.store.access.accounts import Account
from lots.store.dispositions import dispose
from lots.store.engine import engine
from tests.builders import rows
from tests.integration.serving import PASSWORD, Service, served
from tests.integration.test_dispositions import Desk, asked, release, world
from tests.integration.test_scans import DISPENSED, NOW, code, facts
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

ONCE = count()
Headers = dict[str, str]


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with a lot of two packs."""
    return told_once(world)


@pytest.fixture
def service(copy: Callable[[], Settings]) -> Iterator[Service]:
    """A service on such a database, at that time, of which two people released the lot."""
    settings = copy()
    release(Desk(settings))
    with served(settings) as made:
        made.clock.at = NOW
        yield made


class Site:
    """One site's people at its scanner."""

    def __init__(self, service: Service, site: str = "H1", role: str = "pharmacist") -> None:
        self.service = service
        self.account: Account = service.account(role, site, f"{role}-of-{site}")
        self.headers = service.key(self.account)

    def sends(self, address: str, **body: object) -> Any:
        """An answer, or the status and sentence of a refusal."""
        once = {"idempotency-key": f"k{next(ONCE)}"}
        got = self.service.client.post(address, json=body, headers=self.headers | once)
        told = got.json()
        return told["answer"] if got.status_code == 200 else (got.status_code, told["detail"])

    def scan(self, purpose: str, serial: str = "SENT", patient: str = "") -> Any:
        """What a scan is told."""
        return self.sends("/api/scans", raw=code(serial), purpose=purpose, patient=patient)

    def verdict(
        self, purpose: str, serial: str = "SENT", patient: str = ""
    ) -> tuple[str, set[str]]:
        """Its word, and its grounds but those that let it go."""
        told = self.scan(purpose, serial, patient)
        return told["verdict"], {g["code"] for g in told["grounds"] if g["makes"] != "GO"}

    def books(self, purpose: str, serial: str = "SENT", **more: object) -> Any:
        """Scan, and book what it was for."""
        patient = more.get("patient", "")
        number = self.scan(purpose, serial, str(patient))["scan"]
        return self.sends("/api/bookings", scans=[number], **more)


def dispense(site: Site, serial: str = "SENT", **more: object) -> int:
    """Dispense a pack to a patient; the booking's number."""
    got = site.books("dispense", serial, to="patient", patient="PAT1", **more)
    return int(got["booked"][0]["booking"])


def test_what_was_booked_counts_at_the_next_scan(service: Service) -> None:
    site = Site(service)
    assert site.verdict("dispense") == ("GO", set())
    dispense(site)
    assert site.verdict("dispense", patient="PAT1") == (
        "STOP",
        {"dispensed to patient", "too many"},
    )
    assert site.verdict("prepare", patient="PAT1") == ("GO", set())
    assert site.verdict("prepare", patient="PAT2") == ("STOP", {"dispensed to another"})
    assert site.verdict("dispense", "TWO") == ("GO", set())


def test_of_one_scan_one_thing_is_booked(service: Service) -> None:
    site = Site(service)
    number = site.scan("dispense")["scan"]
    body = {"scans": [number], "to": "ward"}
    headers = site.headers | {"idempotency-key": "same"}
    once, again = (
        service.client.post("/api/bookings", json=body, headers=headers).json()["answer"]
        for _ in range(2)
    )
    assert once == again
    assert site.sends("/api/bookings", **body)[0] == 404


def test_nothing_is_booked_on_a_verdict_that_does_not_let_it(service: Service) -> None:
    site = Site(service)
    number = site.scan("dispense")["scan"]
    # Stopped between the scan and its booking.
    decide(
        service.settings, asked("lot", "stop"), Desk(service.settings).says("sam", "safety_officer")
    )
    status, sentence = site.sends("/api/bookings", scans=[number], to="ward", reason="r", order="o")
    assert (status, sentence) == (
        403,
        "booking: verdict: expected one that lets it go, got STOP; nobody overrides it: quarantined.",
    )
    assert rows(service.settings, "SELECT count(*) FROM scanned.booking", "lots_pipeline") == [(0,)]


def test_an_old_scan_and_another_site_s_are_not_booked(service: Service) -> None:
    site, other = Site(service), Site(service, "H3")
    number = site.scan("dispense")["scan"]
    assert other.sends("/api/bookings", scans=[number], to="ward")[0] == 404
    service.clock.at = NOW.replace(hour=13)
    assert site.sends("/api/bookings", scans=[number], to="ward")[0] == 409


def test_a_stop_is_overridden_by_whom_the_norm_names_with_reason_and_order(
    service: Service,
) -> None:
    site, nurse = Site(service), Site(service, role="nurse")
    dispense(site)
    again = {"to": "patient", "patient": "PAT1"}
    assert site.books("dispense", **again)[0] == 403
    assert site.books("dispense", **again, reason="first was dropped")[0] == 403
    told = {"reason": "first was dropped", "order": "O1"}
    assert nurse.books("dispense", **again, **told)[0] == 403
    (done,) = site.books("dispense", **again, **told)["booked"]
    assert (done["verdict"], done["overrides"]) == ("STOP", ["dispensed to patient", "too many"])


def test_a_second_person_is_another_of_the_same_site(service: Service) -> None:
    site, nurse = Site(service), Site(service, role="nurse")
    number = site.scan("dispense")["scan"]
    own = {"name": site.account.name, "password": PASSWORD}
    asked_for = {"scans": [number], "to": "ward"}
    assert site.sends("/api/bookings", **asked_for, second=own)[0] == 403
    wrong = {"name": nurse.account.name, "password": "wrong"}
    assert site.sends("/api/bookings", **asked_for, second=wrong)[0] == 401
    beside = {"name": nurse.account.name, "password": PASSWORD}
    assert "booked" in site.sends("/api/bookings", **asked_for, second=beside)


def test_a_bag_stands_for_all_its_vials(service: Service) -> None:
    site = Site(service)
    for serial in ("SENT", "TWO"):
        dispense(site, serial)
        assert "booked" in site.books("prepare", serial, bag="B1", patient="PAT1")
    assert site.verdict("prepare", patient="PAT1")[0] == "STOP"
    vials = site.sends("/api/bags", bag="B1", patient="PAT1")
    assert [v["verdict"] for v in vials] == ["GO", "GO"]
    other = site.sends("/api/bags", bag="B1", patient="PAT2")
    assert [v["verdict"] for v in other] == ["STOP", "STOP"]
    scans = [v["scan"] for v in vials]
    given = site.sends("/api/bookings", scans=scans, bag="B1", patient="PAT1")
    assert len(given["booked"]) == 2
    assert {v["verdict"] for v in site.sends("/api/bags", bag="B1", patient="PAT1")} == {"STOP"}
    assert site.sends("/api/bags", bag="B2")[0] == 404


def test_what_was_dispensed_is_undone_at_the_same_site_once(service: Service) -> None:
    site, other = Site(service), Site(service, "H3")
    number = dispense(site)
    undo = f"/api/bookings/{number}/undo"
    assert other.sends(undo, reason="wrong pack")[0] == 404
    assert "booking" in site.sends(undo, reason="wrong pack")
    assert site.sends(undo, reason="wrong pack")[0] == 404
    assert site.verdict("dispense") == ("GO", set())


def give(site: Site, serial: str = "SENT") -> int:
    """Give a pack's vial; the booking's number."""
    return int(site.books("give", serial)["booked"][0]["booking"])


def in_error(service: Service, site: Site, number: int, went: str, second: str = "nurse") -> Any:
    """Say that it was booked in error, with another person of the site beside."""
    name = f"{second} beside {next(ONCE)}"
    service.account(second, "H1", name)
    beside = {"name": name, "password": PASSWORD}
    return site.sends(f"/api/bookings/{number}/undo", reason="wrong vial", second=beside, went=went)


@pytest.mark.parametrize(
    ("went", "next_is"),
    [
        ("unused", ("GO", set())),
        ("wasted", ("STOP", {"ended", "too many"})),
        ("lost", ("STOP", {"lost"})),
        ("given", ("STOP", {"ended", "too many"})),
    ],
)
def test_what_was_given_in_error_is_where_two_say_that_it_truly_went(
    service: Service, went: str, next_is: tuple[str, set[str]]
) -> None:
    site = Site(service)
    number = give(site)
    assert site.verdict("dispense")[1] >= {"ended"}
    assert site.sends(f"/api/bookings/{number}/undo", reason="wrong vial")[0] == 404
    assert "booking" in in_error(service, site, number, went)
    assert site.verdict("give") == next_is
    assert in_error(service, site, number, "unused")[0] == 404, "once"


def test_of_those_two_one_is_a_pharmacist_and_one_a_nurse_of_the_site(service: Service) -> None:
    site, other = Site(service), Site(service, "H3")
    number = give(site)
    assert in_error(service, site, number, "unused", "pharmacist")[0] == 404
    assert in_error(service, other, number, "unused")[0] in (403, 404)
    undo = f"/api/bookings/{number}/undo"
    assert site.sends(undo, reason="r", went="unused")[0] == 400, "nobody signs beside"
    nurse = Site(service, role="nurse")
    service.account("pharmacist", "H1", "another")
    beside = {"name": "another", "password": "wrong"}
    assert nurse.sends(undo, reason="r", went="unused", second=beside)[0] == 401
    beside["password"] = PASSWORD
    assert "booking" in nurse.sends(undo, reason="r", went="unused", second=beside)
    assert site.verdict("give") == ("GO", set())


def test_a_page_undoes_and_books_for_what_somebody_answers(service: Service) -> None:
    site = Site(service)
    headers = service.session(site.account)
    number = give(site)
    service.account("nurse", "H1", "nell")
    told = {"once": "a", "reason": "wrong vial", "went": "unused", "second": "nell"}
    post, get = service.client.post, service.client.get
    page = f"/booked/{number}"
    assert "Given in error" in get(page, headers=headers).text
    wrong = post(page, data=told | {"password": "wrong"}, headers=headers)
    assert (wrong.status_code, 'value="wrong vial"' in wrong.text) == (401, True)
    assert post(page, data=told | {"password": PASSWORD}, headers=headers).status_code == 303
    assert "in error: not used" in get("/booked", headers=headers).text
    assert get(page, headers=headers).status_code == 404
    dispense(site, "TWO")
    asked_again = site.scan("dispense", "TWO", "PAT1")
    answer = {"once": "b", "scan": asked_again["scan"], "to": "patient", "patient": "PAT1"}
    refused = post("/booked", data=answer | {"reason": "r"}, headers=headers)
    assert (refused.status_code, "NOT booked" in refused.text) == (403, True)


def test_what_came_back_is_stopped(service: Service) -> None:
    site = Site(service)
    dispense(site)
    assert "booked" in site.books("return", reason="not needed")
    assert "unfit" in site.verdict("prepare", patient="PAT1")[1]


def test_a_later_row_of_the_same_is_the_same_event(service: Service, tmp_path: Path) -> None:
    site = Site(service)
    dispense(site)
    row = DISPENSED.replace("2026-02-01", "2026-06-01")
    told = f"dispensing H1 D1: to_kind=patient patient_key=PAT1 serial=SENT {row}"
    receive(service.settings, tmp_path, rows_of(told))
    assert facts(service.settings, "SENT").dispensed == 1
    # Of another site, or of long before, it is another.
    more = "\n".join(
        (
            told.replace("H1 D1", "H3 D2"),
            told.replace("H1 D1", "H1 D3").replace("2026-06-01", "2026-05-01"),
        )
    )
    receive(
        service.settings, tmp_path / "more", [r for line in more.split("\n") for r in rows_of(line)]
    )
    assert facts(service.settings, "SENT").dispensed == 3


def test_who_scanned_is_told_to_the_site_alone(service: Service) -> None:
    site, other = Site(service), Site(service, "H3")
    site.scan("dispense")
    get = service.client.get
    (mine,) = get("/api/scans", headers=site.headers).json()["answer"]
    assert (mine["by"], mine["verdict"]) == (site.account.name, "GO")
    assert get("/api/scans", headers=other.headers).json()["answer"] == []


SENT_WRONGLY = (
    ("/api/bookings", {"scans": [1]}),
    ("/api/bookings/1/undo", {"reason": "r"}),
    ("/api/bags", {"bag": "B1"}),
    ("/api/scans", {"raw": "x", "purpose": "give"}),
)


@pytest.mark.parametrize(("address", "body"), SENT_WRONGLY, ids=[a for a, _ in SENT_WRONGLY])
def test_nobody_books_with_a_forged_key_or_in_another_role(
    service: Service, address: str, body: dict[str, object]
) -> None:
    once = {"idempotency-key": "k"}
    post, quality = service.client.post, service.key(service.account("qa"))
    forged = {"authorization": "Bearer forged"}
    assert post(address, json=body, headers=forged | once).status_code == 401
    assert post(address, json=body, headers=quality | once).status_code == 403
    nul = {**body, "reason": "\x00", "bag": "\x00", "raw": "\x00"}
    mine = Site(service).headers | once
    assert post(address, json=nul, headers=mine).status_code == 422


def test_a_scan_does_not_wait_for_a_decision_and_the_next_one_knows_it(service: Service) -> None:
    site, says = Site(service), Desk(service.settings).says("sam", "safety_officer")
    with engine(settings=service.settings).begin() as connection:
        dispose(connection, content(connection, asked("lot", "stop")), says)
        assert site.verdict("dispense") == ("GO", set())
    assert site.verdict("dispense") == ("STOP", {"quarantined"})
