"""What the desk gives back: records of the site, the exports and the library."""

from typing import Literal

from msgspec import Struct

from copytaster.article import Article
from copytaster.copy import Copy, Kind
from copytaster.story import Ruling

Act = Literal["merge", "split", "move", "apart"]
"""What a person did: made stories one; took articles out of a story into one of their own; put an
article into another story; said that two articles are not about the same event."""


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
    story: str | None = None
    """The story it is part of, where that has more articles."""
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


class StoryLine(Struct, frozen=True, kw_only=True):
    """What a list shows of a story."""

    id: str
    lead: Listing
    """The article whose headline it has: the origin that most outlets carry, or else the most
    central one."""
    articles: int
    outlets: int
    reports: int
    """Independent ones: origins that its articles go back to."""
    first: str
    latest: str


class StoryDay(Struct, frozen=True, kw_only=True):
    """What came to a story on one day."""

    day: str
    articles: int
    reports: int
    """Those of which the first article came on that day."""


class StoryOutlet(Struct, frozen=True, kw_only=True):
    """An outlet in a story, with its first article."""

    key: str
    name: str
    articles: int
    first: Listing


class StoryName(Struct, frozen=True, kw_only=True):
    """A name that several reports of a story have: words with capitals inside of sentences."""

    name: str
    reports: int


class StoryVersions(Struct, frozen=True, kw_only=True):
    """An article of a story that was changed."""

    listing: Listing
    versions: int


class Ruled(Struct, frozen=True, kw_only=True):
    """What a person decided, as it stands on the desk."""

    number: int
    made: str
    act: Act
    rulings: tuple[Ruling, ...]


class Story(Struct, frozen=True, kw_only=True):
    """The articles about one event, over outlets and days."""

    line: StoryLine
    days: tuple[StoryDay, ...]
    """From the first to the last; days without articles are left out."""
    reports: tuple[Report, ...]
    """Latest first; as many as were asked for, each with some of its carriers."""
    more: str | None = None
    """The origin of the last of them, where more follow."""
    outlets: tuple[StoryOutlet, ...]
    """By their first article, earliest first."""
    names: tuple[StoryName, ...]
    changed: tuple[StoryVersions, ...]
    rulings: tuple[Ruled, ...]
    """What persons decided about its articles."""


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


class Excerpt(Struct, frozen=True, kw_only=True):
    """Where an article says what was searched for."""

    article: str
    """Its id."""
    text: str
    start: int
    end: int
    """Where `text` stands in the article's text, in code points."""
    marks: tuple[tuple[int, int], ...]
    """Where the words that were searched for stand, likewise."""


class Filed(Struct, frozen=True, kw_only=True):
    """An article as it lies on the desk."""

    article: Article
    listing: Listing
    version: int
    versions: tuple[Version, ...]
    story: StoryLine | None
    """Its story, where that has more articles."""
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
