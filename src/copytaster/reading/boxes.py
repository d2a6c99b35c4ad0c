"""Boxes: what a page shows of other addresses, each as the largest frame that leads to one only."""

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Image, Part, Tree

_FIRST = 4
"""Characters of a link that are asked for before a frame is made a box of: "Home" is none."""


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
    homes: dict[int, int] = {}

    def home(number: int) -> int:
        """Give the largest frame around frame `number` that leads to one address, or 0."""
        path = []
        found = 0
        while number:
            known = homes.get(number)
            if known is not None:
                found = known or found
                break
            target = targets.get(number, "")
            if target is None:
                break
            path.append(number)
            if target:
                found = number
            number = frames[number].parent
        for step in path:
            homes[step] = found
        return found

    found: dict[tuple[str, int], Box] = {}
    for part, label in zip(tree.parts, labels, strict=True):
        if label not in BODY and (number := home(part.frame)):
            # A link around several lines is no frame: they lie side by side in the frame above.
            target = targets[number] or ""
            place = target, frames[number].parent
            box = found.get(place)
            if box is None:
                box = found[place] = Box(target, number)
            box.lines.append(part)
    for image in tree.images:
        if number := home(image.frame):
            box = found.get((targets[number] or "", frames[number].parent))
            if box is not None:
                box.images.append(image)
    return list(found.values())


def _targets(tree: Tree, labels: list[Label]) -> dict[int, str | None]:
    """Give for each frame with links where they lead, or nothing where to several places."""
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


def is_apart(tree: Tree, box: Box) -> bool:
    """Tell a box that stands among comments, or about an author."""
    return bool(tree.frames[box.frame].hints & (hints.COMMENT | hints.BIO))
