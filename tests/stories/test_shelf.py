"""The shelf in memory lets go what is old, and still knows where every article went."""

import pytest

from copytaster.records import Record
from copytaster.stories import shelf, stories


def archive(articles: int) -> list[Record]:
    """Give articles of which each third tells again what one some way before it told."""
    made = []
    for n in range(articles):
        event = n - 7 if n % 3 == 2 else n
        words = [f"word{event * 31 + m}" for m in range(40)]
        said = words[: 30 + n % 5]
        made.append(Record(id=f"{n}", headline=" ".join(words[:6]), text=" ".join(said)))
    return made


def test_sweeping_the_shelf_changes_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    records = archive(400)
    whole = list(stories(records))
    monkeypatch.setattr(shelf, "SWEPT", 10)
    monkeypatch.setattr("copytaster.stories.WRITTEN", 10)
    assert list(stories(records)) == whole
    placed = [one.story for one in stories(records, last=60)]  # most of them let go
    assert placed == [one.story for one in whole]
    assert len(set(placed)) < 300


def test_an_id_that_comes_again_at_once_is_one_article() -> None:
    one, other = archive(2)
    placed = list(stories([one, one, other, other, one]))
    assert [each.id for each in placed] == ["0", "0", "1", "1", "0"]
    assert len({each.story for each in placed}) == 2
