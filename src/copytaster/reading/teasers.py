"""Teasers: the boxes of a page that lead to other articles.

A box is the largest frame whose links all lead to one address. Its headline is the heading or the
longest link in it; a picture, a standfirst and a count of comments or reads may stand beside it.
"""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from copytaster.article import Picture, Teaser
from copytaster.reading import hints
from copytaster.reading.blocks import HEADINGS, Image, Part, Tree
from copytaster.reading.bylines import is_byline
from copytaster.reading.dates import visible
from copytaster.reading.labels import BODY, Label
from copytaster.reading.metadata import host, join
from copytaster.reading.words import key

MOST = 200
"""Teasers kept of one page."""
_NUMBER = r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})"
_COUNT = re.compile(rf"^\W*(?:[^\W\d]{{1,12}}\W+)?{_NUMBER}(?:\W+[^\W\d]+){{0,2}}\W*$")
_TAIL = re.compile(rf"^\s*(?:\(\s*{_NUMBER}\s*\)|{_NUMBER}\s+[^\W\d]+(?=\W|$))\s*(.*)$", re.S)
"""What follows the link in the same line: a count, and then perhaps the standfirst."""
_TIME = re.compile(
    r"\d[:.]\d\d\b|\b(?:ago|secs?|min|mins|minutes?|hrs?|hours?|days?|wks?|weeks?|mths?|months?|"
    r"yrs?|years?|std|stunden|tagen?|uhr|vor|timer|uur|uren|dagen|heures?|horas?|días?|hace|il y a)"
    r"\b|\d\s?[hd]\b",
    re.I,
)
_LISTING = re.compile(
    r"/(?:authors?|autore?n?|auteurs?|by|people|profile|profil|redaktion|team|tags?|topics?|temas?|"
    r"thema|themen|themes?|emne|category|newsletters?|subscribe|abo|account|login|search|suche)/",
    re.I,
)
"""Paths of pages that list articles, or none: a person's, a topic's, a form."""


class _Box(Struct):
    """What one frame shows of another article."""

    address: str
    frame: int
    lines: list[Part] = []
    images: list[Image] = []


def teasers(tree: Tree, labels: list[Label], url: str | None) -> tuple[Teaser, ...]:
    """Give the teasers in page order, each address once."""
    frames = tree.frames
    targets = _targets(tree, labels)
    boxes: dict[tuple[str, int], _Box] = {}

    def box_of(number: int) -> _Box | None:
        found = 0
        while number and targets.get(number, "") is not None:
            if number in targets:
                found = number
            number = frames[number].parent
        target = targets[found] if found else None
        if target is None:
            return None
        # A link around several lines is no frame: they lie side by side in the frame above.
        return boxes.setdefault((target, frames[found].parent), _Box(target, found))

    for part, label in zip(tree.parts, labels, strict=True):
        if label not in BODY and (box := box_of(part.frame)):
            box.lines.append(part)
    for image in tree.images:
        if box := box_of(image.frame):
            box.images.append(image)
    found: dict[str, Teaser] = {}
    for box in boxes.values():
        if frames[box.frame].hints & (hints.NAVIGATION | hints.COMMENT | hints.BIO):
            continue
        teaser = _teaser(tree, box, url)
        if teaser is None or teaser.url is None:
            continue
        bare = teaser.url.split("#")[0].rstrip("/")
        if bare not in found:
            found[bare] = teaser
        if len(found) == MOST:
            break
    return tuple(found.values())


def _targets(tree: Tree, labels: list[Label]) -> dict[int, str | None]:
    """Give for each frame with links where they lead, or nothing where to several places.

    A frame with a part of the article itself is no box either.
    """
    frames = tree.frames
    targets: dict[int, str | None] = {}
    for part, label in zip(tree.parts, labels, strict=True):
        number = part.frame
        if label in BODY or label in ("headline", "standfirst"):
            while number and targets.get(number, "") is not None:
                targets[number] = None
                number = frames[number].parent
            continue
        for _, target in part.links:
            number = part.frame
            while number and targets.get(number, target) == target:
                targets[number] = target
                number = frames[number].parent
            while number and targets.get(number) is not None:
                targets[number] = None
                number = frames[number].parent
    return targets


def _teaser(tree: Tree, box: _Box, url: str | None) -> Teaser | None:
    """Read one box, or give nothing where it does not lead to an article."""
    address = join(url, box.address)
    related = bool(tree.frames[box.frame].hints & hints.RELATED)
    if not address or not _leads_away(address, url, related):
        return None
    named = [
        part
        for part in box.lines
        if part.density > 0.5
        and not tree.frames[part.frame].hints & hints.COUNT
        and (tree.frames[part.frame].tag in HEADINGS or _titled(tree, part))
    ]
    linked = named or [part for part in box.lines if part.density > 0.5]
    if not linked:
        return None
    headline = max(linked, key=lambda part: len(part.text))
    standfirst, count = None, None
    text = headline.text
    if len(headline.links) == 1 and text.startswith(headline.links[0][0]):
        text = headline.links[0][0]
        if match := _TAIL.match(headline.text[len(text) :]):
            count = int(re.sub(r"\D", "", match[1] or match[2]))
            standfirst = match[3] if len(match[3]) > 20 else None
        else:
            text = headline.text
    text = text.lstrip("•·–-*»› ").strip()
    if not _is_headline(text) or is_byline(text) or (len(text) < 40 and visible(text)):
        return None
    letters = key(text)
    for part in box.lines:
        if part is headline or key(part.text) == letters:
            continue
        short = len(part.text) <= 30
        if short and not _TIME.search(part.text) and (match := _COUNT.match(part.text)):
            count = int(re.sub(r"\D", "", match[1]))
        elif len(part.text) > 40 and standfirst is None and not visible(part.text[:60]):
            standfirst = part.text
    image = next((image for image in box.images if image.url), None)
    picture = Picture(url=join(url, image.url)) if image else None
    return Teaser(headline=text, url=address, picture=picture, standfirst=standfirst, count=count)


def _titled(tree: Tree, part: Part) -> bool:
    return bool(tree.frames[part.frame].own & hints.TITLE)


def _is_headline(text: str) -> bool:
    """Tell whether a link's text is a headline: some words, or eight signs where none are."""
    if len(text) > 300:
        return False
    if text[len(text) // 2] > "\u2e80":
        return len(text) >= 8
    return len(text) >= 18 and text.count(" ") >= 2


def _leads_away(address: str, url: str | None, related: bool) -> bool:
    """Tell whether an address may be another article's, on the same site where that is known.

    A short path is a section's, unless it stands among `related` links.
    """
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https", "") or path.count("/") < 1:
        return False
    if _LISTING.search(path + "/"):
        return False
    if path.count("/") == 1 and not related and not re.search(r"[-_\d]", path):
        return False
    if url is None:
        return True
    own = urlsplit(url)
    if host(address) == host(url) and path == own.path.rstrip("/"):
        return False
    mine, theirs = (host(url) or "").split("."), (host(address) or "").split(".")
    return mine[-2:] == theirs[-2:] or not theirs[-1]
