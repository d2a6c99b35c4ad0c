"""What an element is to the walk, by its name."""

from selectolax.lexbor import LexborNode

from copytaster.reading.hints import TAGS
from copytaster.reading.tree import HEADINGS

PASSED, TOLD, INLINE, LINK, BOLD, ITALIC, TITLED, UNLISTED = (1 << bit for bit in range(8))
EMPTY, TIMED, LENT, CUSTOM = (1 << bit for bit in range(8, 12))
STYLED = LINK | BOLD | ITALIC

_NAMES = {
    # Not walked. What some of them hold is told.
    PASSED: """
        -comment -document -doctype - style svg noscript template iframe object select textarea
        input canvas audio video math option datalist link
    """,
    PASSED | TOLD: "br meta img amp-img head script",
    INLINE: """
        a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt
        ruby s samp small span strike strong sub sup time tt u var wbr label amp-link
    """,
    LINK: "a",
    BOLD: "b strong",
    ITALIC: "i em cite",
    TITLED: f"a {' '.join(HEADINGS)}",
    # No menus, whatever they are called: all of the page, an entry of a list.
    UNLISTED: "html body li",
    # Their attributes tell something even where nothing is in them.
    EMPTY: "time span",
    TIMED: "time html",
    # A figure uses a footer or a button for its own ends.
    LENT: "footer figcaption",
}
_SORTS: dict[str, int] = {}
for _sort, _names in _NAMES.items():
    for _name in _names.split():
        _SORTS[_name] = _SORTS.get(_name, 0) | _sort

_FIRST_CUSTOM = 1 << 10
"""The parser's numbers for names that are not HTML's begin somewhere above."""


Element = tuple[str, int, int]
"""An element's name, and the sort and the hints that the name tells."""


ELEMENTS: dict[int, Element] = {}
"""By the parser's number for their name."""


def element_of(node: LexborNode) -> Element:
    """Give the element of a node whose name is met for the first time, or is not HTML's."""
    name = node.tag or "-"
    sort = _SORTS.get(name, CUSTOM if "-" in name else 0)
    element = name, sort, TAGS.get(name, 0)
    if node.tag_id < _FIRST_CUSTOM:
        ELEMENTS[node.tag_id] = element
    return element
