"""Boxes: what a page shows of other addresses, each as the largest frame that leads to one only."""

import numpy as np
from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Image, Numbers, Part, Tree

_APART = hints.COMMENT | hints.BIO
"""What stands among comments, or about an author, is no box."""
_ARTICLE = BODY | {"headline", "standfirst"}


class Box(Struct):
    """What one frame shows of another address."""

    address: str
    """As it is written in the page."""
    frame: int
    lines: list[Part] = []
    images: list[Image] = []


def boxes(tree: Tree, labels: list[Label]) -> list[Box]:
    """Give the boxes in page order; a frame with a part of the article itself is none."""
    frames = tree.frames
    targets = _targets(tree, labels)
    # A frame around one that leads to a single address leads there too, or to several.
    largest = sorted(
        number
        for number, target in targets.items()
        if target and not targets.get(frames[number].parent)
    )
    if not largest:
        return []
    found: dict[tuple[str, int], Box] = {}
    for part, number in zip(tree.parts, _within(tree, largest, tree.homes), strict=True):
        if number:
            # A link around several lines is no frame: they lie side by side in the frame above.
            place = targets[number] or "", frames[number].parent
            box = found.get(place)
            if box is None:
                box = found[place] = Box(place[0], number)
            box.lines.append(part)
    shown = np.array([image.frame for image in tree.images], np.int64)
    for image, number in zip(tree.images, _within(tree, largest, shown), strict=True):
        if number and (box := found.get((targets[number] or "", frames[number].parent))):
            box.images.append(image)
    return [box for box in found.values() if not frames[box.frame].hints & _APART]


def _within(tree: Tree, largest: list[int], numbers: Numbers) -> list[int]:
    """Give for each of some frames which of `largest`, none of them in another, holds it, or 0."""
    around: Numbers = np.array([0, *largest])[np.searchsorted(largest, numbers, "right")]
    held: list[int] = (around * (numbers <= tree.lasts[around])).tolist()
    return held


def _targets(tree: Tree, labels: list[Label]) -> dict[int, str | None]:
    """Give for each frame with links where they lead, or nothing where to several places."""
    frames = tree.frames
    targets: dict[int, str | None] = {}
    for part, label in zip(tree.parts, labels, strict=True):
        if label in _ARTICLE:
            _close(tree, targets, part.frame)
            continue
        for _, target in part.links:
            number = part.frame
            while number and number not in targets:
                targets[number] = target
                number = frames[number].parent
            if targets.get(number, target) not in (target, None):
                _close(tree, targets, number)
    return targets


def _close(tree: Tree, targets: dict[int, str | None], number: int) -> None:
    """Let a frame, and all around it, lead to several places."""
    while number and targets.get(number, "") is not None:
        targets[number] = None
        number = tree.frames[number].parent
