"""Which words are the kicker: the short line straight above the headline.

Sites give the same classes to labels of forms, buttons and advertisements, so that a line counts
only where it stands, and where no other line of that class says the same.
"""

from copytaster.reading import hints
from copytaster.reading.labels import Labelled
from copytaster.reading.tree import Tree
from copytaster.reading.words import key

ABOVE = 3
"""Parts above the headline that are looked at: a date or a mark may stand between."""
_ASIDE = hints.NAVIGATION | hints.HIDDEN


def kicker(tree: Tree, labelled: Labelled, title: str) -> str | None:
    """Give the kicker; nothing where the headline `title` begins with the same words."""
    at = labelled.headline
    if at is None:
        return None
    for number in range(at - 1, max(at - ABOVE, 0) - 1, -1):
        part = tree.parts[number]
        if part.number < tree.parts[at].number - 2 * ABOVE:
            break  # a menu lies between
        introduces = part.text.endswith(":")
        words = part.text.removesuffix(":").strip()
        if (
            labelled.labels[number] == "kicker"
            and not tree.frames[part.frame].hints & _ASIDE
            and any(map(str.isalpha, words))
            and _times(tree, labelled, part.text) == 1
            and not (introduces and number < at - 1)
        ):
            return None if key(title).startswith(key(words)) else words
    return None


def _times(tree: Tree, labelled: Labelled, text: str) -> int:
    """Count the kickers of the page that say `text`."""
    marked = zip(tree.parts, labelled.labels, strict=True)
    return sum(name == "kicker" and part.text == text for part, name in marked)
