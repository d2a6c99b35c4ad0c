"""Stories: the list by rank, one story with its timeline, and what persons decide about them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

import anyio.to_thread
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from copytaster.desk import Desk, RulingError
from copytaster.desk.listing import Story, StoryDay, StoryLine
from copytaster.site import wording
from copytaster.site.answers import Answer
from copytaster.site.asked import given
from copytaster.site.desks import desks_of
from copytaster.site.feeds import Entry, Feed, entry
from copytaster.site.views import RulingsPage, StoriesPage, StoryArticlesPage, StoryPage

T = TypeVar("T")

LENGTH = 30
"""Stories, or reports of one, on a page."""
OFFERED = 30
"""Other stories that one can be merged with by choosing from a list."""
NAMED = 100
"""Decisions, the latest, of which the articles are named."""
COLUMNS = 62
"""Days that a timeline draws side by side; of a longer story, only those with articles."""
LONGEST = 100_000
"""Bytes of a form."""


class Column(Struct, frozen=True):
    """One day of a timeline, as it is drawn: heights in hundredths of the highest."""

    day: str
    articles: int
    reports: int
    height: int
    begun: int


def stories(request: Request, desk: Desk) -> Answer:
    """Show the stories by rank."""
    after = given(request, "after")
    found = desk.stories(after=after, limit=LENGTH + 1)
    more, found = len(found) > LENGTH, found[:LENGTH]
    older = f"/stories?after={found[-1].id}" if more else None
    feed = Feed(title="Stories", link="/stories", entries=[story_entry(each) for each in found])
    return Answer(page=StoriesPage(stories=found, older=older), template="stories.html", feed=feed)


def story(request: Request, desk: Desk) -> Answer:
    """Show a story: its days, reports, outlets, names, and what can be corrected."""
    found = story_of(request, desk, after=given(request, "after"), limit=LENGTH)
    id = found.line.id
    page = StoryPage(story=found, older=f"/story/{id}?after={found.more}" if found.more else None)
    rules = bool(request.app.state.rules)
    more = {
        "columns": columns(found.days),
        "undated": found.line.articles - sum(day.articles for day in found.days),
        "began": {each.origin.date[:10]: each.origin.id for each in reversed(found.reports)},
        "rules": rules,
        "others": [each for each in desk.stories(limit=OFFERED) if each.id != id] if rules else [],
    }
    entries = [entry(report.origin) for report in found.reports]
    feed = Feed(title=found.line.lead.headline, link=f"/story/{id}", entries=entries)
    return Answer(page=page, template="story.html", more=more, feed=feed)


def story_articles(request: Request, desk: Desk) -> Answer:
    """Show the articles of a story: all, of a day, of an outlet."""
    told = story_of(request, desk, limit=0)
    id = told.line.id
    asked = {name: given(request, name) for name in ("day", "outlet", "after")}
    found = desk.in_story(id, **asked, limit=LENGTH + 1)
    more, found = len(found) > LENGTH, found[:LENGTH]
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    address = f"/story/{id}/articles"
    page = StoryArticlesPage(
        story=told.line,
        day=asked["day"],
        outlet=asked["outlet"],
        articles=found,
        older=f"{address}?{urlencode({**kept, 'after': found[-1].id})}" if more else None,
    )
    entries = [entry(each) for each in found]
    feed = Feed(title=told.line.lead.headline, link=address, entries=entries)
    return Answer(page=page, template="story_articles.html", feed=feed)


def story_of(request: Request, desk: Desk, *, after: str | None = None, limit: int) -> Story:
    """Give the story that is asked for; who asks for one that became part of another is sent on."""
    id = request.path_params["id"]
    found = desk.story(id, after=after, limit=limit)
    if found is None:
        raise HTTPException(404, "There is no such story on this desk.")
    if found.line.id != id:
        form = request.url.path.removeprefix(f"/story/{id}")
        raise HTTPException(301, headers={"Location": f"/story/{found.line.id}{form}"})
    return found


def rulings(request: Request, desk: Desk) -> Answer:
    """Show what persons decided, with the articles that it is about."""
    found = desk.rulings()
    ids = {
        id for ruled in found for one in ruled.rulings for id in (*one.these[:3], *one.those[:3])
    }
    named = {id: listing for id in sorted(ids) if (listing := desk.listing(id))}
    more = {"named": named, "rules": bool(request.app.state.rules)}
    return Answer(page=RulingsPage(rulings=found), template="rulings.html", more=more)


def columns(days: tuple[StoryDay, ...]) -> list[Column]:
    """Give the columns of a timeline; a day without articles has its place, too."""
    highest = max((day.articles for day in days), default=1)
    known = {day.day: day for day in days}
    wanted = list(known)
    first, last = date.fromisoformat(wanted[0]), date.fromisoformat(wanted[-1])
    if (last - first).days < COLUMNS:
        wanted = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    empty = StoryDay(day="", articles=0, reports=0)
    return [
        Column(
            day,
            one.articles,
            one.reports,
            round(100 * one.articles / highest),
            round(100 * one.reports / highest),
        )
        for day in wanted[-COLUMNS:]
        for one in (known.get(day, empty),)
    ]


def story_entry(line: StoryLine) -> Entry:
    """Make the entry of a story."""
    return Entry(
        title=line.lead.headline,
        link=f"/story/{line.id}",
        updated=line.latest,
        author=line.lead.publisher,
        summary=f"{wording.number(line.reports, 'independent report', 'independent reports')}, "
        f"{wording.number(line.outlets, 'outlet', 'outlets')}",
        language=line.lead.language,
    )


async def decide(request: Request) -> Response:
    """Do what a form says: merge, split, move, keep apart; then show the story."""
    fields = await form_of(request)
    act = fields.get("act", [""])[0]
    story, other = (fields.get(name, [""])[0].strip() for name in ("story", "other"))
    articles = fields.get("article", [])

    def do(desk: Desk) -> str | None:
        match act:
            case "merge":
                desk.merge(story, other)
                shown = desk.story(story) or desk.story(other)
                return shown.line.id if shown else None
            case "split":
                desk.split(story, *articles)
            case "move":
                if not articles:
                    raise RulingError("choose the articles that are to be moved")
                for article in articles:
                    desk.move(article, other)
            case "apart":
                if len(articles) != 2:
                    raise RulingError("choose the two articles that are not about the same event")
                desk.apart(*articles)
            case _:
                raise RulingError("there is nothing of that name to be done")
        return story if desk.story(story) else other

    shown = await done(request, do)
    return RedirectResponse(f"/story/{shown}" if shown else "/rulings", 303)


async def undo(request: Request) -> Response:
    """Take a decision back."""
    await form_of(request)
    number = request.path_params["number"]
    await done(request, lambda desk: desk.undo(number))
    return RedirectResponse("/rulings", 303)


async def form_of(request: Request) -> dict[str, list[str]]:
    """Give the fields of a form that was sent from this very site, or raise HTTPException."""
    if not request.app.state.rules:
        raise HTTPException(403, "This desk is served to be read only.")
    if not from_here(request):
        raise HTTPException(403, "Only a form of this site itself can do that.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413, "The form is too long.")
    return parse_qs(body.decode(errors="replace"))


def from_here(request: Request) -> bool:
    """Tell whether a page of this site sent the request, as browsers say of all that they send.

    By Fetch Metadata where there is any, else by Origin; who says neither is not believed.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == str(request.base_url).rstrip("/")


async def done(request: Request, do: Callable[[Desk], T]) -> T:
    """Do something on the desk, in a thread: it may have to wait for an `add`."""
    path = desks_of(request).path

    def run() -> T:
        with Desk(path) as desk:
            return do(desk)

    try:
        return await anyio.to_thread.run_sync(run)
    except RulingError as error:
        raise HTTPException(400, str(error)) from None
