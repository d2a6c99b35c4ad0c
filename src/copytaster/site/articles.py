"""An article's addresses: its page, the page it was read from, its pictures."""

from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from copytaster.article import Block
from copytaster.desk import Desk
from copytaster.desk.listing import Copied, Filed
from copytaster.site.answers import Answer, respond
from copytaster.site.asked import version_of
from copytaster.site.copies import carried
from copytaster.site.desks import desks_of
from copytaster.site.jsonld import data_block, news_article

SEALED = "default-src 'none'; sandbox"
"""For bytes that came from outside: even opened by themselves they can do nothing."""


def article(request: Request, desk: Desk) -> Answer:
    """Show an article, its neighbours and its page's own teasers."""
    filed = filed_of(request, desk)
    reads = request.app.state.reads
    if reads and request.method == "GET" and not _prefetched(request) and _is_page(request):
        reads.count(filed.article.id)
    more = {
        "body": body(filed.article.body),
        "shown": shown(filed),
        "carried": carried(filed.report) if filed.report else "",
        "borrowed": borrowed(filed),
        "said": desk.claims.count(filed.article.id),
        "data": data_block(news_article(filed)),
    }
    return Answer(page=filed, template="article.html", more=more)


def saved_page(request: Request) -> Response:
    """Give the saved page's bytes to be kept as a file; never rendered here."""
    id, version = request.path_params["id"], version_of(request)
    with desks_of(request).borrow() as desk:
        page = desk.page(id, version=version)
    if page is None:
        raise HTTPException(
            404, "There is no such article, or no such version of it, on this desk."
        )
    name = f"{id}-{version}.txt" if version else f"{id}.txt"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SEALED,
    }
    return respond(request, page.content, "text/plain", headers=headers)


def picture(request: Request) -> Response:
    """Give a picture that the desk holds."""
    number = request.path_params["number"]
    with desks_of(request).borrow() as desk:
        found = desk.picture(request.path_params["id"], number, version=version_of(request))
    if found is None or not found[0].startswith("image/"):
        raise HTTPException(404, "The desk does not hold this picture.")
    return respond(request, found[1], found[0], headers={"Content-Security-Policy": SEALED})


def body(blocks: tuple[Block, ...]) -> list[tuple[str, list[str]]]:
    """Gather the items of a list, the rows of a table, the parts of a quote."""
    return [
        (kind, [block.text for block in run])
        for kind, run in groupby(blocks, key=lambda block: block.kind)
    ]


def shown(filed: Filed) -> list[int]:
    """Give the numbers of the pictures that the desk has the image or some words of."""
    return [
        number
        for number, (picture, kept) in enumerate(
            zip(filed.article.pictures, filed.pictures, strict=True)
        )
        if kept or picture.caption or picture.credit
    ]


def borrowed(filed: Filed) -> list[Copied]:
    """Give the articles of other reports that it shares passages with."""
    known = {filed.report.origin.id} if filed.report else set()
    if filed.report:
        known |= {each.listing.id for each in filed.report.carriers}
    return [
        each for each in filed.copies if each.copy.kind == "embedded" and each.other.id not in known
    ]


def filed_of(request: Request, desk: Desk) -> Filed:
    """Give the article that is asked for, in the version that is; else raises HTTPException."""
    filed = desk.article(request.path_params["id"], version=version_of(request))
    if filed is None:
        raise HTTPException(
            404, "There is no such article, or no such version of it, on this desk."
        )
    return filed


def _is_page(request: Request) -> bool:
    return not str(request.url.path).endswith(".json")


def _prefetched(request: Request) -> bool:
    return "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))
