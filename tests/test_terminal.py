"""What the commands print."""

import pytest

from copytaster import terminal
from copytaster.desk.listing import Listing, Tally
from copytaster.terminal import complain, one_line, printable, progress, show, summary

HOSTILE = "Ferry\x1b[2J \x1b]0;owned\x07 and\nmore\x9b31m"


def listing(headline: str) -> Listing:
    return Listing(
        id="3f1c09d27ab84e55",
        headline=headline,
        publisher="The Harbour Post",
        outlet="harbourpost.example",
        date="2026-03-02T09:00:00+00:00",
        dated=True,
    )


def test_a_terminal_obeys_nothing_that_a_page_says() -> None:
    assert one_line(HOSTILE).isprintable()
    assert one_line("Straße – «الميناء» 汐見") == "Straße – «الميناء» 汐見"
    assert printable(HOSTILE).splitlines() == ["Ferry�[2J �]0;owned� and", "more�31m"]


def test_articles_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    show([listing(HOSTILE), listing("Ferry returns")], as_json=False)
    first, second = capsys.readouterr().out.splitlines()
    assert first.isprintable()
    assert second == "2026-03-02  3f1c09d27ab84e55  The Harbour Post: Ferry returns"


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    show([], as_json=False)
    show([], as_json=True)
    assert capsys.readouterr() == ("", "copytaster: nothing found\n")


def test_a_complaint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="3"):
        complain("odd\nname.html: \x1b[31mempty", code=3)
    assert capsys.readouterr().err == "copytaster: odd�name.html: �[31mempty\n"


def test_summary() -> None:
    assert summary(Tally(new=1200, same=3)) == "1,200 new, 0 changed, 3 same"
    assert summary(Tally(unreadable=1)).endswith(", 1 could not be read")


def test_in_a_pipe_progress_is_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "LINES_EVERY", 0.0)
    with progress() as report:
        report(Tally(new=1), 250, 1000)
        report(Tally(new=1, changed=1, same=2), 1000, None)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "1 page, 10 pages/s, 25%"
    assert second == "4 pages, 40 pages/s"
