"""One walk over a page's tree: runs of text, images and times, with where they stand.

The walk is iterative and keeps its own stack, so that no depth of nesting overflows anything; the
tree is never touched by selectors or a second pass. What a frame's class words tell ("share",
"related", "byline") is decided once for each distinct class string and cached.
"""

import re

from msgspec import Struct, structs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from copytaster.reading import hints

SKIPPED = frozenset((
    "style", "svg", "noscript", "template", "iframe", "object", "select", "textarea", "input",
    "canvas", "audio", "video", "math", "option", "datalist", "link",
))  # fmt: skip
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label",
    "amp-link",
))  # fmt: skip
LEAVES = frozenset(("br", "head", "script", "meta", "img", "amp-img"))
BOLD = frozenset(("b", "strong"))
ITALIC = frozenset(("i", "em", "cite"))
STYLED = BOLD | ITALIC | {"a"}
TIMED = frozenset(("time", "html"))
NOTED = frozenset(("itemprop", "hidden", "style"))
MOST_PARTS = 20_000
MOST_FRAMES = 200_000
"""Where the walk stops: what is measured takes a kilobyte a part, and no article is that long."""
LEAST_DATA = 500
"""Characters from where a script's JSON may hold an article."""
CELLS = frozenset(("td", "th"))
LONG_CELL = 100
"""Characters from where a cell is running text: a page laid out in tables, not a table."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TITLED = HEADINGS | {"a"}
SPACE = re.compile(r"[ \t\n\r\f\v\xa0\u2002-\u200b\u2028\u2029\u202f\ufeff]+")
"""What is folded into one space; an ideographic space is a character of its text."""
_ODD = re.compile(r"[\x1c-\x1f\x85\xad\u1680\u2000\u2001\u200b\u205f\u3000\ufeff]")
"""What is white space to Python alone, or here alone, or has no width."""


class Frame(Struct, gc=False):
    """A block-level element: where in the tree it stands, and what its words tell.

    Frames are numbered in document order and name their parent by number, so that the tree needs
    no recursion.
    """

    tag: str
    parent: int
    own: int
    """`hints` of the element itself."""
    words: str
    """Class and id, as written."""
    hints: int = 0
    """Own and inherited hints; set once the masses are known."""
    mass: int = 0
    """Characters of running text below this frame."""
    last: int = 0
    """Number of the last frame below this one."""


class Part(Struct, gc=False):
    """A run of text inside one frame, white space folded."""

    text: str
    frame: int
    number: int
    """Position among parts, images and times, in document order."""
    linked: int = 0
    """Characters inside links."""
    bold: int = 0
    italic: int = 0
    links: tuple[tuple[str, str], ...] = ()
    """Text and target of each link."""

    @property
    def density(self) -> float:
        """Share of the text inside links, 0 to 1."""
        return self.linked / len(self.text) if self.text else 0.0


class Image(Struct, gc=False):
    """An image, a picture's source or a video's poster."""

    url: str | None
    alt: str
    frame: int
    number: int
    attributes: dict[str, str | None]
    link: str | None = None
    """Target of the link the image stands in."""


class Time(Struct, gc=False):
    """A `<time>` element, or one with a date in its microdata."""

    value: str
    frame: int
    number: int
    name: str = ""
    """Its itemprop and class."""


class Tree(Struct):
    """What one walk found."""

    frames: list[Frame]
    parts: list[Part]
    images: list[Image]
    times: list[Time]
    metas: dict[str, list[str]]
    """Name, property or itemprop of `<meta>` (lower case) to its contents."""
    links: dict[str, str]
    """Relation of `<link>` to its first target."""
    scripts: list[str]
    """Texts of JSON-LD scripts."""
    data: list[str] = []
    """Texts of scripts that hold other JSON."""
    title: str = ""
    language: str | None = None
    base: str | None = None
    props: dict[str, list[tuple[str, int]]] = {}
    """Microdata on visible elements: itemprop to content (or nothing) and frame."""


def fold(text: str) -> str:
    """Fold white space to single spaces, and drop what has no width."""
    if text.isascii() or not _ODD.search(text):
        return " ".join(text.split())
    return SPACE.sub(" ", text.replace("\u00ad", "")).strip(" ")


def source(attributes: dict[str, str | None]) -> str | None:
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


_CUES: dict[tuple[str | None, ...], tuple[int, str]] = {}
_MOST_CUES = 50_000


def _cue(seen: tuple[str | None, ...]) -> tuple[int, str]:
    """Give the hints of an element, and the words they were taken from; its tag stands first."""
    if len(_CUES) > _MOST_CUES:
        _CUES.clear()
    words = " ".join(filter(None, seen[1:]))
    found = _CUES[seen] = hints.of(seen[0] or "", words), words
    return found


def walk(html: str | bytes) -> Tree:
    """Walk the tree of `html`, UTF-8 where it is bytes, once."""
    parser = LexborHTMLParser(html)
    tree = Tree(
        frames=[Frame("#document", 0, 0, "")],
        parts=[],
        images=[],
        times=[],
        metas={},
        links={},
        scripts=[],
        data=[],
        props={},
    )
    if parser.root is None:
        return tree
    walker = _Walk(tree)
    frames, parts, cues = tree.frames, tree.parts, _CUES
    stack: list[tuple[LexborNode, str, int, bool]] = []
    node: LexborNode | None = parser.root
    boxed = False
    while len(parts) < MOST_PARTS and len(frames) < MOST_FRAMES:
        while node is not None:
            tag = node.tag or "-"
            if tag == "-text":
                text = node.text_content or ""
                if not text.isspace():
                    walker.text(text)
                elif walker.pieces:
                    walker.blank()
            elif tag in LEAVES:
                walker.leaf(tag, node)
            elif tag[0] != "-" and tag not in SKIPPED:
                below = node.first_child
                attributes = node.attributes
                if below is None:
                    if attributes and (tag == "time" or tag == "span"):
                        walker.note(tag, attributes)
                else:
                    special = False
                    if attributes:
                        get = attributes.get
                        seen: tuple[str | None, ...]
                        if len(attributes) == 1 and "class" in attributes:
                            seen = (tag, attributes["class"])
                        else:
                            special = True
                            seen = (
                                tag, get("class"), get("id"), get("itemprop"), get("role"),
                                get("data-testid"), get("rel"),
                            )  # fmt: skip
                    else:
                        seen = (tag,)
                    own, words = cues.get(seen) or _cue(seen)
                    outer = walker.frame
                    block = True
                    if tag in INLINE:
                        if tag in STYLED:
                            walker.inline(tag, attributes)
                        block = boxed or bool(own & hints.APART) or "itemprop" in attributes
                    if special and (tag in TIMED or not NOTED.isdisjoint(attributes)):
                        own |= walker.note(tag, attributes)
                    if block:
                        if walker.pieces:
                            walker.flush()
                        walker.frame = len(frames)
                        frames.append(Frame(tag, outer, own, words))
                    else:
                        outer = -1
                    stack.append((node, tag, outer, boxed))
                    boxed = tag in TITLED and not walker.pieces and _is_boxed(below)
                    node = below
                    continue
            node = node.next
        if not stack:
            break
        node, tag, outer, boxed = stack.pop()
        if outer >= 0:
            if walker.pieces:
                walker.flush()
            frames[walker.frame].last = len(frames) - 1
            walker.frame = outer
        if tag in STYLED:
            walker.outline(tag)
        node = node.next
    walker.flush()
    _join_rows(tree)
    _weigh(tree)
    return tree


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


class _Walk:
    """The state of one walk: the text gathered since the last break, and where it stands."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.frame = 0
        self.pieces: list[str] = []
        self.link: str | None = None
        self.linked: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.link_length = 0
        self.bold = 0
        self.bold_length = 0
        self.italic = 0
        self.italic_length = 0
        self.number = 0
        self.breaks = 0

    def blank(self) -> None:
        self.pieces.append(" ")
        if self.linked:
            self.linked.append(" ")

    def text(self, text: str) -> None:
        self.breaks = 0
        self.pieces.append(text)
        if self.link is not None:
            self.linked.append(text)
        if self.bold:
            self.bold_length += len(text)
        if self.italic:
            self.italic_length += len(text)

    def leaf(self, tag: str, node: LexborNode) -> None:
        """Take an element whose children are not walked."""
        if tag == "br":
            self.breaks += 1
            if self.breaks > 1:
                self.flush()
            elif self.pieces:
                self.pieces.append(" ")
        elif tag == "head":
            self.head(node)
        elif tag == "script":
            self.script(node)
        elif tag == "meta":
            self.meta(node.attributes)
        else:
            self.image(node.attributes)

    def note(self, tag: str, attributes: dict[str, str | None]) -> int:
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

    def inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Enter an element that does not break the text."""
        if tag == "a":
            if self.linked:
                self.close_link()
            self.link = attributes.get("href") or ""
        elif tag in BOLD:
            self.bold += 1
        elif tag in ITALIC:
            self.italic += 1

    def outline(self, tag: str) -> None:
        """Leave an element that does not break the text."""
        if tag == "a":
            if self.linked:
                self.close_link()
            self.link = None
        elif tag in BOLD:
            self.bold -= 1
        elif tag in ITALIC:
            self.italic -= 1

    def close_link(self) -> None:
        text = fold("".join(self.linked))
        if text:
            self.links.append((text, self.link or ""))
            self.link_length += len(text)
        self.linked.clear()

    def flush(self) -> None:
        """End the run of text, if there is one."""
        self.breaks = 0
        if self.linked:
            self.close_link()
        if self.pieces:
            text = fold("".join(self.pieces))
            self.pieces.clear()
            if text:
                self.number += 1
                part = Part(text, self.frame, self.number)
                if self.links:
                    part.linked = min(self.link_length, len(text))
                    part.links = tuple(self.links)
                if self.bold_length or self.italic_length:
                    part.bold = min(self.bold_length, len(text))
                    part.italic = min(self.italic_length, len(text))
                self.tree.parts.append(part)
        if self.links:
            self.links.clear()
        self.link_length = self.bold_length = self.italic_length = 0

    def image(self, attributes: dict[str, str | None]) -> None:
        self.number += 1
        alt = fold(attributes.get("alt") or "")
        self.tree.images.append(
            Image(source(attributes), alt, self.frame, self.number, attributes, self.link)
        )

    def meta(self, attributes: dict[str, str | None]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            self.tree.metas.setdefault(name.strip().lower(), []).append(content)

    def script(self, node: LexborNode) -> None:
        kind = (node.attributes.get("type") or "").lower()
        child = node.first_child
        if kind and child is not None and "json" in kind:
            text = child.text_content or ""
            if "ld+json" in kind:
                self.tree.scripts.append(text)
            elif len(text) > LEAST_DATA:
                self.tree.data.append(text)

    def head(self, node: LexborNode) -> None:
        """Take the title, the metas, the links and the JSON-LD of the head."""
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "meta":
                self.meta(child.attributes)
            elif tag == "script":
                self.script(child)
            elif tag == "title":
                self.tree.title = self.tree.title or fold(child.text(deep=True))
            elif tag == "link":
                attributes = child.attributes
                rel, href = attributes.get("rel"), attributes.get("href")
                if rel and href:
                    self.tree.links.setdefault(rel.lower(), href)
            elif tag == "base":
                self.tree.base = self.tree.base or child.attributes.get("href")
            child = child.next


def running(part: Part) -> int:
    """Give how much running text a part is: its length, or 0 for links and labels."""
    length = len(part.text)
    if length < 25 or part.linked * 2 > length:
        return 0
    if not part.text.isascii() and part.text[length // 2] > "\u2e80":
        length *= 3  # a Chinese or Japanese character tells as much as three letters
    return length if length >= 80 else 0


def _join_rows(tree: Tree) -> None:
    """Join the cells of a table's row into one part, unless a cell holds running text."""
    frames = tree.frames
    if not any(frames[part.frame].tag in CELLS for part in tree.parts):
        return
    parts: list[Part] = []
    for part in tree.parts:
        frame = frames[part.frame]
        if frame.tag not in CELLS or len(part.text) >= LONG_CELL:
            parts.append(part)
            continue
        before = parts[-1] if parts else None
        if before is not None and before.frame == frame.parent and frames[before.frame].tag == "tr":
            parts[-1] = Part(
                f"{before.text} {part.text}",
                before.frame,
                before.number,
                before.linked + part.linked,
                before.bold + part.bold,
                before.italic + part.italic,
                before.links + part.links,
            )
        else:
            parts.append(structs.replace(part, frame=frame.parent))
    tree.parts = parts


def _weigh(tree: Tree) -> None:
    """Sum running text up the tree, then hand hints down it.

    A hint that speaks against text ("sidebar", "promo") is not believed of a frame that holds most
    of the page's text: themes put such words on the element around everything.
    """
    frames = tree.frames
    for part in tree.parts:
        frames[part.frame].mass += running(part)
    for number in range(len(frames) - 1, 0, -1):
        frames[frames[number].parent].mass += frames[number].mass
    whole = frames[0].mass
    for number, frame in enumerate(frames):
        own = frame.own
        if frame.mass * 2 > whole or frame.tag in ("html", "body", "main"):
            own &= ~hints.AGAINST
        frame.hints = own | (frames[frame.parent].hints if number else 0)
