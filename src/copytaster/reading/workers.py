"""Reading in worker processes: a page that crashes or hangs a native parser costs that page only."""

from collections.abc import Iterable, Iterator

from copytaster.article import Article
from copytaster.page import Page, Unreadable


def read_all(
    pages: Iterable[Page | Unreadable], *, workers: int | None = None, seconds: float = 20
) -> Iterator[tuple[Page | None, Article | Unreadable]]:
    """Read `pages` in `workers` processes (nothing: one a core), and give them in the order they came.

    A page that takes longer than `seconds`, or takes its worker down, comes back as `Unreadable`;
    the worker is started anew and the pages beside it are not touched.
    """
    raise NotImplementedError
