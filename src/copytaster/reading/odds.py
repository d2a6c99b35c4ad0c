"""Whether a box leads to an article: weighed by its words, where it stands, and its address.

The weights were fitted by `bench/train_teasers.py`; nothing of any site is in them.
"""

import re
from functools import lru_cache
from operator import mul

from msgspec import Struct

from copytaster.address import place
from copytaster.reading import hints
from copytaster.reading.boxes import Box
from copytaster.reading.kinds import BODY
from copytaster.reading.labels import Labelled
from copytaster.reading.tree import Part, Tree

_LISTINGS = frozenset((
    "author", "authors", "autor", "autore", "autoren", "auteur", "auteurs", "by", "people",
    "profile", "profil", "redaktion", "team", "tag", "tags", "topic", "topics", "tema", "temas",
    "thema", "themen", "theme", "themes", "emne", "category", "newsletter", "newsletters",
    "subscribe", "abo", "account", "login", "search", "suche", "job", "jobs", "shop", "info",
    "about", "privacy", "help", "hilfe", "service", "promotion",
))  # fmt: skip
"""Last steps of paths of pages that list articles, or hold none: a person's, a topic's, a form."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d{4,}")

Features = tuple[float, ...]
"""One value for each of `WEIGHTS`, in that order."""

WEIGHTS: dict[str, float] = {
    "bias": -5.92,
    "size": 1.87,
    "words": 1.93,
    "heading": 1.16,
    "related": 0.18,
    "navigation": -1.47,
    "before": -0.87,
    "digits": 0.59,
    "like own": 0.83,
    "ends like own": 1.62,
    "plain path": -0.95,
    "listing": -2.84,
    "elsewhere": -0.48,
    "several": 1.25,
    "wordy group": 1.41,
}
LEAST = -0.2
"""Odds from which a box is taken for a teaser."""


class Candidate(Struct):
    """A box with a headline: a teaser, if it leads to an article."""

    headline: str
    url: str
    place: tuple[str | None, str, str]
    """Host, path and query of the address."""
    box: Box
    kind: int
    """A number that boxes built alike share: their frames, and those around, are of one kind."""
    part: Part
    """The line that the headline stands in."""
    heading: bool
    """Whether this is a heading, or called a title."""
    wordy: bool
    """Whether the headline has some words."""


def odds(several: list[Candidate], tree: Tree, labelled: Labelled, url: str | None) -> list[float]:
    """Give how much speaks for each candidate; from `LEAST` on it is taken for a teaser."""
    weights = tuple(WEIGHTS.values())
    return [sum(map(mul, weights, look)) for look in features(several, tree, labelled, url)]


def features(
    several: list[Candidate], tree: Tree, labelled: Labelled, url: str | None
) -> list[Features]:
    """Give what tells a teaser from other links, for each candidate, as `WEIGHTS` name it."""
    frames = tree.frames
    size: dict[int, int] = {}
    wordy: dict[int, int] = {}
    for candidate in several:
        kind = candidate.kind
        size[kind] = size.get(kind, 0) + 1
        wordy[kind] = wordy.get(kind, 0) + candidate.wordy
    site, own, _ = place(url) if url else (None, "", "")
    pattern = tuple(map(_made_of, own.strip("/").split("/"))) if url else ()
    brand = _brand(site)
    labels = zip(tree.parts, labelled.labels, strict=True)
    body = next((part.number for part, name in labels if name in BODY and len(part.text) > 60), 0)
    found: list[Features] = []
    for candidate in several:
        text, kind = candidate.headline, candidate.kind
        host, path, query = candidate.place
        steps = path.lower().strip("/").split("/")
        theirs = tuple(map(_made_of, steps))
        flags = frames[candidate.part.frame].hints
        count = size[kind]
        wide = len(text) * (3 if text[len(text) // 2] > "\u2e80" else 1)
        found.append(
            (
                1.0,
                min(1.0, wide / 60),
                min(1.0, text.count(" ") / 6) if wide == len(text) else 0.5,
                candidate.heading,
                flags & hints.RELATED > 0,
                flags & hints.NAVIGATION > 0,
                candidate.part.number < body,
                _DIGITS.search(f"{path}?{query}") is not None,
                theirs == pattern,
                bool(pattern) and theirs[-1] == pattern[-1],
                theirs.count("word") == len(theirs),
                not _LISTINGS.isdisjoint(steps[-2:]),
                _brand(host) != brand,
                min(1.0, count / 6),
                wordy[kind] / count,
            )
        )
    return found


def _made_of(step: str) -> str:
    """Give what a step of a path is made of: number, slug, mixed or word."""
    if step.isalpha():
        return "word"
    if step.isdigit():
        return "number"
    if step.count("-") > 1 or step.count("_") > 1:
        return "slug"
    return "mixed" if _DIGIT.search(step) else "word"


_SECOND = frozenset(("co", "com", "org", "net", "ac", "gov", "or", "ne"))


@lru_cache(1000)
def _brand(site: str | None) -> str:
    """Give the name in a host that stands before its public suffix."""
    names = (site or "").split(".")
    if len(names) > 2 and names[-2] in _SECOND:
        return names[-3]
    return names[-2] if len(names) > 1 else names[0]
