"""Filing one article: every row that it touches."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec.structs import replace

from copytaster.article import Article
from copytaster.desk.addresses import address_key
from copytaster.desk.carriers import Carriers
from copytaster.desk.claiming import Claiming
from copytaster.desk.identity import content, digest, outlet_of, own_addresses, place
from copytaster.desk.numbers import Slots, filed_under
from copytaster.desk.record import Records, pack_bytes
from copytaster.desk.schema import transaction
from copytaster.desk.stories import Stories
from copytaster.desk.terms import Terms
from copytaster.desk.words import Words
from copytaster.intake.feeds import ITEM
from copytaster.page import Page, Unreadable

Outcome = Literal["new", "changed", "same"]


class Image(NamedTuple):
    """A picture of an article: its address as the article has it, and its bytes."""

    url: str
    media_type: str
    content: bytes


class _Outlet(NamedTuple):
    number: int
    key: str
    name: str


class _Known(NamedTuple):
    """An article that is on the desk, as far as filing its next version needs."""

    number: int
    arrival: int
    state: int
    record: bytes
    item: bool
    outlet: _Outlet


class Filing:
    """Puts articles on a desk; `batch` is a transaction, the other methods belong into one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._records = Records(connection)
        self._words = Words(connection)
        self._carriers = Carriers(connection, self._records)
        self._terms = Terms(connection)
        self._stories = Stories(connection, self._records, self._terms)
        self._slots = Slots(connection)
        self._claiming = Claiming(connection)
        self._asked: dict[int, tuple[Page, bytes]] = {}

    @contextmanager
    def batch(self) -> Iterator[None]:
        """File all that is filed within, or nothing, as the only writer."""
        with transaction(self._connection):
            self._carriers.begin()
            self._terms.begin()
            self._stories.begin()
            yield
            self._carriers.flush()
            self._stories.recount(self._carriers.moved())
            self._stories.flush()
            self._terms.flush()
            self._words.flush()
            self._records.learn(self._terms.documents)

    def article(
        self, page: Page, article: Article, now: datetime, images: Iterable[Image] = ()
    ) -> Outcome:
        """Put one article on the desk: a new one, a new version of one, or nothing new at all."""
        self.forget_missed([page])
        known = self._known(page, article)
        number = known.number if known else self._file_new(page, article, now)
        self._connection.executemany(
            "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?)",
            [(number, image.url, image.media_type, image.content) for image in images],
        )
        _, told = self._asked.pop(id(page)) if id(page) in self._asked else (page, digest(page))
        seen = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (told,))
        if known is None:
            return "new"
        if not seen.rowcount or content(self._records.unpack(known.record)) == content(article):
            return "same"
        if page.media_type == ITEM and not known.item:
            return "same"  # a feed's summary says less than the page that is here
        self._file_version(known, page, article, now)
        return "changed"

    def again(self, page: Page, article: Article, added: datetime, *, place: str | None) -> int:
        """File a state of an article as it was filed on an older desk; give its number.

        `place` is where its page lay: a path in it may begin in another directory today.
        """
        known = self._found("id = ?", article.id)
        if known:
            self._file_version(known, page, article, added)
        else:
            number = self._file_new(page, article, added)
            self._connection.execute(
                "UPDATE article SET place = ? WHERE number = ?", (place, number)
            )
        (state,) = self._connection.execute(
            "SELECT state FROM article WHERE id = ?", (article.id,)
        ).fetchone()
        return int(state)

    def unreadable(self, page: Page | None, reason: Unreadable, now: datetime) -> None:
        """Keep a page that could not be read, with its bytes where they came."""
        self._asked.pop(id(page), None)
        self._forget_missed(reason.path, None)
        self._connection.execute(
            "INSERT INTO missed (path, url, error, added, fetched, media_type, charset, content) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reason.path,
                reason.url,
                reason.error,
                int(now.timestamp()),
                page and page.fetched,
                page and page.media_type,
                page and page.charset,
                page and pack_bytes(page.content),
            ),
        )

    def was_seen(self, page: Page) -> bool:
        """Whether this page was read before: the same address, the same bytes."""
        told = digest(page)
        found = self._connection.execute("SELECT 1 FROM seen WHERE digest = ?", (told,)).fetchone()
        if found is None:
            self._asked[id(page)] = page, told  # to be filed: a page is long, and told once
        return found is not None

    def missing_pictures(self, page: Page, article: Article) -> list[str]:
        """Give the addresses of an article's pictures that the desk does not have."""
        known = self._known(page, article)
        kept = self._connection.execute(
            "SELECT url FROM picture WHERE article = ?", (known and known.number,)
        ).fetchall()
        urls = dict.fromkeys(picture.url for picture in article.pictures if picture.url)
        return [url for url in urls if (url,) not in kept]

    def is_missed(self, page: Page) -> bool:
        """Whether this page is on the list of what could not be read."""
        found = self._connection.execute(
            "SELECT 1 FROM missed WHERE path = ? OR url = ?", (page.path, page.url)
        )
        return found.fetchone() is not None

    def forget_missed(self, read: Iterable[Page]) -> None:
        """Drop pages that are read now from the list of what could not be read."""
        for page in read:
            self._forget_missed(page.path, page.url)

    def _forget_missed(self, path: str, url: str | None) -> None:
        self._connection.execute("DELETE FROM missed WHERE path = ? OR url = ?", (path, url))

    def _known(self, page: Page, article: Article) -> _Known | None:
        """Find the article that a page is a state of."""
        for condition, value in (
            ("place = ?", place(page, article)),
            ("id = ?", article.id),
            *(
                ("article.number = (SELECT article FROM address WHERE key = ?)", address_key(url))
                for url in own_addresses(page, article)
            ),
        ):
            if value is None:
                continue
            if known := self._found(condition, value):
                return known
        return None

    def _found(self, condition: str, value: str | int) -> _Known | None:
        row = self._connection.execute(
            "SELECT article.number, arrival, state, record, item, "  # noqa: S608
            "outlet.number, outlet.key, outlet.name FROM article "
            "JOIN outlet ON outlet.number = outlet "
            "JOIN state ON state.number = state "
            f"WHERE {condition}",
            (value,),
        ).fetchone()
        if row is None:
            return None
        number, arrival, state, record, item, *outlet = row
        return _Known(number, arrival, state, record, bool(item), _Outlet(*outlet))

    def _file_new(self, page: Page, article: Article, now: datetime) -> int:
        at, dated = filed_under(article, now)
        number = self._slots.free(at, past=not dated)
        outlet = self._count_outlet(article, int(at.timestamp()))
        self._count_language(article.language, 1)
        arrival = self._terms.arrived(number)
        state = self._keep_state(page, article, now, before=None)
        self._connection.execute(
            "INSERT INTO article (number, id, outlet, at, dated, place, arrival, state, agency) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                article.id,
                outlet.number,
                int(at.timestamp()),
                dated,
                place(page, article),
                arrival,
                state,
                article.agency,
            ),
        )
        self._note_addresses(number, page, article)
        self._words.change(number, None, article, outlet.key)
        is_copy = self._carriers.arrived(arrival, state, outlet.name, article)
        compared = self._terms.compared(arrival, article, posted=not is_copy)
        self._stories.arrived(arrival, article, compared, dated=dated)
        return number

    def _file_version(self, known: _Known, page: Page, article: Article, now: datetime) -> None:
        """Put a state before the one that is here; the number, the id and the outlet stay."""
        before = self._records.unpack(known.record)
        article = replace(article, id=before.id)
        state = self._keep_state(page, article, now, before=known.state)
        self._claiming.withdraw(known.number)
        self._connection.execute(
            "UPDATE article SET state = ?, agency = ? WHERE number = ?",
            (state, article.agency, known.number),
        )
        self._count_language(before.language, -1)
        self._count_language(article.language, 1)
        self._note_addresses(known.number, page, article)
        self._words.change(known.number, before, article, known.outlet.key)
        is_copy = self._carriers.changed(known.arrival, state, known.outlet.name, article)
        compared = self._terms.changed(known.arrival, before, article, posted=not is_copy)
        self._stories.corrected(known.arrival, compared)

    def _keep_state(
        self, page: Page, article: Article, now: datetime, *, before: int | None
    ) -> int:
        """Keep what a page says, and the page; `before` is the state that this one replaces."""
        (number,) = self._connection.execute(
            "INSERT INTO state (version, added, before, name, item, record, page) VALUES "
            "(ifnull((SELECT version FROM state WHERE number = ?2), 0) + 1, "
            "?1, ?2, ?3, ?4, ?5, ?6) RETURNING number",
            (
                int(now.timestamp()),
                before,
                page.path,
                page.media_type == ITEM,
                *self._records.pack(article, page),
            ),
        ).fetchone()
        return int(number)

    def _note_addresses(self, number: int, page: Page, article: Article) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO address VALUES (?, ?)",
            [
                (key, number)
                for url in own_addresses(page, article)
                if (key := address_key(url)) is not None
            ],
        )

    def _count_outlet(self, article: Article, at: int) -> _Outlet:
        """Count one more article of its outlet.

        Its name is learned where only the host was known.
        """
        key, name = outlet_of(article)
        row = self._connection.execute(
            "INSERT INTO outlet (key, name, articles, latest) VALUES (?, ?, 1, ?) "
            "ON CONFLICT (key) DO UPDATE SET articles = articles + 1, "
            "latest = max(latest, excluded.latest), name = iif(name = key, excluded.name, name) "
            "RETURNING number, key, name",
            (key, name, at),
        ).fetchone()
        return _Outlet(*row)

    def _count_language(self, tag: str | None, more: int) -> None:
        if tag is not None:
            self._connection.execute(
                "INSERT INTO language VALUES (?1, ?2) "
                "ON CONFLICT (tag) DO UPDATE SET articles = articles + ?2",
                (tag, more),
            )
            self._connection.execute("DELETE FROM language WHERE tag = ? AND articles <= 0", (tag,))
