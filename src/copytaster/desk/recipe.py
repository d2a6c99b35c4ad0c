"""The recipe: from pages to a desk. Each stage hands records to the next."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from copytaster.article import Article
from copytaster.desk.filing import Filing, Image
from copytaster.desk.listing import Tally
from copytaster.page import Page, Unreadable

Result = tuple[Page | None, Article | Unreadable]
Read = Callable[[Iterable[Page | Unreadable]], Iterator[Result]]
"""The reading stage: `reading.workers.read_all`, or another in tests."""
Show = Callable[[Page, str], tuple[str, bytes] | None]
"""Media type and bytes of a page's picture, by its address: `intake.Pile.picture`."""

BATCH_SECONDS = 2.0
BATCH_ARTICLES = 200
BATCH_BYTES = 32 << 20
"""Filed in one transaction: so much is read again after a kill, and held in memory before."""


class _Item(Struct, frozen=True):
    """What was read of one page, and the pictures that came with it."""

    page: Page | None
    result: Article | Unreadable
    images: tuple[Image, ...] = ()

    @property
    def size(self) -> int:
        """Bytes."""
        content = len(self.page.content) if self.page else 0
        return content + sum(len(image.content) for image in self.images)


def add(
    connection: sqlite3.Connection,
    pages: Iterable[Page | Unreadable],
    read: Read,
    *,
    picture: Show | None = None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Put `pages` on the desk and say what they were; `progress` is called after every batch.

    `picture` gives the pictures that are kept with the articles; nothing means that none are. With
    it, pages that are here already are read again, for the pictures that are missing.
    """
    filing = Filing(connection)
    tally = Tally()
    restored: list[Page] = []

    def unseen() -> Iterator[Page | Unreadable]:
        """Pass on what has to be read."""
        nonlocal tally
        for page in pages:
            if isinstance(page, Page) and not picture and filing.was_seen(page):
                tally = replace(tally, same=tally.same + 1)
                if filing.is_missed(page):
                    restored.append(replace(page, content=b""))
                if tally.same % BATCH_ARTICLES == 0:
                    progress(tally)
            else:
                yield page

    for batch in _batches(_illustrated(filing, read(unseen()), picture)):
        now = datetime.now(UTC)
        with filing.batch():
            for item in batch:
                tally = _file(filing, item, now, tally)
        progress(tally)
    if restored:
        with filing.batch():
            filing.forget_missed(restored)
    return tally


def _illustrated(
    filing: Filing, results: Iterable[Result], picture: Show | None
) -> Iterator[_Item]:
    """Get the pictures of what was read, as far as the desk does not have them."""
    for page, result in results:
        images = []
        if picture and page and isinstance(result, Article):
            for url in filing.missing_pictures(page, result):
                shown = picture(page, url)
                if shown:
                    images.append(Image(url, *shown))
        yield _Item(page, result, tuple(images))


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Collect what is filed together; the desk is locked for the filing only."""
    batch: list[_Item] = []
    size, due = 0, monotonic() + BATCH_SECONDS
    for item in items:
        batch.append(item)
        size += item.size
        if len(batch) >= BATCH_ARTICLES or size >= BATCH_BYTES or monotonic() >= due:
            yield batch
            batch = []
            size, due = 0, monotonic() + BATCH_SECONDS
    if batch:
        yield batch


def _file(filing: Filing, item: _Item, now: datetime, tally: Tally) -> Tally:
    if isinstance(item.result, Unreadable):
        filing.unreadable(item.page, item.result, now)
        return replace(tally, unreadable=tally.unreadable + 1)
    if item.page is None:
        raise ValueError("an article comes with the page that it was read from")
    match filing.article(item.page, item.result, now, item.images):
        case "new":
            return replace(tally, new=tally.new + 1)
        case "changed":
            return replace(tally, changed=tally.changed + 1)
        case "same":
            return replace(tally, same=tally.same + 1)
