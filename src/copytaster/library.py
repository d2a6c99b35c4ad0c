"""`copytaster.read`: one page, in this process."""

from pathlib import Path

from msgspec.structs import replace

from copytaster.article import Article
from copytaster.page import Page, Unreadable


def read(source: bytes | str | Path, *, url: str | None = None) -> Article:
    """Read one page: its bytes, or a file's path (of an archive or feed, its first page).

    `url` is the page's address where you know it. Runs in this process, without the limits on time
    that the command line puts on hostile pages. Raises NoArticle where there is none, OSError where
    the file cannot be opened.
    """
    from copytaster import reading
    from copytaster.intake import Pile

    if isinstance(source, bytes):
        return reading.read(Page(path="-", content=source, url=url))
    with Path(source).open("rb"):
        pass  # a missing file is the caller's mistake: OSError, not a page without an article
    for page in Pile([str(source)]):
        if isinstance(page, Unreadable):
            raise reading.NoArticle(f"{page.path}: {page.error}")
        return reading.read(replace(page, url=url) if url else page)
    raise reading.NoArticle(f"{source}: no page in it")
