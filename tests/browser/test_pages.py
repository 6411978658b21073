"""Each page in a real browser: at every width, in the dark, by keyboard alone, and from here alone."""

from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lots.decisions.moves import moves
from tests.browser.site import (
    ADMINISTRATOR,
    PASSWORD,
    Site,
    followed,
    loaded,
    looked_at,
    new_account,
    set_password,
    sign_in,
)
from tests.integration.test_answers import PACK, chain

LARGEST = 100_000  # bytes of a page with its style and script
PEOPLE = (
    ("quinn", "Quinn Adeyemi", "qa", ""),
    ("avery", "Avery Lindqvist", "qa_approver", ""),
    ("pat", "Pat Okafor", "pharmacist", "W1"),
    ("remy", "Remy Duval", "regulator", ""),
)
TREE = f"/question?view=trace&kind=pack&name={PACK['gtin']}%2FS1"
ACCOUNT = "/balance?name=" + quote('["M1","L1","packed"]')
LISTED = ("held", "unexplained", "lots", "arrived", "refused")
PAGES = (
    (None, "/sign-in", "sign-in"),
    (None, "/welcome/nobody", "error"),
    (ADMINISTRATOR, "/accounts", "accounts"),
    ("quinn", "/today", "today"),
    *(("quinn", f"/today/{which}", f"today-{which}") for which in LISTED),
    ("quinn", ACCOUNT, "balance"),
    ("quinn", "/files", "hand-in"),
    ("quinn", "/near?row=6:2", "near"),
    ("quinn", "/question", "question"),
    ("remy", "/question?kind=lot&name=L1", "answer"),
    ("remy", TREE, "tree"),
    ("pat", "/scan", "scan"),
    ("pat", "/booked", "booked"),
    ("pat", "/stops", "stops"),
    ("pat", "/decisions", "decisions-site"),
)


@pytest.fixture(scope="module")
def open_to(site: Site) -> dict[str | None, Page]:
    """By account a browser in which it is signed in, by the links that were handed on."""
    chain(site.settings, site.settings.home)
    administrator = site.administrator()
    found: dict[str | None, Page] = {None: site.page(), ADMINISTRATOR: administrator}
    for name, full_name, role, at in PEOPLE:
        link = new_account(administrator, name, full_name, role, at)
        set_password(found[None], link)
        found[name] = site.signed_in(name)
    return found


@pytest.mark.parametrize(("who", "address", "name"), PAGES, ids=[name for *_, name in PAGES])
def test_nothing_overlaps_or_is_cut_off_at_any_width_and_axe_finds_nothing_grave(
    open_to: dict[str | None, Page], who: str | None, address: str, name: str
) -> None:
    page = open_to[who]
    got = page.goto(address)
    assert got
    assert got.status == (404 if name == "error" else 200)
    assert loaded(page) < LARGEST
    assert looked_at(page, name) == []


DECIDE = {
    "lot": "M1&key=L1",
    "unit": "U1",
    "intermediate": "M1&key=P1&key=pool",
    "pack": PACK["gtin"] + "&key=S1",
}
DECIDE |= {
    "shipment": "M1&key=F1",
    "finding": "1",
    "row": "1&key=2",
    "rule": "R02.expiry",
    "stops": "W1",
}


@pytest.mark.parametrize("thing", sorted(DECIDE))
def test_every_form_of_a_decision_can_be_looked_at(
    open_to: dict[str | None, Page], thing: str
) -> None:
    """Without a key, with one, each move of each role, and what is refused."""
    found = []
    for who, role in (("avery", "qa_approver"), ("pat", "pharmacist")):
        own = [m for m in moves().every if m.thing == thing and role in m.roles]
        page, begins = open_to[who], f"/decide?thing={thing}"
        addresses = {f"{thing}-{who}": begins} if own else {}
        addresses |= {f"{thing}-{who}-of": f"{begins}&key={DECIDE[thing]}"} if own else {}
        for move in own:
            at = f"{begins}&key={DECIDE[thing]}&move={quote(move.code)}"
            addresses[f"{thing}-{who}-{move.code.replace(' ', '_')}"] = at
        for name, address in addresses.items():
            got = page.goto(address)
            assert got
            assert got.status == 200, address
            assert loaded(page) < LARGEST
            found += looked_at(page, f"decide-{name}")
    assert found == []


def test_what_is_refused_of_a_decision_is_told_where_it_was_typed(
    open_to: dict[str | None, Page],
) -> None:
    page = open_to["avery"]
    page.goto("/decide?thing=lot&key=M1&key=L1&move=release")
    for field in page.locator("form[action='/decide'] input:visible").all():
        field.fill("DE" if field.get_attribute("name") == "markets" else "said at length " * 9)
    page.fill("[name=password]", "wrong")
    page.get_by_role("button", name="Release it for markets", exact=True).click()
    expect(page.locator("[role=alert]")).to_be_visible()
    assert looked_at(page, "decide-refused") == []
    page.goto("/decide?thing=lot&key=M1&key=L1&move=stop")
    page.fill("[name='given.ground']", "particles " * 30)
    page.fill("[name='given.instruction']", "set aside")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Stop it", exact=True).click()
    page.wait_for_url("**/decisions/*")
    assert looked_at(page, "decided-stop") == []
    page.goto("/decisions")
    assert looked_at(page, "decided-list") == []
    page.goto("/decide?thing=lot&key=M1&key=L1&move=lift")
    assert looked_at(page, "decide-lift") == []


def test_nothing_comes_from_elsewhere(site: Site, open_to: dict[str | None, Page]) -> None:
    for who, address, _ in PAGES:
        open_to[who].goto(address)
    assert len(site.requests) > len(PAGES)
    assert {urlsplit(url).netloc for url in site.requests} == {urlsplit(site.address).netloc}
    assert [said for said in site.said if "Content Security Policy" in said] == []


def test_a_scanner_types_sends_enter_and_goes_on_without_a_click(
    open_to: dict[str | None, Page],
) -> None:
    page = open_to["pat"]
    page.goto("/scan")
    for code in ("(01)09506000134352(21)S1", "no code"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        verdict = page.locator("#verdict .word")
        expect(verdict).to_have_text("STOP")
        assert page.evaluate("document.activeElement.name") == "raw"
        assert page.input_value("[name=raw]") == ""


def test_each_form_works_without_script(site: Site, open_to: dict[str | None, Page]) -> None:
    assert open_to
    page = site.page(script=False)
    sign_in(page, "pat")
    page.goto("/scan")
    page.fill("[name=raw]", "(01)09506000134352(21)S1")
    page.click("text=Check")
    expect(page.locator("#verdict .word")).to_have_text("STOP")
    followed(page, page.locator("text=Sign out"))
    sign_in(page, "remy")
    page.fill("[name=name]", "L1")
    page.click("text=Ask")
    expect(page.locator("h1.of")).to_contain_text("L1")


def test_an_answer_prints_whole_and_without_what_is_for_the_screen(
    open_to: dict[str | None, Page],
) -> None:
    page = open_to["remy"]
    page.goto("/question?kind=lot&name=L1")
    page.click("text=All of it, for paper")
    page.emulate_media(media="print")
    for place in ("header", ".screen", "footer"):
        expect(page.locator(place).first).to_be_hidden()
    for said in (
        "Counts with bounds",
        "As of ledger entry",
        "Cannot matter here",
        "SYNTHETIC DATA",
    ):
        expect(page.locator("body")).to_contain_text(said)
    page.emulate_media(media="screen")


def test_every_page_is_worked_by_keyboard_alone(open_to: dict[str | None, Page]) -> None:
    page = open_to["quinn"]
    page.goto("/today")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    _tab_to(page, "nav a[href='/question']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/question")
    _tab_to(page, "[name=name]")
    page.keyboard.type("L1")
    page.keyboard.press("Enter")
    expect(page.locator("h1.of")).to_contain_text("L1")


def _tab_to(page: Page, place: str) -> None:
    """By the tabulator alone, each time to something that shows that it is there."""
    for _ in range(80):
        if page.evaluate("place => document.activeElement.matches(place)", place):
            return
        page.keyboard.press("Tab")
        shown = "getComputedStyle(document.activeElement)"
        assert page.evaluate(f"{shown}.outlineStyle") != "none"
    pytest.fail(f"{place} is not reached by keyboard")
