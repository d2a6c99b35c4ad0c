"""Whether a box leads to an article: weighed by how it is built, where it stands, and its address.

The weights were fitted by `bench/train_teasers.py`; nothing of any site is in them.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from operator import mul

from msgspec import Struct

from copytaster.address import host, place
from copytaster.article import Teaser
from copytaster.reading import hints, phrases
from copytaster.reading.boxes import Box
from copytaster.reading.kinds import BODY
from copytaster.reading.labels import Labelled
from copytaster.reading.menus import may_be_headline
from copytaster.reading.tree import Part, Tree

_LISTINGS = frozenset((
    "author", "authors", "autor", "autore", "autoren", "auteur", "auteurs", "by", "people",
    "profile", "profil", "redaktion", "team", "tag", "tags", "topic", "topics", "tema", "temas",
    "thema", "themen", "theme", "themes", "emne", "category", "newsletter", "newsletters",
    "subscribe", "abo", "account", "login", "search", "suche", "job", "jobs", "shop", "info",
    "about", "privacy", "help", "hilfe", "service", "promotion",
))  # fmt: skip
"""Steps of paths of pages that list articles, or hold none: a person's, a topic's, a form."""
_WORD = re.compile(r"[^\W_]{4,}")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d{4,}")

Kind = tuple[str, str]
"""The kind of a box's frame, and that of the frame around it."""
Features = tuple[float, ...]
"""One value for each of `WEIGHTS`, in that order."""

WEIGHTS: dict[str, float] = {
    "bias": -6.05,
    "size": 1.5,
    "short": -0.68,
    "long": -0.19,
    "words": 1.56,
    "sign": 0.31,
    "begins small": -0.05,
    "heading": 1.47,
    "picture": 0.56,
    "standfirst": -0.19,
    "related": 0.86,
    "navigation": -1.05,
    "furniture": -0.11,
    "furniture near": 0.23,
    "section": 0.03,
    "hidden": -0.09,
    "byline": -0.09,
    "inside": 0.15,
    "before": -0.72,
    "among": -0.32,
    "named": 0.4,
    "hyphens": 0.39,
    "digits": 0.45,
    "deep": 0.12,
    "like own": 0.9,
    "ends like own": 1.16,
    "as deep as own": 0.47,
    "plain path": -0.86,
    "listing": -1.16,
    "query": -0.21,
    "elsewhere": -0.34,
    "alone": -0.61,
    "several": 0.22,
    "many": 0.19,
    "wordy group": 1.56,
    "pictured group": 0.59,
    "again": 0.23,
    "asks": -0.62,
}
LEAST = -0.5
"""Odds from which a box is taken for a teaser."""


class Candidate(Struct):
    """A box with a headline: a teaser, if it leads to an article."""

    teaser: Teaser
    box: Box
    kind: Kind
    heading: bool
    """Whether the headline stands in a heading, or in what is called a title."""
    part: Part
    path: str
    query: str


def odds(several: list[Candidate], tree: Tree, labelled: Labelled, url: str | None) -> list[float]:
    """Give how much speaks for each candidate; from `LEAST` on it is taken for a teaser."""
    weights = tuple(WEIGHTS.values())
    return [sum(map(mul, weights, look)) for look in features(several, tree, labelled, url)]


def features(
    several: list[Candidate], tree: Tree, labelled: Labelled, url: str | None
) -> list[Features]:
    """Give what tells a teaser from other links, for each candidate, as `WEIGHTS` name it."""
    frames = tree.frames
    size = Counter(candidate.kind for candidate in several)
    wordy = Counter(c.kind for c in several if may_be_headline(c.teaser.headline))
    pictured = Counter(c.kind for c in several if c.teaser.picture)
    times = Counter(candidate.teaser.url for candidate in several)
    pattern = tuple(map(_made_of, place(url)[0].strip("/").split("/"))) if url else ()
    brand = _brand(host(url))
    ends = [
        part.number
        for part, name in zip(tree.parts, labelled.labels, strict=True)
        if name in BODY and len(part.text) > 60
    ]
    first, last = (ends[0], ends[-1]) if ends else (0, 0)
    inside = labelled.root, frames[labelled.root].last if labelled.root else len(frames)
    found: list[Features] = []
    for candidate in several:
        teaser, part, kind = candidate.teaser, candidate.part, candidate.kind
        text, address = teaser.headline, teaser.url or ""
        path, query = candidate.path, candidate.query
        steps = path.strip("/").split("/")
        theirs = tuple(map(_made_of, steps))
        flags = frames[part.frame].hints
        near = frames[candidate.box.frame].own | frames[frames[candidate.box.frame].parent].own
        count = size[kind]
        slug = path.lower()
        named = _slug(text, slug)
        wide = len(text) * (3 if text[len(text) // 2] > "\u2e80" else 1)
        found.append(
            (
                1.0,
                min(1.0, wide / 60),
                wide < 18,
                wide > 130,
                min(1.0, text.count(" ") / 6) if wide == len(text) else 0.5,
                text[-1] in ".!?…”\"'»" or ":" in text or "," in text,
                text[0].islower(),
                candidate.heading,
                teaser.picture is not None,
                teaser.standfirst is not None,
                flags & hints.RELATED > 0,
                flags & hints.NAVIGATION > 0,
                flags & hints.FURNITURE > 0,
                near & hints.FURNITURE > 0,
                near & (hints.SECTION | hints.KICKER) > 0,
                flags & hints.HIDDEN > 0,
                flags & hints.BYLINE > 0,
                inside[0] <= part.frame <= inside[1],
                part.number < first,
                first < part.number < last,
                min(1.0, named * 1.2),
                min(1.0, path.rpartition("/")[2].count("-") / 5),
                _DIGITS.search(path) is not None or _DIGITS.search(query) is not None,
                min(1.0, (len(steps) - 1) / 3),
                theirs == pattern,
                bool(pattern) and theirs[-1] == pattern[-1],
                len(theirs) == len(pattern),
                theirs.count("word") == len(theirs),
                not _LISTINGS.isdisjoint(slug.split("/")),
                bool(query),
                _brand(host(address)) != brand,
                count == 1,
                min(1.0, count / 6),
                count > 40,
                wordy[kind] / count,
                pictured[kind] / count,
                times[teaser.url] > 1,
                float(
                    bool(phrases.FURNITURE.match(text))
                    or (len(text) < 60 and bool(phrases.RELATED.fullmatch(text)))
                ),
            )
        )
    return found


@lru_cache(10_000)
def _made_of(step: str) -> str:
    """Give what a step of a path is made of: number, slug, mixed or word."""
    if step.isdigit():
        return "number"
    if step.count("-") > 1 or step.count("_") > 1:
        return "slug"
    return "mixed" if _DIGIT.search(step) else "word"


def _slug(text: str, path: str) -> float:
    """Give the share of a text's words of four letters and more that stand in a path."""
    words = _WORD.findall(text.lower())
    if not words:
        return 0.0
    if not text.isascii():
        words = [
            unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word
            for word in words
        ]
    return len([word for word in words if word in path]) / len(words)


_SECOND = frozenset(("co", "com", "org", "net", "ac", "gov", "or", "ne"))


@lru_cache(1000)
def _brand(site: str | None) -> str:
    """Give the name in a host that stands before its public suffix."""
    names = (site or "").split(".")
    if len(names) > 2 and names[-2] in _SECOND:
        return names[-3]
    return names[-2] if len(names) > 1 else names[0]
