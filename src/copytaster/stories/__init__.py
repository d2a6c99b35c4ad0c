"""Which articles are about one event: articles in, in the order they came; their stories out."""

from array import array
from collections.abc import Iterable, Iterator, Mapping

from copytaster import copies
from copytaster.copies.index import MemoryIndex
from copytaster.copies.kinds import MOST
from copytaster.copy import Copy
from copytaster.records import Record, full_text
from copytaster.stories import similar
from copytaster.stories.evidence import evidence
from copytaster.stories.grouping import LOOKED, NEAR, Grouping
from copytaster.stories.shelf import MemoryShelf
from copytaster.story import Placed, Ruling

HELD = 100_000
"""Articles held in memory, about a gigabyte: those of a month at 3,000 a day."""
WRITTEN = 1000
"""Articles after which what changed is written down: what is old is let go then."""


def stories(
    records: Iterable[Record], rulings: Iterable[Ruling] = (), *, last: int = HELD
) -> Iterator[Placed]:
    """Give each article's story, in order of arrival, when all have come.

    An article is compared with the `last` before it, at about the same cost however many they are.
    Same order in, same stories out. An id that comes again is a version of its article,
    which stays in its story and shows from then on what the version says.
    """
    numbers: dict[str, int] = {}
    shelf = MemoryShelf(LOOKED, last, numbers)
    carriers, index = MemoryIndex(last), similar.MemoryIndex()
    grouping = Grouping(shelf, rulings)
    order = array("Q")
    for record in records:
        is_new = record.id not in numbers
        number = numbers.setdefault(record.id, len(numbers))
        order.append(number)
        text = similar.Text(record.id, record.headline or "", full_text(record), record.language)
        weighed = similar.terms(text.headline, text.text)
        of = None
        if is_new:
            index.count(similar.counted(weighed.terms, text.language))
            found = copies.take(copies.text_of(record), carriers)
            of = carried(found.copies, record.id, numbers)
        known = similar.known(weighed, index, text.language)
        vector = similar.vector(known)
        if of is None or not grouping.carry(number, record.id, of):
            near = dict(similar.nearest(vector, index, text.language, most=NEAR, without=number))
            seen = evidence(text, record.date_published, known)
            if not is_new:
                grouping.correct(number, seen, near, len(numbers) - 1)
                continue
            grouping.add(number, seen, near, of)
        index.add(number, vector)
        if number % WRITTEN == 0:
            shelf.write(grouping.changes())
        if number % (last // 4 + 1) == 0:
            index.forget(number - last)
    shelf.write(grouping.changes())
    ids = list(numbers)
    yield from (Placed(ids[number], shelf.story_of(number)) for number in order)


def carried(copies: Iterable[Copy], id: str, numbers: Mapping[str, int]) -> int | None:
    """Give the earliest article that shares so much with `id` that both are one report."""
    others = (
        numbers[copy.of if copy.id == id else copy.id]
        for copy in copies
        if copy.kind != "embedded" or copy.share_of_this >= MOST
    )
    return min(others, default=None)
