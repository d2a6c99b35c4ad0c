"""Searches for claims: articles, one claim of which has all that says:, speaker: and via: ask."""

import json
import sqlite3

from copytaster.desk.claimed import whole_token
from copytaster.desk.listing import Breadth, Listing
from copytaster.desk.lists import COUNTED, LAST, NEWEST_RANKED, Lists, Scored, at_most, between
from copytaster.desk.query import EVERYTHING, Query, Said
from copytaster.desk.sayings import Sayings
from copytaster.desk.stated import Quoted
from copytaster.desk.voices import Voices

WINDOW = 500
"""Articles with a fitting claim that are looked at together for their own words."""

SHOWN = 3
"""Claims of an article in a list of what was found."""


class Finding:
    """Looks for articles by their claims."""

    def __init__(
        self, connection: sqlite3.Connection, lists: Lists, sayings: Sayings, voices: Voices
    ) -> None:
        self._connection = connection
        self._lists = lists
        self._sayings = sayings
        self._voices = voices

    def search(
        self,
        query: Query,
        *,
        ranked: bool,
        once: bool,
        after: str | None,
        limit: int,
    ) -> list[Listing]:
        """Give what `query` finds: newest first, or by the relevance of the article's own words.

        With `once` one article of each report, of the newest.
        """
        found: Scored
        if ranked:
            found = self._ranked(query)
        elif once:
            found = [(number, None) for number in self._numbers(query, LAST, COUNTED)]
        else:
            numbers = self._numbers(query, self._lists.before(after), at_most(limit))
            return self._lists.listings([(number, None) for number in numbers])
        return self._lists.leaf(self._lists.once(found) if once else found, after, limit)

    def _ranked(self, query: Query) -> Scored:
        found = set(self._numbers(query, LAST, NEWEST_RANKED))
        if not found:
            return []
        best = self._lists.ranked(query.match, min(found), max(found) + 1)
        return [one for one in best if one[0] in found]

    def breadth(self, query: Query) -> Breadth:
        """Count the outlets and the independent reports in what `query` finds."""
        numbers = self._numbers(query, LAST, COUNTED)
        return self._lists.broad("SELECT value FROM json_each(?)", (json.dumps(numbers),))

    def claims(self, query: Query, articles: list[Listing]) -> list[Quoted]:
        """Give the claims that `query` asks for in articles that it found, a few of each."""
        match = self._match(query)
        places = [
            place
            for listing in articles
            if (number := self._lists.number_of(listing.id)) is not None
            for place in self._sayings.matching(match, number, SHOWN)
        ]
        return self._sayings.quoted(places)

    def _numbers(self, query: Query, before: int, most: int) -> list[int]:
        """Give the newest articles found whose numbers are below `before`."""
        claims = self._match(query)
        low, high = between(query)
        high = min(high, before)
        found: list[int] = []
        while len(found) < most:
            some = self._sayings.articles(claims, low, high, WINDOW)
            if some and query.match != EVERYTHING:
                rows = self._connection.execute(
                    "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid <= ?",
                    (query.match, some[-1], some[0]),
                )
                fitting = {number for (number,) in rows}
                found += [number for number in some if number in fitting]
            else:
                found += some
            if len(some) < WINDOW:
                break
            high = some[-1]
        return found[:most]

    def _match(self, query: Query) -> str:
        wanted = [
            "(" + " OR ".join(self._term(one) for one in either) + ")" for either in query.said
        ]
        match = " AND ".join(wanted)
        if query.unsaid:
            match = f"({match}) NOT ({' OR '.join(self._term(one) for one in query.unsaid)})"
        return match

    def _term(self, one: Said) -> str:
        if one.field != "speaker":
            return f"{{{one.field}}} : {one.match}"
        wholes = [f"{{whole}} : {whole_token(number)}" for number in self._voices.wholes(one.words)]
        return "(" + " OR ".join([f"{{speaker}} : {one.match}", *wholes]) + ")"
