"""An HTML page becomes an article: the recipe."""

import re
from typing import cast

import numpy as np

from copytaster.address import host, place
from copytaster.article import Article, Block, Kind
from copytaster.page import Page
from copytaster.reading import NoArticle, hints, identify
from copytaster.reading.bylines import agency, names, signed
from copytaster.reading.dating import dates
from copytaster.reading.embedded import embedded
from copytaster.reading.encoding import as_utf8
from copytaster.reading.headline import headline
from copytaster.reading.kicker import kicker
from copytaster.reading.kinds import BODY
from copytaster.reading.labels import Labelled, label
from copytaster.reading.language import language_of
from copytaster.reading.metadata import Metadata, metadata, signed_by_site
from copytaster.reading.pictures import pictures
from copytaster.reading.publisher import in_title
from copytaster.reading.signing import signatures
from copytaster.reading.teasers import teasers
from copytaster.reading.tree import Tree
from copytaster.reading.walk import walk
from copytaster.reading.words import key

LARGEST = 10_000_000
"""Bytes of HTML that are read; no news page comes near."""
DEEPEST = 4_000
"""Elements within each other. The parser's time grows with the square; browsers stop at 512."""
FEW = 250
"""Characters of body below which the page's scripts are asked for more."""
LEAST = 80
"""Characters of body below which a page holds no article."""
LABEL = 40
"""Characters of the name of a section."""
MANY = 3
"""Commas in a section that make it a list."""
_NO_SECTIONS = frozenset((
    "home", "homepage", "startseite", "start", "accueil", "inicio", "início", "article", "articles",
    "artikel", "story", "detail", "post", "posts", "all", "in", "frontpage", "uncategorized",
    "uncategorised", "unkategorisiert", "allgemein", "nonclassé", "sincategoría", "senzacategoria",
))  # fmt: skip
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_LESS = ord("<")
_VOID = frozenset((
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr", b"p", b"li",
))  # fmt: skip


def read_html(page: Page) -> Article:
    """Read an HTML page. Raises NoArticle."""
    tree = walk(source_of(page))
    meta = metadata(tree, page.url)
    url = page.url or meta.url
    labelled = label(tree, meta)
    title = headline(tree, meta, labelled.headline)
    body = _body(tree, labelled)
    if _size(body) < FEW:
        held = embedded(tree, meta)
        body = held if _size(held) > 3 * _size(body) else body
    if not meta.article and url and place(url)[1:] in (("", ""), ("/", "")):
        raise NoArticle(f"{page.path}: no article found (this is a front page)")
    standfirst = next(iter(_texts(tree, labelled, "standfirst")), None)
    if standfirst and _size(body) < LEAST:  # all that there is of the text
        body, standfirst = (Block("paragraph", standfirst), *body), None
    if not title or _size(body) < LEAST:
        raise NoArticle(f"{page.path}: no article found (no running text under a headline)")
    bylines = _bylines(tree, meta, labelled)
    strangers = [name for name in meta.publishers if name != meta.publisher]
    published, modified = dates(tree, meta, labelled)
    warnings = [] if meta.free else ["not free to read: the page may hold only the beginning"]
    return Article(
        id=identify(page, meta.url),
        path=page.path,
        url=url,
        canonical_url=meta.url,
        fetched=page.fetched,
        publisher=meta.publisher or in_title(tree.title, title) or host(url),
        agency=agency((*bylines, *strangers), body[0].text, body[-1].text),
        language=language_of(meta.language, "\n".join(block.text for block in body)[:4000]),
        headline=title,
        standfirst=standfirst,
        kicker=kicker(tree, labelled, title),
        bylines=bylines,
        date_published=published,
        date_modified=modified,
        section=_section(tree, labelled, meta, title),
        keywords=meta.keywords,
        body=body,
        pictures=pictures(tree, labelled, meta, url),
        teasers=teasers(tree, labelled, url),
        warnings=tuple(warnings),
    )


def _size(body: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in body)


def source_of(page: Page) -> bytes:
    """Give an HTML page in UTF-8. Raises NoArticle where parsing it would cost too much."""
    if len(page.content) > LARGEST:
        raise NoArticle(
            f"{page.path}: {len(page.content) / 1e6:.0f} MB of HTML, more than the "
            f"{LARGEST / 1e6:.0f} MB that are read; save the article's page alone"
        )
    html = as_utf8(page.content, page.charset, html=True)
    if _too_deep(html):
        raise NoArticle(f"{page.path}: elements nested more than {DEEPEST} deep; this is no page")
    return html


def _too_deep(html: bytes) -> bool:
    """Tell whether elements are nested too deep, without building the tree."""
    if np.count_nonzero(np.frombuffer(html, np.uint8) == _LESS) < DEEPEST * 5:
        return False
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _VOID:
            depth += -1 if match[1] else 1
            if depth > DEEPEST:
                return True
    return False


def _texts(tree: Tree, labelled: Labelled, wanted: str) -> list[str]:
    return [
        part.text for part, name in zip(tree.parts, labelled.labels, strict=True) if name == wanted
    ]


def _body(tree: Tree, labelled: Labelled) -> tuple[Block, ...]:
    """Give the blocks of the body; what is there twice running is taken once."""
    blocks: list[Block] = []
    for part, name in zip(tree.parts, labelled.labels, strict=True):
        if name in BODY and not (blocks and blocks[-1].text == part.text):
            kind = cast(Kind, name)
            blocks.append(Block(kind, part.text))
    return tuple(blocks)


def _bylines(tree: Tree, meta: Metadata, labelled: Labelled) -> tuple[str, ...]:
    """Give the names that the metadata give, or those shown where these name the site alone."""
    given = names(meta.authors)
    if given and not signed_by_site(meta, None):
        return given
    lines = [
        part for part, name in zip(tree.parts, labelled.labels, strict=True) if name == "byline"
    ]
    shown = signatures(lines)
    return shown or names(filter(None, map(signed, _texts(tree, labelled, "date")))) or given


def _first_of(sections: str | None) -> str | None:
    """Give the first of several sections, unless they are many, or names for software alone."""
    first = re.split(r",(?=\S)|\s-\s", sections or "")[0]
    return (
        first if first.count(",") < MANY and len(first) <= 2 * LABEL and "_" not in first else None
    )


def _section(tree: Tree, labelled: Labelled, meta: Metadata, title: str) -> str | None:
    """Give the section that the metadata name, or the page above its headline or in its crumbs.

    Words of the headline, or a list of all that the article is filed under, are none.
    """
    known = _NO_SECTIONS | {key(title)}
    if (given := _first_of(meta.section)) and key(given) not in known:
        sentence = len(given) > LABEL // 2 and key(given) in key(title)
        if not sentence:
            return given
    if above := [name for name in meta.crumbs if len(name) <= LABEL and key(name) not in known]:
        return above[-1]
    if labelled.headline is None:
        return None
    crumb = None
    start = tree.parts[labelled.headline].number
    for part in tree.parts[max(0, labelled.headline - 12) : labelled.headline + 3]:
        if part.number < start - 16:
            continue  # a menu lies between
        frame = tree.frames[part.frame]
        if len(part.text) <= LABEL and frame.own & hints.SECTION:
            return part.text
        if part.links and "crumb" in frame.words + tree.frames[frame.parent].words:
            crumb = part.links[-1][0] if len(part.links) > 1 else crumb
    return crumb
