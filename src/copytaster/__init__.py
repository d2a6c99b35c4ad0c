"""Copytaster: reads any pile of news pages, on one laptop.

>>> import copytaster
>>> article = copytaster.read("page.html")
>>> with copytaster.Desk("news.desk") as desk:
...     desk.add("saved-pages/")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copytaster.article import Article, Block, Picture, Teaser
    from copytaster.desk import Desk, DeskError, Filters, QueryError, RulingError
    from copytaster.library import read
    from copytaster.page import Page, Unreadable
    from copytaster.reading import NoArticle

__all__ = [
    "Article",
    "Block",
    "Desk",
    "DeskError",
    "Filters",
    "NoArticle",
    "Page",
    "Picture",
    "QueryError",
    "RulingError",
    "Teaser",
    "Unreadable",
    "read",
]

_homes = {
    "Article": "article",
    "Block": "article",
    "Desk": "desk",
    "DeskError": "desk",
    "Filters": "desk",
    "NoArticle": "reading",
    "Page": "page",
    "Picture": "article",
    "QueryError": "desk",
    "RulingError": "desk",
    "Teaser": "article",
    "Unreadable": "page",
    "read": "library",
}


def __getattr__(name: str) -> Any:
    # Loaded when first asked for, so that `copytaster --help` does not wait for numpy.
    if name == "__version__":
        return import_module("importlib.metadata").version("copytaster")
    if name not in _homes:
        raise AttributeError(f"module 'copytaster' has no attribute {name!r}")
    return getattr(import_module(f"copytaster.{_homes[name]}"), name)
