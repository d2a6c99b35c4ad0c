"""Similar articles: incremental TF-IDF with an inverted index that somebody else may hold.

An article becomes weighted terms, the heaviest of them its vector; `nearest` finds the articles
whose vectors point the same way (cosine), at about the same cost in a small index and a large one.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Protocol
from unicodedata import normalize

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.article import Article
from copytaster.stories.frequencies import Frequencies, Keys
from copytaster.stories.words import folded_latin

KEPT = 96
"""Terms kept in an article's vector, its heaviest; more find hardly more."""
PLACED = 32
"""Terms of a vector by which an article is found, its heaviest; more find hardly more."""
SCANNED = 1000
"""Postings read for one query, rarest term first."""
COMPARED = 32
"""Candidates whose cosine is computed."""

ENTRY = np.dtype([("term", "<u4"), ("weight", "u1")])
"""One term of a stored vector, heaviest first; the weight is in 255ths of the heaviest."""


class Text(Struct, frozen=True):
    """What similarity needs of an article; `text` is what follows the headline."""

    id: str
    headline: str
    text: str
    language: str | None = None


class Neighbour(Struct, frozen=True):
    """An article about the same or a close matter; `score` is a cosine, 0 to 1."""

    id: str
    score: float


class Similar(Struct, frozen=True):
    """One line of `copytaster similar FILE.jsonl`."""

    id: str
    similar: tuple[Neighbour, ...]


class Weighed(Struct, frozen=True):
    """The terms of an article in rising order, each the CRC-32 of its UTF-8, and their weights."""

    terms: Keys
    weights: NDArray[np.float64]


class Known(Struct, frozen=True):
    """The terms of an article, their weights, and how common each was when the article came."""

    terms: Keys
    weights: NDArray[np.float64]
    documents: int
    """How many documents of its language were counted."""
    often: NDArray[np.float64]
    """In how many of them each term stands."""


class Index(Protocol):
    """An inverted index over documents, which are numbered in the order they came."""

    def frequencies(self, keys: Keys) -> NDArray[np.integer]:
        """Say how often each of the keys that `counted` gives was counted; 0 for a new one."""

    def postings(self, term: int, most: int) -> Keys:
        """Give the newest documents with `term` among their `placed`, at most `most`."""

    def vectors(self, documents: Sequence[int]) -> Sequence[bytes]:
        """Give the stored vectors of `documents`, in that order."""


def text_of(article: Article) -> Text:
    """Take from an article what similarity needs."""
    text = article.text[len(article.headline) :].lstrip("\n")
    return Text(article.id, article.headline, text, article.language)


def similar(articles: Iterable[Text], *, most: int = 10) -> Iterator[Similar]:
    """Give each article's nearest, all articles known, in the order they came.

    That order decides nothing else: ties go to the smaller id. Where an id comes again, its last
    record is the one that others find.
    """
    articles = list(articles)
    last = {text.id: at for at, text in enumerate(articles)}
    ids = sorted(last)
    number = {id: n for n, id in enumerate(ids)}
    index = MemoryIndex()
    weighed = []
    for at, text in enumerate(articles):
        weighed.append(terms(text.headline, text.text))
        if last[text.id] == at:
            index.count(counted(weighed[-1].terms, text.language))
    vectors = [
        vector(known(one, index, text.language))
        for one, text in zip(weighed, articles, strict=True)
    ]
    for n, id in enumerate(ids):
        index.add(n, vectors[last[id]])
    for text, own in zip(articles, vectors, strict=True):
        found = nearest(own, index, text.language, most=most, without=number[text.id])
        yield Similar(text.id, tuple(Neighbour(ids[n], round(score, 4)) for n, score in found))


_WORD = re.compile(r"[^\W_]+")
# The same with the marks that Hebrew, Arabic and the scripts of India write vowels with.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_MARKED = re.compile(f"[{_MARKS}]")
_MARKED_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
# Thai, Lao, Burmese, Khmer, kana and Han are written without spaces between words.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+)"
)
# Words of one line that may begin with a capital, with nothing but a space or hyphen between.
_CAPITAL = "[A-Z\u00c0-\u00de\u0100-\u0233\u0370-\u03ab\u0400-\u052f\u0531-\u0556\u1e00-\u1ffc]"
# The class comes first, which searches fast; no run begins in a word or with the sign "times".
_RUN = re.compile(rf"{_CAPITAL}(?<!\w{_CAPITAL})(?<!\u00d7)[^\W_]*(?:[ -]{_CAPITAL}[^\W_]*)+")


def terms(headline: str, text: str) -> Weighed:
    """Weigh the terms of an article: 1 + log(occurrences), the headline counted twice.

    Terms are words, names of several words, and pairs of characters where a script has no spaces.
    """
    headline, text = normalize("NFKC", headline), normalize("NFKC", text)
    counts = Counter(_words(text))
    names = Counter(_names(text))
    for word in _words(headline):
        counts[word] += 2
    for name in _names(headline):
        if name in names:  # a headline may write every word with a capital
            names[name] += 2
    dict.update(counts, names)  # none of them is a word
    numbers = np.fromiter(map(zlib.crc32, counts), np.uint32, len(counts))
    often = np.fromiter(counts.values(), np.int64, len(counts))
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    last = np.ones(len(numbers), bool)  # of words with one number
    np.not_equal(numbers[1:], numbers[:-1], out=last[:-1])
    return Weighed(numbers[last], _damped(often[order[last]]))


def _damped(often: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give 1 + log(n)."""
    if often.max(initial=0) < len(_DAMPED):
        return _DAMPED[often]
    return np.array([1 + math.log(n) for n in often.tolist()])


_DAMPED = np.array([0.0, *(1 + math.log(n) for n in range(1, 1000))])


def _words(text: str) -> list[bytes]:
    if (western := folded_latin(text)) is not None:
        return western.encode().split()
    text = text.casefold()
    words = (_MARKED_WORD if _MARKED.search(text) else _WORD).findall(text)
    if not _UNSPACED.search(text):
        return list(map(str.encode, words))
    return [
        piece.encode()
        for word in words
        for part in _UNSPACED.split(word)
        for piece in (map("".join, pairwise(part)) if _UNSPACED.match(part[1:]) else [part])
        if piece
    ]


def _names(text: str) -> Iterator[bytes]:
    """Give runs of two to five capitalised words."""
    for run in _RUN.findall(text):
        name = run.replace("-", " ")
        if name.count(" ") < 5 and (
            name.isascii() or all(word[0].isupper() for word in name.split(" "))
        ):
            yield name.casefold().encode()


def counted(terms: Keys, language: str | None) -> Keys:
    """Give what is counted of a document: the language, and its terms as those of the language.

    Where a few articles of one language lie among many of another, its commonest words are rare on
    the whole; only among their own do they tell nothing.
    """
    keys = np.empty(len(terms) + 1, np.uint32)
    keys[0] = 0
    keys[1:] = terms
    keys ^= np.uint32(_salt(language))
    return keys


@cache
def _salt(language: str | None) -> int:
    return zlib.crc32(f"language {(language or 'und').partition('-')[0]}".encode())


def known(weighed: Weighed, index: Index, language: str | None) -> Known:
    """Look up how common the terms of an article are, which was counted before.

    That stays as it was when the article came: it costs nothing that could be measured, and saves
    a look-up for each term of each article compared.
    """
    often = index.frequencies(counted(weighed.terms, language)).astype(np.float64)
    return Known(weighed.terms, weighed.weights, int(often[0]), often[1:])


def vector(known: Known) -> bytes:
    """Pack the heaviest terms, rare in their language, for storing: 5 bytes each (`ENTRY`)."""
    most = max(known.documents, 1)
    often = np.minimum(np.maximum(known.often, 1.0), most)
    heavy = known.weights * np.log((known.documents + 1.5) / (often + 0.5))
    if len(heavy) > KEPT:
        chosen = np.flatnonzero(heavy >= np.partition(heavy, -KEPT)[-KEPT])
        order = chosen[np.argsort(-heavy[chosen], kind="stable")[:KEPT]]
    else:
        order = np.argsort(-heavy, kind="stable")
    packed = np.empty(len(order), ENTRY)
    packed["term"] = known.terms[order]
    packed["weight"] = np.ceil(heavy[order] / heavy.max(initial=0.0) * 255)
    return packed.tobytes()


def placed(vector: bytes) -> list[int]:
    """Give the terms by which the article of a stored vector asks, and is found."""
    heaviest: list[int] = np.frombuffer(vector, ENTRY)["term"][:PLACED].tolist()
    return heaviest


def nearest(
    vector: bytes,
    index: Index,
    language: str | None,
    *,
    most: int = 10,
    without: int | None = None,
) -> list[tuple[int, float]]:
    """Give the documents nearest to `vector` with their cosines, nearest first, ties by number.

    `without` is a document to leave out: the one the vector belongs to, where the index has it.
    """
    candidates = _candidates(vector, index, language, without)
    if not candidates:
        return []
    own = np.frombuffer(vector, ENTRY)
    vectors = index.vectors(candidates)
    other = np.frombuffer(b"".join(vectors), ENTRY)
    sizes = [len(one) // ENTRY.itemsize for one in vectors]
    first = np.array([0, *accumulate(sizes[:-1])])
    order = np.argsort(own["term"])
    terms, weights = own["term"][order], own["weight"][order].astype(np.int64)
    asked, theirs = other["term"].astype(np.uint32), other["weight"].astype(np.uint32)
    likely = np.zeros(1 << 16, bool)  # by the lower half of a term: most are ruled out by that
    likely[terms.astype(np.uint16)] = True
    hits = np.flatnonzero(likely.take(asked.astype(np.uint16)))
    hit = asked[hits]
    at = np.minimum(np.searchsorted(terms, hit), len(terms) - 1)
    ours = weights[at] * (terms[at] == hit)
    owner = np.searchsorted(first, hits, "right") - 1
    products = np.bincount(owner, theirs[hits] * ours, len(vectors))
    lengths = np.sqrt(np.add.reduceat(theirs * theirs, first) * float(weights @ weights))
    cosines = np.minimum(products / lengths, 1.0).tolist()
    scored = zip(candidates, cosines, strict=True)
    return sorted(scored, key=lambda found: (-found[1], found[0]))[:most]


_BITS = 17
"""Bits of what a document gains by one term."""
_MOST = 1 << 30
"""More than a document can gain by all."""


def _candidates(
    vector: bytes, index: Index, language: str | None, without: int | None
) -> list[int]:
    """Give the documents that share most with a query, as far as its rarest terms show."""
    own = np.frombuffer(vector, ENTRY)[:PLACED]
    terms, weights = own["term"], own["weight"].astype(np.int64)
    often = index.frequencies(counted(terms, language))[1:]
    rarest = np.lexsort((terms, often))
    found, left = list[Keys](), SCANNED
    for term in terms[rarest].tolist():
        found.append(index.postings(term, left))
        left -= len(found[-1])
        if left <= 0:
            break
    if left == SCANNED:
        return []
    # A document and what it gains in one number: sorted together, the gains of each are summed.
    gains = np.repeat(weights[rarest[: len(found)]] ** 2, list(map(len, found)))
    each = np.sort(np.concatenate(found).astype(np.int64) << _BITS | gains)
    numbers = each >> _BITS
    new = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    first = np.flatnonzero(new)
    shared = np.add.reduceat(each & ((1 << _BITS) - 1), first)
    order = np.sort((_MOST - shared << 32) | numbers[first])[: COMPARED + 1]
    best: list[int] = (order & 0xFFFFFFFF).tolist()
    return [document for document in best if document != without][:COMPARED]


class MemoryIndex:
    """The index in memory: for one file, and for tests."""

    def __init__(self) -> None:
        self._frequencies = Frequencies()
        self._postings: dict[int, bytearray] = {}  # of numbers; arrays slow down the collector
        self._vectors: dict[int, bytes] = {}

    def count(self, keys: Keys) -> None:
        """Count what is `counted` of a document; its vector may follow later."""
        self._frequencies.add(keys)

    def add(self, document: int, vector: bytes) -> None:
        """Store the vector of `document`, which is newer than all before."""
        self._vectors[document] = vector
        number = np.uint32(document).tobytes()
        for term in placed(vector):
            if (documents := self._postings.get(term)) is not None:
                documents += number
            else:
                self._postings[term] = bytearray(number)

    def forget(self, before: int) -> None:
        """Let go the documents with smaller numbers; how rare terms are stays known."""
        gone = [number for number in self._vectors if number < before]
        for term in {term for number in gone for term in placed(self._vectors.pop(number))}:
            documents = np.frombuffer(self._postings.pop(term), np.uint32)
            if len(kept := documents[np.searchsorted(documents, before) :]):
                self._postings[term] = bytearray(kept)

    def frequencies(self, keys: Keys) -> NDArray[np.uint32]:
        return self._frequencies[keys]

    def postings(self, term: int, most: int) -> Keys:
        return np.frombuffer(self._postings.get(term, b"")[-4 * most :], np.uint32)

    def vectors(self, documents: Sequence[int]) -> Sequence[bytes]:
        return [self._vectors[document] for document in documents]
