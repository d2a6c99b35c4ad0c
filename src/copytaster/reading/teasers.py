"""Teasers: the boxes of a page that lead to other articles.

A box's headline is its heading or the longest of its links; a picture, a standfirst and a count of
comments or reads may stand beside it. Whether it leads to an article is told by a sum of weights on
how it is built, where it stands, and its address; they were fitted by `bench/train_teasers.py`, and
nothing of any site is in them.
"""

import re
import unicodedata
from collections import Counter
from operator import mul

from msgspec import Struct

from copytaster.article import Picture, Teaser
from copytaster.reading import hints, phrases
from copytaster.reading.boxes import Box, boxes, is_apart
from copytaster.reading.bylines import is_byline
from copytaster.reading.dates import visible
from copytaster.reading.features import shape
from copytaster.reading.labels import BODY, Labelled
from copytaster.reading.menus import may_be_headline
from copytaster.reading.metadata import host, join, place
from copytaster.reading.tree import HEADINGS, Part, Tree
from copytaster.reading.words import key

MOST = 200
"""Teasers kept of one page."""
_NUMBER = r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})"
_COUNT = re.compile(rf"^\W*(?:[^\W\d]{{1,12}}\W+)?{_NUMBER}(?:\W+[^\W\d]+){{0,2}}\W*$")
_TAIL = re.compile(rf"^\s*(?:\(\s*{_NUMBER}\s*\)|{_NUMBER}(?:\s+[^\W\d]+)?(?=\W|$))\s*(.*)$", re.S)
"""What follows the link in the same line: a count, and then perhaps the standfirst."""
_TIME = re.compile(
    r"\d[:.]\d\d\b|\b(?:ago|secs?|min|mins|minutes?|hrs?|hours?|days?|wks?|weeks?|mths?|months?|"
    r"yrs?|years?|std|stunden|tagen?|uhr|vor|timer|uur|uren|dagen|heures?|horas?|días?|hace|il y a)"
    r"\b|\d\s?[hd]\b",
    re.I,
)
_LISTING = re.compile(
    r"/(?:authors?|autore?n?|auteurs?|by|people|profile|profil|redaktion|team|tags?|topics?|temas?|"
    r"thema|themen|themes?|emne|category|newsletters?|subscribe|abo|account|login|search|suche|"
    r"jobs?|shop|info|about|privacy|help|hilfe|service|promotion)/",
    re.I,
)
"""Paths of pages that list articles, or hold none: a person's, a topic's, a form."""
_PREFIX = re.compile(r"^([^:：|]{3,40})[:：|]\s*(?=\S)")
_FURTHER = re.compile(r"(?:read )?more|more|watch|listen|video|related|opinion", re.I)
_WORD = re.compile(r"[^\W_]{4,}")
_DIGITS = re.compile(r"\d{4,}")
_LETTERS = re.compile(r"[^\W\d_]")

Kind = tuple[str, str, str]
"""A box's element and class words, and those of the frame around it."""
Features = tuple[float, ...]
"""One value for each of `WEIGHTS`, in that order."""

WEIGHTS: dict[str, float] = {
    "bias": -6.05,
    "size": 1.5,
    "short": -0.68,
    "long": -0.19,
    "words": 1.56,
    "sign": 0.31,
    "begins small": -0.05,
    "heading": 1.47,
    "picture": 0.56,
    "standfirst": -0.19,
    "related": 0.86,
    "navigation": -1.05,
    "furniture": -0.11,
    "furniture near": 0.23,
    "section": 0.03,
    "hidden": -0.09,
    "byline": -0.09,
    "inside": 0.15,
    "before": -0.72,
    "among": -0.32,
    "named": 0.4,
    "hyphens": 0.39,
    "digits": 0.45,
    "deep": 0.12,
    "like own": 0.9,
    "ends like own": 1.16,
    "as deep as own": 0.47,
    "plain path": -0.86,
    "listing": -1.16,
    "query": -0.21,
    "elsewhere": -0.34,
    "alone": -0.61,
    "several": 0.22,
    "many": 0.19,
    "wordy group": 1.56,
    "pictured group": 0.59,
    "again": 0.23,
    "asks": -0.62,
}
LEAST = -0.5
"""Odds from which a box is taken for a teaser."""


class Candidate(Struct):
    """A box with a headline: a teaser, if it leads to an article."""

    teaser: Teaser
    box: Box
    kind: Kind
    heading: bool
    """Whether the headline stands in a heading, or in what is called a title."""
    part: Part


def teasers(tree: Tree, labelled: Labelled, url: str | None) -> tuple[Teaser, ...]:
    """Give the teasers in page order, each address once."""
    found: dict[str, Teaser] = {}
    several = candidates(tree, labelled, url)
    weights = tuple(WEIGHTS.values())
    for candidate, look in zip(several, features(several, tree, labelled, url), strict=True):
        if sum(map(mul, weights, look)) < LEAST:
            continue
        bare = (candidate.teaser.url or "").split("#")[0].rstrip("/")
        if bare not in found:
            found[bare] = candidate.teaser
        if len(found) == MOST:
            break
    return tuple(found.values())


def candidates(tree: Tree, labelled: Labelled, url: str | None) -> list[Candidate]:
    """Give the boxes that have a headline and an address other than the page's own."""
    found: list[Candidate] = []
    own = place(url)[0].rstrip("/") if url else None
    site = host(url)
    several = [box for box in boxes(tree, labelled.labels) if not is_apart(tree, box)]
    kinds = [_kind(tree, box) for box in several]
    hopeful = _hopeful(tree, several, kinds)
    for box, kind in zip(several, kinds, strict=True):
        if kind not in hopeful:
            continue
        address = join(url, box.address)
        if not address or not address.startswith(("http", "/")):
            continue
        path, _ = place(address)
        if path in ("", "/") or (path.rstrip("/") == own and host(address) == site):
            continue
        if (candidate := _candidate(tree, box, kind, address, url)) is not None:
            found.append(candidate)
    # A kind of box in which not one link has some words is a menu.
    wordy = {c.kind for c in found if c.heading or may_be_headline(c.teaser.headline)}
    return [candidate for candidate in found if candidate.kind in wordy]


def _hopeful(tree: Tree, several: list[Box], kinds: list[Kind]) -> set[Kind]:
    """Give the kinds of box that may hold a headline; lengths rule out most menus."""
    found: set[Kind] = set()
    for box, kind in zip(several, kinds, strict=True):
        if kind not in found and any(
            part.linked * 2 > len(part.text)
            and (
                (len(part.text) >= 22 and part.text.count(" ") >= 3)
                or (len(part.text) >= 12 and not part.text.isascii())
                or _rank(tree, part) < 9
            )
            for part in box.lines
        ):
            found.add(kind)
    return found


def _candidate(tree: Tree, box: Box, kind: Kind, address: str, url: str | None) -> Candidate | None:
    """Read one box, or give nothing where it has no headline."""
    ranked = [
        (_rank(tree, part), -len(part.text), number)
        for number, part in enumerate(box.lines)
        if part.linked * 2 > len(part.text)
    ]
    if not ranked:
        return None
    ranked.sort()
    if len(ranked) > 1 and box.lines[ranked[0][2]].text.endswith((":", "：")):
        del ranked[0]  # a kicker in the heading, with the headline outside
    part = box.lines[ranked[0][2]]
    text, count, standfirst = _split(part)
    if len(text) < 6 or len(text) > 300 or not _LETTERS.search(text):
        return None
    if is_byline(text) or (len(text) < 40 and visible(text)):
        return None
    letters = key(text)
    for other in box.lines:
        if other is part or key(other.text) == letters:
            continue
        line = other.text
        if len(line) <= 30 and (match := _COUNT.match(line)) and not _TIME.search(line):
            count = int(re.sub(r"\D", "", match[1]))
        elif len(line) > 40 and standfirst is None and not visible(line[:60]):
            standfirst = line
    image = next((image for image in box.images if image.url), None)
    picture = Picture(url=join(url, image.url)) if image else None
    return Candidate(
        Teaser(headline=text, url=address, picture=picture, standfirst=standfirst, count=count),
        box,
        kind,
        ranked[0][0] < 9,
        part,
    )


def _rank(tree: Tree, part: Part) -> int:
    """Give how much of a headline a line is by its elements: 1 for h1 to 9 for none."""
    frame = tree.frames[part.frame]
    if frame.own & (hints.COUNT | hints.KICKER | hints.UNSEEN):
        return 10
    number = part.frame
    for _ in range(3):
        tag = tree.frames[number].tag
        if tag in HEADINGS:
            return int(tag[1])
        if tree.frames[number].own & hints.TITLE:
            return 7
        number = tree.frames[number].parent
    return 9


def _split(part: Part) -> tuple[str, int | None, str | None]:
    """Take a line apart: the headline, which is its link; a count and a standfirst after it."""
    text, count, standfirst = part.text, None, None
    link = max(part.links, key=lambda link: len(link[0]))[0]
    if len(link) * 2 > len(text):
        _, _, after = text.partition(link)
        text = link
        if match := _TAIL.match(after):
            count = int(re.sub(r"\D", "", match[1] or match[2]))
            standfirst = match[3] if len(match[3]) > 20 else None
    text = text.lstrip("•·–-*»›> ").strip()
    if match := _PREFIX.match(text):
        label = match[1].strip()
        if phrases.RELATED.fullmatch(label) or _FURTHER.fullmatch(label):
            text = text[match.end() :]
    return text.rsplit(" | ", 1)[0] if text.endswith(_ENDINGS) else text, count, standfirst


_ENDINGS = (" | mehr", " | audio", " | video", " | more")


def features(
    several: list[Candidate], tree: Tree, labelled: Labelled, url: str | None
) -> list[Features]:
    """Give what tells a teaser from other links, for each candidate, as `WEIGHTS` name it."""
    frames = tree.frames
    size = Counter(candidate.kind for candidate in several)
    wordy = Counter(c.kind for c in several if may_be_headline(c.teaser.headline))
    pictured = Counter(c.kind for c in several if c.teaser.picture)
    times = Counter(candidate.teaser.url for candidate in several)
    pattern = _pattern(place(url)[0]) if url else ()
    brand = _brand(url)
    ends = [
        part.number
        for part, name in zip(tree.parts, labelled.labels, strict=True)
        if name in BODY and len(part.text) > 60
    ]
    first, last = (ends[0], ends[-1]) if ends else (0, 0)
    inside = labelled.root, frames[labelled.root].last if labelled.root else len(frames)
    found: list[Features] = []
    for candidate in several:
        teaser, part, kind = candidate.teaser, candidate.part, candidate.kind
        text, address = teaser.headline, teaser.url or ""
        path, query = place(address)
        theirs = _pattern(path)
        flags = frames[part.frame].hints
        near = frames[candidate.box.frame].own | frames[frames[candidate.box.frame].parent].own
        count = size[kind]
        slug = path.lower()
        named = _slug(text, slug)
        wide = len(text) * (3 if text[len(text) // 2] > "\u2e80" else 1)
        last_word = theirs[-1] if theirs else ""
        found.append(
            (
                1.0,
                min(1.0, wide / 60),
                wide < 18,
                wide > 130,
                min(1.0, text.count(" ") / 6) if wide == len(text) else 0.5,
                text[-1] in ".!?…”\"'»" or ":" in text or "," in text,
                text[0].islower(),
                candidate.heading,
                teaser.picture is not None,
                teaser.standfirst is not None,
                flags & hints.RELATED > 0,
                flags & hints.NAVIGATION > 0,
                flags & hints.FURNITURE > 0,
                near & hints.FURNITURE > 0,
                near & (hints.SECTION | hints.KICKER) > 0,
                flags & hints.HIDDEN > 0,
                flags & hints.BYLINE > 0,
                inside[0] <= part.frame <= inside[1],
                part.number < first,
                first < part.number < last,
                min(1.0, named * 1.2),
                min(1.0, path.rpartition("/")[2].count("-") / 5),
                _DIGITS.search(path) is not None or _DIGITS.search(query) is not None,
                min(1.0, path.strip("/").count("/") / 3),
                theirs == pattern,
                bool(pattern) and last_word == pattern[-1],
                len(theirs) == len(pattern),
                all(word == "word" for word in theirs),
                _LISTING.search(path + "/") is not None,
                bool(query),
                _brand(address) != brand,
                count == 1,
                min(1.0, count / 6),
                count > 40,
                wordy[kind] / count,
                pictured[kind] / count,
                times[teaser.url] > 1,
                float(
                    bool(phrases.FURNITURE.match(text))
                    or (len(text) < 60 and bool(phrases.RELATED.fullmatch(text)))
                ),
            )
        )
    return found


def _kind(tree: Tree, box: Box) -> Kind:
    frame = tree.frames[box.frame]
    above = tree.frames[frame.parent]
    return frame.tag, shape(frame.words), f"{above.tag} {shape(above.words)}"


def _pattern(path: str) -> tuple[str, ...]:
    """Give what the steps of a path are made of: number, slug, mixed or word."""
    found = []
    for step in path.strip("/").split("/"):
        if step.isdigit():
            found.append("number")
        elif step.count("-") > 1 or step.count("_") > 1:
            found.append("slug")
        elif any(map(str.isdigit, step)):
            found.append("mixed")
        else:
            found.append("word")
    return tuple(found)


def _slug(text: str, path: str) -> float:
    """Give the share of a text's words of four letters and more that stand in a path."""
    words = _WORD.findall(text.lower())
    if not words:
        return 0.0
    if not text.isascii():
        words = [
            unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word
            for word in words
        ]
    return sum(word in path for word in words) / len(words)


_SECOND = frozenset(("co", "com", "org", "net", "ac", "gov", "or", "ne"))


def _brand(url: str | None) -> str:
    """Give the name in an address's host that stands before its public suffix."""
    names = (host(url) or "").split(".")
    if len(names) > 2 and names[-2] in _SECOND:
        return names[-3]
    return names[-2] if len(names) > 1 else names[0]
