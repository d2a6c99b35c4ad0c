from pathlib import Path

import pytest

from copytaster.page import Page
from copytaster.reading import NoArticle, read
from copytaster.reading.explain import explained, rows

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Page:
    return Page(path=name, content=(PAGES / name).read_bytes())


def test_the_labels_are_those_the_article_was_read_by() -> None:
    lines = explained(page("gallery.html"))
    article = read(page("gallery.html"))
    assert [line.text for line in lines if line.label == "headline"] == [article.headline]
    assert [line.text for line in lines if line.label == "paragraph"] == [
        block.text for block in article.body
    ]
    assert all(0 <= share <= 100 for line in lines for share in line.likely)
    assert any("figure" in line.cues for line in lines if line.label == "caption")


def test_a_dump_is_explained_too() -> None:
    text = "Harbour freezes over\n\n" + "The harbour froze over for the first time in years. " * 5
    lines = explained(Page(path="dump.txt", content=text.encode()))
    assert [line.label for line in lines] == ["headline", "paragraph"]


def test_rows_are_no_wider_than_asked_for() -> None:
    table = list(rows(explained(page("split.html")), mark=lambda text: "=", width=120))
    assert table[0].split() == ["label", "body", "capt", "cred", "element", "cues", "text"]
    assert max(map(len, table)) <= 120


def test_what_is_no_page_has_nothing_to_explain() -> None:
    with pytest.raises(NoArticle, match="nothing to explain"):
        explained(Page(path="a.png", content=b"\x89PNG\r\n\x1a\n" + bytes(40)))
