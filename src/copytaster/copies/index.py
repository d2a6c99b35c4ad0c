"""Where articles are found again by what they say: an inverted index that somebody else may hold.

A passage is indexed under the first few articles that had it: later copies add only what is their
own. So a million copies of one text cost no more than those few, and are compared with them alone.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import zstandard
from msgspec import Struct, structs

from copytaster.copies.furniture import NOTED
from copytaster.copies.postings import Postings
from copytaster.copies.shingles import Hashes

COMMON = 24
"""Articles that hold a shingle; where more do, it says nothing."""
FORGOTTEN = 50_000
"""So many articles are forgotten at a time."""


class Text(Struct, frozen=True, kw_only=True, gc=False):
    """What finding copies needs of an article."""

    id: str
    text: str
    """All of it; offsets count into this."""
    headline: int = 0
    """Where in `text` the headline ends, which it begins with."""
    body: int = 0
    """Where in `text` the body begins: after headline, standfirst and captions."""
    outlet: str | None = None
    agency: str | None = None
    """Whose copy the article says it is."""
    date: str | None = None


class Index(Protocol):
    """Articles, numbered in the order they came."""

    def holders(self, samples: Hashes) -> Mapping[int, int]:
        """Give the articles that hold any of `samples`, and how many; common ones do not count."""

    def texts(self, articles: Sequence[int]) -> Sequence[Text]:
        """Give articles by number."""

    def furniture(self, outlet: str) -> Hashes:
        """Give the shingles of the outlet's furniture."""


class MemoryIndex:
    """The index in memory: for one file, and for tests. Of the articles it keeps the `last`."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._texts: dict[int, tuple[Text, bytes]] = {}
        self._packer = zstandard.ZstdCompressor(level=1)
        self._opener = zstandard.ZstdDecompressor()
        self._next = 0
        self._postings = Postings()
        self._noted: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._furniture: dict[str, Hashes] = {}

    def add(self, text: Text, samples: Hashes) -> None:
        """Add an article under its `samples`."""
        packed = self._packer.compress(text.text.encode("utf-8", "surrogatepass"))
        self._texts[self._next] = structs.replace(text, text=""), packed
        self._postings.add(self._next, samples)
        self._next += 1
        oldest = self._next - self._last
        self._texts.pop(oldest - 1, None)
        if oldest > 0 and oldest % FORGOTTEN == 0:
            self._postings.forget(oldest)

    def note(self, outlet: str, shingles: Hashes) -> None:
        """Note shingles that one more article of the outlet shares with an unlike one."""
        once = np.unique(shingles).tolist()
        noted = self._noted[outlet]
        noted.update(once)
        known = np.array([shingle for shingle in once if noted[shingle] == NOTED], np.uint64)
        self._furniture[outlet] = np.union1d(self.furniture(outlet), known)

    def holders(self, samples: Hashes) -> Mapping[int, int]:
        found = self._postings.holders(samples, COMMON)
        return {article: held for article, held in found.items() if article in self._texts}

    def texts(self, articles: Sequence[int]) -> Sequence[Text]:
        return [self._opened(*self._texts[article]) for article in articles]

    def _opened(self, text: Text, packed: bytes) -> Text:
        said = self._opener.decompress(packed).decode("utf-8", "surrogatepass")
        return structs.replace(text, text=said)

    def furniture(self, outlet: str) -> Hashes:
        return self._furniture.get(outlet, _NONE)


_NONE: Hashes = np.zeros(0, np.uint64)
