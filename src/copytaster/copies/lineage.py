"""Where copies come from: groups of articles that go back to one origin.

The independent reports of a story are its lineages, not its outlets. Each article goes back to the
one article that it carries most of; who has no such article is an origin. "According to AFP" makes
no lineage: only shared passages do.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from copytaster.copies.direction import is_agency
from copytaster.copies.index import Text
from copytaster.copies.kinds import MOST
from copytaster.copy import Copy, Lineage, Passage

_WORD = re.compile(r"\w")


def lineages(texts: Iterable[Text], copies: Iterable[Copy]) -> list[Lineage]:
    """Give the lineages of `texts`, an article without copies being one of its own, in their order.

    Only id, outlet and agency of the texts are looked at. Copies of articles that are not among
    them are passed over. An article that only embeds another's passage is an origin.
    """
    known = {text.id: text for text in texts}
    origin = _origins(known, copies)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for id in known:
        groups[origin(id)].append(id)
    return [lineage(root, [known[id] for id in ids]) for root, ids in groups.items()]


def own(text: str, passages: Iterable[Passage]) -> list[tuple[int, int]]:
    """Give what of `text` stands in no passage: start and end, without what is no word around it.

    With `copy.passages` that is what the copy added, with `copy.turned()` what it left out of the
    other article.
    """
    found = []
    at = 0
    for start, end in [*((one.start, one.end) for one in passages), (len(text), len(text))]:
        letters = [match.start() for match in _WORD.finditer(text, at, start)]
        if letters:
            found.append((letters[0], letters[-1] + 1))
        at = max(at, end)
    return found


class _Origins:
    """Who goes back to whom: a forest that never closes a circle."""

    def __init__(self) -> None:
        self._source: dict[str, str] = {}

    def __call__(self, id: str) -> str:
        origin = id
        while origin in self._source:
            origin = self._source[origin]
        while id != origin:  # the way is shorter next time
            self._source[id], id = origin, self._source[id]
        return origin

    def join(self, id: str, source: str) -> None:
        if id not in self._source and self(source) != id:
            self._source[id] = source


def _origins(known: Mapping[str, Text], copies: Iterable[Copy]) -> _Origins:
    origins = _Origins()
    order = {id: number for number, id in enumerate(known)}
    carried = [
        copy
        for copy in copies
        if copy.kind != "embedded" or copy.share_of_this >= MOST
        if copy.id in known and copy.of in known
    ]
    for copy in sorted(
        carried,
        key=lambda one: ("credit" not in one.evidence, -one.share_of_this, order[one.of], one.id),
    ):
        origins.join(copy.id, copy.of)
    return origins


def lineage(root: str, group: list[Text]) -> Lineage:
    """Name the agency of a group, and as its origin the agency's own article where it is there."""
    credits = Counter(text.agency for text in group if text.agency)
    agency = min(credits, key=lambda name: (-credits[name], name)) if credits else None
    wires = [text.id for text in group if is_agency(agency, text.outlet)]
    origin = wires[0] if wires and root not in wires else root
    return Lineage(
        origin=origin,
        agency=agency,
        articles=(origin, *(text.id for text in group if text.id != origin)),
    )
