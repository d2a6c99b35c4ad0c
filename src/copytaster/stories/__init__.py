"""Which articles are about one event: articles in, in the order they came; their stories out."""

from collections.abc import Iterable, Iterator, Mapping

from copytaster import copies
from copytaster.copies.index import MemoryIndex
from copytaster.copies.kinds import MOST
from copytaster.copy import Copy
from copytaster.records import Record, full_text
from copytaster.stories import similar
from copytaster.stories.evidence import evidence
from copytaster.stories.grouping import LAST, LOOKED, NEAR, Grouping
from copytaster.stories.shelf import MemoryShelf
from copytaster.story import Placed, Ruling

WRITTEN = 1000
"""Articles after which what changed is written down: what is old is let go then."""


def stories(
    records: Iterable[Record], rulings: Iterable[Ruling] = (), *, last: int = LAST
) -> Iterator[Placed]:
    """Give each article's story, in order of arrival, when all have come.

    An article is compared with the `last` before it, at about the same cost however many they are.
    Same order in, same stories out. An id that comes again is a version of its article.
    """
    carriers, index, shelf = MemoryIndex(last), similar.MemoryIndex(), MemoryShelf(LOOKED, last)
    grouping = Grouping(shelf, rulings)
    numbers: dict[str, int] = {}
    order: list[tuple[str, int]] = []
    for record in records:
        number = numbers.setdefault(record.id, len(numbers))
        order.append((record.id, number))
        if number < len(numbers) - 1:
            continue
        found = copies.take(copies.text_of(record), carriers)
        text = similar.Text(record.id, record.headline or "", full_text(record), record.language)
        weighed = similar.terms(text.headline, text.text)
        index.count(similar.counted(weighed, text.language))
        vector = similar.vector(weighed, index, text.language)
        near = similar.nearest(vector, index, text.language, most=NEAR)
        index.add(number, vector)
        seen = evidence(text, record.date_published, index, weighed)
        grouping.add(number, seen, dict(near), carried(found.copies, record.id, numbers))
        if number % WRITTEN == 0:
            shelf.write(grouping.changes())
        if number % (last // 4 + 1) == 0:
            index.forget(number - last)
    shelf.write(grouping.changes())
    placed = list(shelf.placed())
    yield from (Placed(id, placed[number]) for id, number in order)


def carried(copies: Iterable[Copy], id: str, numbers: Mapping[str, int]) -> int | None:
    """Give the earliest article that shares so much with `id` that both are one report."""
    others = (
        numbers[copy.of if copy.id == id else copy.id]
        for copy in copies
        if copy.kind != "embedded" or copy.share_of_this >= MOST
    )
    return min(others, default=None)
