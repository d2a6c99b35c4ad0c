"""The articles whose claims are pending, as the stage takes them."""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from copytaster.claim import Claim
from copytaster.desk.claimed import text_key, unpack_claims
from copytaster.desk.record import Records
from copytaster.page import Page

Maker = Callable[[str | None], str]
"""Names the model of a language, with its version; `claims.workers.maker`."""


class Pending(NamedTuple):
    """An article whose claims are to be made."""

    state: int
    maker: str
    text: int
    """Tells the same text again."""
    page: Page
    """Its path is the article's id, its bytes are the record as JSON."""


class Queue:
    """What is pending on a desk."""

    def __init__(self, connection: sqlite3.Connection, maker: Maker) -> None:
        self._connection = connection
        self._records = Records(connection)
        self._maker = maker

    def states(self, *, stale: bool) -> list[int]:
        """Give the states whose claims are to be made, in the order they came.

        `stale`: also those whose claims another model or version has made, or nobody could.
        """
        rows = self._connection.execute(
            "SELECT state FROM article WHERE state NOT IN (SELECT state FROM claims "
            "WHERE error IS NULL OR NOT ?)",
            (stale,),
        )
        states = [state for (state,) in rows]
        if stale:
            makers = dict(self._connection.execute("SELECT number, name FROM maker").fetchall())
            for number, name in makers.items():
                language = name.partition(" ")[0]
                if name != self._maker(language):
                    rows = self._connection.execute(
                        "SELECT state FROM claims WHERE maker = ? "
                        "AND state IN (SELECT state FROM article)",
                        (number,),
                    )
                    states += [state for (state,) in rows]
        return sorted(states)

    def load(self, state: int) -> Pending | None:
        """Give an article whose claims are to be made, as the stage takes it."""
        row = self._connection.execute(
            "SELECT record FROM article JOIN state ON state.number = state WHERE state = ?",
            (state,),
        ).fetchone()
        if row is None:
            return None  # it changed meanwhile
        article = self._records.unpack(row[0])
        text = article.text
        names = sorted(name for name in (article.publisher, article.agency) if name)
        own = [name for name in names if name in text]
        key = text_key("\n".join([article.language or "", *own, text]))
        page = Page(path=article.id, content=msgspec.json.encode(article))
        return Pending(state, self._maker(article.language), key, page)

    def again(self, one: Pending) -> tuple[Claim, ...] | None:
        """Give the claims of the same text, if the same model has made them."""
        row = self._connection.execute(
            "SELECT record FROM claims JOIN maker ON maker.number = maker "
            "WHERE text = ? AND name = ? AND record IS NOT NULL LIMIT 1",
            (one.text, one.maker),
        ).fetchone()
        return row and unpack_claims(row[0])
