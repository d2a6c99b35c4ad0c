"""Similar articles: incremental TF-IDF with an inverted index that somebody else may hold."""

from collections.abc import Iterable, Iterator

from msgspec import Struct


class Neighbour(Struct, frozen=True):
    """An article about the same or a close matter; `score` is a cosine, 0 to 1."""

    id: str
    score: float


class Similar(Struct, frozen=True):
    """One line of `copytaster similar FILE.jsonl`."""

    id: str
    similar: tuple[Neighbour, ...]


def similar(articles: Iterable["Text"], *, most: int = 10) -> Iterator[Similar]:
    """Give each article's nearest, all articles known, in the order they came."""
    raise NotImplementedError


class Text(Struct, frozen=True):
    """What similarity needs of an article."""

    id: str
    headline: str
    text: str
