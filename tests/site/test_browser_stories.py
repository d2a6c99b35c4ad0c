"""The sample in a real browser: stories are accessible, and corrected without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.site.test_browser import AXE, OF_THE_LOOK, STANDARDS, violations, visit
from tests.site.test_browser import browser as browser

from copytaster.desk import Desk


@pytest.mark.parametrize("kind", ["front", "stories", "story", "corrections", "article"])
def test_the_sample_is_accessible(
    browser: Browser, sample_site: str, sample: Path, kind: str
) -> None:
    with Desk(sample, mode="read") as desk:
        first = desk.stories()[0]
    address = {
        "front": "/",
        "stories": "/stories",
        "story": f"/story/{first.id}",
        "corrections": "/rulings",
        "article": f"/article/{first.lead.id}",
    }[kind]
    page = visit(browser, sample_site, address, "light", 1280)
    page.evaluate(AXE)
    assert violations(page, {"type": "tag", "values": STANDARDS}) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page, {"type": "rule", "values": OF_THE_LOOK}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_a_story_is_split_and_the_split_undone(browser: Browser, sample_site: str) -> None:
    page = visit(browser, sample_site, "/stories", "light", 1280)
    page.locator(".told h2 a").first.click()
    before = page.locator(".heading strong").first.inner_text()
    page.locator(".reports .mark input").first.check()
    page.get_by_role("button", name="Split off what is chosen above").click()
    assert page.locator(".heading strong").first.inner_text() != before
    assert "Split" in page.locator(".decisions").inner_text()
    page.get_by_role("button", name="Undo decision").first.click()
    page.wait_for_url("**/rulings")
    assert "Split" not in page.locator("main").inner_text()
    page.close()
