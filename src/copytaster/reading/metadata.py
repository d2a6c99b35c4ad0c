"""What a page says of itself to machines: JSON-LD, microdata, OpenGraph and plain meta names."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from copytaster.address import host, join, place
from copytaster.reading.publisher import choose, named
from copytaster.reading.tree import Tree, fold
from copytaster.reading.words import key

Node = dict[str, Any]


class Shot(Struct, frozen=True):
    """An image that the metadata name."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Metadata(Struct, frozen=True, kw_only=True):
    """What the metadata give, as they give it."""

    headlines: dict[str, str] = {}
    """By source: json-ld, og, twitter, title."""
    description: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    publishers: tuple[str, ...] = ()
    """All names that are given for the publisher, of which `publisher` is the outlet's."""
    section: str | None = None
    crumbs: tuple[str, ...] = ()
    """The way to the page, as JSON-LD names it, without the front page."""
    keywords: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    shot: Shot | None = None
    body: str = ""
    """The JSON-LD articleBody, its lines as they are."""
    free: bool = True
    """False where the page says that it is not free to read."""
    article: bool = False
    """Whether a JSON-LD or OpenGraph type says that this is an article."""


_DECODER = msgspec.json.Decoder()
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb")
"""Fields of an object that hold others."""
PUBLISHERS = ("og:site_name", "publisher", "application-name", "dc.publisher")
ARTICLES = ("article", "posting", "newsarticle", "report", "review")

_CODE = re.compile(
    r"[@_].*|\w+_\w+|\W+|(?:[0-9a-f]{4,}-?){4,}|"
    r"(?i:(?:section|category|(?:page|article) type|day|time|nlp [a-z ]+)\s?:.*)"
)
"""A keyword that is none: "@home-river", "autoplay_video", "Page Type: Article", a UUID."""


def metadata(tree: Tree, url: str | None) -> Metadata:
    """Gather the metadata of a walked page; `url` is what relative addresses start from."""
    metas = tree.metas
    nodes = list(_nodes(tree.scripts))
    articles = [node for types, node in nodes if any(kind.endswith(ARTICLES) for kind in types)]
    node: Node = max(articles, key=len) if articles else {}
    page: Node = next((n for types, n in nodes if "webpage" in types), {})

    def meta(*names: str) -> str | None:
        for name in names:
            for content in metas.get(name, ()):
                if text := text_of(content):
                    return text
        return None

    def prop(name: str) -> str | None:
        for content, _ in tree.props.get(name.lower(), ()):
            if content.strip():
                return fold(content)
        return None

    authors = tuple(_names(node.get("author"))) or tuple(
        name
        for field in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author",
                    "dcterms.creator", "byl", "article:author_name", "cxenseparse:author")
        for content in metas.get(field, ())
        if (name := text_of(content)) and not name.startswith(("http", "www.", "/"))
    )  # fmt: skip
    publishers = named([
        *_names(node.get("publisher")),
        *filter(None, map(meta, PUBLISHERS)),
    ])  # fmt: skip
    body = node.get("articleBody")
    address = meta("og:url") or tree.canonical or _text(node.get("url"))
    canonical = tree.canonical or address or _text(node.get("mainEntityOfPage"))
    return Metadata(
        headlines={
            source: text
            for source, text in (
                ("json-ld", _text(node.get("headline"))),
                ("og", meta("og:title")),
                ("twitter", meta("twitter:title")),
                ("title", tree.title),
            )
            if text
        },
        description=_text(node.get("description"))
        or meta("og:description", "description", "twitter:description"),
        authors=tuple(dict.fromkeys(authors)),
        published=_text(node.get("datePublished"))
        or meta("article:published_time", "og:article:published_time", "datepublished",
                "parsely-pub-date", "sailthru.date", "date", "dc.date.issued", "dcterms.created",
                "dc.date", "pubdate", "publishdate", "publish-date", "last-modified-date",
                "cxenseparse:recs:publishtime", "article.published", "published_at", "dcterms.date")
        or prop("datePublished")
        or _text(node.get("dateCreated"))
        or _text(page.get("datePublished")),
        modified=_text(node.get("dateModified"))
        or meta("article:modified_time", "og:article:modified_time", "og:updated_time",
                "datemodified", "dcterms.modified", "last-modified")
        or prop("dateModified"),
        publisher=choose(publishers, tree.title, host(address or url)),
        publishers=publishers,
        section=_first(node.get("articleSection")) or meta("article:section", "section"),
        crumbs=tuple(_crumbs(nodes)),
        keywords=tuple(_keywords(node.get("keywords")))
        or tuple(_keywords(metas.get("article:tag")))
        or tuple(_keywords(metas.get("news_keywords") or metas.get("keywords"))),
        language=_first(node.get("inLanguage")) or meta("og:locale", "content-language")
        if not tree.language
        else tree.language,
        url=join(url, canonical),
        shot=next(_shots(node.get("image"), url), None)
        or next(map(Shot, metas.get("og:image", ())), None),
        body=html.unescape(body).strip() if isinstance(body, str) else "",
        free=str(node.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0")
        and (meta("article:content_tier") or "").lower() not in ("locked", "metered"),
        article=bool(articles) or (meta("og:type") or "").lower() == "article",
    )  # fmt: skip


def _nodes(scripts: list[str]) -> Iterator[tuple[list[str], Node]]:
    """Give every object of the JSON-LD scripts that has a type, with that, outer ones first."""
    for script in scripts:
        try:
            top = _decoded(script)
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [top]
        seen = 0
        while waiting and seen < 2000:
            seen += 1
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                if "@type" in item:
                    yield _types(item), item
                waiting.extend([item[field] for field in _WITHIN if field in item])


def _decoded(script: str) -> Any:
    """Decode JSON; line breaks within texts are allowed. Raises ValueError, RecursionError."""
    try:
        return _DECODER.decode(script)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return json.loads(script, strict=False)


def _types(node: Node) -> list[str]:
    kinds = node["@type"]
    return [
        kind.lower() for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    ]  # fmt: skip


def _crumbs(nodes: list[tuple[list[str], Node]]) -> Iterator[str]:
    """Give the names of the first list of crumbs; the front page's has the root as its address."""
    for types, node in nodes:
        items = node.get("itemListElement")
        if "breadcrumblist" in types and isinstance(items, list):
            for item in items:
                name, target = _crumb(item) if isinstance(item, dict) else (None, None)
                address = join(None, target)
                if name and address and place(address)[1].strip("/"):
                    yield name
            return


def _crumb(item: Node) -> tuple[str | None, str | None]:
    """Give the name and the address of one crumb."""
    page = item.get("item")
    inner = page if isinstance(page, dict) else {}
    return _text(item.get("name")) or _text(inner.get("name")), _text(page)


def text_of(content: str) -> str:
    """Give metadata as plain text: entities that were escaped twice undone, white space folded."""
    return fold(html.unescape(content)) if "&" in content else fold(content)


def _text(value: Any) -> str | None:
    """Give a JSON-LD value as text: itself, its @value, its @id, or the first of a list."""
    if isinstance(value, list):
        return _text(value[0]) if value else None
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("@id") or value.get("url"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text_of(value) or None if isinstance(value, str) else None


def _first(value: Any) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("alternateName"))
    if isinstance(value, list):
        return _first(value[0]) if value else None
    return _text(value)


def _names(value: Any) -> Iterator[str]:
    """Give the names of persons or organisations."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, str):
        name = text_of(value)
        if name and not name.startswith(("http", "www.", "//")):
            yield name


def _keywords(value: Any) -> Iterator[str]:
    """Give the words, without those that mean something to the site's software alone."""
    if isinstance(value, list):
        for item in value:
            yield from _keywords(item)
    elif isinstance(value, dict):
        yield from _names(value)
    elif isinstance(value, str):
        value = text_of(value)
        for word in map(str.strip, value.split("," if "," in value else ";")):
            if word and not _CODE.fullmatch(word):
                yield word


def _shots(value: Any, url: str | None) -> Iterator[Shot]:
    if isinstance(value, list):
        for item in value:
            yield from _shots(item, url)
    elif isinstance(value, str):
        if address := join(url, value):
            yield Shot(address)
    elif isinstance(value, dict):
        address = join(url, _text(value.get("contentUrl") or value.get("url")))
        if address:
            yield Shot(
                address,
                _text(value.get("caption") or value.get("description")),
                _text(value.get("creditText")) or next(iter(_names(value.get("creator"))), None)
                or _text(value.get("copyrightNotice"))
                or next(iter(_names(value.get("author"))), None),
            )  # fmt: skip


def signed_by_site(meta: Metadata, url: str | None) -> bool:
    """Tell whether the metadata name the site itself as the author, or nobody."""
    site = key("".join(meta.publishers)) + key(host(meta.url or url) or "")
    return all(key(author) in site for author in meta.authors)
