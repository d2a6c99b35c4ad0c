"""What is passed over before it is read."""

import pytest

from copytaster.reading.walk import walk

TEXT = (
    "<p>The ferry left the harbour of Dunmarrow at five in the morning, and was seen no more.</p>"
    * 8
)
TOPICS = ("Harbour", "Ferries", "Weather", "Nordholm")


def shown(html: str) -> set[str]:
    return {part.text for part in walk(html + TEXT).parts}


def items(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def test_a_list_of_links_to_topics_is_passed_over() -> None:
    assert shown(items(*(f'<a href="/{topic}">{topic}</a>' for topic in TOPICS))) == shown("")


@pytest.mark.parametrize(
    "lines",
    [
        TOPICS,
        [f'<a href="/author/{topic}">{topic}</a>' for topic in TOPICS[:3]],
        [f'<a href="/{topic}"><img src="/{topic}.jpg">{topic}</a>' for topic in TOPICS],
        [f'<a href="/{topic}">The harbour board meets about {topic}</a>' for topic in TOPICS],
    ],
    ids=["no links", "few links", "pictures", "headlines"],
)
def test_other_lists_are_read(lines: list[str]) -> None:
    assert len(shown(items(*lines)) - shown("")) == len(lines)


def navigation(*lines: str) -> str:
    links = "".join(
        f'<div><a href="/{number}">{line}</a></div>' for number, line in enumerate(lines)
    )
    return f"<nav>{links}</nav>"


HEADLINE = "The harbour board meets again about the lost ferry"


def test_navigation_is_passed_over_unless_it_leads_to_the_article() -> None:
    assert shown(navigation(*TOPICS)) == shown("")
    assert shown("<h1>Ferry lost</h1>" + navigation(*TOPICS)) == shown("<h1>Ferry lost</h1>")
    crumbs = navigation(*TOPICS).replace("<nav>", '<nav class="breadcrumbs">')
    assert shown(crumbs) - shown("") == set(TOPICS)
    assert shown(f"<nav><h1>Ferry lost</h1>{navigation(*TOPICS)}</nav>") > shown("")


def test_the_lines_around_a_headline_stay_with_it() -> None:
    assert shown(navigation(*TOPICS[:2], HEADLINE)) - shown("") == {*TOPICS[:2], HEADLINE}
    many = navigation(*(f"Topic {number}" for number in range(10)))
    boxes = f"<p>{HEADLINE}</p><p>{HEADLINE} again</p>"
    assert shown(f"<nav>{many}{boxes}</nav>") - shown("") == {HEADLINE, f"{HEADLINE} again"}
