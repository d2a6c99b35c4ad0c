"""Text dumps of the labelled pages, measured: made with w3m, lynx and Chromium, then read.

python -m bench.dumps                   # the table
python -m bench.dumps --worst 20        # and the pages that came out worst
python -m bench.dumps --explain NAME    # one page: what is missing, and what is too much

The dumps are made once, in a folder of the system's temporary directory, without any traffic.
"""

import argparse
import shutil
import subprocess
import tempfile
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bench.labelled import Label, f1, given_body, overlap, pages, plain, wanted_body

from copytaster.article import Article
from copytaster.page import Page
from copytaster.reading import NoArticle
from copytaster.reading.dump import read_dump
from copytaster.reading.encoding import as_utf8, decode
from copytaster.reading.lines import pieces

FOLDER = Path(tempfile.gettempdir()) / "copytaster-dumps"
BROWSERS = {
    "w3m": ["w3m", "-dump", "-T", "text/html", "-O", "UTF-8"],
    "lynx": ["lynx", "-dump", "-display_charset=utf-8", "-assume_charset=utf-8"],
}


def dumped(browser: str, name: str, page: Page) -> bytes:
    """Give the dump of a page, made now if it was not made before."""
    path = FOLDER / browser / f"{name}.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(DUMPS[browser](page))
    return path.read_bytes()


def _by_command(browser: str) -> Callable[[Page], bytes]:
    def dump(page: Page) -> bytes:
        with tempfile.NamedTemporaryFile(suffix=".html") as file:
            file.write(BOM_UTF8 + as_utf8(page.content, page.charset, html=True))
            file.flush()
            command = [*BROWSERS[browser], file.name]
            made = subprocess.run(command, capture_output=True, timeout=60, check=False)
        return made.stdout

    return dump


def _by_chromium(page: Page) -> bytes:
    """Give what "select all, copy" gives: the page's inner text, no script run, nothing fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_context(java_script_enabled=False, offline=True).new_page()
        tab.set_content(decode(page.content, None, html=True), wait_until="domcontentloaded")
        return tab.locator("body").inner_text().encode()


DUMPS: dict[str, Callable[[Page], bytes]] = {
    "w3m": _by_command("w3m"),
    "lynx": _by_command("lynx"),
    "chromium": _by_chromium,
}


def installed() -> list[str]:
    """Give the browsers that are here."""
    return [browser for browser in DUMPS if shutil.which(browser)]


def given(article: Article | None, label: Label) -> str:
    return given_body(article, label) if article else ""


def article_of(dump: bytes) -> Article | None:
    try:
        return read_dump(Page(path="dump.txt", content=dump))
    except NoArticle:
        return None


class Score(NamedTuple):
    """How one dump came out; the title counts where there is a label for it, and apart where it is
    a line of the dump: some labels are titles that the page shows nowhere."""

    browser: str
    name: str
    precision: float
    recall: float
    title: bool | None
    shown: bool

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


def score(browser: str, name: str) -> Score:
    page, label = pages()[name]
    dump = dumped(browser, name, page)
    article = article_of(dump)
    title, shown = None, False
    if "title" in label:
        wanted = plain(label["title"])
        title = article is not None and plain(article.headline) == wanted
        shown = any(
            plain(piece.text) == wanted for piece in pieces(decode(dump, None, html=False)).pieces
        )
    return Score(browser, name, *overlap(given(article, label), wanted_body(label)), title, shown)


def mean_of(scores: list[Score]) -> tuple[float, float]:
    return mean(score.precision for score in scores), mean(score.recall for score in scores)


def titles_of(scores: list[Score]) -> str:
    """Say how many titles are right, of all and of those that the dumps show."""
    shown = [bool(score.title) for score in scores if score.shown]
    every = [score.title for score in scores if score.title is not None]
    return f"title {mean(every):.3f}  of the {len(shown)} shown {mean(shown):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--explain")
    parser.add_argument("--browser", action="append", choices=list(DUMPS))
    arguments = parser.parse_args()
    browsers = arguments.browser or installed()
    names = [name for name in pages() if not arguments.explain or arguments.explain in name]
    scores = [score(browser, name) for browser in browsers for name in names]
    for browser in browsers:
        for fundus in (False, True):
            mine = [s for s in scores if s.browser == browser and (s.title is not None) == fundus]
            if mine:
                precision, recall = mean_of(mine)
                print(
                    f"{browser:9} {'fundus' if fundus else 'scrapinghub':12} {len(mine):4} pages  "
                    f"P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.3f}"
                    + (f"  {titles_of(mine)}" if fundus else "")
                )
    for s in sorted(scores, key=lambda s: s.f1)[: arguments.worst]:
        print(f"{s.f1:.2f} P {s.precision:.2f} R {s.recall:.2f} {s.browser} {s.name}")
    if arguments.explain:
        for browser in browsers:
            for name in names:
                page, label = pages()[name]
                explain(browser, article_of(dumped(browser, name, page)), label)


def explain(browser: str, article: Article | None, label: Label) -> None:
    """Print what of the label is missing, and what is in the body and in no label."""
    whole, body = plain(wanted_body(label)), plain(given(article, label))
    print(f"--- {browser}: {article.headline if article else 'no article'}")
    for block in article.body if article else ():
        mark = " " if plain(block.text) in whole else "+"
        print(f"{mark} {block.kind:9} {block.text[:150]}")
    for line in wanted_body(label).splitlines():
        if line.strip() and plain(line) not in body:
            print(f"- {line[:150]}")


if __name__ == "__main__":
    main()
