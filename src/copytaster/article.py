"""An article: what a page says."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal["paragraph", "heading", "list", "quote", "table", "embed"]
"""What a block of the body is. A list gives one block per item, a table one per row."""


class Block(Struct, frozen=True):
    """One block of the body, in reading order."""

    kind: Kind
    text: str


class Picture(Struct, frozen=True, kw_only=True):
    """An image of the article. Its URL is unknown in a plain-text dump."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


class Teaser(Struct, frozen=True, kw_only=True):
    """A box on the page that leads to another article; never part of the body."""

    headline: str
    url: str | None = None
    picture: Picture | None = None
    standfirst: str | None = None
    count: int | None = None
    """Comments, reads or shares, where the box shows one number."""


class Article(Struct, frozen=True, kw_only=True):
    """What a page says. Dates are ISO 8601 with the precision that is known ("2021-02")."""

    id: str
    """16 hexadecimal digits: of the page's address, or of its bytes where it has no address."""
    path: str
    url: str | None = None
    canonical_url: str | None = None
    fetched: str | None = None
    publisher: str | None = None
    agency: str | None = None
    """The agency the copy is credited to ("AP"), where the page says so."""
    language: str | None = None
    """BCP 47, as short as it can be: "en", "pt-BR", "zh-Hant"."""
    headline: str
    standfirst: str | None = None
    kicker: str | None = None
    bylines: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    teasers: tuple[Teaser, ...] = ()
    warnings: tuple[str, ...] = ()
    """What was doubtful while reading, one line each."""

    @property
    def text(self) -> str:
        """The article's text, into which all offsets count: its passages, joined by one blank line.

        Headline, standfirst, captions in order, then the blocks of the body; what is missing is
        left out. Offsets are in code points, end exclusive.
        """
        return "\n\n".join(passages(self))


def passages(article: Article) -> Iterator[str]:
    """Give the pieces that `Article.text` joins, in its order."""
    yield article.headline
    if article.standfirst:
        yield article.standfirst
    for picture in article.pictures:
        if picture.caption:
            yield picture.caption
    for block in article.body:
        yield block.text
