"""One view, three forms: a page, JSON, an Atom feed."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.desk import Desk
from copytaster.site import wording
from copytaster.site.desks import desks_of
from copytaster.site.feeds import Feed, atom
from copytaster.site.views import Problem

STATIC = Path(__file__).parent / "static"
PLAIN: Mapping[str, str] = {}


class Answer(Struct, frozen=True, kw_only=True):
    """A view's record and what its other forms need beside it."""

    page: Struct
    template: str
    more: dict[str, Any] = {}
    """What only the HTML shows."""
    feed: Feed | None = None
    status: int = 200


View = Callable[[Request, Desk], Answer]
Draw = Callable[[Request], Response]


def forms(address: str, view: View, *, stem: str | None = None, feed: bool = True) -> list[Route]:
    """Give a view's routes: `address`, and `stem` (nothing: the address) with .json and .atom.

    Views are answered at once, not in threads: going there and back takes longer than nearly all
    of them, and threads that wait for each other's turn made every reader wait twice as long.
    """
    stem = stem or address

    def look(request: Request) -> Answer:
        with desks_of(request).borrow() as desk:
            return view(request, desk)

    def as_html(request: Request) -> Response:
        answer = look(request)
        links = {
            form: _sibling(request, form) for form in ("json", "atom") if feed or form == "json"
        }
        context = {"page": answer.page, "forms": links, **answer.more}
        return html(request, answer.template, answer.status, **context)

    def as_json(request: Request) -> Response:
        answer = look(request)
        body = msgspec.json.encode(answer.page)
        return respond(request, body, "application/json", answer.status)

    def as_atom(request: Request) -> Response:
        answer = look(request)
        if isinstance(answer.page, Problem):
            raise HTTPException(answer.page.status, answer.page.error)
        if answer.feed is None:
            raise TypeError(f"{address} has no feed")
        body = atom(answer.feed, str(request.base_url).rstrip("/"), str(request.url))
        return respond(request, body, "application/atom+xml; charset=utf-8")

    kinds = [(f"{stem}.json", as_json), (address, as_html)]
    if feed:
        kinds.insert(0, (f"{stem}.atom", as_atom))
    return [Route(path, _at_once(draw)) for path, draw in kinds]


def _at_once(draw: Draw) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return draw(request)

    return endpoint


def html(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Draw a page."""
    body = environment().get_template(template).render(path=request.url.path, **context)
    return respond(request, body.encode(), "text/html; charset=utf-8", status)


def respond(
    request: Request,
    body: bytes,
    media_type: str,
    status: int = 200,
    headers: Mapping[str, str] = PLAIN,
) -> Response:
    """Answer with `body`, or with 304 where the browser has these very bytes."""
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    sent = {"Cache-Control": "private, no-cache", "ETag": tag, **headers}
    known = request.headers.get("if-none-match", "")
    if status == 200 and tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
        return Response(status_code=304, headers=sent)
    # The header is given whole: Starlette would put a charset on every text type.
    return Response(body, status, {**sent, "Content-Type": media_type})


@cache
def environment() -> Environment:
    """Give the templates; all that goes into them is escaped."""
    templates = Environment(
        loader=PackageLoader("copytaster.site"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        clock=wording.clock,
        day=wording.day,
        moment=wording.moment,
        lang=wording.lang,
        direction=wording.direction,
        web=wording.web,
        number=wording.number,
    )
    sheet = (STATIC / "style.css").read_bytes()
    templates.globals["sheet"] = blake2b(sheet, digest_size=6).hexdigest()
    return templates


def _sibling(request: Request, form: str) -> str:
    path = request.url.path
    path = f"/index.{form}" if path == "/" else f"{path}.{form}"
    return f"{path}?{request.url.query}" if request.url.query else path
