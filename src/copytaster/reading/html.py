"""An HTML page becomes an article: the recipe."""

import re
from collections.abc import Iterable
from typing import cast

from copytaster.article import Article, Block, Kind, Picture
from copytaster.page import Page
from copytaster.reading import NoArticle, hints, identify
from copytaster.reading.blocks import Tree, walk
from copytaster.reading.bylines import agency, names
from copytaster.reading.dates import iso, visible
from copytaster.reading.encoding import decode
from copytaster.reading.labels import BODY, Labelled, label
from copytaster.reading.language import language_of
from copytaster.reading.metadata import Metadata, host, join, metadata
from copytaster.reading.pictures import clean_credit, split_credit
from copytaster.reading.teasers import teasers
from copytaster.reading.words import key

LARGEST = 10_000_000
"""Bytes of HTML that are read; no news page comes near."""
DEEPEST = 4_000
"""Elements within each other. The parser's time grows with the square; browsers stop at 512."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "p", "li",
))  # fmt: skip


def read_html(page: Page) -> Article:
    """Read an HTML page. Raises NoArticle."""
    if len(page.content) > LARGEST:
        raise NoArticle(
            f"{page.path}: {len(page.content) / 1e6:.0f} MB of HTML, more than the "
            f"{LARGEST / 1e6:.0f} MB that are read; save the article's page alone"
        )
    html = decode(page.content, page.charset, html=True)
    if _too_deep(html):
        raise NoArticle(f"{page.path}: elements nested more than {DEEPEST} deep; this is no page")
    tree = walk(html)
    meta = metadata(tree, page.url)
    url = page.url or meta.url
    labelled = label(tree, meta)
    headline = _headline(tree, meta, labelled)
    body = _body(tree, labelled)
    if not body and meta.body and meta.article:
        body = (Block("paragraph", meta.body),)
    if not headline or sum(len(block.text) for block in body) < 80:
        raise NoArticle(f"{page.path}: no article found (no running text under a headline)")
    bylines = names(meta.authors) or names(_texts(tree, labelled, "byline"))
    warnings = [] if meta.free else ["not free to read: the page may hold only the beginning"]
    return Article(
        id=identify(page, meta.url),
        path=page.path,
        url=url,
        canonical_url=meta.url,
        fetched=page.fetched,
        publisher=meta.publisher or host(url),
        agency=agency(bylines, body[0].text, body[-1].text),
        language=language_of(meta.language, "\n".join(block.text for block in body)[:4000]),
        headline=headline,
        standfirst=next(iter(_texts(tree, labelled, "standfirst")), None),
        kicker=next(iter(_texts(tree, labelled, "kicker")), None),
        bylines=bylines,
        date_published=_published(tree, meta, labelled),
        date_modified=iso(meta.modified),
        section=meta.section,
        keywords=meta.keywords,
        body=body,
        pictures=_pictures(tree, meta, labelled, url),
        teasers=teasers(tree, labelled.labels, url),
        warnings=tuple(warnings),
    )


def _too_deep(html: str) -> bool:
    """Tell whether elements are nested too deep, without building the tree."""
    if html.count("<") < DEEPEST * 5:
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


def _headline(tree: Tree, meta: Metadata, labelled: Labelled) -> str | None:
    if labelled.headline is not None:
        return tree.parts[labelled.headline].text
    return next(iter(meta.headlines), None)


def _body(tree: Tree, labelled: Labelled) -> tuple[Block, ...]:
    """Give the blocks of the body; what is there twice running is taken once."""
    blocks: list[Block] = []
    for part, name in zip(tree.parts, labelled.labels, strict=True):
        if name in BODY and not (blocks and blocks[-1].text == part.text):
            kind = cast(Kind, name)
            blocks.append(Block(kind, part.text))
    return tuple(blocks)


def _published(tree: Tree, meta: Metadata, labelled: Labelled) -> str | None:
    """Give the date of publication: the metadata's, else that of a line labelled so."""
    if date := iso(meta.published):
        return date
    root = tree.frames[labelled.root]
    for time in tree.times:
        if labelled.root <= time.frame <= root.last and (date := iso(time.value)):
            return date
    for text in _texts(tree, labelled, "date"):
        if date := visible(text):
            return date
    return None


def _pictures(
    tree: Tree, meta: Metadata, labelled: Labelled, url: str | None
) -> tuple[Picture, ...]:
    """Give the pictures that stand in the article, with the lines below them."""
    frames = tree.frames
    lines: dict[int, list[tuple[str, str]]] = {}
    for part, mark in zip(tree.parts, labelled.labels, strict=True):
        if mark in ("caption", "credit"):
            lines.setdefault(_figure(tree, part.frame), []).append((mark, part.text))
    pictures: dict[str, Picture] = {}
    last = frames[labelled.root].last
    used: set[int] = set()
    for image in tree.images:
        figure = _figure(tree, image.frame)
        mine = lines.get(figure, []) if figure and figure not in used else []
        flags = frames[image.frame].hints
        if not mine and (
            not labelled.root <= image.frame <= last
            or flags & (hints.RELATED | hints.NAVIGATION | hints.COMMENT | hints.FURNITURE)
            or not flags & hints.FIGURE
        ):
            continue
        used.add(figure)
        caption, credit = _lines(mine)
        address = join(url, image.url)
        name = address or f"#{image.number}"
        if name not in pictures or caption:
            pictures[name] = Picture(url=address, caption=caption, credit=credit)
    if not pictures and meta.shots:
        shot = meta.shots[0]
        pictures[shot.url] = Picture(url=shot.url, caption=shot.caption, credit=shot.credit)
    return tuple(pictures.values())


def _figure(tree: Tree, number: int) -> int:
    """Give the outermost frame of the figure that frame `number` stands in, or 0."""
    found = 0
    while number:
        if tree.frames[number].own & hints.FIGURE and tree.frames[number].hints & hints.FIGURE:
            found = number
            if tree.frames[number].tag == "figure":
                return number
        number = tree.frames[number].parent
    return found


def _lines(lines: Iterable[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Put the caption and credit lines of one figure together."""
    captions: list[str] = []
    credits: list[str] = []
    for name, text in lines:
        if name == "credit":
            credits.append(clean_credit(text) or "")
            continue
        caption, credit = split_credit(text)
        if caption and key(caption) not in map(key, captions):
            captions.append(caption)
        if credit:
            credits.append(credit)
    return " ".join(captions) or None, " ".join(dict.fromkeys(filter(None, credits))) or None
