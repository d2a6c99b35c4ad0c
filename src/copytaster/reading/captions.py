"""The lines of pictures that the labeller passes over: by where they stand, and by their form.

A line that signs beside an image, a line built as the captions of the page are, and what its
element calls a credit in a figure.
"""

from bisect import bisect_left

from copytaster.reading import hints
from copytaster.reading.credits import split_credit
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Frame, Part, Tree

ALIKE = 0.1
"""From where a part is a caption that is built as another one of the page."""
LONGEST_CREDIT = 150
SHORTEST, LONGEST = 40, 800
"""Characters of a caption that signs."""
CLIMB = 7
"""Frames up from a line within which its image is looked for."""
_ASIDE = hints.NAVIGATION | hints.COMMENT | hints.HIDDEN | hints.RELATED
_AWAY = hints.NAVIGATION | hints.COMMENT | hints.HIDDEN | hints.BIO | hints.BYLINE


def take_alike(
    parts: list[Part], frames: list[Frame], labels: list[Label], likely: list[list[float]]
) -> None:
    """Take for captions what stands in elements of the kind in which one was found."""
    captions = [part for part, name in zip(parts, labels, strict=True) if name == "caption"]
    kinds = {frames[part.frame].kind for part in captions}
    for index in [index for index, row in enumerate(likely) if row[1] > ALIKE]:
        frame = frames[parts[index].frame]
        if (
            labels[index] == "furniture"
            and frame.words
            and frame.hints & hints.FIGURE
            and not frame.hints & (_ASIDE | hints.FURNITURE)
            and frame.kind in kinds
        ):
            labels[index] = "caption"


def take_lines(tree: Tree, labels: list[Label], headline: int | None) -> None:
    """Take for a caption the line after an image that names who made the picture.

    Or a line alone with an image in a frame, as in a gallery; and for a credit what is called so in
    the figure of a caption.
    """
    images = {image.number for image in tree.images}
    places = sorted(image.frame for image in tree.images)
    last = max([index for index, name in enumerate(labels) if name in BODY], default=0)
    for index in range(headline or 0, min(last + 3, len(labels))):
        part, name = tree.parts[index], labels[index]
        frame = tree.frames[part.frame]
        if (
            name in ("furniture", "teaser")
            and (frame.own | tree.frames[frame.parent].own) & hints.CREDIT
            and frame.hints & hints.FIGURE
            and len(part.text) < LONGEST_CREDIT
            and ("caption" in labels[max(0, index - 2) : index + 2] or part.number - 1 in images)
        ):
            labels[index] = "credit"
        if part.density > 0.3:
            continue
        if (
            name in ("furniture", "paragraph")
            and SHORTEST <= len(part.text) <= LONGEST
            and places
            and _is_shown(tree, part, places)
            and all(split_credit(part.text))
        ):
            labels[index] = "caption"
        if frame.hints & (_ASIDE | hints.FURNITURE):
            continue
        if (
            name in ("furniture", "standfirst", "paragraph")
            and part.number - 1 in images
            and len(part.text) < 300
            and split_credit(part.text)[1]
        ):
            labels[index] = "caption"


def _is_shown(tree: Tree, part: Part, places: list[int]) -> bool:
    """Tell whether a line stands with an image in a frame that holds no other running text."""
    number, size = part.frame, len(part.text)
    if tree.frames[number].hints & _AWAY:
        return False
    for _ in range(CLIMB):
        frame = tree.frames[number]
        if not number or frame.mass > size:
            return False
        at = bisect_left(places, number)
        if at < len(places) and places[at] <= frame.last:
            return True
        number = frame.parent
    return False
