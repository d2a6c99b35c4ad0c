"""Who carried an article, and two articles side by side."""

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request

from copytaster.article import Article, passages
from copytaster.copy import Passage
from copytaster.desk import Desk
from copytaster.desk.listing import Beside, Report
from copytaster.site import wording
from copytaster.site.answers import Answer
from copytaster.site.asked import given
from copytaster.site.feeds import Feed, entry
from copytaster.site.views import CopiesPage

LENGTH = 50
"""Carriers on one page."""


class Piece(Struct, frozen=True):
    """A piece of a text; `number` of the shared passage it is of, and whether that begins here."""

    text: str
    number: int | None = None
    begins: bool = False


def copies(request: Request, desk: Desk) -> Answer:
    """Show who carried an article, and what it shares with whom."""
    id = request.path_params["id"]
    filed = desk.article(id)
    if filed is None:
        raise HTTPException(404, "There is no such article on this desk.")
    after = given(request, "after")
    report = desk.report(id, after=after, limit=LENGTH)
    address = f"/article/{id}/copies"
    page = CopiesPage(
        article=filed.listing,
        report=report,
        copies=desk.copies(id),
        later=f"{address}?after={report.more}" if report and report.more else None,
    )
    carriers = [entry(each.listing) for each in report.carriers] if report else []
    feed = Feed(title=f"Who carried: {filed.listing.headline}", link=address, entries=carriers)
    more = {"carried": carried(report) if report else ""}
    return Answer(page=page, template="copies.html", more=more, feed=feed)


def beside(request: Request, desk: Desk) -> Answer:
    """Show two articles side by side, what they share marked in both."""
    found = desk.beside(request.path_params["id"], request.path_params["other"])
    if found is None:
        raise HTTPException(404, "One of these articles is not on this desk.")
    return Answer(page=found, template="beside.html", more={"sides": sides(found)})


def carried(report: Report) -> str:
    """Say how many carry a report: "carried by 6 outlets"."""
    if report.agency:
        return f"carried by {wording.number(report.outlets - report.wire, 'outlet', 'outlets')}"
    if report.outlets == 1:
        return f"published {wording.number(report.articles, 'time', 'times')} by one outlet"
    return f"carried by {wording.number(report.outlets - 1, 'other outlet', 'other outlets')}"


def sides(found: Beside) -> list[list[list[Piece]]]:
    """Give the paragraphs of both articles in pieces, passages numbered alike in both."""
    shared: list[Passage] = []
    if found.copy:
        own = found.copy.id == found.article.id
        shared = list(found.copy.passages if own else found.copy.turned())
    ours = [(one.start, one.end, number) for number, one in enumerate(shared, 1)]
    theirs = [(one.other_start, one.other_end, number) for number, one in enumerate(shared, 1)]
    return [pieces(found.article, ours), pieces(found.other, sorted(theirs))]


def pieces(article: Article, spans: list[tuple[int, int, int]]) -> list[list[Piece]]:
    """Cut an article's paragraphs at `spans`: start, end and number, in order."""
    found = []
    at = 0
    for text in passages(article):
        cut: list[Piece] = []
        done = at
        for start, end, number in spans:
            first, last = max(start, at), min(end, at + len(text))
            if first < last:
                if done < first:
                    cut.append(Piece(text[done - at : first - at]))
                cut.append(Piece(text[first - at : last - at], number, begins=first == start))
                done = last
        if done < at + len(text):
            cut.append(Piece(text[done - at :]))
        found.append(cut)
        at += len(text) + len("\n\n")
    return found
