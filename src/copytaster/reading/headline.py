"""Which words are the headline: what the page shows, weighed against what it says of itself.

Sites write other headlines for search engines and for sharing, and put their own name behind
them. The headline is what most of the sources agree on; alone against all, what is shown wins.
"""

import re

from copytaster.address import host
from copytaster.reading import hints
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import HEADINGS, Frame, Tree
from copytaster.reading.words import key

LONGEST = 400
"""Characters; no headline is longer."""
SURE = 4.0
"""Points of a first heading that says what the metadata say."""
_TRUST = {"shown": 1.2, "og": 1.0, "json-ld": 1.0, "title": 0.7, "twitter": 0.5}
_SEPARATOR = re.compile(r"\s+(?:[|–—•·*:-]|::)\s+|\s*[|｜]\s*|：")
_WORD = re.compile(r"\w+")
_ASIDE = hints.NAVIGATION | hints.RELATED | hints.COMMENT | hints.HIDDEN


def find_headline(tree: Tree, meta: Metadata) -> int | None:
    """Find the part that is the headline: the heading that agrees best with the metadata."""
    frames = tree.frames
    wanted = set(map(key, meta.headlines.values()))
    best, score = None, 0.0
    for index, part in enumerate(tree.parts):
        frame = frames[part.frame]
        level = _level(frames, part.frame)
        if not (level or frame.hints & hints.TITLE) or len(part.text) > LONGEST:
            continue
        own = key(part.text)
        if not own:
            continue
        agrees = max([_agreement(own, want) for want in wanted], default=0.0)
        points = agrees * 3 + (1.0 if level == "h1" else 0.2)
        if frame.hints & _ASIDE:
            points -= 0.8
        if points > score and (agrees > 0.3 or level == "h1"):
            best, score = index, points
            if points == SURE:
                break  # no other can agree better
    return best if best is None else _below(tree, best, wanted)


def _below(tree: Tree, found: int, claimed: set[str]) -> int:
    """Give the heading close below part `found` that the metadata claim too, if there is one.

    Some sites put a line for search engines into the first heading, small or out of sight.
    """
    for index in range(found + 1, min(found + 18, len(tree.parts))):
        part = tree.parts[index]
        hidden = tree.frames[part.frame].hints & _ASIDE
        if not hidden and _level(tree.frames, part.frame) and len(part.text) > 15:
            letters = key(part.text)
            if letters in claimed and letters != key(tree.parts[found].text):
                return index
    return found


def _agreement(own: str, wanted: str) -> float:
    """Give how far two headlines agree, 0 to 1: equal, or one within the other."""
    if own == wanted:
        return 1.0
    short, long = (own, wanted) if len(own) < len(wanted) else (wanted, own)
    if len(short) >= 12 and short in long:
        return 0.5 + 0.4 * len(short) / len(long)
    return 0.0


def _level(frames: list[Frame], number: int) -> str:
    """Give the heading element that frame `number` is, or stands in, up to three frames up."""
    frame = frames[number]
    if frame.tag in HEADINGS:
        return frame.tag
    frame = frames[frame.parent]
    if frame.tag in HEADINGS:
        return frame.tag
    frame = frames[frame.parent]
    return frame.tag if frame.tag in HEADINGS else ""


def headline(tree: Tree, meta: Metadata, found: int | None) -> str | None:
    """Give the headline; `found` is the part that shows it, if any."""
    claims = dict(meta.headlines)
    if found is not None:
        claims = {"shown": _shown(tree, found, set(map(key, claims.values()))), **claims}
    shown = claims.get("shown", "")
    same = [
        claim for source, claim in meta.headlines.items()
        if source != "title" and key(claim) == key(shown)
    ]  # fmt: skip
    if same:
        # Where two elements meet in the heading, only the metadata have a space between words.
        return max(dict.fromkeys((shown, *same)), key=lambda text: len(_WORD.findall(text)))
    names = [name for name in (meta.publisher, *(host(meta.url) or "").split(".")[:-1]) if name]
    votes: dict[str, float] = {}
    texts: dict[str, str] = {}
    for source, claim in claims.items():
        text = _bare(claim, names, shown)
        letters = key(text)
        texts.setdefault(letters, text)
        votes[letters] = votes.get(letters, 0) + _TRUST[source]
    return texts[max(votes, key=lambda letters: votes[letters])] if votes else None


def _shown(tree: Tree, found: int, claimed: set[str]) -> str:
    """Give the words of the heading that part `found` stands in.

    Spans of it that stand apart, as a kicker does, are left out where the metadata give the rest
    alone.
    """
    frames = tree.frames
    number = tree.parts[found].frame
    while number and frames[number].tag not in HEADINGS:
        number = frames[number].parent
    if not number:
        return tree.parts[found].text
    last = frames[number].last
    parts = [part for part in tree.parts if number <= part.frame <= last]
    alone = tree.parts[found].text
    apart = any(frames[part.frame].own & (hints.KICKER | hints.UNSEEN) for part in parts)
    whole = " ".join(part.text for part in parts)
    if len(parts) > 1 and (key(alone) in claimed or (apart and key(whole) not in claimed)):
        return alone
    return whole


def _bare(claim: str, names: list[str], shown: str) -> str:
    """Give a headline without the site's name behind it."""
    sites = [key(name) for name in names]
    for match in _SEPARATOR.finditer(claim):
        head, tail = claim[: match.start()], key(claim[match.end() :])
        if shown and key(head) == key(shown):
            return head
        if len(head) * 2 < len(claim) and claim == shown:
            continue  # a dash within the headline, not the site's name behind it
        if len(head) > 12 and tail and any(tail in site or site in tail for site in sites):
            return head
    return claim
