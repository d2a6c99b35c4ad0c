"""Who said what: an article with its claims marked, speakers, and the claims of a story."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from copytaster.desk import Desk, RulingError
from copytaster.desk.stated import Counted, Given, Quoted, Stated
from copytaster.site import wording
from copytaster.site.answers import Answer
from copytaster.site.articles import filed_of
from copytaster.site.asked import given, switched
from copytaster.site.feeds import Entry, Feed
from copytaster.site.marking import marked
from copytaster.site.stories import done, form_of, story_of
from copytaster.site.views import (
    ArticleClaimsPage,
    NamingsPage,
    SpeakerPage,
    SpeakersPage,
    StoryClaimsPage,
    Voiced,
)

LENGTH = 30
"""Claims on one page of a speaker."""
LISTED = 100
"""Speakers on one page."""
REPORTS = 60
"""Of a story, the latest: their claims are laid side by side."""
TITLE = 120
"""Characters of a claim as the title of a feed's entry."""

_SMALL = frozenset({
    *("the", "a", "an", "of", "in", "on", "at", "to", "for", "and", "or", "by", "from", "with"),
    *("as", "that", "which", "who", "were", "was"),
})  # fmt: skip


def article_claims(request: Request, desk: Desk) -> Answer:
    """Show an article's text with its claims marked, each with its speaker and chain."""
    filed = filed_of(request, desk)
    id = filed.article.id
    stated = desk.claims.of(id, version=filed.version)
    thoughts = switched(request, "thoughts")
    shown = [one for one in stated or () if thoughts or one.claim.attitude == "statement"]
    page = ArticleClaimsPage(
        article=filed.listing, version=filed.version, made=stated is not None, claims=shown
    )
    own = f"/article/{id}/claims"
    old = {} if filed.versions[filed.version - 1].current else {"version": filed.version}
    more = {
        "passages": marked(filed.article, shown),
        "hidden": len(stated or ()) - len(shown),
        "thoughts": thoughts,
        "plain": _address(f"/article/{id}", old),
        "fewer": _address(own, old),
        "all": _address(own, {**old, "thoughts": "1"}),
    }
    return Answer(page=page, template="claims.html", more=more)


def speakers(request: Request, desk: Desk) -> Answer:
    """Show who is quoted, most claims first."""
    name = given(request, "name")
    after = given(request, "after")
    found = desk.claims.speakers(name=name, after=after, limit=LISTED + 1)
    more, found = len(found) > LISTED, found[:LISTED]
    asked = {"name": name} if name else {}
    older = _address("/speakers", {**asked, "after": found[-1].key}) if more else None
    entries = [
        Entry(
            title=one.name,
            link=f"/speakers/{quote(one.key, safe='')}",
            updated=one.latest,
            author=one.name,
            summary=wording.number(one.claims, "claim", "claims"),
        )
        for one in found
    ]
    page = SpeakersPage(name=name, speakers=found, older=older)
    feed = Feed(title="Speakers", link="/speakers", entries=entries)
    return Answer(page=page, template="speakers.html", feed=feed)


def speaker(request: Request, desk: Desk) -> Answer:
    """Show what a person or body said, newest first, and under which names."""
    found = desk.claims.speaker(request.path_params["key"])
    if found is None:
        raise HTTPException(404, "Nobody of that name is quoted on this desk.")
    thoughts = switched(request, "thoughts")
    after = given(request, "after")
    said = desk.claims.by(found.key, thoughts=thoughts, after=after, limit=LENGTH + 1)
    more, said = len(said) > LENGTH, said[:LENGTH]
    address = f"/speakers/{quote(found.key, safe='')}"
    asked = {"thoughts": "1"} if thoughts else {}
    quotes = [quoted for _, quoted in said]
    page = SpeakerPage(
        speaker=found,
        spellings=desk.claims.spellings(found.key),
        claims=quotes,
        older=_address(address, {**asked, "after": said[-1][0]}) if more else None,
    )
    days: dict[str, dict[str | None, list[list[Quoted]]]] = {}
    for _, run in groupby(quotes, key=lambda one: one.article.id):
        own = list(run)
        stories = days.setdefault(wording.day(own[0].article.date), {})
        stories.setdefault(own[0].article.story, []).append(own)
    shown = {
        "days": days,
        "thoughts": thoughts,
        "address": address,
        "rules": bool(request.app.state.rules),
        "told": _told(desk, quotes),
    }
    feed = Feed(title=found.name, link=address, entries=[_entry(one) for one in quotes])
    return Answer(page=page, template="speaker.html", more=shown, feed=feed)


def story_claims(request: Request, desk: Desk) -> Answer:
    """Show who said what in a story, and its figures side by side; copies of a report once."""
    story = story_of(request, desk, limit=REPORTS)
    said = desk.claims.in_articles(report.origin.id for report in story.reports)
    said = [one for one in said if one.stated.claim.attitude == "statement"]
    page = StoryClaimsPage(story=story.line, speakers=voiced(said), figures=figures(said))
    more = {"limited": story.line.reports > REPORTS and REPORTS}
    return Answer(page=page, template="saying.html", more=more)


def namings(request: Request, desk: Desk) -> Answer:
    """Show what persons ruled about names."""
    rules = bool(request.app.state.rules)
    page = NamingsPage(rulings=desk.claims.rulings())
    return Answer(page=page, template="namings.html", more={"rules": rules})


def voiced(said: list[Quoted]) -> list[Voiced]:
    """Put claims under their speakers, most claims first; the same words once, the earliest."""
    groups: defaultdict[tuple[str, str], list[Quoted]] = defaultdict(list)
    words: set[tuple[tuple[str, str], str]] = set()
    for one in sorted(said, key=lambda one: (one.article.date, one.article.id, one.stated.number)):
        who = _who(one.stated)
        plain = "".join(filter(str.isalnum, one.stated.words.casefold()))
        if (who, plain) not in words:
            words.add((who, plain))
            groups[who].append(one)
    order = sorted(groups, key=lambda who: (who[0] == "", -len(groups[who]), who))
    return [Voiced(key=who[0] or None, name=who[1], claims=groups[who]) for who in order]


def figures(said: list[Quoted]) -> list[Counted]:
    """Put figures under what they count, most reports first."""
    groups: defaultdict[tuple[str, frozenset[str]], list[Given]] = defaultdict(list)
    named: dict[tuple[str, frozenset[str]], str] = {}
    for one in sorted(said, key=lambda one: (one.article.date, one.article.id, one.stated.number)):
        for figure, words in zip(one.stated.claim.figures, one.stated.figures, strict=True):
            counted = figure.counted or ""
            key = figure.unit or "", frozenset(_stem(word) for word in counted.split()) - _SMALL
            if not counted and not figure.unit:
                continue
            named.setdefault(key, counted or figure.unit or "")
            groups[key].append(Given(figure=figure, words=words, quoted=one))
    order = sorted(groups, key=lambda key: (-len(groups[key]), named[key]))
    return [Counted(counted=named[key], given=tuple(groups[key])) for key in order]


async def rule(request: Request) -> Response:
    """Do what a form says of names: the same, or not; then show the speaker."""
    fields = await form_of(request)
    act, key, other = (fields.get(name, [""])[0].strip() for name in ("act", "key", "other"))
    other = other.rstrip("/").rpartition("/")[2]  # an address of a speaker's page is as good

    def do(desk: Desk) -> str:
        match act:
            case "same":
                desk.claims.same(key, other)
            case "apart":
                desk.claims.apart([key], [other])
            case _:
                raise RulingError("there is nothing of that name to be done")
        found = desk.claims.speaker(key)
        return found.key if found else key

    shown = await done(request, do)
    return RedirectResponse(f"/speakers/{quote(shown, safe='')}", 303)


async def undo_naming(request: Request) -> Response:
    """Take a ruling about names back."""
    await form_of(request)
    number = request.path_params["number"]

    def do(desk: Desk) -> None:
        if desk.claims.undo(number) is None:
            raise RulingError("there is no such ruling; it may have been undone")

    await done(request, do)
    return RedirectResponse("/namings", 303)


def _who(stated: Stated) -> tuple[str, str]:
    """Give key and name of who says it; the unnamed have no key."""
    if stated.speaker:
        return stated.speaker.key, stated.speaker.name
    return "", stated.claim.speaker.name if stated.claim.speaker else "Nobody named"


def _told(desk: Desk, quotes: list[Quoted]) -> dict[str, str]:
    """Give the headlines of the stories that claims are part of."""
    ids = dict.fromkeys(one.article.story for one in quotes if one.article.story)
    found = {id: desk.story(id, limit=1) for id in ids}
    return {id: story.line.lead.headline for id, story in found.items() if story}


def _entry(quoted: Quoted) -> Entry:
    words = quoted.stated.words
    thoughts = "" if quoted.stated.claim.attitude == "statement" else "?thoughts=1"
    title = words if len(words) <= TITLE else words[:TITLE].rstrip() + " …"
    return Entry(
        title=title,
        link=f"/article/{quoted.article.id}/claims{thoughts}#claim-{quoted.stated.number}",
        updated=quoted.article.date,
        author=_who(quoted.stated)[1],
        summary=f"{words} ({quoted.article.publisher}: {quoted.article.headline})",
        language=quoted.article.language,
        original=wording.web(quoted.article.url),
    )


def _stem(word: str) -> str:
    plain = "".join(filter(str.isalnum, word.casefold()))
    return plain.removesuffix("s") if len(plain) > 3 else plain


def _address(path: str, query: Mapping[str, object]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
