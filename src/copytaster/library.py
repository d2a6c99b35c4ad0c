"""`copytaster.read`: one page, in this process."""

from pathlib import Path

from copytaster.article import Article
from copytaster.page import Page


def read(source: bytes | str | Path, *, url: str | None = None) -> Article:
    """Read one page: its bytes, or the path of a file (HTML, .gz, text dump, one feed item).

    `url` is the page's address where you know it. Runs in this process, without the limits on time
    that the command line puts on hostile pages. Raises NoArticle where there is none, OSError where
    the file cannot be opened.
    """
    from copytaster import reading

    if isinstance(source, bytes):
        return reading.read(Page(path="-", content=source, url=url))
    from copytaster.intake.files import page_of

    path = Path(source)
    return reading.read(page_of(path, url=url))
