"""What the desk gives back: records of the site, the exports and the library."""

from msgspec import Struct

from copytaster.article import Article
from copytaster.copy import Copy, Kind


class Listing(Struct, frozen=True, kw_only=True):
    """What a list shows of an article."""

    id: str
    headline: str
    standfirst: str | None = None
    kicker: str | None = None
    url: str | None = None
    outlet: str
    """The outlet's key on this desk: its host without "www." or "m.", or a slug of its name."""
    publisher: str
    """The outlet's name, as its pages give it."""
    language: str | None = None
    date: str
    """When it was published, ISO 8601 with the precision known; else when it came to the desk."""
    dated: bool
    """Whether `date` is the page's own."""
    reads: int = 0
    also: int = 0
    """In how many other outlets the same copy stands."""
    score: float | None = None
    """Cosine in a list of similar articles; relevance in a ranked search; else nothing."""


class Version(Struct, frozen=True, kw_only=True):
    """One state of an article; the first has number 1."""

    number: int
    added: str
    headline: str
    current: bool


class TeaserLink(Struct, frozen=True, kw_only=True):
    """One of the page's own teasers, with the desk's article where the desk has it."""

    headline: str
    url: str | None = None
    standfirst: str | None = None
    count: int | None = None
    article: str | None = None


class Carried(Struct, frozen=True, kw_only=True):
    """An article that carries a report, and how much of what."""

    listing: Listing
    of: str | None = None
    """Id of the article that it carries most of; nothing for the one that the others follow."""
    kind: Kind | None = None
    share_of_this: float | None = None
    share_of_that: float | None = None


class Report(Struct, frozen=True, kw_only=True):
    """One independent report: what goes back to one origin."""

    origin: Listing
    agency: str | None
    """The agency that most of its articles credit."""
    wire: bool
    """Whether the origin is the agency's own article; else it is the earliest that is known."""
    articles: int
    outlets: int
    carriers: tuple[Carried, ...]
    """The articles that go back to the origin, earliest first; as many as were asked for."""
    more: str | None = None
    """The last of them, where more follow."""


class Copied(Struct, frozen=True, kw_only=True):
    """That an article and another share passages."""

    copy: Copy
    other: Listing


class Beside(Struct, frozen=True, kw_only=True):
    """Two articles side by side."""

    article: Article
    listing: Listing
    other: Article
    other_listing: Listing
    copy: Copy | None
    """Who carries whom, and the passages; nothing where they share none."""


class Breadth(Struct, frozen=True, kw_only=True):
    """How broad a list of articles is: from how many outlets, and how many independent reports."""

    articles: int
    outlets: int
    reports: int
    newest: bool = False
    """Whether only the newest articles were counted, as there are very many."""


class Filed(Struct, frozen=True, kw_only=True):
    """An article as it lies on the desk."""

    article: Article
    listing: Listing
    version: int
    versions: tuple[Version, ...]
    report: Report | None
    """What it goes back to, and who else does; nothing where that is the article alone."""
    copies: tuple[Copied, ...]
    """With whom it shares passages, most first."""
    similar: tuple[Listing, ...]
    """Articles about a close matter, one of each report, none of its own."""
    teasers: tuple[TeaserLink, ...]
    pictures: tuple[bool, ...]
    """For each of the article's pictures: whether the desk holds the image itself."""


class Outlet(Struct, frozen=True, kw_only=True):
    """Who published pages."""

    key: str
    name: str
    articles: int
    latest: str


class Missed(Struct, frozen=True, kw_only=True):
    """A page that could not be read, as the desk keeps it."""

    path: str
    url: str | None = None
    error: str
    added: str
    kept: bool
    """Whether its bytes are on the desk."""


class Tally(Struct, frozen=True, kw_only=True):
    """What one `add` did."""

    new: int = 0
    changed: int = 0
    same: int = 0
    unreadable: int = 0
