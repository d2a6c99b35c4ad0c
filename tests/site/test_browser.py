"""The site in a real browser: accessible, quiet on the network, and no wider than the window."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ColorScheme = Literal["light", "dark"]

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUIET += ["--disable-component-update", "--disable-sync"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_THE_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

KINDS = {
    "front": "/",
    "article": "/article/000000000000000a",
    "old version": "/article/000000000000000a?version=1",
    "arabic": "/article/000000000000000b",
    "bare": "/article/000000000000000d",
    "copies": "/article/000000000000000a/copies",
    "beside": "/article/000000000000000a/beside/0000000000000002",
    "beside arabic": "/article/000000000000000a/beside/000000000000000b",
    "claims": "/article/000000000000000a/claims?thoughts=1",
    "claims arabic": "/article/000000000000000b/claims",
    "claims of a story": "/story/000000000000000a/claims",
    "speakers": "/speakers",
    "speaker": "/speakers/ida-holm.%3Cb%3E",
    "names": "/namings",
    "outlet": "/outlet/courier.example",
    "outlets": "/outlets",
    "search": "/search?q=Ferry",
    "bad search": "/search?q=%22Ferry",
    "unreadable": "/unreadable",
    "problem": "/nowhere",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def visit(browser: Browser, site: str, address: str, scheme: ColorScheme, width: int) -> Page:
    """Open a page; fail where it asks for anything but this site, or complains on the console."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    elsewhere: list[str] = []
    said: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith(site) else elsewhere.append(request.url),
    )
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + address, wait_until="load")
    assert elsewhere == []
    assert [text for text in said if "status of 4" not in text] == []
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_accessible(browser: Browser, site: str, kind: str) -> None:
    page = visit(browser, site, KINDS[kind], "light", 1280)
    page.evaluate(AXE)
    assert violations(page, {"type": "tag", "values": STANDARDS}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page, {"type": "rule", "values": OF_THE_LOOK}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_axe_looks(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<img src=x><p style='color:#eee'>too pale")
    page.evaluate(AXE)
    found = "".join(violations(page, {"type": "tag", "values": STANDARDS}))
    assert "image-alt" in found
    assert "color-contrast" in found
    page.close()


def violations(page: Page, only: dict[str, object]) -> list[str]:
    """Run axe over what the page shows now."""
    rules = page.evaluate("only => axe.run({runOnly: only})", only)["violations"]
    return [
        f"{rule['id']}: {node['html']}: {node.get('failureSummary')}"
        for rule in rules
        for node in rule["nodes"]
    ]


def test_keyboard(browser: Browser, site: str) -> None:
    page = visit(browser, site, "/", "light", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


def test_search_form_needs_no_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#words", "Ferry 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Ferry+2")
    assert page.locator("main h3").first.inner_text().startswith("Ferry 2")
    context.close()


def test_direction_of_an_article(browser: Browser, site: str) -> None:
    page = visit(browser, site, KINDS["arabic"], "light", 1280)
    story = page.locator("article.story")
    assert story.get_attribute("lang") == "ar"
    assert story.evaluate("story => getComputedStyle(story).direction") == "rtl"
    page.close()
