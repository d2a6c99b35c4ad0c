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
SHORTEST = 12
"""Characters of the shortest headline, in scripts that have a sign for a word."""
_HEADED = "h1, [class*=crumb]"
_BETWEEN = "\x1f"
"""Set between texts: a control character made for it, which no page shows."""


def lines_of(node: LexborNode) -> list[str]:
    """Give the texts below an element that are not blank."""
    return node.text(separator=_BETWEEN, skip_empty=True).split(_BETWEEN)


def may_hold_article(node: LexborNode, lines: list[str], begun: bool) -> bool:
    """Tell whether what is called navigation may hold the article, or the way to it.

    No way leads to an article that has begun.
    """
    long = [line for line in lines if len(line) >= PROSE]
    if long and max([len(line.strip()) for line in long]) >= PROSE:
        return True
    return not begun and node.css_first(_HEADED) is not None


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
    long = [line.strip() for line in lines if len(line) >= SHORTEST]
    return sum(map(may_be_headline, long)) * LABELS <= len(lines)


def may_be_headline(text: str) -> bool:
    """Tell whether a link's text may be a headline: some words, or twelve signs where none are."""
    length = len(text)
    if length < SHORTEST:
        return False
    if text[length // 2] > "\u2e80":
        return True
    return length >= 22 and text.count(" ") >= 3
