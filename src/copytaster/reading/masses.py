"""How the text of a page is spread over its frames."""

from msgspec import structs

from copytaster.reading import hints
from copytaster.reading.tree import CELLS, LONG_CELL, Part, Tree, running

_OUTER = frozenset(("html", "body", "main"))


def join_rows(tree: Tree) -> list[Part]:
    """Join the cells of a table's row into one part, unless a cell holds running text."""
    frames = tree.frames
    if not any(frame.tag in CELLS for frame in frames):
        return tree.parts
    parts: list[Part] = []
    for part in tree.parts:
        frame = frames[part.frame]
        if frame.tag not in CELLS or len(part.text) >= LONG_CELL:
            parts.append(part)
            continue
        before = parts[-1] if parts else None
        if before is not None and before.frame == frame.parent and frames[before.frame].tag == "tr":
            parts[-1] = Part(
                f"{before.text} {part.text}",
                before.frame,
                before.number,
                before.linked + part.linked,
                before.bold + part.bold,
                before.italic + part.italic,
                before.links + part.links,
            )
        else:
            parts.append(structs.replace(part, frame=frame.parent))
    return parts


def weigh(tree: Tree) -> None:
    """Sum running text up the tree, then hand hints down it.

    A hint that speaks against text ("sidebar", "promo") is not believed of a frame that holds most
    of the page's text: themes put such words on the element around everything.
    """
    frames = tree.frames
    mass = [0] * len(frames)
    for part in tree.parts:
        mass[part.frame] += running(part)
    for number in range(len(frames) - 1, 0, -1):
        if mass[number]:
            mass[frames[number].parent] += mass[number]
    whole = mass[0]
    for number, frame in enumerate(frames):
        own = frame.own
        frame.mass = mass[number]
        if own and (mass[number] * 2 > whole or frame.tag in _OUTER):
            own &= ~hints.AGAINST
        frame.hints = own | (frames[frame.parent].hints if number else 0)
