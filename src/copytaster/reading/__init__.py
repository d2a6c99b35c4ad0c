"""Reading: a page becomes an article."""

from copytaster.article import Article
from copytaster.page import Page


class NoArticle(ValueError):
    """The page holds no article, or nothing that can be read; the message says which."""


def read(page: Page) -> Article:
    """Read one page, in this process, without limits. Raises NoArticle."""
    raise NotImplementedError
