from pathlib import Path

import pytest
from tests.test_cli import PAGE

import copytaster


def test_bytes_and_paths(tmp_path: Path) -> None:
    file = tmp_path / "ferry.html"
    file.write_text(PAGE)
    article = copytaster.read(file)
    assert article.headline == "Ferry returns to Port Ansel"
    assert article.text.startswith("Ferry returns to Port Ansel\n\n")
    same = copytaster.read(PAGE.encode())
    assert (same.id, same.body) == (article.id, article.body)
    assert copytaster.read(str(file), url="https://harbour.example/other").url is not None


def test_what_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        copytaster.read(tmp_path / "none.html")
    with pytest.raises(copytaster.NoArticle):
        copytaster.read(b"")


def test_a_desk(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE)
    with copytaster.Desk(tmp_path / "news.desk") as desk:
        assert desk.add(tmp_path / "ferry.html").new == 1
        (found,) = desk.search("harbour master")
        filed = desk.article(found.id)
        assert filed is not None and filed.article.headline == found.headline
        assert desk.check() == []


def test_names_are_all_there() -> None:
    for name in copytaster.__all__:
        assert getattr(copytaster, name)
    with pytest.raises(AttributeError, match="nothing"):
        _ = copytaster.nothing
