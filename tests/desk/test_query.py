"""The query language: what it finds, what it refuses, and that it never breaks."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Article, Block
from copytaster.desk.query import Filters, QueryError, understand
from copytaster.desk.words import columns

TEXTS = {
    1: ("Storm hits the harbour", "Waves of ten metres broke the old wall.", "en"),
    2: ("Harbour reopens", "After the storm the harbour was closed for nine days.", "en"),
    3: ("Tempestade em São Miguel", "O porto fechou; danos na cidade.", "pt-BR"),
    4: ("台風が港に接近", "強い風と雨が予想される。", "ja"),
    5: ("พายุเข้าท่าเรือ", "ลมแรงและฝนตก", "th"),
}


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    from copytaster.desk.schema import TABLES

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    for number, (headline, body, language) in TEXTS.items():
        article = Article(
            id=f"{number:016x}",
            path="-",
            headline=headline,
            body=(Block("paragraph", body),),
            language=language,
        )
        connection.execute(
            "INSERT INTO words (rowid, body, headline, lead, facet) VALUES (?, ?, ?, ?, ?)",
            (number, *columns(article, "harbour.example" if number < 3 else "porto.example")),
        )
    return connection


def found(index: sqlite3.Connection, query: str) -> set[int]:
    match = understand(query).match
    return {
        row[0] for row in index.execute("SELECT rowid FROM words WHERE words MATCH ?", (match,))
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("storm harbour", {1, 2}),
        ("STORM Harbour!", {1, 2}),
        ('"storm hits"', {1}),
        ("stor*", {1, 2}),
        ('"the har"*', {1, 2}),
        ("NEAR(storm harbour, 2)", {1, 2}),
        ("NEAR(storm days, 2)", set()),
        ("NEAR(storm days)", {2}),
        ("storm -nine", {1}),
        ("-storm", {3, 4, 5}),
        ("waves OR nine", {1, 2}),
        ("storm waves OR nine", {1, 2}),
        ("storm -waves -nine", set()),
        ("storm OR waves OR porto -closed", {1, 3}),
        ("headline:storm", {1}),
        ('headline:"harbour reopens"', {2}),
        ("headline:harb*", {1, 2}),
        ("outlet:porto.example", {3, 4, 5}),
        ("-outlet:porto.example storm", {1, 2}),
        ("language:pt", {3}),
        ("language:pt-BR", {3}),
        ("language:pt-PT", set()),
        ("台*", {4}),
        ("sao miguel", {3}),
        ("são", {3}),
        ("台風", {4}),
        ("風が", {4}),
        ("が風", set()),
        ("เรือ", {5}),
        ("AT & T", set()),
        ("10:30 after", set()),
        ("storm & harbour - hits", {1}),
        ("any", set()),
        ("AND NOT", set()),
    ],
)
def test_a_query_finds(index: sqlite3.Connection, query: str, numbers: set[int]) -> None:
    assert found(index, query) == numbers


def test_days_are_read_with_the_precision_given() -> None:
    query = understand("storm since:2021-02 until:2024-02")
    assert (query.since, query.until) == (date(2021, 2, 1), date(2024, 2, 29))
    query = understand("since:2021 until:2021-12")
    assert (query.since, query.until) == (date(2021, 1, 1), date(2021, 12, 31))
    assert understand("until:2021-02-19").until == date(2021, 2, 19)
    query = understand("since:2021 until:2021-12", Filters(since="2020", until="2021-11"))
    assert (query.since, query.until) == (date(2021, 1, 1), date(2021, 11, 30))
    assert understand("until:9999").until == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "no word"),
        ("  ... - ", "no word"),
        ('storm "harbour wall', "at character 7 is not closed"),
        ("OR storm", "either side"),
        ("storm OR", "either side"),
        ("storm OR OR wall", "at character 10"),
        ("storm OR -wall", "cannot join"),
        ("NEAR(storm", "not closed"),
        ("NEAR(storm)", "two words"),
        ("NEAR(storm wall, x)", "needs a number"),
        ("since:yesterday", "is no date; write 2021"),
        ("storm since:2021-13", "since: “2021-13” is no date"),
        ("-since:2021", "cannot be negated"),
        ("outlet:", "after the colon"),
        ("language:??", "names no language"),
        ("headline:...", "no word"),
        ("st*", "at least 3 letters"),
        ("storm site:one.example", "site: at character 7 is called outlet: here"),
        ("x" * 1001, "longer than 1000"),
        ("x " * 61, "more than 60"),
    ],
)
def test_a_bad_query_says_what_is_wrong(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        understand(query)


_PIECES = st.sampled_from(
    [
        "storm",
        "harbour",
        '"',
        "*",
        "-",
        ":",
        "(",
        ")",
        ",",
        "NEAR(",
        "NEAR",
        "OR",
        "AND",
        "NOT",
        "outlet:",
        "language:pt",
        "since:2021",
        "until:",
        "5",
        "headline:",
        "港",
        "'",
        "\x00",
        "\\",
        "^",
        "+",
        "{",
        "}",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map(" ".join)))
def test_any_string_is_a_query_or_refused(index: sqlite3.Connection, query: str) -> None:
    try:
        found(index, query)
    except QueryError as error:
        assert str(error)
        assert "\n" not in str(error) or "\n" in query
