"""An item of a feed becomes an article.

The item is a JSON Feed 1.1 item (https://www.jsonfeed.org/version/1.1/), whatever the feed was;
`_feed` in it holds `title` and `home_page_url` of the feed. What a feed gives as content is the
article without its page, so that all of it counts, short as it may be.
"""

import re

import msgspec
from msgspec import Struct

from copytaster.address import host, join
from copytaster.article import Article, Block, Kind, Picture
from copytaster.page import Page
from copytaster.reading import NoArticle, hints, identify
from copytaster.reading.bylines import agency, names
from copytaster.reading.credits import split_credit
from copytaster.reading.dates import iso
from copytaster.reading.language import language_of
from copytaster.reading.metadata import text_of
from copytaster.reading.tree import HEADINGS, Image, Part, Tree
from copytaster.reading.walk import walk

_TAIL = re.compile(
    r"(?:the post|der beitrag|l.article|el artículo|запись) .{3,200} "
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|apareció primero en"
    r"|впервые появилась) .*|(?:continue reading|read more|weiterlesen|lire la suite|leer más"
    r"|читать далее)\b.{0,100}",
    re.IGNORECASE | re.DOTALL,
)
_SMALLEST = 20
"""Characters of running text below which there is no article."""
_LONGEST_STANDFIRST = 400


class _Author(Struct):
    name: str = ""


class _Feed(Struct):
    title: str | None = None
    home_page_url: str | None = None


class _Item(Struct):
    title: str = ""
    url: str | None = None
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: tuple[_Author, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    feed: _Feed = msgspec.field(name="_feed", default_factory=_Feed)


def read_item(page: Page) -> Article:
    """Read one item of a feed. Raises NoArticle."""
    try:
        item = msgspec.json.decode(page.content, type=_Item)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoArticle(f"this is no item of a feed: {error}") from None
    url = page.url or item.url
    headline = _plain(item.title)
    if not headline:
        raise NoArticle("the item of the feed has no title")
    body, pictures = _content(item, url, headline)
    summary = _plain(item.summary)
    warnings = []
    if not body:
        body, pictures = _blocks(item.summary, url, headline)
        summary = ""
        warnings.append("a summary only: the feed gives no more")
    if sum(len(block.text) for block in body) < _SMALLEST:
        raise NoArticle("the item of the feed has a title, but no text")
    text = "\n".join(block.text for block in body)
    if item.image and item.image not in (picture.url for picture in pictures):
        pictures = (Picture(url=join(url, item.image)), *pictures)
    bylines = names(author.name for author in item.authors)
    return Article(
        id=identify(page, item.url),
        path=page.path,
        url=url,
        canonical_url=item.url,
        fetched=page.fetched,
        publisher=text_of(item.feed.title or "") or host(item.feed.home_page_url or url),
        agency=agency(bylines, body[0].text, body[-1].text),
        language=language_of(item.language, f"{headline}\n{text}"),
        headline=headline,
        standfirst=summary if _is_standfirst(summary, text) else None,
        bylines=bylines,
        date_published=iso(item.date_published),
        date_modified=iso(item.date_modified),
        keywords=tuple(dict.fromkeys(tag.strip() for tag in item.tags if tag.strip())),
        body=body,
        pictures=pictures,
        warnings=tuple(warnings),
    )


def _plain(html: str) -> str:
    """Give a title or a summary, which feeds write as text or as HTML, as text."""
    return " ".join(part.text for part in walk(html).parts) if "<" in html else text_of(html)


def _content(
    item: _Item, url: str | None, headline: str
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    if item.content_html:
        return _blocks(item.content_html, url, headline)
    paragraphs = re.split(r"\n\s*\n", item.content_text)
    return tuple(Block("paragraph", text) for p in paragraphs if (text := " ".join(p.split()))), ()


def _is_standfirst(summary: str, text: str) -> bool:
    """Tell a summary that was written from one that is the text's own beginning, cut off."""
    begin = summary.casefold()[:60].rstrip(" .…[]")
    return 0 < len(summary) <= _LONGEST_STANDFIRST and not text.casefold().startswith(begin)


def _blocks(
    html: str, url: str | None, headline: str
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """Give the body and the pictures of a piece of HTML, all of which is the article."""
    tree = walk(html)
    blocks: list[Block] = []
    lines: dict[int, list[str]] = {}
    for part in tree.parts:
        figure = _figure(tree, part.frame)
        if figure is not None:
            lines.setdefault(figure, []).append(part.text)
        elif not _is_furniture(tree, part) and (
            blocks or part.text.casefold() != headline.casefold()
        ):
            blocks.append(Block(_kind(tree, part), part.text))
    if blocks and _TAIL.fullmatch(blocks[-1].text):
        del blocks[-1]
    pictures: dict[str, Picture] = {}
    for image in tree.images:
        address = join(url, image.url)
        if address and not _is_pixel(image):
            figure = _figure(tree, image.frame)
            mine = lines.pop(figure, []) if figure is not None else []
            caption, credit = split_credit(" ".join(mine))
            pictures.setdefault(address, Picture(url=address, caption=caption, credit=credit))
    return tuple(blocks), tuple(pictures.values())


def _figure(tree: Tree, number: int) -> int | None:
    """Give the frame of the figure that a frame is or stands in."""
    while number:
        if tree.frames[number].tag == "figure":
            return number
        number = tree.frames[number].parent
    return None


def _is_furniture(tree: Tree, part: Part) -> bool:
    flags = tree.frames[part.frame].hints
    return bool(flags & (hints.HIDDEN | hints.COMMENT)) or (
        part.density > 0.9 and len(part.text) < 40 and not flags & hints.LIST
    )


def _kind(tree: Tree, part: Part) -> Kind:
    frame = tree.frames[part.frame]
    if frame.tag in HEADINGS:
        return "heading"
    if frame.hints & hints.TABLE:
        return "table"
    if frame.hints & hints.LIST:
        return "list"
    return "quote" if frame.hints & hints.QUOTE else "paragraph"


def _is_pixel(image: Image) -> bool:
    """Tell an image that only counts readers."""
    return image.attributes.get("width") in ("0", "1") or image.attributes.get("height") in (
        "0",
        "1",
    )
