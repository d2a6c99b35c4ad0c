"""Stories on a desk: found when articles are filed, ranked, and as persons decided ever after."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from tests.desk.test_terms import put

from copytaster.article import Article, Block
from copytaster.desk import Desk, RulingError
from copytaster.desk.telling import names
from copytaster.sample.expected import expected
from copytaster.story import Ruling

MILL = (
    "The old paper mill in Oxley burned for six hours on Monday before crews from Barrow had the "
    "fire under control, and nobody was hurt, firefighters said.",
    "The mill had stood empty since the Oxley Paper Company closed it in the spring.",
)
BLAZE = (
    "Firefighters from Barrow fought a blaze at the old paper mill in Oxley for six hours.",
    "Nobody was hurt in the empty building, which the Oxley Paper Company had left in spring.",
)
VOTE = (
    "Councillors in Seln put off the vote on the new harbour wall until May, after the engineers "
    "had asked for more time.",
    "The wall would cost eleven million, said Ada Strand, who leads the harbour committee.",
)
DELAY = (
    "The vote on the harbour wall of Seln will not be before May: councillors put it off.",
    "Ada Strand of the harbour committee said that the engineers had asked for more time.",
)


def article(name: str, headline: str, body: tuple[str, ...], day: int = 1) -> Article:
    return Article(
        id=f"{int.from_bytes(name.encode()):016x}",
        path=name,
        url=f"https://{name}.example/{name}",
        publisher=name,
        language="en",
        headline=headline,
        date_published=f"2024-03-{day:02}T08:00:00+00:00",
        body=tuple(Block("paragraph", text) for text in body),
    )


ALL = [
    article("mill", "Paper mill burns in Oxley", MILL),
    article("vote", "Harbour vote delayed in Seln", VOTE, 2),
    article("blaze", "Six-hour blaze at Oxley paper mill", BLAZE),
    article("copy", "Mill burns", MILL, 3),
    article("delay", "Seln councillors delay harbour wall vote", DELAY, 2),
]
ID = {one.path: one.id for one in ALL}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "test.desk") as desk:
        put(desk, *ALL)
        yield desk
        assert desk.check() == []


def grouped(desk: Desk) -> set[frozenset[str]]:
    """Give the stories as sets of the names of their articles."""
    found = defaultdict(set)
    names = {id: name for name, id in ID.items()}
    for id, story in desk._connection.execute("SELECT id, story FROM article"):
        found[story].add(names.get(id, id))
    return {frozenset(one) for one in found.values()}


def story_of(desk: Desk, name: str) -> str:
    filed = desk.article(ID[name])
    assert filed and filed.listing.story
    return filed.listing.story


FIRE, WALL = frozenset({"mill", "blaze", "copy"}), frozenset({"vote", "delay"})


def test_articles_are_grouped_and_counted(desk: Desk) -> None:
    assert grouped(desk) == {FIRE, WALL}
    fire, wall = desk.stories()
    assert (fire.articles, fire.outlets, fire.reports) == (3, 3, 2)
    assert (wall.articles, wall.outlets, wall.reports) == (2, 2, 2)
    assert fire.lead.id == ID["mill"]  # carried by another, too
    assert desk.stories(limit=1) == [fire]
    assert desk.stories(after=fire.id) == [wall]
    assert desk.stories(after=wall.id) == desk.stories(after="0" * 16) == []


def test_what_a_story_shows(desk: Desk) -> None:
    story = desk.story(story_of(desk, "mill"))
    assert story
    assert [(day.day, day.articles, day.reports) for day in story.days] == [
        ("2024-03-01", 2, 2),
        ("2024-03-03", 1, 0),
    ]
    assert {report.origin.id for report in story.reports} == {ID["mill"], ID["blaze"]}
    carriers = {report.origin.id: report.carriers for report in story.reports}
    assert [carrier.listing.id for carrier in carriers[ID["mill"]]] == [ID["copy"]]
    assert sorted(outlet.key for outlet in story.outlets) == [
        "blaze.example",
        "copy.example",
        "mill.example",
    ]
    assert [name.name for name in story.names] == ["Barrow", "Oxley Paper Company"]
    assert (story.changed, story.rulings, story.more) == ((), (), None)
    first = desk.story(story.line.id, limit=1)
    assert first and first.more == first.reports[0].origin.id
    second = desk.story(story.line.id, limit=1, after=first.more)
    assert second and second.reports == story.reports[1:] and second.more is None
    assert desk.story("0" * 16) is None
    assert desk.story("no id") is None


def test_what_tells_no_date_stretches_no_story(desk: Desk) -> None:
    undated = structs.replace(article("late", "Mill burns down", MILL), date_published=None)
    put(desk, undated)
    story = desk.story(story_of(desk, "mill"))
    assert story
    assert story.line.articles == 4
    assert (story.line.first[:10], story.line.latest[:10]) == ("2024-03-01", "2024-03-03")
    assert [(day.day, day.articles) for day in story.days] == [("2024-03-01", 2), ("2024-03-03", 1)]
    today = desk.listing(undated.id)
    assert today and not today.dated
    assert desk.in_story(story.line.id, day=today.date[:10]) == []
    assert len(desk.in_story(story.line.id)) == 4


def test_a_story_without_any_date_is_of_when_it_came(tmp_path: Path) -> None:
    with Desk(tmp_path / "undated.desk") as desk:
        put(
            desk,
            *(
                structs.replace(article(name, "Mill burns", MILL), date_published=None)
                for name in ("one", "two")
            ),
        )
        (line,) = desk.stories()
        story = desk.story(line.id)
        assert story and [day.articles for day in story.days] == [2]
        assert story.days[0].day == line.first[:10]
        assert desk.check() == []


def test_a_version_that_is_changed_is_listed_and_stays(desk: Desk) -> None:
    put(desk, article("vote", "Harbour vote delayed in Seln, again", VOTE, 2))
    story = desk.story(story_of(desk, "vote"))
    assert story
    assert [(one.listing.id, one.versions) for one in story.changed] == [(ID["vote"], 2)]


def test_a_split_holds_when_more_comes(desk: Desk) -> None:
    number = desk.split(story_of(desk, "mill"), ID["blaze"])
    apart = {FIRE - {"blaze"}, frozenset({"blaze"}), WALL}
    assert grouped(desk) == apart
    put(desk, *(article(f"more{n}", f"Oxley mill, day {n}", BLAZE[::-1], n) for n in range(2, 9)))
    for found in grouped(desk):
        assert not {"mill", "blaze"} <= found
    (ruled,) = desk.rulings()
    assert (ruled.number, ruled.act) == (number, "split")
    story = desk.story(story_of(desk, "mill"))
    assert story and story.rulings == (ruled,)
    desk.undo(number)
    assert desk.rulings() == []
    assert any({"mill", "blaze"} <= found for found in grouped(desk))


def test_a_merge_holds_and_can_be_undone(desk: Desk) -> None:
    first, second = story_of(desk, "mill"), story_of(desk, "vote")
    number = desk.merge(first, second)
    assert grouped(desk) == {FIRE | WALL}
    assert story_of(desk, "vote") == first  # the id of the one that began first stays
    assert desk.story(second) == desk.story(first)
    with pytest.raises(RulingError, match="two stories"):
        desk.merge(first, second)
    desk.undo(number)
    assert grouped(desk) == {FIRE, WALL}
    found = desk.story(story_of(desk, "vote"))
    assert found and found.line.id == second


def test_an_article_is_moved(desk: Desk) -> None:
    number = desk.move(ID["delay"], story_of(desk, "mill"))
    assert grouped(desk) == {FIRE | {"delay"}, frozenset({"vote"})}
    desk.undo(number)
    assert grouped(desk) == {FIRE, WALL}


def test_not_the_same(desk: Desk) -> None:
    desk.apart(ID["vote"], ID["delay"])
    assert grouped(desk) == {FIRE, frozenset({"vote"}), frozenset({"delay"})}
    desk.merge(story_of_any(desk, "vote"), story_of_any(desk, "delay"))  # the later one stands
    assert grouped(desk) == {FIRE, WALL}


def story_of_any(desk: Desk, name: str) -> str:
    from copytaster.desk.identity import story_id

    (kept,) = desk._connection.execute(
        "SELECT story.id FROM article JOIN story ON story.number = story WHERE article.id = ?",
        (ID[name],),
    ).fetchone()
    return story_id(kept)


def test_rulings_come_before_their_articles(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        desk.rule(Ruling(kind="apart", these=(ID["mill"],), those=(ID["blaze"],)))
        put(desk, *ALL)
        assert all(not {"mill", "blaze"} <= found for found in grouped(desk))
        assert desk.check() == []


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda desk: desk.merge("0" * 16, story_of(desk, "mill")), "no such story"),
        (lambda desk: desk.merge(story_of(desk, "mill")), "two stories"),
        (lambda desk: desk.merge("zz", "é"), "no such story"),
        (lambda desk: desk.split(story_of(desk, "mill")), "not all"),
        (lambda desk: desk.split(story_of(desk, "mill"), ID["mill"], ID["blaze"]), "not all"),
        (lambda desk: desk.split(story_of(desk, "mill"), ID["vote"]), "no article of the story"),
        (lambda desk: desk.move(ID["mill"], story_of(desk, "mill")), "already"),
        (lambda desk: desk.move("0" * 16, story_of(desk, "mill")), "no such article"),
        (lambda desk: desk.apart(ID["mill"], ID["mill"]), "itself"),
        (lambda desk: desk.apart(ID["mill"], "0" * 16), "no such article"),
        (lambda desk: desk.undo(4), "no such decision"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(desk: Desk, act, said: str) -> None:  # type: ignore[no-untyped-def]
    before = grouped(desk)
    with pytest.raises(RulingError, match=said):
        act(desk)
    assert grouped(desk) == before
    assert desk.rulings() == []


def test_names_are_those_inside_of_sentences() -> None:
    text = "The mayor, Ada Strand, met Per Lund’s men in Oxley on Monday. She said so. Mills burn."
    found = names(article("n", "Ada Strand Meets", (text,)))
    assert found == ["Ada Strand", "Per Lund", "Oxley"]


def test_the_samples_stories(sample_desk: Desk) -> None:
    """Most of what tells one story is in one, as far as it is in one language."""
    told = {page.url or page.path: page.story for page in expected().pages if page.headline}
    placed = {}
    for id, story in sample_desk._connection.execute("SELECT id, story FROM article"):
        filed = sample_desk.article(id)
        assert filed
        key = filed.article.url or filed.article.path
        found = next((told[one] for one in told if key == one or key.endswith(one)), None)
        placed[id] = (story, found or id)
    both = Counter(placed.values())
    homes = Counter(story for story, _ in placed.values())
    events = Counter(event for _, event in placed.values())
    precision = sum(n * n / homes[story] for (story, _), n in both.items()) / len(placed)
    recall = sum(n * n / events[event] for (_, event), n in both.items()) / len(placed)
    assert precision >= 0.95
    assert recall >= 0.55
