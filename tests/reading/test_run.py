"""Runs of text: where they end, and what of them is linked or bold."""

from copytaster.reading.tree import Part
from copytaster.reading.walk import walk


def parts(html: str) -> list[Part]:
    return walk(html).parts


def test_a_run_goes_on_through_what_does_not_break_it() -> None:
    (part,) = parts(
        '<p>The <b>ferry</b>\n <a href="/a">left\n <i>at</i> five</a> <b>sharp</b>.</p>'
    )
    assert part.text == "The ferry left at five sharp."
    assert part.links == (("left at five", "/a"),)
    assert (part.linked, part.bold, part.italic) == (12, 10, 2)
    assert part.density == 12 / len(part.text)


def test_two_line_breaks_end_a_run_and_one_does_not() -> None:
    assert [part.text for part in parts("<p>One<br>two<br> <br>three</p>")] == ["One two", "three"]


def test_what_is_open_goes_on_in_the_next_run() -> None:
    first, second = parts('<a href="/a"><b><p>The ferry</p><p>is late</p></b></a>')
    assert first.links == (("The ferry", "/a"),)
    assert second.links == (("is late", "/a"),)
    assert (first.bold, second.bold) == (9, 7)
    assert first.density == second.density == 1.0
