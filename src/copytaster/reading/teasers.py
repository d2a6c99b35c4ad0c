"""Teasers: the boxes of a page that lead to other articles.

A box's headline is its heading or the longest of its links; a picture, a standfirst and a count of
comments or reads may stand beside it. `odds` weighs whether it leads to an article.
"""

import re
from itertools import islice

from copytaster.address import host, join, place
from copytaster.article import Picture, Teaser
from copytaster.reading import hints, phrases
from copytaster.reading.boxes import Box, boxes, is_apart
from copytaster.reading.bylines import is_byline
from copytaster.reading.counts import count_of, tail_of, unranked
from copytaster.reading.dates import visible
from copytaster.reading.labels import Labelled
from copytaster.reading.menus import may_be_headline
from copytaster.reading.odds import LEAST, Candidate, Kind, odds
from copytaster.reading.tree import HEADINGS, Part, Tree
from copytaster.reading.words import key

MOST = 200
"""Teasers kept of one page."""
_PREFIX = re.compile(r"^([^:：|]{3,40})[:：|]\s*(?=\S)")
_FURTHER = re.compile(r"(?:read )?more|more|watch|listen|video|related|opinion", re.I)
_LETTERS = re.compile(r"[^\W\d_]")


def teasers(tree: Tree, labelled: Labelled, url: str | None) -> tuple[Teaser, ...]:
    """Give the teasers in page order, each address once."""
    several = candidates(tree, labelled, url)
    shown = unranked([(tree.frames[each.box.frame].parent, each.teaser) for each in several])
    found: dict[str, Teaser] = {}
    for teaser, weight in zip(shown, odds(several, tree, labelled, url), strict=True):
        if weight >= LEAST:
            found.setdefault((teaser.url or "").split("#")[0].rstrip("/"), teaser)
    return tuple(islice(found.values(), MOST))


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
        path, query = place(address)
        if path in ("", "/") or (path.rstrip("/") == own and host(address) == site):
            continue
        if (read := _read(tree, box, address, url)) is not None:
            teaser, rank, part = read
            found.append(Candidate(teaser, box, kind, rank < 9, part, path, query))
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


def _read(tree: Tree, box: Box, address: str, url: str | None) -> tuple[Teaser, int, Part] | None:
    """Read one box: what it shows, the rank of its headline, and the line that this stands in."""
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
        told = tree.frames[other.frame].own & hints.COUNT > 0
        if (number := count_of(line, told=told)) is not None:
            count = number
        elif len(line) > 40 and standfirst is None and not visible(line[:60]):
            standfirst = line
    picture = None
    for image in box.images:
        if image.url:
            picture = Picture(url=join(url, image.url))
            break
    shown = Teaser(headline=text, url=address, picture=picture, standfirst=standfirst, count=count)
    return shown, ranked[0][0], part


def _rank(tree: Tree, part: Part) -> int:
    """Give how much of a headline a line is by its elements: 1 for h1 to 9 for none."""
    frames = tree.frames
    frame = frames[part.frame]
    if frame.own & (hints.COUNT | hints.KICKER | hints.UNSEEN):
        return 10
    for _ in range(3):
        if frame.tag in HEADINGS:
            return int(frame.tag[1])
        if frame.own & hints.TITLE:
            return 7
        frame = frames[frame.parent]
    return 9


def _split(part: Part) -> tuple[str, int | None, str | None]:
    """Take a line apart: the headline, which is its link; a count and a standfirst after it."""
    text, count, standfirst = part.text, None, None
    link = max([link for link, _ in part.links], key=len)
    if len(link) * 2 > len(text):
        _, _, after = text.partition(link)
        text = link
        count, behind = tail_of(after)
        standfirst = behind if len(behind) > 20 else None
    text = text.lstrip("•·–-*»›> ").strip()
    if match := _PREFIX.match(text):
        label = match[1].strip()
        if phrases.RELATED.fullmatch(label) or _FURTHER.fullmatch(label):
            text = text[match.end() :]
    return text.rsplit(" | ", 1)[0] if text.endswith(_ENDINGS) else text, count, standfirst


_ENDINGS = (" | mehr", " | audio", " | video", " | more")


def _kind(tree: Tree, box: Box) -> Kind:
    frame = tree.frames[box.frame]
    return frame.kind, tree.frames[frame.parent].kind
