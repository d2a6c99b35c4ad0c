"""What a reader sees when something went wrong: one sentence, as a page or as JSON."""

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from copytaster.site.answers import html, respond
from copytaster.site.headers import HEADERS
from copytaster.site.views import Problem

SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address can only be read.",
}


def http_problem(request: Request, error: Exception) -> Response:
    """Answer where an address, a parameter or a method is wrong, or an address is another now."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 301:
        # Not for ever: what was merged may be taken apart again.
        return Response(None, 301, {**(error.headers or {}), "Cache-Control": "private, no-cache"})
    sentence = error.detail
    if sentence == HTTPException(error.status_code).detail:
        sentence = SENTENCES.get(error.status_code, sentence)
    return _problem(request, error.status_code, sentence)


def desk_problem(request: Request, error: Exception) -> Response:
    """Answer where the desk cannot be used; its message names the remedy."""
    return _problem(request, 503, str(error))


def fault(request: Request, error: Exception) -> Response:
    """Answer where the program is wrong; the server's log has the rest."""
    response = _problem(request, 500, "Something went wrong here; the server's log says what.")
    # This one is sent from outside all middleware.
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _problem(request: Request, status: int, sentence: str) -> Response:
    problem = Problem(status=status, error=sentence)
    if request.url.path.endswith(".json"):
        return respond(request, msgspec.json.encode(problem), "application/json", status)
    return html(request, "problem.html", status, page=problem, forms={})
