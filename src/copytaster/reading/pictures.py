"""The pictures of an article: images, and the caption and credit lines that belong to them."""

import re
from bisect import bisect_left

from msgspec import Struct, structs

from copytaster.address import join
from copytaster.article import Picture
from copytaster.reading import hints
from copytaster.reading.credits import clean_credit, split_credit
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.labels import Labelled
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Image, Part, Tree, fold
from copytaster.reading.words import key

CLIMB = 7
"""Frames up from a line within which its image is looked for."""
NEAR = 6
"""Parts between a line and its image where no frame holds just the two."""
__all__ = ["pictures", "split_credit"]

_ELSEWHERE = hints.RELATED | hints.NAVIGATION | hints.COMMENT | hints.FURNITURE | hints.BYLINE
_ELSEWHERE |= hints.BIO | hints.HIDDEN


_CREDITS = ("data-credit", "data-credits", "data-copyright", "data-source", "data-photographer")
_SIGN = re.compile(r"[|©:/(]")


class _Group(Struct):
    """An image, and the lines that were found for it."""

    image: Image | None
    number: int
    captions: list[str] = []
    credits: list[str] = []


def pictures(
    tree: Tree, labelled: Labelled, meta: Metadata, url: str | None
) -> tuple[Picture, ...]:
    """Give the article's pictures in page order, each caption and each address once."""
    groups: dict[int, _Group] = {}
    before: int | None = None
    places = sorted((image.frame, index) for index, image in enumerate(tree.images))
    for part, label in zip(tree.parts, labelled.labels, strict=True):
        if label not in ("caption", "credit"):
            continue
        index = _image_of(tree, part, places)
        if index is None:
            close = before is not None and part.number - groups[before].number <= 3
            index = before if close and before is not None else -part.number
        image = tree.images[index] if index >= 0 else None
        group = groups.setdefault(index, _Group(image, part.number))
        group.number = part.number
        before = index
        _file(group, part.text, label)
    end = _end(tree, labelled)
    for index, image in enumerate(tree.images):
        if index not in groups and image.number < end and _belongs(tree, labelled, image):
            groups[index] = _Group(image, image.number)
    found: list[Picture] = []
    for group in sorted(groups.values(), key=lambda group: group.number):
        _merge(found, _picture(group, url))
    if shot := meta.shot:
        if not found:
            found.append(Picture(url=shot.url, caption=shot.caption, credit=shot.credit))
        elif shot.credit and not any(picture.credit for picture in found):
            found[0] = structs.replace(found[0], credit=clean_credit(shot.credit))
    return tuple(found)


def _image_of(tree: Tree, part: Part, places: list[tuple[int, int]]) -> int | None:
    """Give the image that a line belongs to: the nearest in the smallest frame that holds both.

    A frame that holds running text of its own beside the line is no figure.
    """
    frames = tree.frames
    number = part.frame
    for _ in range(CLIMB):
        frame = frames[number]
        if not number or frame.mass > len(part.text) + 250:
            break
        held = places[bisect_left(places, (number, -1)) : bisect_left(places, (frame.last + 1, -1))]
        if held:
            # A line stands below its image: one after the line is taken only if none is before.
            return min(
                (index for _, index in held),
                key=lambda index: _distance(part, tree.images[index]),
            )
        number = frame.parent
    near = [
        index for index, image in enumerate(tree.images) if -2 <= part.number - image.number <= NEAR
    ]
    return min(near, key=lambda index: _distance(part, tree.images[index])) if near else None


def _distance(part: Part, image: Image) -> int:
    off = part.number - image.number
    return off if off > 0 else -off * 3


def _file(group: _Group, text: str, label: Label) -> None:
    """Put a line into its group, taken apart."""
    if label == "credit":
        caption, credit = None, clean_credit(text)
        if text.count(" ") > 6 and (pair := split_credit(text))[1]:
            caption, credit = pair
    else:
        caption, credit = split_credit(text)
    if caption and key(caption) not in map(key, group.captions):
        group.captions.append(caption)
    if credit and key(credit) not in key(" ".join(group.credits)):
        group.credits.append(credit)


def _end(tree: Tree, labelled: Labelled) -> int:
    """Give the place of the last part of the body, or -1."""
    for part, label in zip(reversed(tree.parts), reversed(labelled.labels), strict=True):
        if label in BODY:
            return part.number
    return -1


def _belongs(tree: Tree, labelled: Labelled, image: Image) -> bool:
    """Tell whether an image without a line is one of the article's."""
    flags = tree.frames[image.frame].hints
    return (
        bool(flags & hints.FIGURE or "data-caption" in image.attributes)
        and not flags & _ELSEWHERE
        and image.url is not None
        and labelled.root <= image.frame <= tree.frames[labelled.root].last
    )


def _picture(group: _Group, url: str | None) -> Picture:
    """Give a picture; what no line says of it is taken from the attributes of its image."""
    caption = " ".join(group.captions).rstrip(" -–—|") or None
    credit = clean_credit(" ".join(group.credits))
    image = group.image
    if image is None:
        return Picture(url=None, caption=caption, credit=credit)
    get = image.attributes.get
    if not caption and not credit:
        caption, credit = split_credit(fold(get("data-caption") or ""))
    if not credit:
        given = next(filter(None, map(get, _CREDITS)), None)
        credit = clean_credit(given) if given else _signed(get("title")) or _signed(image.alt)
    return Picture(url=join(url, image.url), caption=caption, credit=credit)


def _signed(text: str | None) -> str | None:
    """Give the credit at the end of what an image's attribute says."""
    return split_credit(fold(text))[1] if text and _SIGN.search(text) else None


def _merge(found: list[Picture], picture: Picture) -> None:
    """Add a picture, unless its caption or its address is there: then what is new is filled in."""
    caption = key(picture.caption or "")
    for index, other in enumerate(found):
        same = caption and caption == key(other.caption or "")
        if same or (picture.url and picture.url == other.url and not (caption and other.caption)):
            found[index] = Picture(
                url=other.url or picture.url,
                caption=other.caption or picture.caption,
                credit=other.credit or picture.credit,
            )
            return
    if picture.url or picture.caption:
        found.append(picture)
