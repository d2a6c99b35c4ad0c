"""Menus: what leads about the site, and is passed over before the walk spends time on it.

Half of a page's lines are in menus, footers and lists of topics. Nothing in them is read but the
teasers that some hold, and the crumbs that lead to the article.
"""

from selectolax.lexbor import LexborNode

PROSE = 200
"""Characters from where a line is running text: what holds one is no menu, by any name."""
LABELS = 8
"""Lines of a menu for each that is as long as a headline: "Terms of use and privacy policy"."""
SEVERAL = 4
"""Links from where a list is a directory: fewer may be authors."""
_ARTICLE = "h1, main, article, [itemprop=articleBody], [class*=crumb]"


def lines_of(node: LexborNode) -> list[str]:
    """Give the texts below an element, white space trimmed."""
    return node.text(separator="\n", strip=True, skip_empty=True).split("\n")


def may_hold_article(node: LexborNode, lines: list[str]) -> bool:
    """Tell whether what is called navigation may hold the article, or the way to it."""
    return max(map(len, lines)) >= PROSE or node.css_first(_ARTICLE) is not None


def is_directory(node: LexborNode, lines: list[str]) -> bool:
    """Tell whether a list is all links, to topics or services rather than to articles."""
    return (
        len(lines) >= SEVERAL
        and is_menu(lines)
        and len(node.css("a")) >= len(lines)
        and node.css_first("img") is None
    )


def is_menu(lines: list[str]) -> bool:
    """Tell whether next to none of some lines may be the headline of another article."""
    return sum(map(may_be_headline, lines)) * LABELS <= len(lines)


def may_be_headline(text: str) -> bool:
    """Tell whether a link's text may be a headline: some words, or twelve signs where none are."""
    length = len(text)
    if length < 12:
        return False
    if text[length // 2] > "\u2e80":
        return True
    return length >= 22 and text.count(" ") >= 3
