"""The recipe: from pages to a desk. Each stage hands records to the next."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from time import monotonic

from msgspec.structs import replace

from copytaster.article import Article
from copytaster.desk.filing import Filing
from copytaster.desk.listing import Tally
from copytaster.page import Page, Unreadable

Result = tuple[Page | None, Article | Unreadable]
Read = Callable[[Iterable[Page | Unreadable]], Iterator[Result]]
"""The reading stage: `reading.workers.read_all`, or another in tests."""

BATCH_SECONDS = 1.0
BATCH_ARTICLES = 200
BATCH_BYTES = 16 << 20
"""Filed in one transaction: so much is read again after a kill, and held in memory before."""


def add(
    connection: sqlite3.Connection,
    pages: Iterable[Page | Unreadable],
    read: Read,
    *,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Put `pages` on the desk and say what they were; `progress` is called after every batch."""
    filing = Filing(connection)
    tally = Tally()
    restored: list[Page] = []

    def unseen() -> Iterator[Page | Unreadable]:
        """Pass on what has to be read."""
        nonlocal tally
        for page in pages:
            if isinstance(page, Page) and filing.was_seen(page):
                tally = replace(tally, same=tally.same + 1)
                if filing.is_missed(page):
                    restored.append(replace(page, content=b""))
                if tally.same % BATCH_ARTICLES == 0:
                    progress(tally)
            else:
                yield page

    for batch in _batches(read(unseen())):
        now = datetime.now(UTC)
        with filing.batch():
            for page, result in batch:
                tally = _file(filing, page, result, now, tally)
        progress(tally)
    if restored:
        with filing.batch():
            filing.forget_missed(restored)
    return tally


def _batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    """Collect what is filed together; the desk is locked for the filing only."""
    batch: list[Result] = []
    size, due = 0, monotonic() + BATCH_SECONDS
    for page, result in results:
        batch.append((page, result))
        size += len(page.content) if page else 0
        if len(batch) >= BATCH_ARTICLES or size >= BATCH_BYTES or monotonic() >= due:
            yield batch
            batch = []
            size, due = 0, monotonic() + BATCH_SECONDS
    if batch:
        yield batch


def _file(
    filing: Filing,
    page: Page | None,
    result: Article | Unreadable,
    now: datetime,
    tally: Tally,
) -> Tally:
    if isinstance(result, Unreadable):
        filing.unreadable(page, result, now)
        return replace(tally, unreadable=tally.unreadable + 1)
    if page is None:
        raise ValueError("an article comes with the page that it was read from")
    match filing.article(page, result, now):
        case "new":
            return replace(tally, new=tally.new + 1)
        case "changed":
            return replace(tally, changed=tally.changed + 1)
        case "same":
            return replace(tally, same=tally.same + 1)
