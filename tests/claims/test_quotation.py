import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copytaster.claims.quotation import outermost, quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in outermost(quotations(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won’t,” she said. “Never.”", ["“We won’t,”", "“Never.”"]),
        ('"We won\'t," she said. "Never."', ['"We won\'t,"', '"Never."']),
        ("„Wir gehen“, sagte er.", ["„Wir gehen“"]),
        ("»Wir gehen«, sagte er, »jetzt.«", ["»Wir gehen«", "»jetzt.«"]),
        ("« On y va », dit-elle, « demain ».", ["« On y va »", "« demain »"]),
        ("”Vi går”, sa hon. ”Nu.”", ["”Vi går”", "”Nu.”"]),
        ("知事は「行かない」と述べ、『本』を閉じた。", ["「行かない」", "『本』"]),
        ("‘We’re off,’ the workers’ leader said.", ["‘We’re off,’"]),
        ("'We're off,' the workers' leader said.", ["'We're off,'"]),
        ("The workers' union and the miners' union met.", []),
        ("Rock ’n’ roll in the ’90s, they said.", []),
        (
            "“He told me, ‘Go home,’ and I went,” she said.",
            ["“He told me, ‘Go home,’ and I went,”"],
        ),
        ("„Er sagte: ‚Geh‘, und ich ging“, sagte sie.", ["„Er sagte: ‚Geh‘, und ich ging“"]),
        ("``Odd,'' he said.", ["``Odd,''"]),
        ("He is 6'2\" tall and she is 5'4\".", []),
    ],
)
def test_styles(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_over_paragraphs() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said.\n\nFour."
    found = quotations(text)
    assert quoted(text) == ["“One.", "“Two.", "“Three,”"]
    assert [q.closed for q in found] == [False, False, True]


def test_a_mark_that_is_missing() -> None:
    assert quoted("He called it “a shame, and left.\n\nThe end.") == []
    assert quoted("“A shame, he said.\n\n“No,” she said.") == ["“A shame, he said.", "“No,”"]
    assert quoted('"One, he said. "Two," she said.') == ['"Two,"']
    assert quoted("A shame,” he said. “No,” she said.") == ["“No,”"]


def test_nested() -> None:
    text = "“He said ‘no’ twice.”"
    assert [(text[q.start : q.end], q.depth) for q in quotations(text)] == [(text, 0), ("‘no’", 1)]


MARKS = "“”„‟«»「」『』《》〝〟〞＂‘’‚‹›\"'`"


@given(st.text(st.sampled_from(MARKS + "ab s.,\n") | st.characters(), max_size=80))
@example("“" * 5000)
@example("‘a " * 3000)
def test_anything_goes(text: str) -> None:
    found = quotations(text)
    open_until: list[int] = []
    for q in found:
        assert 0 <= q.start < q.end <= len(text) and "\n" not in text[q.start : q.end]
        while open_until and open_until[-1] <= q.start:
            open_until.pop()
        assert not open_until or q.end <= open_until[-1]
        assert q.depth >= 0
        open_until.append(q.end)
    assert all(
        a.end <= b.start for a, b in zip(outermost(found), outermost(found)[1:], strict=False)
    )
