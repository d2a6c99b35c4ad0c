"""What is on a desk and cannot be made again, filed on a new one in the order it came.

The tables of an older desk are others than today's: only columns are read that all of versions 2 to
6 have. Up to version 4 pages had a table of their own, each packed by itself; up to 5 what was
known of them from outside stood in columns.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from copytaster.desk.claimed import unpack_claims
from copytaster.desk.claiming import Claiming
from copytaster.desk.filing import Filing
from copytaster.desk.record import Records, unpack_bytes
from copytaster.desk.schema import DeskError, transaction
from copytaster.page import Page, Unreadable

BATCH = 200
"""Articles, or claims of articles, in one transaction."""
_WHOSE = (
    "WITH RECURSIVE whose AS (SELECT state, id, place FROM article "
    "WHERE id NOT IN (SELECT id FROM left_out) UNION ALL "
    "SELECT before, id, place FROM whose JOIN state ON number = state WHERE before NOT NULL)"
)
"""The states of the articles that are taken over."""
_OF_THEM = "article IN (SELECT number FROM article WHERE id NOT IN (SELECT id FROM left_out))"
# Questions that both desks answer alike when all has arrived.
_ARRIVE = {
    "article": "SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM left_out)",
    "state": f"{_WHOSE} SELECT count(*) FROM whose",  # noqa: S608
    "claims": f"{_WHOSE} SELECT count(*) FROM whose JOIN claims ON claims.state = whose.state",  # noqa: S608
    "picture": f"SELECT count(*) FROM picture WHERE {_OF_THEM}",  # noqa: S608
    "reads": f"SELECT sum(count) FROM reads WHERE {_OF_THEM}",  # noqa: S608
    "missed": "SELECT count(*) FROM missed",
    "ruling": "SELECT count(*) FROM ruling",
    "naming": "SELECT count(*) FROM naming",
}
_LOST = "its record on the older desk was damaged; add the page again"
_GONE = "the page kept on the older desk was damaged; add it again"
# Of these all is taken over as it is; the columns are those that every version has.
_KEPT = {
    "seen": "digest",
    "fetched": "url, source, etag, last_modified",
    "ruling": "number, made, act, content",
    "naming": "number, ruling, made",
}


class _State(NamedTuple):
    number: int
    id: str
    place: str | None
    added: int
    record: bytes
    page: tuple[str, str | None, str | None, str | None, str | None, bytes]


def take_over(
    old: sqlite3.Connection,
    new: sqlite3.Connection,
    progress: Callable[[int, int], None],
    *,
    without: Collection[str] = (),
) -> None:
    """File on a `new` desk what is on the `old` one, `without` the articles of some ids.

    `progress` is called with the states of articles that are filed, and how many there are. Raises
    DeskError where something has not arrived.
    """
    with transaction(new):
        for table, columns in _KEPT.items():
            _copy(old, new, table, columns)
    for desk in (old, new):
        desk.execute("CREATE TEMP TABLE left_out (id TEXT PRIMARY KEY)")
        desk.executemany("INSERT OR IGNORE INTO left_out VALUES (?)", [(id,) for id in without])
    filed = _states(old, new, progress)
    with transaction(new):
        _former(old, new)
        _missed(old, new)
        _copy_by_id(old, new, "reads", "day, count")
        _copy_by_id(old, new, "picture", "url, media_type, content")
    _claims(old, new, filed)
    _compare(old, new, filed)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,))
    return found.fetchone() is not None


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: str) -> None:
    if _has(old, table):
        marks = ", ".join("?" for _ in columns.split(","))
        new.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
            old.execute(f"SELECT {columns} FROM {table}"),  # noqa: S608
        )


def _copy_by_id(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: str) -> None:
    """Copy rows about articles, whose numbers may be others on the new desk."""
    marks = ", ".join("?" for _ in columns.split(","))
    new.executemany(
        f"INSERT INTO {table} (article, {columns}) "  # noqa: S608
        f"SELECT number, {marks} FROM article WHERE id = ?",
        old.execute(
            f"SELECT {columns}, id FROM {table} JOIN article ON article.number = article"  # noqa: S608
        ),
    )


def _states(
    old: sqlite3.Connection, new: sqlite3.Connection, progress: Callable[[int, int], None]
) -> dict[int, int]:
    """File the states of articles in the order they came; give their new numbers."""
    (total,) = old.execute(f"{_WHOSE} SELECT count(*) FROM whose").fetchone()  # noqa: S608
    records, filing = Records(old), Filing(new)
    opened = _opener(old, records)
    filed: dict[int, int] = {}
    done = 0
    for batch in _batches(old):
        with filing.batch():
            for state in batch:
                number = _refile(filing, state, records, opened)
                if number is not None:
                    filed[state.number] = number
        done += len(batch)
        progress(done, total)
    return filed


def _batches(old: sqlite3.Connection) -> Iterator[list[_State]]:
    pages, facts = "", "name, url, fetched, media_type, charset, content"
    if _has(old, "page"):
        pages = "JOIN page ON page.number = state.page"
    elif not _is_apart(old):
        facts = "name, NULL, NULL, NULL, NULL, page"
    rows = old.execute(
        f"{_WHOSE} SELECT state.number, id, place, added, record, {facts} FROM state "  # noqa: S608
        f"JOIN whose ON state.number = whose.state {pages} ORDER BY state.number"
    )
    while batch := rows.fetchmany(BATCH):
        states = []
        for number, id, place, added, record, *page in batch:
            states.append(_State(number, id, place, added, record, tuple(page)))
        yield states


def _is_apart(old: sqlite3.Connection) -> bool:
    """Whether what was known of a page from outside is not packed with it: up to version 5."""
    columns = old.execute("SELECT name FROM pragma_table_info('state')")
    return _has(old, "page") or ("url",) in columns.fetchall()


def _opener(old: sqlite3.Connection, records: Records) -> Callable[[_State], Page]:
    """Give what reads the page of a state. It raises ValueError where that is damaged."""

    def apart(state: _State) -> Page:
        path, url, fetched, media_type, charset, content = state.page
        return Page(
            path=path,
            content=unpack_bytes(content)
            if by_itself
            else records.unpack_after(state.record, content),
            url=url,
            fetched=fetched,
            media_type=media_type,
            charset=charset,
        )

    by_itself = _has(old, "page")
    if _is_apart(old):
        return apart
    return lambda state: records.unpack_page(state.record, state.page[-1])


def _refile(
    filing: Filing, state: _State, records: Records, opened: Callable[[_State], Page]
) -> int | None:
    """File a state; where it is damaged, its page is listed as one that cannot be read."""
    added = datetime.fromtimestamp(state.added, UTC)
    path, url, *_ = state.page
    try:
        page = opened(state)
    except ValueError:
        filing.unreadable(None, Unreadable(path=path, url=url, error=_GONE), added)
        return None
    try:
        article = records.unpack(state.record)
    except ValueError:
        filing.unreadable(page, Unreadable(path=path, url=url, error=_LOST), added)
        return None
    return filing.again(page, article, added, place=state.place)


def _former(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let the addresses of stories lead on, where a story was never one here.

    Decisions are obeyed from the first article on, so that what they made one was never two.
    """
    kept = "article.id NOT IN (SELECT id FROM left_out)"
    questions = [
        "SELECT story.id, article.id FROM story JOIN article ON story = story.number "  # noqa: S608
        f"WHERE {kept} ORDER BY article.number <> lead, article.number"
    ]
    if _has(old, "former"):
        questions.append(
            "SELECT former.id, article.id FROM former JOIN article ON article.arrival = "
            "former.arrival"
        )
    for question in questions:
        new.executemany(
            "INSERT OR IGNORE INTO former SELECT ?1, arrival FROM article "
            "WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM story WHERE id = ?1)",
            old.execute(question),
        )


def _missed(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Take over what could not be read, with the pages."""
    pages = "LEFT JOIN page ON page.number = page" if _has(old, "page") else ""
    new.executemany(
        "INSERT OR REPLACE INTO missed "
        "(path, url, error, added, fetched, media_type, charset, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        old.execute(
            "SELECT path, missed.url, error, added, fetched, media_type, charset, content "  # noqa: S608
            f"FROM missed {pages} ORDER BY missed.number"
        ),
    )


def _claims(old: sqlite3.Connection, new: sqlite3.Connection, filed: dict[int, int]) -> None:
    """Take claims over, which take longest to make."""
    if not _has(old, "claims"):
        return
    rows = old.execute(
        "SELECT state, name, text, record, error FROM claims "
        "JOIN maker ON maker.number = maker ORDER BY state"
    )
    claiming = Claiming(new)
    while batch := rows.fetchmany(BATCH):
        with claiming.batch():
            for state, maker, text, record, error in batch:
                if state not in filed:
                    continue
                try:
                    result = error if record is None else unpack_claims(record)
                except ValueError:
                    continue  # they are pending again
                claiming.take_over(filed[state], maker, text, result)


def _compare(old: sqlite3.Connection, new: sqlite3.Connection, filed: dict[int, int]) -> None:
    """See that all has arrived. Raises DeskError."""
    (states,) = old.execute(f"{_WHOSE} SELECT count(*) FROM whose").fetchone()  # noqa: S608
    if len(filed) < states:
        return  # damaged ones are listed; what was known about them alone has gone with them
    for table, question in _ARRIVE.items():
        if _has(old, table):
            had, has = (one.execute(question).fetchone() for one in (old, new))
            if had != has:
                raise DeskError(
                    f"the desk is as it was: of {had[0]} rows of its table {table} "
                    f"{has[0]} could be taken over; please report this"
                )
