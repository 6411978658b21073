"""The page of scans when its service is taken away: it stops what the signed list stops, says of all else
that it does not know, never GO, and sends what was scanned meanwhile once.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from lots.pipeline.dispose import decide
from tests.browser.site import Site, new_account, set_password
from tests.builders import rows
from tests.integration.test_dispositions import Desk, asked, world
from tests.integration.test_scans import GS, GTIN

STOPPED = f"01{GTIN}21SENT{GS}1728013110L1"
OTHER = f"01{GTIN}21SENT{GS}1728013110L2"
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
    page.wait_for_function("localStorage.getItem('lots-stops') !== null")
    page.route("**/scan", away)
    page.route("**/api/**", away)
    scans(page, STOPPED, "STOP")
    scans(page, OTHER, "NOT ON THE LIST")
    scans(page, OTHER.replace(GS, ""), "NO VERDICT")
    scans(page, "PATIENT-4711", "NO VERDICT")
    expect(page.locator("#later")).to_contain_text("4 scanned meanwhile, not sent yet")
    page.unroute("**/scan")
    page.unroute("**/api/**")
    scans(page, STOPPED, "STOP")
    expect(page.locator("#later")).to_contain_text("4 scanned meanwhile, sent later")
    assert rows(site.settings, KEPT, "lots_pipeline") == [(4,)]


def test_a_list_that_was_altered_or_is_too_old_is_none(scanner: Page) -> None:
    page = scanner
    page.route("**/api/**", away)
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage.getItem('lots-stops'));
      localStorage.setItem('lots-stops', JSON.stringify({ ...kept, note: kept.note.replace('L1', 'L9') }));
    }""")
    page.route(
        "**/scan",
        lambda route: away(route) if route.request.method == "POST" else route.continue_(),
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    scans(page, OTHER.replace("10L2", "10L9"), "NO VERDICT")


def test_the_list_can_be_printed(site: Site) -> None:
    page = site.signed_in("pat")
    page.goto("/stops")
    expect(page.locator("main")).to_contain_text("L1")
