"""One walk over a page's tree: runs of text, images and times, with where they stand.

The walk is iterative and keeps its own stack, so that no depth of nesting overflows anything. What
a frame's class words tell ("share", "related", "byline") is decided once for each distinct class
string and kept. Menus are passed over, unless little else is on the page.
"""

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from copytaster.reading import hints
from copytaster.reading.elements import (
    CUSTOM,
    ELEMENTS,
    EMPTY,
    INLINE,
    LENT,
    PASSED,
    STYLED,
    TIMED,
    TITLED,
    TOLD,
    UNLISTED,
    element_of,
)
from copytaster.reading.head import take_head, take_meta, take_script
from copytaster.reading.hints import APART, HOVER
from copytaster.reading.masses import join_rows, weigh
from copytaster.reading.menus import LABELS, is_directory, is_menu, lines_of, may_hold_article
from copytaster.reading.run import Run
from copytaster.reading.tree import Attributes, Frame, Image, Time, Tree, fold

NOTED = frozenset(("itemprop", "hidden", "style"))
NAMED = ("id", "itemprop", "role", "data-testid", "rel")
"""Attributes whose words tell what an element is, beside its class."""
SPECIAL = NOTED.union(NAMED)
MENUS = hints.NAVIGATION | hints.LIST
MOST_FRAMES = 200_000
"""Where the walk stops."""
LITTLE = 500
"""Characters of running text below which the menus are walked too."""

_QUIET = LexborDocumentOptions.WO_EVENTS.value


def walk(html: str | bytes, *, menus: bool = False) -> Tree:
    """Walk the tree of `html`, UTF-8 where it is bytes, once; over its `menus` too if asked."""
    parser = LexborHTMLParser(html, options=_QUIET)
    tree = Tree(frames=[Frame("#document", 0, 0, "")])
    if parser.root is None:
        return tree
    _Walk(tree, menus).over(parser.root)
    tree.parts = join_rows(tree)
    weigh(tree)
    if not menus and tree.frames[0].mass < LITTLE:
        return walk(html, menus=True)
    return tree


def source(attributes: Attributes) -> str | None:
    """Give an image's address; lazy loaders keep it in other attributes, `src` being a blank."""
    for name in ("data-src", "data-original", "data-lazy-src", "src", "data-url"):
        value = attributes.get(name)
        if value and not value.startswith("data:"):
            return value.strip()
    for name in ("data-srcset", "srcset"):
        value = attributes.get(name)
        if value and not value.startswith("data:"):
            return value.split(",")[-1].split()[0] if value.split(",")[-1].split() else None
    return None


class _Walk:
    """The state of one walk."""

    def __init__(self, tree: Tree, menus: bool) -> None:
        self.tree = tree
        self.menus = menus
        self.run = Run(tree.parts)

    def over(self, root: LexborNode) -> None:
        """Walk over everything below `root`."""
        run, frames = self.run, self.tree.frames
        elements, known = ELEMENTS, hints.KNOWN
        pieces = run.pieces
        stack: list[tuple[LexborNode, int, int, bool, bool]] = []
        node: LexborNode | None = root
        at = 0
        boxed = aside = False
        while True:
            while node is not None:
                text = node.text_content
                if text is not None:
                    if not text.isspace():
                        pieces.append(text)
                        run.broken = False
                    elif pieces:
                        pieces.append(" ")
                    node = node.next
                    continue
                tag, sort, flags = elements.get(node.tag_id) or element_of(node)
                if sort & PASSED:
                    if sort & TOLD:
                        self.tell(node, tag, at)
                    node = node.next
                    continue
                below = node.first_child
                if below is None:
                    if sort & EMPTY and (attributes := node.attributes):
                        self.note(tag, attributes, at)
                    node = node.next
                    continue
                attributes = node.attributes
                words, special = "", False
                if attributes:
                    words = attributes.get("class") or ""
                    if len(attributes) > 1 or not words:
                        special = not SPECIAL.isdisjoint(attributes)
                        for name in NAMED if special else ():
                            if value := attributes.get(name):
                                words = f"{words} {value}" if words else value
                own = known.get(words)
                if own is None:
                    own = hints.of(words)
                if own & HOVER:
                    node = node.next
                    continue
                own |= flags
                inner, block = aside, True
                if sort & INLINE or (sort & CUSTOM and frames[at].tag == "p"):
                    block = boxed or own & APART > 0 or (special and "itemprop" in attributes)
                    if sort & STYLED:
                        run.enter(sort, attributes.get("href") or "")
                else:
                    if sort & LENT:
                        own = self.lend(tag, own, at)
                    # The entries of a list that holds headlines stay together.
                    if (aside or own & MENUS) and not (sort & UNLISTED or self.menus):
                        passed = self.menu(node, words, own, aside, at)
                        if passed:
                            node = node.next
                            continue
                        inner = passed is not None
                if (special and not NOTED.isdisjoint(attributes)) or sort & TIMED:
                    own |= self.note(tag, attributes, at)
                outer = -1
                if block:
                    if pieces:
                        run.end(at)
                    outer, at = at, len(frames)
                    frames.append(Frame(tag, outer, own, words))
                stack.append((node, sort, outer, boxed, aside))
                aside, boxed = inner, False
                if sort & TITLED and not pieces:
                    boxed = _is_boxed(below)
                node = below
            if not stack:
                break
            node, sort, outer, boxed, aside = stack.pop()
            if outer >= 0:
                if pieces:
                    run.end(at)
                last = frames[at].last = len(frames) - 1
                at = outer
                if last > MOST_FRAMES:
                    break
            if sort & STYLED:
                run.leave()
            node = node.next
        run.end(at)
        for _, _, outer, _, _ in reversed(stack):  # where the walk stopped early
            if outer >= 0:
                frames[at].last = len(frames) - 1
                at = outer

    def menu(self, node: LexborNode, words: str, own: int, inside: bool, at: int) -> bool | None:
        """Pass over a list, an element of navigation, or `inside` of one, if it is a menu.

        True: it was passed over. Nothing: it is no navigation.
        """
        if "crumb" in words:
            return None
        lines = lines_of(node)
        if not inside and (
            may_hold_article(node, lines, self.run.begun)
            if own & hints.NAVIGATION
            else not is_directory(node, lines)
        ):
            return None
        if not is_menu(lines):
            return False if len(lines) >= LABELS else None
        self.run.end(at)
        self.run.number += len(lines)
        return True

    def lend(self, tag: str, own: int, at: int) -> int:
        """Give the hints of what a figure uses: a footer as its credit, a button that opens it."""
        frames = self.tree.frames
        if tag == "footer":
            return hints.CREDIT if frames[at].tag == "figure" else own
        while at:
            if frames[at].tag == "button":
                frames[at].own = 0
            at = frames[at].parent
        return own

    def tell(self, node: LexborNode, tag: str, at: int) -> None:
        """Take what an element holds whose children are not walked."""
        tree, run = self.tree, self.run
        if tag == "script":
            take_script(tree, node)
        elif tag == "br":
            run.line_break(at)
        elif tag == "head":
            take_head(tree, node)
        elif tag == "meta":
            take_meta(tree, node.attributes)
        else:
            run.number += 1
            attributes = node.attributes
            alt = fold(attributes.get("alt") or "")
            tree.images.append(
                Image(source(attributes), alt, at, run.number, attributes, run.link())
            )

    def note(self, tag: str, attributes: Attributes, at: int) -> int:
        """Keep what attributes tell besides words; give hidden elements their hint."""
        tree = self.tree
        if "itemprop" in attributes:
            prop = attributes["itemprop"] or ""
            value = attributes.get("content") or attributes.get("datetime") or ""
            tree.props.setdefault(prop.lower(), []).append((value, len(tree.frames)))
        if tag == "time":
            stamp = attributes.get("datetime")
            if stamp:
                self.run.number += 1
                name = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}"
                tree.times.append(Time(stamp, at, self.run.number, name))
        elif tag == "html":
            tree.language = attributes.get("lang") or attributes.get("xml:lang")
        if "hidden" in attributes:
            return hints.HIDDEN
        if "style" in attributes:
            style = attributes["style"] or ""
            if "none" in style and "display:none" in style.replace(" ", ""):
                return hints.HIDDEN
        return 0


def _is_boxed(first: LexborNode) -> bool:
    """Tell whether a heading or a link holds nothing but spans with a class, two or more.

    Style sheets set them on lines of their own: a kicker, the headline, a label.
    """
    spans = 0
    child = None if first.next is None else first
    while child is not None:
        text = child.text_content
        if text is None:
            tag, sort, _ = ELEMENTS.get(child.tag_id) or element_of(child)
            if tag == "span":
                if "class" not in child.attributes:
                    return False
                spans += child.first_child is not None
            elif sort & INLINE:
                return False
        elif not text.isspace():
            return False
        child = child.next
    return spans > 1
