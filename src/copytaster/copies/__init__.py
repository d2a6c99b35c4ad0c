"""Who carried whose copy: articles in, in the order they came; pairs that share passages out."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.address import host
from copytaster.article import Article
from copytaster.copies.direction import directed
from copytaster.copies.furniture import among
from copytaster.copies.index import Index, MemoryIndex, Text
from copytaster.copies.kinds import MOST, Pair, Side
from copytaster.copies.passages import Span, located, shared
from copytaster.copies.shingles import Hashes, sampled
from copytaster.copy import Copy, Reason
from copytaster.records import Record, full_text

LAST = 300_000
"""Articles held in memory: somewhat over a gigabyte."""
CHECKED = 12
"""Articles that are compared word for word, those that share most samples."""
HINTS = 2
"""Samples that an article must share for that."""
CARRIED = 8
"""Articles under which a passage is found; whoever carries it after them is not."""


class Found(Struct, frozen=True):
    """What is known of an article after it was compared, and what is to be kept of it."""

    copies: tuple[Copy, ...]
    samples: Hashes
    """Under which the article is to be found."""
    furniture: Hashes
    """Shingles that it shares with unlike articles of its outlet."""


def copies(records: Iterable[Record], *, last: int = LAST) -> Iterator[Copy]:
    """Give each pair of articles that share passages, when the second of them comes.

    An article is compared with the `last` before it, at about the same cost however many they are.
    """
    index = MemoryIndex(last)
    for record in records:
        yield from take(text_of(record), index).copies


def take(text: Text, index: MemoryIndex) -> Found:
    """Compare an article with those in the index, and put it there."""
    found = find(text, index)
    index.add(text, found.samples)
    if text.outlet is not None and len(found.furniture):
        index.note(text.outlet, found.furniture)
    return found


def text_of(article: Article | Record) -> Text:
    """Take from an article what finding copies needs; offsets count into `Article.text`."""
    headline = article.headline or ""
    if isinstance(article, Article):
        text = article.text
    else:
        text = "\n\n".join(part for part in (headline, full_text(article)) if part)
    body = len("\n\n".join(block.text for block in article.body))
    return Text(
        id=article.id,
        text=text,
        headline=len(headline),
        body=len(text) - body if article.body else len(headline),
        outlet=article.publisher or host(article.url),
        agency=article.agency,
        date=article.date_published,
    )


def find(text: Text, index: Index) -> Found:
    """Compare an article with those in the index."""
    side = _side(text, index)
    shingles = side.words.shingles
    samples = sampled(shingles[side.counted[: len(shingles)]])
    found: list[Copy] = []
    carried, repeated = np.zeros((2, len(shingles)), int)
    for other in _candidates(samples, index):
        if other.id == text.id:
            continue
        source = _side(other, index)
        spans = shared(side.words, source.words)
        if not spans:
            continue
        pair = Pair(side, source, spans)
        if pair.enough():
            found.append(_copy(*directed(pair)))
            _count(carried, spans)
        if pair.same:  # nothing is its own, and who shares text with it shares it with the other
            samples = samples[:0]
            break
        if pair.within and max(pair.share, pair.source_share) < MOST:
            _count(repeated, spans)
    return Found(
        copies=tuple(found),
        samples=samples[~among(samples, np.sort(shingles[carried >= CARRIED]))],
        furniture=shingles[repeated > 0],
    )


def _side(text: Text, index: Index) -> Side:
    return Side(text, index.furniture(text.outlet or ""))


def _candidates(samples: Hashes, index: Index) -> Sequence[Text]:
    """Give the articles that share most samples."""
    holders = index.holders(samples)
    least = min(HINTS, 1 + len(samples) // 8)
    likely = [number for number, held in holders.items() if held >= least]
    return index.texts(sorted(likely, key=lambda number: (-holders[number], number))[:CHECKED])


def _count(words: NDArray[np.int64], spans: Iterable[Span]) -> None:
    for start, end, _, _ in spans:
        words[start:end] += 1


def _copy(pair: Pair, reasons: tuple[Reason, ...]) -> Copy:
    return Copy(
        id=pair.copy.text.id,
        of=pair.source.text.id,
        kind=pair.kind(),
        share_of_this=round(pair.share, 4),
        share_of_that=round(pair.source_share, 4),
        passages=located(pair.spans, pair.copy.words, pair.source.words),
        evidence=reasons,
    )
