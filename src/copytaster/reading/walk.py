"""One walk over a page's tree: runs of text, images and times, with where they stand.

The walk is iterative and keeps its own stack, so that no depth of nesting overflows anything. What
a frame's class words tell ("share", "related", "byline") is decided once for each distinct class
string and kept. Menus are passed over, unless little else is on the page.
"""

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from copytaster.reading import hints
from copytaster.reading.masses import join_rows, weigh
from copytaster.reading.menus import is_directory, is_menu, lines_of, may_hold_article
from copytaster.reading.tree import HEADINGS, Frame, Image, Part, Time, Tree, fold, shape

Attributes = dict[str, str | None]

SKIPPED = frozenset((
    "-comment", "-document", "-doctype", "-", "head", "script", "style", "svg", "noscript",
    "template", "iframe", "object", "select", "textarea", "input", "canvas", "audio", "video",
    "math", "option", "datalist", "link",
))  # fmt: skip
LEAVES = frozenset(("br", "meta", "img", "amp-img"))
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label",
    "amp-link",
))  # fmt: skip
BOLD = frozenset(("b", "strong"))
ITALIC = frozenset(("i", "em", "cite"))
STYLED = BOLD | ITALIC | {"a"}
TITLED = HEADINGS | {"a"}
TIMED = frozenset(("time", "html"))
NOTED = frozenset(("itemprop", "hidden", "style"))
LENT = frozenset(("button", "footer"))
"""Elements that a figure uses for its own ends."""
WHOLE = frozenset(("html", "body"))
MENUS = hints.NAVIGATION | hints.LIST
MOST_PARTS = 20_000
MOST_FRAMES = 200_000
"""Where the walk stops: what is measured takes a kilobyte a part, and no article is that long."""
LEAST_DATA = 500
"""Characters from where a script's JSON may hold an article."""
LITTLE = 500
"""Characters of running text below which the menus are walked too."""

_QUIET = LexborDocumentOptions.WO_EVENTS.value
_HEAD = "meta, title, link[rel~=canonical i]"
_JSON = 'script[type*="json" i]'


def walk(html: str | bytes, *, menus: bool = False) -> Tree:
    """Walk the tree of `html`, UTF-8 where it is bytes, once; over its `menus` too if asked."""
    parser = LexborHTMLParser(html, options=_QUIET)
    tree = Tree(frames=[Frame("#document", 0, 0, "", "")])
    if parser.root is None:
        return tree
    if parser.head is not None:
        _head(tree, parser.head)
    _scripts(tree, parser)
    _Walk(tree, menus).over(parser.root)
    tree.parts = join_rows(tree)
    weigh(tree)
    if not menus and tree.frames[0].mass < LITTLE:
        return walk(html, menus=True)
    return tree


def _head(tree: Tree, head: LexborNode) -> None:
    """Take the title, the metas and the canonical address."""
    for node in head.css(_HEAD):
        tag = node.tag
        if tag == "meta":
            _meta(tree, node.attributes)
        elif tag == "title":
            tree.title = tree.title or fold(node.text())
        elif not tree.canonical:
            tree.canonical = node.attributes.get("href")


def _meta(tree: Tree, attributes: Attributes) -> None:
    get = attributes.get
    name = get("property") or get("name") or get("itemprop")
    content = get("content")
    if name and content:
        tree.metas.setdefault(name.strip().lower(), []).append(content)


def _scripts(tree: Tree, parser: LexborHTMLParser) -> None:
    """Take the texts of scripts that hold JSON."""
    for node in parser.css(_JSON):
        text = node.text()
        if "ld+json" in (node.attributes.get("type") or "").lower():
            tree.scripts.append(text)
        elif len(text) > LEAST_DATA:
            tree.data.append(text)


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


_CUES: dict[tuple[str | None, ...], tuple[int, str, str]] = {}
_MOST_CUES = 50_000


def _cue(seen: tuple[str | None, ...]) -> tuple[int, str, str]:
    """Give an element's hints, the words they were taken from, and its kind; its tag is first."""
    if len(_CUES) > _MOST_CUES:
        _CUES.clear()
    tag, words = seen[0] or "", " ".join(filter(None, seen[1:]))
    found = _CUES[seen] = hints.of(tag, words), words, f"{tag} {shape(words)}"
    return found


class _Walk:
    """The state of one walk: the text gathered since the last break, and where it stands."""

    def __init__(self, tree: Tree, menus: bool) -> None:
        self.tree = tree
        self.menus = menus
        self.frame = 0
        self.number = 0
        self.breaks = 0
        self.pieces: list[str] = []
        self.link: str | None = None
        self.link_start = 0
        """Where among the pieces the text of the open link begins; of bold and italic likewise."""
        self.links: list[tuple[str, str]] = []
        self.bold = self.bold_start = self.bold_length = 0
        self.italic = self.italic_start = self.italic_length = 0

    def over(self, root: LexborNode) -> None:
        """Walk over everything below `root`."""
        tree, pieces, cues = self.tree, self.pieces, _CUES
        frames, parts = tree.frames, tree.parts
        stack: list[tuple[LexborNode, str, int, bool, bool]] = []
        node: LexborNode | None = root
        boxed = aside = False
        seen: tuple[str | None, ...]
        while len(parts) < MOST_PARTS and len(frames) < MOST_FRAMES:
            while node is not None:
                tag = node.tag or "-"
                if tag == "-text":
                    text = node.text_content or ""
                    if not text.isspace():
                        pieces.append(text)
                        self.breaks = 0
                    elif pieces:
                        pieces.append(" ")
                elif tag in LEAVES:
                    self.leaf(tag, node.attributes)
                elif tag not in SKIPPED:
                    below = node.first_child
                    attributes = node.attributes
                    if below is None:
                        if attributes and (tag == "time" or tag == "span"):
                            self.note(tag, attributes)
                        node = node.next
                        continue
                    special = False
                    if not attributes:
                        seen = (tag,)
                    elif len(attributes) == 1 and "class" in attributes:
                        seen = (tag, attributes["class"])
                    else:
                        special = True
                        get = attributes.get
                        seen = (
                            tag, get("class"), get("id"), get("itemprop"), get("role"),
                            get("data-testid"), get("rel"),
                        )  # fmt: skip
                    own, words, kind = cues.get(seen) or _cue(seen)
                    if own & hints.HOVER:
                        node = node.next
                        continue
                    inner = aside
                    if tag in INLINE or ("-" in tag and frames[self.frame].tag == "p"):
                        block = boxed or bool(own & hints.APART) or "itemprop" in attributes
                        if tag in STYLED:
                            self.enter(tag, attributes)
                    else:
                        block = True
                        if own and tag in LENT and self.lent(node, tag):
                            own = hints.CREDIT if tag == "footer" else 0
                        # The entries of a list that holds headlines stay together.
                        if (aside or own & MENUS) and tag != "li" and not self.menus:
                            passed = self.menu(node, tag, own, aside)
                            if passed:
                                node = node.next
                                continue
                            inner = passed is not None
                    if special and (tag in TIMED or not NOTED.isdisjoint(attributes)):
                        own |= self.note(tag, attributes)
                    outer = -1
                    if block:
                        if pieces:
                            self.flush()
                        outer, self.frame = self.frame, len(frames)
                        frames.append(Frame(tag, outer, own, words, kind))
                    stack.append((node, tag, outer, boxed, aside))
                    aside = inner
                    boxed = tag in TITLED and not pieces and _is_boxed(below)
                    node = below
                    continue
                node = node.next
            if not stack:
                break
            node, tag, outer, boxed, aside = stack.pop()
            if outer >= 0:
                if pieces:
                    self.flush()
                frames[self.frame].last = len(frames) - 1
                self.frame = outer
            if tag in STYLED:
                self.leave(tag)
            node = node.next
        self.flush()
        for _, _, outer, _, _ in reversed(stack):  # where the walk stopped early
            if outer >= 0:
                frames[self.frame].last = len(frames) - 1
                self.frame = outer

    def menu(self, node: LexborNode, tag: str, own: int, inside: bool) -> bool | None:
        """Pass over a list, an element of navigation, or `inside` of one, if it is a menu.

        True: it was passed over. Nothing: it is no navigation.
        """
        if tag in WHOLE:
            return None
        lines = lines_of(node)
        if not inside and (
            may_hold_article(node, lines)
            if own & hints.NAVIGATION
            else not is_directory(node, lines)
        ):
            return None
        if not is_menu(lines):
            return False
        self.flush()
        self.number += len(lines)
        return True

    def lent(self, node: LexborNode, tag: str) -> bool:
        """Tell whether a footer holds a figure's credit, or a button the figure that it opens."""
        if tag == "footer":
            return self.tree.frames[self.frame].tag == "figure"
        return node.css_first("figcaption") is not None

    def leaf(self, tag: str, attributes: Attributes) -> None:
        """Take an element whose children are not walked."""
        if tag == "br":
            self.breaks += 1
            if self.breaks > 1:
                self.flush()
            elif self.pieces:
                self.pieces.append(" ")
        elif tag == "meta":
            _meta(self.tree, attributes)
        else:
            self.number += 1
            alt = fold(attributes.get("alt") or "")
            self.tree.images.append(
                Image(source(attributes), alt, self.frame, self.number, attributes, self.link)
            )

    def note(self, tag: str, attributes: Attributes) -> int:
        """Keep what attributes tell besides words; give hidden elements their hint."""
        if "itemprop" in attributes:
            prop = attributes["itemprop"] or ""
            value = attributes.get("content") or attributes.get("datetime") or ""
            self.tree.props.setdefault(prop.lower(), []).append((value, len(self.tree.frames)))
        if tag == "time":
            stamp = attributes.get("datetime")
            if stamp:
                self.number += 1
                name = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}"
                self.tree.times.append(Time(stamp, self.frame, self.number, name))
        elif tag == "html":
            self.tree.language = attributes.get("lang") or attributes.get("xml:lang")
        if "hidden" in attributes:
            return hints.HIDDEN
        if "style" in attributes:
            style = attributes["style"] or ""
            if "none" in style and "display:none" in style.replace(" ", ""):
                return hints.HIDDEN
        return 0

    def enter(self, tag: str, attributes: Attributes) -> None:
        """Enter an element that does not break the text."""
        start = len(self.pieces)
        if tag == "a":
            self.close_link()
            self.link, self.link_start = attributes.get("href") or "", start
        elif tag in BOLD:
            if not self.bold:
                self.bold_start = start
            self.bold += 1
        else:
            if not self.italic:
                self.italic_start = start
            self.italic += 1

    def leave(self, tag: str) -> None:
        """Leave an element that does not break the text."""
        if tag == "a":
            self.close_link()
            self.link = None
        elif tag in BOLD:
            self.bold -= 1
            if not self.bold:
                self.bold_length += self.since(self.bold_start)
        else:
            self.italic -= 1
            if not self.italic:
                self.italic_length += self.since(self.italic_start)

    def since(self, start: int) -> int:
        """Give the length of the text from piece `start` on."""
        return sum(map(len, self.pieces[start:]))

    def close_link(self) -> None:
        """Keep the text of the open link, if there is one."""
        if self.link is not None and len(self.pieces) > self.link_start:
            text = fold("".join(self.pieces[self.link_start :]))
            if text:
                self.links.append((text, self.link))

    def flush(self) -> None:
        """End the run of text, if there is one."""
        self.breaks = 0
        pieces = self.pieces
        if not pieces:
            return
        text = fold("".join(pieces) if len(pieces) > 1 else pieces[0])
        if text:
            self.number += 1
            part = Part(text, self.frame, self.number)
            self.close_link()
            if self.links:
                part.links = links = tuple(self.links)
                part.linked = min(sum([len(link) for link, _ in links]), len(text))
                part.density = part.linked / len(text)
            if self.bold:
                self.bold_length += self.since(self.bold_start)
            if self.italic:
                self.italic_length += self.since(self.italic_start)
            if self.bold_length or self.italic_length:
                part.bold = min(self.bold_length, len(text))
                part.italic = min(self.italic_length, len(text))
            self.tree.parts.append(part)
        pieces.clear()
        self.links.clear()
        self.link_start = self.bold_start = self.italic_start = 0
        self.bold_length = self.italic_length = 0


def _is_boxed(child: LexborNode | None) -> bool:
    """Tell whether a heading or a link holds nothing but spans with a class, two or more.

    Style sheets set them on lines of their own: a kicker, the headline, a label.
    """
    spans = 0
    while child is not None:
        tag = child.tag
        if tag == "-text":
            if not (child.text_content or "").isspace():
                return False
        elif tag == "span":
            if "class" not in child.attributes:
                return False
            spans += child.first_child is not None
        elif tag in INLINE:
            return False
        child = child.next
    return spans > 1
