"""The OpenAPI 3.1 description of the JSON addresses, made from the records they give."""

from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from copytaster.desk.listing import Beside, Filed
from copytaster.site.views import (
    ArticleClaimsPage,
    CopiesPage,
    FrontPage,
    NamingsPage,
    OutletPage,
    OutletsPage,
    Problem,
    RulingsPage,
    SearchPage,
    SpeakerPage,
    SpeakersPage,
    StoriesPage,
    StoryArticlesPage,
    StoryClaimsPage,
    StoryPage,
    UnreadablePage,
)

AFTER = ("after", "query", "Where to go on: the id (path, in /unreadable) of the last item seen.")

ONCE = ("once", "query", "1: copies of others on the desk are left out.")

ARTICLE = ("id", "path", "The article's id, 16 hexadecimal digits.")
STORY = ("id", "path", "The story's id, 16 hexadecimal digits.")
VERSION = ("version", "query", "A state of the article, from 1; left out: the current one.")
THOUGHTS = ("thoughts", "query", "1: beliefs and intentions, too.")

ADDRESSES: dict[str, tuple[type, tuple[tuple[str, str, str], ...]]] = {
    "/index.json": (FrontPage, (ONCE, AFTER)),
    "/stories.json": (StoriesPage, (AFTER,)),
    "/story/{id}.json": (StoryPage, (STORY, AFTER)),
    "/story/{id}/articles.json": (
        StoryArticlesPage,
        (
            STORY,
            ("day", "query", "Those of this day (UTC): 2021-02-19."),
            ("outlet", "query", "Those of this outlet: its key."),
            AFTER,
        ),
    ),
    "/rulings.json": (RulingsPage, ()),
    "/article/{id}.json": (
        Filed,
        (ARTICLE, VERSION),
    ),
    "/article/{id}/claims.json": (
        ArticleClaimsPage,
        (
            ARTICLE,
            VERSION,
            THOUGHTS,
        ),
    ),
    "/story/{id}/claims.json": (StoryClaimsPage, (STORY,)),
    "/speakers.json": (
        SpeakersPage,
        (
            ("name", "query", "Words of a name; the last may be a beginning."),
            ("after", "query", "Where to go on: the key of the last speaker seen."),
        ),
    ),
    "/speakers/{key}.json": (
        SpeakerPage,
        (
            ("key", "path", "The key of one of the speaker's names."),
            THOUGHTS,
            ("after", "query", "Where to go on, as `older` says."),
        ),
    ),
    "/namings.json": (NamingsPage, ()),
    "/article/{id}/copies.json": (
        CopiesPage,
        (ARTICLE, AFTER),
    ),
    "/article/{id}/beside/{other}.json": (
        Beside,
        (ARTICLE, ("other", "path", "The other article's id.")),
    ),
    "/outlets.json": (OutletsPage, ()),
    "/outlet/{key}.json": (OutletPage, (("key", "path", "The outlet's key."), ONCE, AFTER)),
    "/search.json": (
        SearchPage,
        (
            ("q", "query", 'Words; "a phrase", prefix*, NEAR(one two, 5), one OR other, -without.'),
            ("ranked", "query", "1: the most relevant first; else the newest."),
            ("once", "query", "1: of each report one article, among the newest found."),
            ("outlet", "query", "Only this outlet, by its key."),
            ("language", "query", "Only this language, by its tag."),
            (
                "since",
                "query",
                "Published in this year, month or day (2021-02-19) or later.",
            ),
            ("until", "query", "Published in it or earlier."),
            AFTER,
        ),
    ),
    "/unreadable.json": (UnreadablePage, (AFTER,)),
}
"""Each JSON address: the record it gives, and its parameters (name, where it stands, meaning)."""


@cache
def description() -> dict[str, Any]:
    """Give the description, ready to be written as JSON."""
    records = [record for record, _ in ADDRESSES.values()]
    (*references, problem), components = msgspec.json.schema_components(
        [*records, Problem], ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Copytaster",
            "version": version("copytaster"),
            "description": "The reading site's pages as JSON. Lists are also Atom feeds (.atom).",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            address: {"get": _operation(record, parameters, reference, problem)}
            for (address, (record, parameters)), reference in zip(
                ADDRESSES.items(), references, strict=True
            )
        },
        "components": {"schemas": components},
    }


def _operation(
    record: type,
    parameters: tuple[tuple[str, str, str], ...],
    reference: dict[str, Any],
    problem: dict[str, Any],
) -> dict[str, Any]:
    return {
        "operationId": record.__name__[0].lower() + record.__name__[1:],
        "summary": (record.__doc__ or "").splitlines()[0],
        "parameters": [
            {
                "name": name,
                "in": place,
                "required": place == "path",
                "description": meaning,
                "schema": {"type": "integer", "minimum": 1}
                if name == "version"
                else {"type": "string"},
            }
            for name, place, meaning in parameters
        ],
        "responses": {
            "200": _response(record.__name__, reference),
            "400": _response("A parameter is wrong; the sentence says how.", problem),
            "404": _response("The desk has no such thing.", problem),
        },
    }


def _response(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}
