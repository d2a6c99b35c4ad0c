"""Whole articles in, copies out: on the sample, and where something is missing or too much."""

from collections.abc import Iterator

import pytest

from copytaster.article import Article, Block
from copytaster.copies import copies, text_of
from copytaster.copy import Copy
from copytaster.records import Record
from copytaster.sample.expected import expected


def numbered(first: int, words: int) -> str:
    """Give text of which no five words in a row stand in another."""
    return " ".join(f"w{first + n}x" for n in range(words))


def record(id: str, *paragraphs: str, **more: str) -> Record:
    body = tuple(Block("paragraph", text) for text in paragraphs)
    return Record(id=id, headline=f"Headline of {id}", body=body, **more)  # type: ignore[arg-type]


def sample() -> Iterator[Record]:
    said = expected()
    for page in said.pages:
        if page.headline and page.version == 1:
            yield Record(
                id=page.path,
                publisher=said.outlets[page.outlet].name,
                agency=page.agency,
                date_published=page.date_published,
                headline=page.headline,
                standfirst=page.standfirst,
                pictures=page.pictures,
                body=page.body,
            )


@pytest.mark.parametrize("backwards", [False, True])
def test_each_copy_of_the_sample_is_found_with_its_kind(backwards: bool) -> None:
    records = sorted(sample(), key=lambda record: record.id, reverse=backwards)
    found = {(copy.id, copy.of): copy.kind for copy in copies(records)}
    wanted = {(page.path, page.copy.of): page.copy.kind for page in expected().pages if page.copy}
    assert {pair: found.get(pair) for pair in wanted} == wanted
    story = {page.path: page.story for page in expected().pages}
    assert all(story[id] == story[of] for id, of in found)


def only(*records: Record) -> Copy:
    (copy,) = copies(records)
    return copy


def test_passages_are_the_words_themselves() -> None:
    first = record("a", numbered(0, 80), numbered(100, 80))
    second = record("b", numbered(900, 60), numbered(100, 80), numbered(1000, 60))
    copy = only(first, second)
    assert (copy.id, copy.of, copy.kind) == ("b", "a", "embedded")
    (passage,) = copy.passages
    assert text_of(second).text[passage.start : passage.end] == numbered(100, 80)
    assert text_of(first).text[passage.other_start : passage.other_end] == numbered(100, 80)
    assert copy.evidence == ("order",)


def test_the_same_text_under_two_urls() -> None:
    text = numbered(0, 100)
    pages = [Record(id=id, headline="H", text=text, url=f"https://x.example/{id}") for id in "ab"]
    assert only(*pages).kind == "identical"


def test_nothing_to_compare() -> None:
    assert list(copies([])) == []
    assert list(copies([Record(id="a"), Record(id="b"), Record(id="c", headline="H")])) == []


def test_the_source_is_the_longer_where_no_date_is_known() -> None:
    whole = record("whole", numbered(0, 80), numbered(100, 120))
    part = Record(id="part", headline="Headline of whole", body=whole.body[:1])
    assert {(only(*two).id, only(*two).kind) for two in ((whole, part), (part, whole))} == {
        ("part", "truncated")
    }


def test_the_source_is_the_agency_whenever_it_came() -> None:
    mine = record("mine", numbered(0, 90), agency="AP", date_published="2026-03-01")
    wire = record("wire", numbered(0, 90), publisher="The Associated Press")
    copy = only(mine, wire)
    assert (copy.id, copy.of, copy.evidence) == ("mine", "wire", ("credit",))


def test_furniture_of_an_outlet_makes_no_copy() -> None:
    box = numbered(5000, 70)
    pages = [record(f"{n}", numbered(n * 200, 150), box, publisher="The Post") for n in range(6)]
    assert list(copies(pages)) == []


def test_a_statement_that_many_quote_makes_no_copy() -> None:
    said = f"“{numbered(5000, 90)}”"
    pages = [record(f"{n}", numbered(n * 200, 100), said) for n in range(4)]
    assert list(copies(pages)) == []


def test_languages_without_spaces() -> None:
    first = "".join(chr(0x4E00 + 7 * n) for n in range(200))
    pages = [
        Record(id="a", headline="甲", text=first),
        Record(id="b", headline="乙", text=first[:90]),
        Record(id="c", headline="丙", text="".join(chr(0x4E03 + 7 * n) for n in range(200))),
    ]
    assert [(copy.id, copy.of, copy.kind) for copy in copies(pages)] == [("b", "a", "truncated")]


def test_many_copies_of_one_text_are_compared_with_the_first() -> None:
    text = numbered(0, 120)
    found = list(copies(Record(id=f"{n:04}", headline="H", text=text) for n in range(500)))
    assert [(copy.id, copy.of) for copy in found] == [(f"{n:04}", "0000") for n in range(1, 500)]


def test_many_reprints_of_one_text_are_compared_with_the_first_few() -> None:
    text = numbered(0, 120)
    found = list(copies(record(f"{n:04}", text) for n in range(100)))
    assert {copy.id for copy in found if copy.of == "0000"} == {f"{n:04}" for n in range(1, 100)}
    assert max(copy.of for copy in found) < "0020"


def test_an_article_of_two_megabytes() -> None:
    long = numbered(0, 250_000)
    pages = [record("long", long), record("short", numbered(40_000, 100)), record("again", long)]
    found = {(copy.id, copy.of): copy.kind for copy in copies(pages)}
    assert found[("again", "long")] == "reprint"
    assert ("long", "short") in found or ("short", "long") in found


def test_versions_of_one_article_are_no_copies() -> None:
    assert list(copies([record("a", numbered(0, 90)), record("a", numbered(0, 99))])) == []


@pytest.mark.parametrize("date", ["", "yesterday", "2026-13", "9999-12-31T23:59-12:00"])
def test_a_date_that_is_none_tells_nothing(date: str) -> None:
    pages = [record(id, numbered(0, 90), date_published=date) for id in "ab"]
    assert only(*pages).evidence == ("order",)


def test_a_day_and_a_time_are_compared_as_days() -> None:
    early = record("early", numbered(0, 90), date_published="2026-03-01T23:00")
    day = record("day", numbered(0, 90), date_published="2026-03-01")
    late = record("late", numbered(0, 90), date_published="2026-03-02")
    assert only(early, day).evidence == ("order",)
    assert [(one.id, one.of) for one in (only(early, late), only(late, early))] == [
        ("late", "early")
    ] * 2


def test_mixed_languages_and_broken_characters() -> None:
    chinese = "".join(chr(0x4E00 + 7 * n) for n in range(120))
    mixed = f"{numbered(0, 60)} {chinese} \ud800 العربية"
    pages = [record("a", mixed), record("b", numbered(900, 40), mixed)]
    assert only(*pages).kind == "reprint"


def test_the_same_in_gives_the_same_out() -> None:
    records = list(sample())
    found, early = list(copies(records)), list(copies(records[:40]))
    assert list(copies(records)) == found
    assert found[: len(early)] == early


def test_a_record_and_its_article_have_the_same_text() -> None:
    for page in expected().pages:
        if page.headline:
            fields = {
                name: getattr(page, name)
                for name in ("headline", "standfirst", "pictures", "body", "agency")
            }
            article = Article(id=page.path, path=page.path, **fields)
            own = text_of(article)
            assert own == text_of(Record(id=page.path, **fields))
            assert own.text[own.body :].startswith(page.body[0].text)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [("https://www.post.example/a", "post.example"), ("http://[oops", None), ("page.html", None)],
)
def test_the_outlet_is_the_host_where_no_publisher_is_named(url: str, outlet: str | None) -> None:
    assert text_of(Record(id="a", url=url)).outlet == outlet
    assert text_of(Record(id="a", url=url, publisher="The Post")).outlet == "The Post"
