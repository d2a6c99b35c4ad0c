"""What each address shows: its record is its JSON, and its page is drawn from it."""

from msgspec import Struct

from copytaster.desk.listing import (
    Breadth,
    Copied,
    Excerpt,
    Listing,
    Missed,
    Outlet,
    Report,
    Ruled,
    Story,
    StoryLine,
)
from copytaster.desk.query import Filters
from copytaster.desk.stated import Counted, Naming, Quoted, Speaking, Spelling, Stated


class FrontPage(Struct, frozen=True, kw_only=True):
    """`/`: the stories with most independent reports and news, and the newest articles."""

    stories: list[StoryLine]
    """None where the list of articles goes on."""
    once: bool
    """Whether copies of others on the desk are left out."""
    articles: list[Listing]
    older: str | None
    """Address of the page that goes on from here; nothing at the end."""


class StoriesPage(Struct, frozen=True, kw_only=True):
    """`/stories`: the stories by independent reports and newness."""

    stories: list[StoryLine]
    older: str | None


class StoryPage(Struct, frozen=True, kw_only=True):
    """`/story/{id}`: one story."""

    story: Story
    older: str | None
    """Address of its earlier reports; nothing at the end."""


class StoryArticlesPage(Struct, frozen=True, kw_only=True):
    """`/story/{id}/articles`: the articles of a story, newest first."""

    story: StoryLine
    day: str | None
    outlet: str | None
    """What was asked for: those of a day (UTC), of an outlet (its key)."""
    articles: list[Listing]
    older: str | None


class RulingsPage(Struct, frozen=True, kw_only=True):
    """`/rulings`: what persons decided about stories, the latest first."""

    rulings: list[Ruled]


class CopiesPage(Struct, frozen=True, kw_only=True):
    """`/article/{id}/copies`: who carried an article, and what it shares with whom."""

    article: Listing
    report: Report | None
    copies: list[Copied]
    later: str | None
    """Address of the page that goes on from here; nothing at the end."""


class ArticleClaimsPage(Struct, frozen=True, kw_only=True):
    """`/article/{id}/claims`: who said what in an article."""

    article: Listing
    version: int
    made: bool
    """Whether the claims of this version were made; else they are pending."""
    claims: list[Stated]
    """In the order of the text; beliefs and intentions only where asked for."""


class SpeakersPage(Struct, frozen=True, kw_only=True):
    """`/speakers`: who is quoted, most claims first."""

    name: str | None
    """What was asked for."""
    speakers: list[Speaking]
    older: str | None


class SpeakerPage(Struct, frozen=True, kw_only=True):
    """`/speakers/{key}`: what a person or body said, newest first, the same words once."""

    speaker: Speaking
    spellings: list[Spelling]
    claims: list[Quoted]
    older: str | None


class Voiced(Struct, frozen=True, kw_only=True):
    """A speaker in a story, with what was said."""

    key: str | None
    """Nothing for the unnamed."""
    name: str
    claims: list[Quoted]


class StoryClaimsPage(Struct, frozen=True, kw_only=True):
    """`/story/{id}/claims`: who said what in a story, and its figures side by side."""

    story: StoryLine
    speakers: list[Voiced]
    figures: list[Counted]


class NamingsPage(Struct, frozen=True, kw_only=True):
    """`/namings`: what persons ruled about names, the latest first."""

    rulings: list[Naming]


class OutletPage(Struct, frozen=True, kw_only=True):
    """`/outlet/{key}`: the newest articles of one outlet."""

    outlet: Outlet
    once: bool
    """Whether copies of others on the desk are left out."""
    articles: list[Listing]
    older: str | None


class OutletsPage(Struct, frozen=True, kw_only=True):
    """`/outlets`: who is on the desk, most articles first."""

    outlets: list[Outlet]


class SearchPage(Struct, frozen=True, kw_only=True):
    """`/search`: what a query finds, with the query as it was understood."""

    query: str
    within: Filters
    ranked: bool
    once: bool
    """Whether of each report one article is shown."""
    breadth: Breadth | None
    """How many articles, outlets and independent reports; nothing where nothing was asked."""
    articles: list[Listing]
    claims: list[Quoted] = []
    """Those that the query asks for by says:, speaker: or via:, a few of each article."""
    excerpts: list[Excerpt] = []
    """Where articles say it, as far as headline and standfirst do not."""
    older: str | None


class UnreadablePage(Struct, frozen=True, kw_only=True):
    """`/unreadable`: the pages that could not be read, latest first, each with the reason."""

    missed: list[Missed]
    older: str | None


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong, in one sentence."""

    status: int
    error: str
