"""Teasers: the boxes of a page that lead to other articles.

A box's headline is its heading or the longest of its links; a picture, a standfirst and a count of
comments or reads may stand beside it. `odds` weighs whether it leads to an article.
"""

import re
from itertools import islice

from copytaster.address import join, place
from copytaster.article import Picture, Teaser
from copytaster.reading import hints, phrases
from copytaster.reading.boxes import Box, boxes
from copytaster.reading.bylines import is_byline
from copytaster.reading.counts import count_of, tail_of, unranked
from copytaster.reading.dates import visible
from copytaster.reading.labels import Labelled
from copytaster.reading.menus import may_be_headline
from copytaster.reading.odds import LEAST, Candidate, odds
from copytaster.reading.tree import HEADINGS, Part, Tree
from copytaster.reading.words import key

MOST = 200
"""Teasers kept of one page."""
_SIGNS = ":：|"
_PREFIX = re.compile(r"^([^:：|]{3,40})[:：|]\s*(?=\S)")
_FURTHER = re.compile(r"(?:read )?more|more|watch|listen|video|related|opinion", re.I)
_LETTERS = re.compile(r"[^\W\d_]")


def teasers(tree: Tree, labelled: Labelled, url: str | None) -> tuple[Teaser, ...]:
    """Give the teasers in page order, each address once."""
    several = candidates(tree, labelled, url)
    taken = [
        (tree.frames[candidate.box.frame].parent, _teaser(tree, candidate, url))
        for candidate, weight in zip(several, odds(several, tree, labelled, url), strict=True)
        if weight >= LEAST and not _is_signed(candidate.headline)
    ]
    found: dict[str, Teaser] = {}
    for teaser in unranked(taken):
        found.setdefault((teaser.url or "").partition("#")[0].rstrip("/"), teaser)
    return tuple(islice(found.values(), MOST))


def candidates(tree: Tree, labelled: Labelled, url: str | None) -> list[Candidate]:
    """Give the boxes that have a headline and an address other than the page's own."""
    frames = tree.frames
    headed: list[tuple[Box, int, Part, str, bool, bool]] = []
    kinds: dict[tuple[str, str], int] = {}
    around: dict[int, str] = {}
    for box in boxes(tree, labelled.labels):
        if part := _line(tree, box):
            text = _headline(part)
            if 6 <= len(text) <= 300 and (text[0].isalpha() or _LETTERS.search(text)):
                frame = frames[box.frame]
                outer = around.get(frame.parent)
                if outer is None:
                    outer = around[frame.parent] = frames[frame.parent].kind
                kind = kinds.setdefault((frame.kind, outer), len(kinds))
                heading, wordy = _rank(tree, part) < 9, may_be_headline(text)
                headed.append((box, kind, part, text, heading, wordy))
    # A kind of box in which not one link has some words is a menu.
    worded = {kind for _, kind, _, _, heading, wordy in headed if heading or wordy}
    site, own, _ = place(url) if url else (None, None, "")
    own = own and own.rstrip("/")
    found: list[Candidate] = []
    for box, kind, part, text, heading, wordy in headed:
        address = join(url, box.address) if kind in worded else None
        if address and address.startswith(("http", "/")):
            seen = host, path, _ = place(address)
            if path not in ("", "/") and (path.rstrip("/") != own or host != site):
                found.append(Candidate(text, address, seen, box, kind, part, heading, wordy))
    return found


def _line(tree: Tree, box: Box) -> Part | None:
    """Give the line of a box that its headline stands in."""
    lines = [part for part in box.lines if part.linked * 2 > len(part.text)]
    if len(lines) > 1:
        lines.sort(key=lambda part: (_rank(tree, part), -len(part.text)))
        if lines[0].text.endswith((":", "：")):
            del lines[0]  # a kicker in the heading, with the headline outside
    return lines[0] if lines else None


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


def _link(part: Part) -> str:
    """Give the link that a line is, or the whole line where no link is most of it."""
    links = part.links
    text = links[0][0] if len(links) == 1 else max([link for link, _ in links], key=len)
    return text if len(text) * 2 > len(part.text) else part.text


def _headline(part: Part) -> str:
    """Give the headline in a line without marks around it."""
    text = _link(part).lstrip("•·–-*»›> ")
    return text.rsplit(" | ", 1)[0] if text.endswith(_ENDINGS) else text


def _alone(text: str) -> str:
    """Give a headline without what introduces it: "Video: Boats wait off Nordholm"."""
    if any(map(text.__contains__, _SIGNS)) and (match := _PREFIX.match(text)):
        label = match[1].strip()
        if _FURTHER.fullmatch(label) or phrases.RELATED.fullmatch(label):
            return text[match.end() :]
    return text


_ENDINGS = (" | mehr", " | audio", " | video", " | more")


def _is_signed(text: str) -> bool:
    """Tell a byline or a date from a headline."""
    return is_byline(text) or (len(text) < 40 and visible(text) is not None)


def _teaser(tree: Tree, candidate: Candidate, url: str | None) -> Teaser:
    """Read the rest of a box: its picture, and the count and the standfirst in its other lines."""
    box, headline, part = candidate.box, _alone(candidate.headline), candidate.part
    count, standfirst = None, None
    if after := part.text.partition(_link(part))[2]:
        count, behind = tail_of(after)
        standfirst = behind if len(behind) > 20 else None
    for other in box.lines:
        if other is part or key(other.text) == key(candidate.headline):
            continue
        line = other.text
        told = tree.frames[other.frame].own & hints.COUNT > 0
        if (number := count_of(line, told=told)) is not None:
            count = number
        elif len(line) > 40 and standfirst is None and not visible(line[:60]):
            standfirst = line
    picture = next((Picture(url=join(url, image.url)) for image in box.images if image.url), None)
    return Teaser(
        headline=headline, url=candidate.url, picture=picture, standfirst=standfirst, count=count
    )
