"""`copytaster.read`: one page, in this process."""

from pathlib import Path

from copytaster.article import Article
from copytaster.page import Page


def read(source: bytes | str | Path, *, url: str | None = None) -> Article:
    """Read one page: its bytes, or the path of a file (HTML, text dump, packed or not).

    `url` is the page's address where you know it. Runs in this process, without the limits on time
    that the command line puts on hostile pages. Raises NoArticle where there is none, OSError where
    the file cannot be opened.
    """
    from copytaster import reading
    from copytaster.intake.files import page_of

    if isinstance(source, bytes):
        return reading.read(Page(path="-", content=source, url=url))
    try:
        page = page_of(Path(source), url=url)
    except ValueError as error:
        raise reading.NoArticle(str(error)) from None
    return reading.read(page)
