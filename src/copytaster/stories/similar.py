"""Similar articles: incremental TF-IDF with an inverted index that somebody else may hold.

An article becomes weighted terms, the heaviest of them its vector; `nearest` finds the articles
whose vectors point the same way (cosine), at about the same cost in a small index and a large one.
"""

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.article import Article

KEPT = 64
"""Terms kept in an article's vector: its heaviest. 48 lose a little, 128 gain next to nothing."""
YOUNG = 1000
"""Below so many articles nothing tells rare words from common ones: vectors are kept whole."""
SCANNED = 1000
"""Postings read for one query, rarest term first."""
COMPARED = 48
"""Candidates whose cosine is computed."""

ENTRY = np.dtype([("term", "<u4"), ("weight", "u1")])
"""One term of a stored vector; the weight is 1 + log(occurrences), in 32nds."""


class Text(Struct, frozen=True):
    """What similarity needs of an article; `text` is what follows the headline."""

    id: str
    headline: str
    text: str


class Neighbour(Struct, frozen=True):
    """An article about the same or a close matter; `score` is a cosine, 0 to 1."""

    id: str
    score: float


class Similar(Struct, frozen=True):
    """One line of `copytaster similar FILE.jsonl`."""

    id: str
    similar: tuple[Neighbour, ...]


class Index(Protocol):
    """An inverted index over documents, which are numbered in the order they came."""

    @property
    def documents(self) -> int:
        """How many documents the index holds."""

    def frequencies(self, terms: Iterable[int]) -> Mapping[int, int]:
        """Say in how many documents each term stands, vectors or not; none may be left out."""

    def postings(self, term: int, most: int) -> Sequence[int]:
        """Give documents with `term` in their vector, newest first, at most `most`."""

    def vectors(self, documents: Sequence[int]) -> Sequence[bytes]:
        """Give the stored vectors of `documents`, in that order."""


def text_of(article: Article) -> Text:
    """Take from an article what similarity needs."""
    return Text(article.id, article.headline, article.text[len(article.headline) :].lstrip("\n"))


def similar(articles: Iterable[Text], *, most: int = 10) -> Iterator[Similar]:
    """Give each article's nearest, all articles known, in the order they came.

    The result does not depend on that order: articles are numbered by id, and ties go to the
    smaller id.
    """
    known = list(articles)
    numbered = sorted(range(len(known)), key=lambda i: known[i].id)
    number = {i: n for n, i in enumerate(numbered)}
    ids = [known[i].id for i in numbered]
    index = MemoryIndex()
    counted = [terms(text.headline, text.text) for text in known]
    for one in counted:
        index.count(one)
    stored = [vector(one, index) for one in counted]
    for i in numbered:
        index.add(number[i], stored[i])
    for i, text in enumerate(known):
        found = nearest(stored[i], index, most=most, without=number[i])
        yield Similar(text.id, tuple(Neighbour(ids[n], round(score, 4)) for n, score in found))


# Words, numbers with their words, and the marks that other scripts write vowels with.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
# Thai, Lao, Burmese, Khmer, kana, Han and Hangul-free: written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
_LINE = re.compile(r"[^\W_]+(?:[ -][^\W_]+)+")


def terms(headline: str, text: str) -> dict[int, float]:
    """Weigh the terms of an article: 1 + log(occurrences), the headline counted twice.

    Terms are words, names of several words, and pairs of characters where a script has no spaces;
    each is the CRC-32 of its UTF-8.
    """
    counts = Counter(_words(text))
    names = Counter(_names(text))
    for word in _words(headline):
        counts[word] += 2
    for name in _names(headline):
        if name in names:  # a headline may write every word with a capital
            names[name] += 2
    counts.update(names)
    return {zlib.crc32(term.encode()): 1 + math.log(n) for term, n in counts.items()}


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        if word.isascii() or not _UNSPACED.search(word):
            yield word
            continue
        for run in _UNSPACED.findall(word):
            yield from (a + b for a, b in pairwise(run)) if len(run) > 1 else (run,)
        yield from (rest for rest in _UNSPACED.split(word) if rest)


def _names(text: str) -> Iterator[str]:
    """Give runs of two to five capitalised words, on one line with nothing but a space between."""
    for line in _LINE.findall(text):
        run: list[str] = []
        for word in (*re.split("[ -]", line), "."):
            if word[0].isupper():
                run.append(word)
                continue
            if 1 < len(run) < 6:
                yield " ".join(run).casefold()
            run.clear()


def vector(terms: Mapping[int, float], index: Index) -> bytes:
    """Pack the heaviest of `terms` for storing, heaviest first, 5 bytes each (`ENTRY`)."""
    keys = np.fromiter(terms, np.uint32, len(terms))
    weights = np.fromiter(terms.values(), np.float64, len(terms))
    heavy = weights * _rarity(keys, index)
    order = np.lexsort((keys, -heavy))[: KEPT if index.documents >= YOUNG else None]
    packed = np.empty(len(order), ENTRY)
    packed["term"] = keys[order]
    packed["weight"] = np.minimum(np.rint(weights[order] * 32), 255)
    return packed.tobytes()


def nearest(
    vector: bytes, index: Index, *, most: int = 10, without: int | None = None
) -> list[tuple[int, float]]:
    """Give the documents nearest to `vector` with their cosines, nearest first, ties by number.

    `without` is a document to leave out: the one the vector belongs to, where the index has it.
    """
    own = np.frombuffer(vector, ENTRY)
    rarity = _rarity(own["term"], index)
    heavy = own["weight"] * rarity
    candidates = _candidates(own["term"], heavy * rarity, index, without)
    if not candidates:
        return []
    packed = index.vectors(candidates)
    other = np.frombuffer(b"".join(packed), ENTRY)
    owner = np.repeat(np.arange(len(packed)), [len(one) // ENTRY.itemsize for one in packed])
    distinct, where = np.unique(other["term"], return_inverse=True)
    theirs = other["weight"] * _rarity(distinct, index)[where]
    order = np.argsort(own["term"])
    at = np.searchsorted(own["term"], other["term"], sorter=order)
    at = order[np.minimum(at, len(own) - 1)]
    ours = np.where(own["term"][at] == other["term"], heavy[at], 0.0)
    dots = np.bincount(owner, theirs * ours, len(packed))
    norms = np.sqrt(np.bincount(owner, theirs * theirs, len(packed)) * (heavy @ heavy))
    scored = zip(candidates, np.minimum(dots / norms, 1.0).tolist(), strict=True)
    return sorted(scored, key=lambda found: (-found[1], found[0]))[:most]


def _candidates(
    terms: NDArray[np.uint32], worth: NDArray[np.float64], index: Index, without: int | None
) -> list[int]:
    """Give the documents that share most with a query, as far as its rarest terms show."""
    known = index.frequencies(terms.tolist())
    rarest = sorted(
        (known[term], term, gain) for term, gain in zip(terms.tolist(), worth.tolist(), strict=True)
    )
    shared: defaultdict[int, float] = defaultdict(float)
    left = SCANNED
    for frequency, term, gain in rarest:
        if not frequency:
            continue
        found = index.postings(term, left)
        for document in found:
            shared[document] += gain
        left -= len(found)
        if left <= 0:
            break
    shared.pop(-1 if without is None else without, None)
    return sorted(shared, key=lambda document: (-shared[document], document))[:COMPARED]


def _rarity(terms: NDArray[np.uint32], index: Index) -> NDArray[np.float64]:
    """Give the inverse document frequency of each term; one never seen counts as seen once."""
    keys: list[int] = terms.tolist()
    known = index.frequencies(keys)
    frequencies = np.fromiter((known[key] for key in keys), np.float64, len(keys))
    return np.log((index.documents + 1.5) / (np.maximum(frequencies, 1.0) + 0.5))


class MemoryIndex:
    """The index in memory: for one file, and for tests."""

    def __init__(self) -> None:
        self.documents = 0
        self._frequencies: Counter[int] = Counter()
        self._postings: defaultdict[int, list[int]] = defaultdict(list)
        self._vectors: dict[int, bytes] = {}

    def count(self, terms: Iterable[int]) -> None:
        """Count a document's terms, all of them; its vector may follow later."""
        self.documents += 1
        self._frequencies.update(terms)

    def add(self, document: int, vector: bytes) -> None:
        """Store the vector of `document`, whose number is above all before."""
        self._vectors[document] = vector
        for term in np.frombuffer(vector, ENTRY)["term"].tolist():
            self._postings[term].append(document)

    def frequencies(self, terms: Iterable[int]) -> Mapping[int, int]:
        return {term: self._frequencies[term] for term in terms}

    def postings(self, term: int, most: int) -> Sequence[int]:
        return self._postings.get(term, [])[: -most - 1 : -1]

    def vectors(self, documents: Sequence[int]) -> Sequence[bytes]:
        return [self._vectors[document] for document in documents]
