"""Rulings made ready: which articles must stay together, and which apart.

Where rulings contradict each other, also over several steps ("a with b", "b with c", "a not with
c"), the later one stands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import pairwise, product

from copytaster.story import Ruling


class Rulings:
    """Rulings over article ids, the latest first to be believed.

    Articles that belong together have one key, by which they are asked for; an article that
    nobody ruled about is its own key.
    """

    def __init__(self, rulings: Iterable[Ruling] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for ruling in reversed(list(rulings)):
            for one, other in _pairs(ruling):
                a, b = self.key(one), self.key(other)
                if ruling.kind == "together":
                    self._join(a, b)
                elif a != b:
                    self._apart[a].add(b)
                    self._apart[b].add(a)
        self._together: defaultdict[str, list[str]] = defaultdict(list)
        for id in sorted(self._parent):
            self._together[self.key(id)].append(id)

    def key(self, id: str) -> str:
        """Give what stands for `id` and all that must be in its story."""
        while (parent := self._parent.get(id, id)) != id:
            id = parent
        return id

    def about(self, id: str) -> bool:
        """Say whether anything was ruled about an article."""
        key = self.key(id)
        return key in self._parent or key in self._apart

    def together(self, key: str) -> Sequence[str]:
        """Give the articles that `key` stands for."""
        return self._together.get(key, ())

    def apart(self, key: str) -> Set[str]:
        """Give the keys that must not be in one story with `key`."""
        return self._apart.get(key, frozenset())

    def allow(self, ones: Collection[str], others: Collection[str]) -> bool:
        """Say whether two sets of keys may be one story."""
        if not self._apart:
            return True
        small, large = sorted((ones, others), key=len)
        return all(self.apart(key).isdisjoint(large) for key in small)

    def _join(self, a: str, b: str) -> None:
        if a == b or b in self.apart(a):
            return
        a, b = min(a, b), max(a, b)
        self._parent[a] = self._parent[b] = a
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)


def _pairs(ruling: Ruling) -> Iterator[tuple[str, str]]:
    if ruling.kind == "together":
        yield from pairwise(ruling.these + ruling.those)
    else:
        yield from product(ruling.these, ruling.those)
