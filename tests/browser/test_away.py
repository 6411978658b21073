"""The page of scans when its service is taken away: it stops what the signed list stops, says of all else
that it does not know, never GO, and sends what was scanned meanwhile once.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from lots.pipeline.dispose import decide
from tests.browser.site import Site, new_account, set_password, stops_kept
from tests.builders import rows
from tests.integration.test_dispositions import Desk, asked, world
from tests.integration.test_scans import GS, GTIN

STOPPED = f"01{GTIN}21SENT{GS}1728013110L1"
OTHER = f"01{GTIN}21SENT{GS}1728013110L2"
# What stands in the browser's own database, each as characters of its bytes.
ON_DISK = """() => new Promise((done) => {
  indexedDB.open("lots-scans").onsuccess = (opened) => {
    const asked = opened.target.result.transaction("waiting").objectStore("waiting").getAll();
    asked.onsuccess = () => done(asked.result.map(
      (one) => Object.keys(one).join() + String.fromCharCode(...new Uint8Array(one.data))));
  };
})"""
KEPT = "SELECT count(*) FROM scanned.scan WHERE sent_as IS NOT NULL"


@pytest.fixture(scope="module")
def scanner(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A pharmacist's page, of a site where a lot is stopped."""
    world(site.settings, tmp_path_factory.mktemp("world"))
    desk = Desk(site.settings)
    decide(site.settings, asked("lot", "stop"), desk.says("sam", "safety_officer"))
    link = new_account(site.administrator(), "pat", "Pat Okafor", "pharmacist", "H1")
    set_password(site.page(), link)
    page = site.signed_in("pat")
    # A page that has what was not sent asks before it goes.
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_response("**/api/stops"):
        page.goto("/scan")
    return page


def away(route: Route) -> None:
    """The service does not answer."""
    route.abort("connectionrefused")


def scans(page: Page, code: str, word: str) -> None:
    """Scan, and wait for the word that fills the screen."""
    page.locator("input[name=raw]").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator("#verdict .word")).to_contain_text(word)


def test_without_its_service_a_page_stops_and_never_lets_go(site: Site, scanner: Page) -> None:
    page = scanner
    stops_kept(page)
    page.route("**/scan", away)
    page.route("**/api/**", away)
    scans(page, STOPPED, "STOP")
    scans(page, OTHER, "NOT ON THE LIST")
    scans(page, OTHER.replace(GS, ""), "NO VERDICT")
    scans(page, "PATIENT-4711", "NO VERDICT")
    later = page.locator("#later")
    expect(later).to_contain_text("4 scanned meanwhile, NOT SENT yet. 1 of them only this page has")
    page.unroute("**/scan")
    page.unroute("**/api/**")
    scans(page, STOPPED, "STOP")
    expect(page.locator("#later")).to_contain_text("4 scanned meanwhile, sent later")
    assert rows(site.settings, KEPT, "lots_pipeline") == [(4,)]


def test_what_was_scanned_without_the_service_outlives_the_page(site: Site, scanner: Page) -> None:
    page = scanner
    before = rows(site.settings, KEPT, "lots_pipeline")[0][0]
    page.route("**/api/**", away)
    page.route(
        "**/scan",
        lambda route: away(route) if route.request.method == "POST" else route.continue_(),
    )
    scans(page, STOPPED, "STOP")
    scans(page, "PATIENT-4711", "NO VERDICT")
    later = page.locator("#later")
    expect(later).to_contain_text("2 scanned meanwhile, NOT SENT yet. 1 of them only this page")
    on_disk = page.evaluate(ON_DISK)
    assert len(on_disk) == 1
    assert "SENT" not in on_disk[0], "what waits on the machine's disk is encrypted"
    page.reload()
    expect(later).to_have_text("1 scanned meanwhile, NOT SENT yet. ")
    # Only when no page is left that may send it yet: what that one then says is gone with it.
    page.goto("about:blank")
    page.unroute("**/api/**")
    page.goto("/scan")
    expect(later).to_have_text(
        "1 scanned meanwhile, sent later. 1 of them stopped now: look at Booked, which lists them. "
    )
    page.reload()
    expect(later).to_have_text("")
    page.unroute("**/scan")
    assert rows(site.settings, KEPT, "lots_pipeline") == [(int(str(before)) + 1,)]
    page.goto("/booked")
    expect(page.locator("main tbody")).to_contain_text("SENT")
    page.goto("/scan")


def test_a_list_that_was_altered_or_is_too_old_is_none(scanner: Page) -> None:
    page = scanner
    page.route("**/api/**", away)
    page.route(
        "**/scan",
        lambda route: away(route) if route.request.method == "POST" else route.continue_(),
    )
    # No list that was asked for before may come once it is altered.
    page.reload()
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage.getItem('lots-stops'));
      localStorage.setItem('lots-stops', JSON.stringify({ ...kept, note: kept.note.replace('L1', 'L9') }));
    }""")
    page.reload()
    scans(page, OTHER.replace("10L2", "10L9"), "NO VERDICT")


def test_the_list_can_be_printed(site: Site) -> None:
    page = site.signed_in("pat")
    page.goto("/stops")
    expect(page.locator("main")).to_contain_text("L1")
