"""The service as the tests' browser meets it: who is signed in where, and what each page must be."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from lots.settings import Settings

PASSWORD = "correct horse battery"
ADMINISTRATOR = "ada"
Look = tuple[int, Literal["light", "dark"]]
# A telephone, a desk, and a desk at night.
LOOKS: tuple[Look, ...] = ((360, "light"), (1280, "light"), (1280, "dark"))
HEIGHT = 800
GRAVE = ("serious", "critical")
# Folders, where somebody wants them: of the README's pictures, and of every look that was taken.
PICTURES, SEEN = os.environ.get("LOTS_PICTURES", ""), os.environ.get("LOTS_LOOKS", "")
# What is broader than the page, or cut off without a way to reach it.
CUT_OFF = """() => {
  const root = document.documentElement;
  const wrong = root.scrollWidth > root.clientWidth ? [`page: ${root.scrollWidth} px`] : [];
  for (const one of document.querySelectorAll("main *, header *, footer *, aside")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || style.visibility === "hidden" || one.closest("svg, .skip, .wide, thead")) continue;
    if (box.right > root.clientWidth + 1 || box.left < -1) wrong.push(`${one.tagName} at ${box.left}-${box.right}`);
    const cut = one.scrollWidth > one.clientWidth + 2 && style.overflowX === "hidden";
    // A word that fills the screen is not broken, and runs over its own frame before it leaves the page.
    const over = one.matches(".word") && one.scrollWidth > one.clientWidth;
    if (cut || over) wrong.push(`${one.tagName} cut: ${one.textContent.trim().slice(0, 40)}`);
  }
  return wrong;
}"""
# Two things to press that lie over each other.
OVERLAP = """() => {
  const all = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(one => !one.closest(".skip, svg, thead") && one.checkVisibility())
    .flatMap(one => [...one.getClientRects()].map(box => [one, box]))
    .filter(([, box]) => box.width && box.right > 0);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return all.flatMap(([a, boxA], i) => all.slice(i + 1)
    .filter(([b, boxB]) => a !== b && !a.contains(b) && !b.contains(a) && over(boxA, boxB))
    .map(([b]) => `${a.tagName} ${a.textContent.trim()} over ${b.tagName} ${b.textContent.trim()}`));
}"""
SIZES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
STOPS_KEPT = """async word => {
  const until = performance.now() + 30_000, kept = () => localStorage.getItem("lots-stops")?.includes(word);
  while (!kept() && performance.now() < until) await new Promise(done => setTimeout(done, 20));
  return kept() === true;
}"""


@dataclass
class Site:
    """The served service. requests: every address that a page of it
    asked for; said: what the browser had to say of them."""

    settings: Settings
    address: str
    link: str
    browser: Browser
    process: "subprocess.Popen[bytes]"
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    @contextmanager
    def closing(self) -> "Iterator[Site]":
        """Itself, until all that was opened is closed."""
        yield self
        for context in self.contexts:
            context.close()

    def page(self, *, script: bool = True) -> Page:
        """A browser of its own, in which nobody is signed in."""
        viewport: ViewportSize = {"width": 1280, "height": HEIGHT}
        context = self.browser.new_context(
            base_url=self.address, viewport=viewport, java_script_enabled=script
        )
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        # What our policy forbids a page is told there, and nowhere else.
        page.on("console", lambda said: self.said.append(said.text))
        return page

    def signed_in(self, name: str) -> Page:
        """A browser in which an account is signed in."""
        page = self.page()
        sign_in(page, name)
        return page

    def administrator(self) -> Page:
        """The first one, made by the first start's link."""
        page = self.page()
        set_password(page, f"/welcome/{self.link}", name=ADMINISTRATOR, full_name="Ada Lovelace")
        sign_in(page, ADMINISTRATOR)
        return page


def set_password(page: Page, link: str, **told: str) -> None:
    """Open a one-time link and set the password that all have here."""
    page.goto(link)
    for name, value in told.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url("**/sign-in")


def sign_in(page: Page, name: str) -> None:
    """Sign in on a page of its own."""
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def new_account(page: Page, name: str, full_name: str, role: str, site: str = "") -> str:
    """Make an account on the page of accounts; the link that it shows."""
    page.goto("/accounts")
    form = page.locator("form[action='/accounts']")
    form.locator("[name=name]").fill(name)
    form.locator("[name=full_name]").fill(full_name)
    form.locator("[name=role]").select_option(role)
    form.locator("[name=site]").fill(site)
    form.locator("button").click()
    return page.locator(".done code").inner_text()


def followed(page: Page, link: Locator) -> None:
    """Click it, and wait for the page that it leads to: what is done at once may find the old one going."""
    with page.expect_navigation():
        link.click()


def stops_kept(page: Page, word: str = "") -> None:
    """Wait until the page keeps a list of stops that says so, half a minute at most.

    One script that waits: a condition asked again and again is text that the page's policy evaluates once.
    """
    assert page.evaluate(STOPS_KEPT, word), f"no stop of {word!r} is kept"


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands: cut off, overlapping, or grave by axe-core."""
    found = [*page.evaluate(CUT_OFF), *page.evaluate(OVERLAP)]
    for one in Axe().run(page).response["violations"]:
        if one["impact"] in GRAVE:
            found += [f"{one['id']}: {node['html'][:200]}" for node in one["nodes"][:3]]
    return found


def looked_at(page: Page, name: str) -> list[str]:
    """The faults of a page at each width and in the dark."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        found += [f"{name} {width} {scheme}: {fault}" for fault in faults(page)]
        if SEEN:
            page.screenshot(path=str(Path(SEEN) / f"{name}-{width}-{scheme}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    return found


def picture(page: Page, name: str) -> None:
    """Keep a picture of what somebody sees first, where pictures are kept."""
    if PICTURES:
        page.set_viewport_size({"width": 1000, "height": 625})
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))
        page.set_viewport_size({"width": 1280, "height": HEIGHT})


def loaded(page: Page) -> int:
    """Bytes of a page with all that it asked for."""
    return int(page.evaluate(SIZES))
