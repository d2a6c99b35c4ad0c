"""The reading site as an ASGI application: the routes, and what lives as long as the server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from copytaster.desk import DeskError
from copytaster.site.answers import STATIC, forms, respond
from copytaster.site.articles import article, picture, saved_page
from copytaster.site.choices import Choices
from copytaster.site.claims import (
    article_claims,
    namings,
    rule,
    speaker,
    speakers,
    story_claims,
    undo_naming,
)
from copytaster.site.copies import beside, copies
from copytaster.site.desks import Desks
from copytaster.site.headers import SecurityHeaders
from copytaster.site.hosts import KnownHosts
from copytaster.site.lists import front, outlet, outlets, search, unreadable
from copytaster.site.openapi import description
from copytaster.site.problems import desk_problem, fault, http_problem
from copytaster.site.reads import Reads, can_count
from copytaster.site.stories import decide, rulings, stories, story, story_articles, undo

THREADS = 4
"""Searches and files answered at one time, each with a connection and its cache."""


def app(
    path_of_desk: Path,
    *,
    count_reads: bool = True,
    rules: bool = False,
    hosts: list[str] | None = None,
) -> Starlette:
    """Make the site of the desk at `path_of_desk`. Raises DeskError where it cannot be read.

    Reads are counted unless `count_reads` is false or the desk cannot be written; with `rules`,
    whoever reaches the site can correct stories. Only requests for `hosts` are answered; nothing
    means: for any.
    """
    desks = Desks(path_of_desk)
    reads = Reads(path_of_desk) if count_reads and can_count(path_of_desk) else None

    @asynccontextmanager
    async def lifespan(site: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with anyio.create_task_group() as tasks:
            if reads:
                tasks.start_soon(reads.keep_flushing)
            yield
            tasks.cancel_scope.cancel()
        if reads:
            await anyio.to_thread.run_sync(reads.flush)
        desks.close()

    site = Starlette(
        routes=routes(),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(KnownHosts, hosts=hosts),
        ],
        exception_handlers={HTTPException: http_problem, DeskError: desk_problem, Exception: fault},
        lifespan=lifespan,
    )
    site.state.desks = desks
    site.state.reads = reads
    site.state.rules = rules and can_count(path_of_desk)
    site.state.choices = Choices()
    return site


def routes() -> list[Route]:
    """Give the addresses of the site; of those that fit a path the first answers."""
    return [
        *forms("/story/{id}", story),
        *forms("/stories", stories),
        *forms("/rulings", rulings, feed=False),
        Route("/rulings", decide, methods=["POST"]),
        Route("/rulings/{number:int}/undo", undo, methods=["POST"]),
        *forms("/story/{id}/claims", story_claims, feed=False),
        *forms("/story/{id}/articles", story_articles),
        *forms("/speakers", speakers),
        *forms("/speakers/{key}", speaker),
        *forms("/namings", namings, feed=False),
        Route("/namings", rule, methods=["POST"]),
        Route("/namings/{number:int}/undo", undo_naming, methods=["POST"]),
        *forms("/article/{id}/claims", article_claims, feed=False),
        *forms("/article/{id}", article, feed=False),
        *forms("/article/{id}/copies", copies),
        *forms("/article/{id}/beside/{other}", beside, feed=False),
        *forms("/", front, stem="/index"),
        Route("/article/{id}/page", saved_page),
        Route("/article/{id}/picture/{number:int}", picture),
        *forms("/outlets", outlets),
        *forms("/outlet/{key}", outlet),
        *forms("/search", search),
        *forms("/unreadable", unreadable),
        Route("/openapi.json", openapi),
        Route("/robots.txt", robots),
        Route("/style.css", style),
        Route("/icon.svg", icon),
    ]


def openapi(request: Request) -> Response:
    """Describe the JSON addresses."""
    return respond(request, msgspec.json.encode(description()), "application/json")


def robots(request: Request) -> Response:
    """Keep search engines out: the texts belong to their publishers."""
    return respond(request, b"User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")


def style(request: Request) -> Response:
    """Give the style sheet; its address changes when it does."""
    sheet = (STATIC / "style.css").read_bytes()
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return respond(request, sheet, "text/css; charset=utf-8", headers=headers)


def icon(request: Request) -> Response:
    """Give the site's icon."""
    return respond(request, (STATIC / "icon.svg").read_bytes(), "image/svg+xml")
