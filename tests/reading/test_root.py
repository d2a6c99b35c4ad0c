"""Which parts may be of the article."""

from copytaster.reading.root import BESIDE, find_root, reach
from copytaster.reading.walk import walk

TEXT = "The ferry left the harbour of Dunmarrow at five in the morning with all its passengers."
LINKS = "".join(
    f"<li><a href='/story-{n}'>The harbour board meets on pier {n}</a>" for n in range(40)
)
PAGE = (
    f"<ul>{LINKS}</ul><article><h1>Ferry is missed</h1><p>{TEXT}<p>{TEXT}</article><ul>{LINKS}</ul>"
)


def test_lists_of_links_are_out_of_reach_but_for_what_is_close() -> None:
    tree = walk(PAGE)
    near = reach(tree, 40, find_root(tree, 40))
    assert len(tree.parts[near]) == 3 + 2 * BESIDE
    assert tree.parts[near][BESIDE].text == "Ferry is missed"


def test_running_text_elsewhere_is_within_reach() -> None:
    tree = walk(f"{PAGE}<div><p>{TEXT}</div>")
    near = reach(tree, 40, find_root(tree, 40))
    assert tree.parts[near][-1].text == TEXT


def test_a_page_without_running_text_is_within_reach() -> None:
    tree = walk("<p>Nothing here")
    assert tree.parts[reach(tree, None, 0)] == tree.parts
