"""The extractors that reading is measured beside, each as a function from a page to an article.

They are in `requirements.txt` beside this file; one that is not installed is left out, and said.
"""

import logging
import warnings
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from copytaster.article import Article, Block
from copytaster.page import Page
from copytaster.reading.encoding import decode

Reader = Callable[[Page], Article]


def peers() -> tuple[dict[str, Reader], list[str]]:
    """Give the peers that are installed, by name, and the names of those that are not."""
    found: dict[str, Reader] = {}
    missing = []
    for name, (module, reader) in _PEERS.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import_module(module)
        except ImportError:
            missing.append(name)
            continue
        found[name] = reader
    for name in ("trafilatura", "readability", "newspaper", "goose3", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return found, missing


def _article(
    page: Page,
    text: str | None,
    title: str | None = None,
    authors: Any = (),
    date: Any = None,
) -> Article:
    if isinstance(date, datetime):
        date = date.isoformat()
    return Article(
        id="0" * 16,
        path=page.path,
        headline=title or "",
        bylines=tuple(author for author in authors or () if author and isinstance(author, str)),
        date_published=date or None,
        body=tuple(Block("paragraph", line) for line in (text or "").split("\n") if line.strip()),
    )


def _trafilatura(page: Page, **how: bool) -> Article:
    trafilatura = import_module("trafilatura")
    found = trafilatura.bare_extraction(
        page.content, url=page.url, with_metadata=True, include_comments=False, **how
    )
    if found is None:
        return _article(page, None)
    authors = [name.strip() for name in (found.author or "").split(";")]
    return _article(page, found.text, found.title, authors, found.date)


def _readability(page: Page) -> Article:
    document = import_module("readability").Document(decode(page.content, page.charset, html=True))
    summary = import_module("lxml.html").fromstring(document.summary())
    blocks = [" ".join(e.text_content().split()) for e in summary.xpath("//p|//li|//h2|//h3|//pre")]
    return _article(page, "\n".join(blocks) or summary.text_content(), document.short_title())


def _newspaper(page: Page) -> Article:
    newspaper = import_module("newspaper")
    article = newspaper.Article(page.url, fetch_images=False)
    article.download(input_html=decode(page.content, page.charset, html=True))
    article.parse()
    return _article(page, article.text, article.title, article.authors, article.publish_date)


def _resiliparse(page: Page) -> Article:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return _article(page, extract(decode(page.content, page.charset, html=True), main_content=True))


def _goose(page: Page) -> Article:
    goose = import_module("goose3").Goose({"enable_image_fetching": False, "strict": False})
    article = goose.extract(raw_html=decode(page.content, page.charset, html=True))
    date = article.publish_datetime_utc or article.publish_date
    return _article(page, article.cleaned_text, article.title, article.authors, date)


_PEERS: dict[str, tuple[str, Reader]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura precision": ("trafilatura", partial(_trafilatura, favor_precision=True)),
    "trafilatura fast": ("trafilatura", partial(_trafilatura, fast=True)),
    "readability-lxml": ("readability", _readability),
    "newspaper4k": ("newspaper", _newspaper),
    "resiliparse": ("resiliparse.extract.html2text", _resiliparse),
    "goose3": ("goose3", _goose),
}
