"""Kinds of page, each a small file with what it says beside it: the fields named are compared."""

import json
from pathlib import Path

import msgspec
import pytest

from copytaster.article import Article
from copytaster.page import Page
from copytaster.reading import read

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def said(article: Article) -> dict[str, object]:
    record: dict[str, object] = msgspec.json.decode(msgspec.json.encode(article))
    record["body"] = [[block.kind, block.text] for block in article.body]
    record["teasers"] = [[teaser.headline, teaser.count] for teaser in article.teasers]
    return record


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_read_as_it_says(path: Path) -> None:
    page = Page(
        path=path.name,
        content=path.read_bytes(),
        url=f"https://skerry.example/news/a-{path.stem}-21",
    )
    record = said(read(page))
    wanted = json.loads(path.with_suffix(".json").read_text())
    assert {field: record[field] for field in wanted} == wanted
