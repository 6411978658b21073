"""The story of one lot, in a real browser before two workers: who works with it, on which page, and what
they are told.
"""

import re
from collections import defaultdict
from socket import socket
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.site import (
    ADMINISTRATOR,
    PASSWORD,
    Site,
    followed,
    looked_at,
    new_account,
    picture,
    set_password,
    stops_kept,
)
from tests.builders import table
from tests.integration.test_scans import GTIN, L1, PACK, SENT, code
from tests.spec.rules.drawn import Row, rows_of

DONOR = "DONOR-KEY-7F3"
WORLD = f"""
party H1: kind=pharmacy name=H1 zone=Europe/Berlin jurisdiction=DE
donation D1: scheme=own donor_key={DONOR} centre=C1 plasma_kind=source collected_at=2025-03-05T10:00Z
donation D2: scheme=own donor_key=OTHER-KEY centre=C1 plasma_kind=source collected_at=2025-03-06T10:00Z
plasma_unit U1: donation_number=D1 volume_ml=690
plasma_unit U2: donation_number=D2 volume_ml=690
pool M1 P1: pooled_at=2025-09-01T10:00Z
pool_unit M1 P1 U1,U2: volume_ml=680
lot_input M1 L1 packed M1 P1 pool: amount=1 amount_unit=kg
lot M1 L1 packed: {L1} amount=3 amount_unit=packs
pack {GTIN} ONE,TWO,SENT: {PACK} vials=1
shipment M1 F1 1: to_party=H1 gtin={GTIN} serial=ONE {SENT}
shipment M1 F1 2: to_party=H1 gtin={GTIN} serial=TWO {SENT}
shipment M1 F1 3: to_party=H1 gtin={GTIN} serial=SENT {SENT}
delivery M1 F1 1,2,3: to_party=H1 packs=1 delivered_at=2026-01-08T18:00Z
"""
VERDICT = re.compile("NO VERDICT|NOT ON THE LIST|GO|ASK|STOP|QUARANTINE")
PEOPLE = (
    ("quinn", "Quinn Adeyemi", "qa", ""),
    ("avery", "Avery Lindqvist", "qa_approver", ""),
    ("pat", "Pat Okafor", "pharmacist", "H1"),
    ("remy", "Remy Duval", "regulator", ""),
)


def files(world: str) -> list[FilePayload]:
    """A file of each record."""
    told: dict[str, list[Row]] = defaultdict(list)
    for line in filter(None, world.split("\n")):
        for row in rows_of(line):
            told[row[0]].append(row)
    return [
        {"name": f"{record}.csv", "mimeType": "text/csv", "buffer": table({}, [r for _, r in rows])}
        for record, rows in told.items()
    ]


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, Page]:
    """By account a browser in which it is signed in, by the links that the administrator handed on."""
    administrator = site.administrator()
    found, guest = {ADMINISTRATOR: administrator}, site.page()
    for name, full_name, role, at in PEOPLE:
        set_password(guest, new_account(administrator, name, full_name, role, at))
        found[name] = site.signed_in(name)
    picture(administrator, "accounts")
    return found


@pytest.fixture(scope="module")
def received(people: dict[str, Page]) -> dict[str, Page]:
    """The same, once QA has handed in the files of the world."""
    page = people["quinn"]
    page.goto("/files")
    page.set_input_files("[name=file]", files(WORLD))
    page.fill("[name=sender]", "M1")
    page.click("main button")
    expect(page.locator("[role=status] h2")).to_have_text("What became of them", timeout=240_000)
    return people


def test_qa_hands_in_files_and_sees_what_became_of_each(received: dict[str, Page]) -> None:
    page = received["quinn"]
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(len(files(WORLD)))
    for row in rows.all():
        expect(row).to_contain_text("accepted")
    assert looked_at(page, "files") == []
    picture(page, "files")
    page.goto("/today")
    expect(page.locator("main")).to_contain_text("pack.csv")
    assert looked_at(page, "today-story") == []
    picture(page, "today")


def test_a_regulator_asks_about_a_donor_in_a_period_and_reads_bounds(
    received: dict[str, Page],
) -> None:
    page = received["remy"]
    page.goto("/question")
    page.select_option("[name=kind]", "donor")
    page.fill("[name=name]", DONOR)
    page.fill("[name=since]", "2025-01-01")
    page.fill("[name=until]", "2025-12-31")
    page.press("[name=until]", "Enter")
    page.wait_for_url("**/question/kept/*")
    answer = page.locator("#answer")
    for said in ("Counts with bounds", "At most", "What the answer may lack", "Changes the answer"):
        expect(answer).to_contain_text(said)
    expect(answer).to_contain_text("M1/L1")
    assert DONOR not in page.content() + page.url
    assert looked_at(page, "question-story") == []
    picture(page, "question")
    # Outside the period nothing is reached, and the answer says so by itself.
    page.goto("/question")
    page.select_option("[name=kind]", "donor")
    page.fill("[name=name]", DONOR)
    page.fill("[name=until]", "2024-12-31")
    page.press("[name=until]", "Enter")
    page.wait_for_url("**/question/kept/*")
    expect(page.locator("#answer")).to_contain_text("No lot or pool is concerned.")


def test_nothing_is_told_go_before_somebody_released_it(received: dict[str, Page]) -> None:
    page = received["pat"]
    assert scanned(page, code("ONE")) == "STOP"
    page.check("[name=purpose][value=receive]")
    assert typed(page, code("ONE")) == "QUARANTINE"
    assert looked_at(page, "scan-quarantine") == []
    assert typed(page, "no code") == "STOP"
    assert looked_at(page, "scan-unreadable") == []
    page.check("[name=purpose][value=dispense]")


# --- in the order of the story --------------------------------------------------------------------


def test_qa_releases_the_lot_with_two_people(received: dict[str, Page]) -> None:
    page = received["quinn"]
    page.goto("/today")
    followed(page, page.locator("tr", has_text="M1/L1").get_by_role("link").first)
    followed(page, page.locator("text=Release it for markets"))
    page.fill("[name=markets]", "DE")
    filled(page, "as its batch record says")
    assert looked_at(page, "release") == []
    signed(page, "Release it for markets")
    expect(page.locator("main [role=status]")).to_contain_text("PROPOSED")
    assert scanned(received["pat"], code("ONE")) == "STOP", "one signature lets nothing go"
    other = received["avery"]
    other.goto("/decisions")
    assert looked_at(other, "decisions") == []
    followed(other, other.locator("main tbody a").first)
    picture(other, "decision")
    signed(other, "Sign")
    expect(other.locator("main [role=status]")).to_contain_text("In force")
    assert looked_at(other, "decision") == []
    told = other.locator("main")
    for said in ("No finding and no decision holds it", "the licence holder's"):
        expect(told).to_contain_text(said)


def test_a_pharmacist_scans_books_scans_again_and_is_told(received: dict[str, Page]) -> None:
    page = received["pat"]
    assert scanned(page, code("ONE")) == "GO"
    assert looked_at(page, "scan-go") == []
    picture(page, "scan-go")
    page.locator("#scan summary").click()
    page.check("[name=book]")
    page.fill("[name=patient]", "PATIENT-KEY-1")
    page.check("[name=to][value=patient]")
    assert typed(page, code("ONE")) == "GO"
    expect(page.locator("#verdict")).to_contain_text("Booked as number")
    assert scanned(page, code("ONE")) in ("ASK", "STOP")
    expect(page.locator("#verdict")).to_contain_text("dispensed")
    assert looked_at(page, "scan-again") == []
    page.locator(".answering summary").click()
    assert looked_at(page, "scan-answered-for") == []
    page.goto("/booked")
    followed(page, page.get_by_role("link", name="Undo").first)
    assert looked_at(page, "undo") == []


def test_qa_stops_the_lot_and_the_next_scan_says_stop(received: dict[str, Page]) -> None:
    pharmacist, page = received["pat"], received["quinn"]
    assert scanned(pharmacist, code("TWO")) == "GO"
    page.goto("/today")
    followed(page, page.locator("tr", has_text="M1/L1").get_by_role("link").first)
    followed(page, page.locator("text=Stop it"))
    filled(page, "particles seen in two vials")
    signed(page, "Stop it")
    expect(page.locator("main [role=status]")).to_contain_text("In force")
    assert typed(pharmacist, code("TWO")) == "STOP"
    assert looked_at(pharmacist, "scan-stop") == []
    picture(pharmacist, "scan-stop")
    page.goto("/today")
    expect(page.locator("tr", has_text="M1/L1").filter(has_text="DE")).to_contain_text(
        "quarantined"
    )
    picture(page, "today")


def test_without_the_service_the_page_stops_that_lot_and_lets_nothing_go(
    site: Site, received: dict[str, Page]
) -> None:
    page = received["pat"]
    with page.expect_response("**/api/stops"):
        page.goto("/scan")
    stops_kept(page, "lot L1")
    site.process.terminate()
    site.process.wait(60)
    assert not answers(site), "whoever still answered would say what the service says"
    assert typed(page, code("TWO")) == "STOP"
    assert looked_at(page, "scan-away") == []
    others = ("NOT ON THE LIST", code("TWO").replace("10L1", "10L2")), ("NO VERDICT", "no code")
    for word, other in others:
        assert typed(page, other) == word
        assert looked_at(page, f"scan-away-{word.replace(' ', '-')}") == []


def answers(site: Site) -> bool:
    """Whether anybody still listens: workers may outlive whoever began them for a moment, for half a minute
    at most.
    """
    until = monotonic() + 30
    there = urlsplit(site.address)
    while monotonic() < until:
        with socket() as asked:
            if asked.connect_ex((there.hostname, there.port)):
                return False
    return True


def filled(page: Page, text: str) -> None:
    """Tell all that a move asks for."""
    for field in page.locator("[name^='given.']:not(select):not([name='given.reference'])").all():
        field.fill(text)
    for piece in page.locator("[name^='ready.']").all():
        piece.fill("met")


def signed(page: Page, button: str) -> None:
    """Sign what stands on the page, by the password once more."""
    form = page.locator("form", has=page.locator("select[name=meaning]"))
    form.locator("[name=password]").fill(PASSWORD)
    form.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(r"/decisions/\d+$"))


def scanned(page: Page, raw: str) -> str:
    """What the page of scans says of a pack that is scanned first of all."""
    page.goto("/scan")
    return typed(page, raw)


def typed(page: Page, raw: str) -> str:
    """What it says, as a hand scanner types and sends Enter; the first of its words that are known."""
    word = page.locator("#verdict .word")
    page.evaluate("document.querySelector('#verdict .word')?.remove()")
    page.fill("[name=raw]", raw)
    page.press("[name=raw]", "Enter")
    expect(word).to_have_text(VERDICT)
    found = VERDICT.search(word.inner_text())
    assert found
    return found[0]
