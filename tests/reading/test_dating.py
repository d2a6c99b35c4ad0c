import pytest

from copytaster import read

TEXT = "<p>The captain of the ferry told a court that nobody had warned him of the current.</p>" * 3


def dates(head: str, above: str = "") -> tuple[str | None, str | None]:
    page = (
        f"<html><body>{above}<article><h1>Captain heard in court</h1>{head}{TEXT}</article></body>"
    )
    article = read(page.encode())
    return article.date_published, article.date_modified


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        ("<p class=date>5 March 2031</p>", "2031-03-05", None),
        ("<time datetime=2031-03-05T09:00:00Z>today</time>", "2031-03-05T09:00:00+00:00", None),
        ("<div>5 March 2031</div><div>Updated 6 March 2031</div>", "2031-03-05", "2031-03-06"),
        ("<div class=date>Updated 6 March 2031</div>", "2031-03-06", "2031-03-06"),
        ("<ul><li>The act was signed into law in Nordholm on 14 August 1935</ul>", None, None),
    ],
)
def test_the_page_dates_the_article(head: str, published: str | None, modified: str | None) -> None:
    assert dates(head) == (published, modified)


def test_what_day_it_is_stands_above_and_dates_nothing_where_another_line_does() -> None:
    assert dates("<p class=date>5 March 2031</p>", "<div class=date>9 March 2031</div>") == (
        "2031-03-05",
        None,
    )
