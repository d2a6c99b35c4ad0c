"""What stands in the body but is not of it: links to other articles, captions, notes."""

import re

from copytaster.reading import hints, phrases
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Part, Tree

NOTES = 4
"""Parts at the end of the body among which agencies draw a line before their notes."""
_ADDRESS = re.compile(r"https?://|www\.|(?<!\w)@\w")


def take_out(tree: Tree, labels: list[Label]) -> None:
    """Take out of the body what repeats a caption, and paragraphs that are one link alone.

    Such a link between paragraphs leads to another article: "Don't miss". So does a heading that is
    one in a box called "related".
    """
    captions = {
        part.text for part, name in zip(tree.parts, labels, strict=True) if name == "caption"
    }
    for index, part in enumerate(tree.parts):
        if labels[index] not in BODY:
            continue
        if len(part.text) < 400 and _leads_away(part):
            after = tree.parts[index + 1 : index + 2]
            if part.density > 0.3:
                labels[index] = "teaser"
            elif not after or after[0].density > 0.3 or labels[index + 1] not in BODY:
                labels[index] = "furniture"
        frame = tree.frames[part.frame]
        around = frame.own | tree.frames[frame.parent].own
        if labels[index] == "heading" and part.density > 0.95 and around & hints.RELATED:
            labels[index] = "teaser"
        if labels[index] not in ("paragraph", "quote"):
            continue
        if part.text in captions:
            labels[index] = "caption"
        elif (
            len(part.links) == 1
            and part.density > 0.95
            and len(part.text) > 25
            and not part.text.endswith((".", "。", "”", '"'))
        ):
            labels[index] = "teaser"
    _notes(tree.parts, labels)


def _notes(parts: list[Part], labels: list[Label]) -> None:
    """Take out of the body what agencies say below the rule at the end: where to follow them."""
    body = [index for index, name in enumerate(labels) if name in BODY]
    for place, index in enumerate(reversed(body[-NOTES:])):
        if not parts[index].text.strip("_ "):
            for below in body[len(body) - place :]:
                if len(parts[below].text) < 250 and _ADDRESS.search(parts[below].text):
                    labels[below] = "furniture"
            return


def _leads_away(part: Part) -> bool:
    """Tell whether a line is "You may also like", alone or with a link behind it."""
    line, colon, rest = part.text.partition(":")
    if len(line) > 45 or (rest and part.density < 0.3):
        return False
    return bool(phrases.RELATED.fullmatch(line if colon else part.text))
