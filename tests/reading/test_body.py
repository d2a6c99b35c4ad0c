"""Which parts are the body, given how likely each is to be of it."""

from copytaster.reading.body import find_body
from copytaster.reading.tree import Frame, Part

LONG = "The council voted on Monday to keep the ferry running through the winter, as it did before."


def page(*lines: tuple[str, str, float]) -> tuple[list[Part], list[Frame], list[float]]:
    """Give parts, frames and chances of lines: an element's tags from outside in, text, chance."""
    frames = [Frame("#document", 0, 0, "")]
    known: dict[str, int] = {}
    parts = []
    for number, (path, text, _) in enumerate(lines):
        above, at = 0, ""
        for tag in path.split():
            at = f"{at} {tag}"
            if at not in known:
                known[at] = len(frames)
                name = tag.rstrip("0123456789")
                frames.append(Frame(name, above, 0, ""))
            above = known[at]
        parts.append(Part(text, above, number, mass=len(text) if len(text) >= 80 else 0))
    for frame in frames:
        frame.last = len(frames) - 1
    return parts, frames, [chance for *_, chance in lines]


def test_a_short_list_between_paragraphs_is_body() -> None:
    lines = (
        ("div p1", LONG, 0.9), ("div p2", LONG + "!", 0.9), ("div ul li1", "The quay", 0.2),
        ("div ul li2", "The pier", 0.2), ("div p3", LONG + "?", 0.9), ("aside p", "More", 0.2),
    )  # fmt: skip
    parts, frames, likely = page(*lines)
    assert find_body(parts, frames, likely, None).parts == {0, 1, 2, 3, 4}


def test_what_is_said_twice_counts_beside_more_of_the_body() -> None:
    lines = (
        ("header p", LONG, 0.9), ("div p1", LONG + "!", 0.9), ("div p2", LONG, 0.9),
        ("div p3", LONG + "?", 0.9),
    )  # fmt: skip
    parts, frames, likely = page(*lines)
    assert find_body(parts, frames, likely, None).parts == {1, 2, 3}


def test_a_line_of_another_article_has_to_be_sure() -> None:
    lines = (
        ("article1 h1", "The ferry stays", 0.1), ("article1 p1", LONG, 0.9),
        ("article1 p2", LONG + "!", 0.9), ("article2 p", "A line of another.", 0.5),
    )  # fmt: skip
    parts, frames, likely = page(*lines)
    body = find_body(parts, frames, likely, 0)
    assert body.parts == {1, 2}
    assert body.chances[3] == 0


def test_where_hardly_any_text_is_likely_the_likeliest_is_body() -> None:
    parts, frames, likely = page(("div p1", LONG, 0.3), ("div p2", LONG + "!", 0.1))
    body = find_body(parts, frames, likely, None)
    assert body.parts == {0}
    assert 0.1 < body.least < 0.3
