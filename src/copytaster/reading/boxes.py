"""Boxes: what a page shows of other addresses, each as the largest frame that leads to one only."""

from bisect import bisect

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Image, Part, Tree

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
    found: dict[tuple[str, int], Box] = {}
    for part in tree.parts:
        if targets.get(part.frame, "") is not None and (
            number := _within(tree, largest, part.frame)
        ):
            # A link around several lines is no frame: they lie side by side in the frame above.
            place = targets[number] or "", frames[number].parent
            box = found.get(place)
            if box is None:
                box = found[place] = Box(place[0], number)
            box.lines.append(part)
    for image in tree.images:
        number = _within(tree, largest, image.frame)
        if number and (box := found.get((targets[number] or "", frames[number].parent))):
            box.images.append(image)
    return [box for box in found.values() if not frames[box.frame].hints & _APART]


def _within(tree: Tree, largest: list[int], number: int) -> int:
    """Give which of `largest`, none of them in another, frame `number` is or lies in, or 0."""
    at = bisect(largest, number) - 1
    return largest[at] if at >= 0 and number <= tree.frames[largest[at]].last else 0


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
