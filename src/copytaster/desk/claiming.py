"""Claims of what was filed: they take a hundred times as long as filing, so they follow it.

An article is pending until its claims are made. They are made in worker processes, kept in the
order of arrival, a batch a transaction: a run that is killed goes on where it was. A text that is
here already, word for word, is not looked through again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from copytaster.article import Article
from copytaster.claim import Claim, Claims
from copytaster.desk.claimed import (
    MOST,
    add_words,
    columns,
    drop_words,
    pack_claims,
    said,
    unpack_claims,
    within,
    words_key,
)
from copytaster.desk.namings import keep, take_back
from copytaster.desk.pending import Maker, Pending, Queue
from copytaster.desk.record import Records, unpack_near
from copytaster.desk.schema import transaction
from copytaster.desk.speakers import Speakers
from copytaster.desk.stated import Made
from copytaster.page import Page, Unreadable
from copytaster.story import Ruling

Make = Callable[[Iterable[Page]], Iterator[tuple[Page | None, Claims | Unreadable]]]
"""The stage: articles travel as pages, their records as JSON; `claims.workers.make_all`."""

BATCH_SECONDS = 1.0
BATCH_ARTICLES = 100
_FAILED = "the claims of another article with the same text could not be made"
NEAR = 0.35
"""Cosine from which two articles are taken to be about one event, as evidence of who is meant."""
STORY = 200
"""Articles of a story whose speakers are evidence of who is meant."""


def make(
    connection: sqlite3.Connection,
    make: Make,
    maker: Maker,
    *,
    stale: bool = False,
    progress: Callable[[Made, int], None] = lambda made, total: None,
) -> Made:
    """Make the claims of all pending articles; with `stale` also of those made by other models.

    `progress` is called after every batch with what was done, and how many articles there are.
    """
    claiming = Claiming(connection)
    queue = Queue(connection, maker)
    states = queue.states(stale=stale)
    made = Made()
    waiting: dict[str, Pending] = {}
    texts: set[int] = set()
    later: list[int] = []

    def fresh() -> Iterator[Page]:
        """Pass on each text once."""
        for state in states:
            one = queue.load(state)
            if one is None:
                continue
            if one.text in texts or queue.again(one) is not None:
                later.append(state)
                continue
            texts.add(one.text)
            waiting[one.page.path] = one
            yield one.page

    def known() -> Iterator["_Found"]:
        """Give the claims of texts that are here already."""
        for state in later:
            one = queue.load(state)
            if one:
                found = queue.again(one)
                yield one, _FAILED if found is None else found

    def found() -> Iterator["_Found"]:
        for _, result in make(fresh()):
            # An `Unreadable` names its page by the path, a result by the article's id.
            name = result.path if isinstance(result, Unreadable) else result.id
            one = waiting.pop(name)
            yield one, result.error if isinstance(result, Unreadable) else result.claims

    for some in (found(), known()):  # the second looks up what the first has kept
        for batch in _batches(some):
            with claiming.batch():
                for one, result in batch:
                    kept = claiming.keep(one, result)
                    made = Made(
                        articles=made.articles + 1,
                        claims=made.claims + (kept or 0),
                        missed=made.missed + (kept is None),
                    )
            progress(made, len(states))
    return made


_Found = tuple[Pending, tuple[Claim, ...] | str]
"""An article and its claims, or why there are none."""


def _batches(found: Iterable[_Found]) -> Iterator[list[_Found]]:
    batch: list[_Found] = []
    due = monotonic() + BATCH_SECONDS
    for one in found:
        batch.append(one)
        if len(batch) >= BATCH_ARTICLES or monotonic() >= due:
            yield batch
            batch, due = [], monotonic() + BATCH_SECONDS
    if batch:
        yield batch


class Claiming:
    """Puts claims on a desk; `batch` is a transaction, `keep` and `withdraw` belong into one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._records = Records(connection)
        self._speakers = Speakers(connection)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep all that is kept within, or nothing."""
        with transaction(self._connection):
            self._speakers.begin()
            yield

    def keep(self, one: Pending, result: tuple[Claim, ...] | str) -> int | None:
        """Keep an article's claims, or why they could not be made; gives how many there are."""
        row = self._connection.execute(
            "SELECT article.number, arrival, lineage, record FROM article "
            "JOIN state ON state.number = state WHERE state = ?",
            (one.state,),
        ).fetchone()
        if row is None:
            return 0
        number, arrival, lineage, record = row
        article = self._records.unpack(record)
        if not isinstance(result, str) and not within(result, article.text):
            result = "the claims found do not lie within the text; please report the page"
        self.withdraw(number)
        self._write(one.state, one.maker, one.text, result)
        if isinstance(result, str):
            return None
        self._index(number, one.state, article, result[:MOST], self._near(number, arrival, lineage))
        return len(result)

    def take_over(self, state: int, maker: str, text: int, result: tuple[Claim, ...] | str) -> None:
        """Keep what another desk has of a state, which may be past here as well."""
        current = self._connection.execute("SELECT 1 FROM article WHERE state = ?", (state,))
        if current.fetchone() is None:
            self._write(state, maker, text, result)
        else:
            self.keep(Pending(state, maker, text, Page(path="", content=b"")), result)

    def _write(self, state: int, maker: str, text: int, result: tuple[Claim, ...] | str) -> None:
        self._connection.execute("INSERT OR IGNORE INTO maker (name) VALUES (?)", (maker,))
        self._connection.execute(
            "INSERT OR REPLACE INTO claims SELECT ?, number, ?, ?, ? FROM maker WHERE name = ?",
            (
                state,
                text,
                None if isinstance(result, str) else pack_claims(result),
                result if isinstance(result, str) else None,
                maker,
            ),
        )

    def _index(
        self, number: int, state: int, article: Article, claims: tuple[Claim, ...], near: list[int]
    ) -> None:
        text = article.text
        who = self._speakers.of((claim.speaker for claim in claims), article.id, text, near)
        rows = [
            (
                number,
                place,
                state,
                claim.attitude == "statement",
                words_key(said(claim, text)),
                named and named.number,
                named and named.whole,
            )
            for place, (claim, named) in enumerate(zip(claims, who, strict=True))
        ]
        self._connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        add_words(
            self._connection,
            [
                (number * MOST + place, columns(claim, text, named and named.whole))
                for place, (claim, named) in enumerate(zip(claims, who, strict=True))
            ],
        )
        self.move()

    def move(self) -> None:
        """Write the claims of names anew that are another's now."""
        moved, self._speakers.moved = sorted(self._speakers.moved), set()
        for named in moved:
            (whole,) = self._connection.execute(
                "SELECT whole FROM speaker WHERE number = ?", (named,)
            ).fetchone()
            rows = self._connection.execute(
                "SELECT article, place, speaker FROM said WHERE named = ? AND speaker <> ?",
                (named, whole),
            ).fetchall()
            for article, place, before in rows:
                text, claims = self._kept(article)
                key = article * MOST + place
                drop_words(self._connection, [(key, columns(claims[place], text, before))])
                add_words(self._connection, [(key, columns(claims[place], text, whole))])
            self._connection.execute(
                "UPDATE said SET speaker = ?1 WHERE named = ?2 AND speaker <> ?1", (whole, named)
            )

    def withdraw(self, number: int) -> None:
        """Take what an article says out of all lists, as it says something else now."""
        rows = self._connection.execute(
            "SELECT place, speaker FROM said WHERE article = ?", (number,)
        ).fetchall()
        if not rows:
            return
        text, claims = self._kept(number)
        drop_words(
            self._connection,
            [
                (number * MOST + place, columns(claims[place], text, speaker))
                for place, speaker in rows
            ],
        )
        self._connection.execute("DELETE FROM said WHERE article = ?", (number,))

    def _kept(self, number: int) -> tuple[str, tuple[Claim, ...]]:
        """Give the text and the claims of an article that stand in the lists."""
        state, claims = self._connection.execute(
            "SELECT state.record, claims.record FROM said JOIN state ON state.number = said.state "
            "JOIN claims ON claims.state = said.state WHERE article = ? LIMIT 1",
            (number,),
        ).fetchone()
        return self._records.unpack(state).text, unpack_claims(claims)

    def _near(self, number: int, arrival: int, lineage: int | None) -> list[int]:
        """Give articles about the same event, by number: of its story, and those nearest to it."""
        (kept,) = self._connection.execute(
            "SELECT nearest FROM arrival WHERE number = ?", (arrival,)
        ).fetchone()
        near = [
            article
            for other, cosine in unpack_near(kept)
            if cosine >= NEAR
            for (article,) in self._connection.execute(
                "SELECT article FROM arrival WHERE number = ?", (other,)
            )
        ]
        mates = self._connection.execute(
            "SELECT number FROM article WHERE lineage = ?1 OR story = "
            "(SELECT story FROM article WHERE number = ?2) ORDER BY number LIMIT ?3",
            (lineage, number, STORY),
        )
        return [*near, *(mate for (mate,) in mates if mate != number)]

    def ruled(self, ruling: Ruling) -> int:
        """Keep a ruling about speakers and obey it; gives its number."""
        with transaction(self._connection):
            number = keep(self._connection, ruling)
            self._obey(ruling)
        return number

    def undone(self, number: int) -> Ruling | None:
        """Take a ruling back; nothing where there is none of that number."""
        with transaction(self._connection):
            ruling = take_back(self._connection, number)
            if ruling:
                self._obey(ruling)
        return ruling

    def _obey(self, ruling: Ruling) -> None:
        self._speakers.begin()
        self._speakers.settle(ruling.these + ruling.those)
        self.move()
