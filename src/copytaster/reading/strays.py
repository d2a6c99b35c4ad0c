"""What stands in the body but is not of it: links to other articles, captions, notes."""

import re

from copytaster.reading import hints, phrases
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import Part, Tree

NOTES = 4
"""Parts at the end of the body among which agencies draw a line before their notes."""
LABEL = 45
"""Characters of a line that says what is behind it, or below."""
_ADDRESS = re.compile(r"https?://|www\.|(?<!\w)@\w")


def take_out(tree: Tree, labels: list[Label]) -> None:
    """Take out of the body what repeats a caption, and paragraphs that are one link alone.

    Such a link between paragraphs leads to another article: "Don't miss". So does a heading that is
    one in a box called "related".
    """
    parts = tree.parts
    captions = {parts[index].text for index, name in enumerate(labels) if name == "caption"}
    for index in [index for index, name in enumerate(labels) if name in BODY]:
        part = parts[index]
        if len(part.text) < 400 and _leads_away(part):
            after = parts[index + 1 : index + 2]
            if part.density > 0.3:
                labels[index] = "teaser"
            elif not after or after[0].density > 0.3 or labels[index + 1] not in BODY:
                labels[index] = "furniture"
        if labels[index] == "heading" and part.density > 0.95:
            frame = tree.frames[part.frame]
            if (frame.own | tree.frames[frame.parent].own) & hints.RELATED:
                labels[index] = "teaser"
        if labels[index] not in ("paragraph", "quote"):
            continue
        if part.text in captions:
            labels[index] = "caption"
        elif part.density > 0.7 and index and _leads_away(parts[index - 1]):
            labels[index] = "teaser"  # several links below "Don't miss"
        elif (
            len(part.links) == 1
            and part.density > 0.95
            and len(part.text) > 25
            and not part.text.endswith((".", "。", "”", '"'))
        ):
            labels[index] = "teaser"
    _notes(parts, labels)


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
    text = part.text
    colon = text.find(":", 0, LABEL + 1)
    if (colon < 0 and len(text) > LABEL) or (0 <= colon < len(text) - 1 and part.density < 0.3):
        return False
    return phrases.RELATED.fullmatch(text[:colon] if colon >= 0 else text)
