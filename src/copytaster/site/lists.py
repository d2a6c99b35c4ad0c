"""The lists: front page, outlets, one outlet, search, what could not be read."""

from itertools import pairwise
from urllib.parse import quote, urlencode

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request

from copytaster.desk import Desk, QueryError
from copytaster.desk.listing import Excerpt, Listing, Missed, Outlet
from copytaster.desk.query import EVERYWHERE, Filters, day_of
from copytaster.site import wording
from copytaster.site.answers import Answer
from copytaster.site.asked import given, switched
from copytaster.site.choices import options
from copytaster.site.feeds import Entry, Feed, entry
from copytaster.site.views import (
    FrontPage,
    OutletPage,
    OutletsPage,
    Problem,
    SearchPage,
    UnreadablePage,
)

LENGTH = 30
"""Items on one page of a list."""

TOLD = 6
"""Stories on the front page."""

FOUND = 20
"""Items on one page of what a search found."""


def front(request: Request, desk: Desk) -> Answer:
    """Show the newest articles, by day."""
    after, once = given(request, "after"), switched(request, "once")
    newest = desk.newest(once=once, after=after, limit=LENGTH + 1)
    articles, older = _leaf("/?once=1" if once else "/", newest, LENGTH)
    stories = [] if after else desk.stories(limit=TOLD)
    page = FrontPage(once=once, stories=stories, articles=articles, older=older)
    feed = Feed(title="Copytaster", link="/", entries=[entry(each) for each in articles])
    return Answer(
        page=page, template="front.html", more={"days": by_day(articles), "after": after}, feed=feed
    )


def outlets(request: Request, desk: Desk) -> Answer:
    """Show who is on the desk."""
    found = desk.outlets()
    feed = Feed(title="Outlets", link="/outlets", entries=[_outlet_entry(each) for each in found])
    return Answer(page=OutletsPage(outlets=found), template="outlets.html", feed=feed)


def outlet(request: Request, desk: Desk) -> Answer:
    """Show one outlet's newest articles, by day."""
    found = desk.outlet(request.path_params["key"])
    if found is None:
        raise HTTPException(404, "There is no such outlet on this desk.")
    address = f"/outlet/{quote(found.key, safe='')}"
    after, once = given(request, "after"), switched(request, "once")
    newest = desk.newest(outlet=found.key, once=once, after=after, limit=LENGTH + 1)
    articles, older = _leaf(f"{address}?once=1" if once else address, newest, LENGTH)
    page = OutletPage(outlet=found, once=once, articles=articles, older=older)
    feed = Feed(title=found.name, link=address, entries=[entry(each) for each in articles])
    return Answer(page=page, template="outlet.html", more={"days": by_day(articles)}, feed=feed)


def search(request: Request, desk: Desk) -> Answer:
    """Show what a query finds; one that cannot be understood comes back with the reason."""
    asked = SearchPage(
        query=given(request, "q") or "",
        ranked=switched(request, "ranked"),
        once=switched(request, "once"),
        within=Filters(**{name: given(request, name) for name in Filters.__struct_fields__}),
        breadth=None,
        articles=[],
        older=None,
    )
    choices = request.app.state.choices
    more = {
        "asked": asked,
        "outlets": options(choices.outlets(desk), asked.within.outlet),
        "languages": options(choices.languages(desk), asked.within.language),
        "since": _day_shown("since", asked.within.since),
        "until": _day_shown("until", asked.within.until),
        "excerpts": {},
    }
    try:
        found, breadth = [], None
        if asked.query or asked.within != EVERYWHERE:
            after = given(request, "after")
            found = desk.search(
                asked.query,
                asked.within,
                ranked=asked.ranked,
                once=asked.once,
                after=after,
                limit=FOUND + 1,
            )
            breadth = desk.breadth(asked.query, asked.within)
    except QueryError as error:
        problem = Problem(status=400, error=str(error))
        return Answer(page=problem, template="search.html", more=more, status=400)
    address = f"/search?{_query(request)}"
    articles, older = _leaf(address, found, FOUND)
    claims = desk.claims.found(asked.query, articles) if articles and asked.query else []
    excerpts = desk.excerpts(asked.query, [each.id for each in articles]) if asked.query else []
    page = replace(
        asked, breadth=breadth, articles=articles, claims=claims, excerpts=excerpts, older=older
    )
    more["excerpts"] = {each.article: marked_excerpt(each) for each in excerpts}
    feed = Feed(
        title=f"Search: {asked.query}", link=address, entries=[entry(each) for each in articles]
    )
    return Answer(page=page, template="search.html", more=more, feed=feed)


def _day_shown(field: str, value: str | None) -> str:
    """Give the day that the box of a form can show for a year, a month or a day."""
    try:
        return day_of(field, value).isoformat() if value else ""
    except QueryError:
        return ""


def unreadable(request: Request, desk: Desk) -> Answer:
    """Show the pages that could not be read."""
    missed = desk.missed(after=given(request, "after"), limit=LENGTH + 1)
    more, missed = len(missed) > LENGTH, missed[:LENGTH]
    older = f"/unreadable?{urlencode({'after': missed[-1].path})}" if more else None
    entries = [_missed_entry(each) for each in missed]
    feed = Feed(title="Could not be read", link="/unreadable", entries=entries)
    page = UnreadablePage(missed=missed, older=older)
    return Answer(page=page, template="unreadable.html", feed=feed)


def marked_excerpt(excerpt: Excerpt) -> list[tuple[str, bool]]:
    """Cut an excerpt into pieces, each with whether it was searched for."""
    cuts = [excerpt.start, *(edge for mark in excerpt.marks for edge in mark), excerpt.end]
    pieces = pairwise(cut - excerpt.start for cut in cuts)
    return [(excerpt.text[a:b], bool(n % 2)) for n, (a, b) in enumerate(pieces)]


def by_day(articles: list[Listing]) -> dict[str, list[Listing]]:
    """Put articles under their day as their page writes it, newest first."""
    days: dict[str, list[Listing]] = {}
    for article in articles:
        days.setdefault(wording.day(article.date), []).append(article)
    return days


def _query(request: Request) -> str:
    fields = request.query_params.multi_items()
    return urlencode([(name, value) for name, value in fields if value and name != "after"])


def _leaf(address: str, articles: list[Listing], length: int) -> tuple[list[Listing], str | None]:
    """Cut off the one more that was asked for, and say where it is to be found."""
    if len(articles) <= length:
        return articles, None
    sign = "&" if "?" in address else "?"
    return articles[:length], f"{address}{sign}{urlencode({'after': articles[length - 1].id})}"


def _outlet_entry(outlet: Outlet) -> Entry:
    return Entry(
        title=outlet.name,
        link=f"/outlet/{quote(outlet.key, safe='')}",
        updated=outlet.latest,
        author=outlet.name,
        summary=wording.number(outlet.articles, "article", "articles"),
    )


def _missed_entry(missed: Missed) -> Entry:
    return Entry(
        title=missed.path,
        link=f"/unreadable?{urlencode({'page': missed.path})}",
        updated=missed.added,
        author="Copytaster",
        summary=missed.error,
        original=wording.web(missed.url),
    )
