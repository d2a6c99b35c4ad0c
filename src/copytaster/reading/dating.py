"""When an article was published and modified: by its metadata, or else by what the page shows."""

import re

from copytaster.reading import hints, phrases
from copytaster.reading.dates import LINE, is_day_first, iso, visible
from copytaster.reading.kinds import BODY
from copytaster.reading.labels import Labelled
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Tree

ABOVE, BELOW = 12, 12
"""Lines, images and times before the headline, and after the text begins, among which it is."""
_UPDATED = re.compile(r"updat|modif|edit", re.I)


def dates(tree: Tree, meta: Metadata, labelled: Labelled) -> tuple[str | None, str | None]:
    """Give when the article was published and modified.

    The metadata come first; then the `<time>` elements around the headline, those after it before
    those above, where many pages say what day it is; then those of the article; then the words of
    a line that is called a date, or stands where one would.
    """
    published, modified = iso(meta.published), iso(meta.modified)
    if published:
        return published, modified
    parts, labels = tree.parts, labelled.labels
    at = labelled.headline or 0
    start = parts[at].number if parts else 0
    text = next(
        (
            part.number
            for part, name in zip(parts, labels, strict=True)
            if name in BODY and part.number > start
        ),
        start,
    )
    first, last = start - ABOVE, text + BELOW
    near = [time for time in tree.times if first < time.number < last]
    near.sort(key=lambda time: time.number < start)
    frames = tree.frames
    inside = [
        time for time in tree.times if labelled.root <= time.frame <= frames[labelled.root].last
    ]
    for time in near + inside:
        if _UPDATED.search(time.name):
            modified = modified or iso(time.value)
        else:
            published = published or iso(time.value)
    lines = [
        part
        for part, name in zip(parts, labels, strict=True)
        if first < part.number < last
        and len(part.text) < LINE
        and (
            name in ("date", "byline")
            or (name not in BODY and frames[part.frame].hints & hints.DATE)
        )
    ]
    lines.sort(key=lambda line: line.number < start)
    day_first = is_day_first(tree.language or meta.language)
    for line in lines:
        day = visible(line.text, day_first=day_first)
        if phrases.UPDATED.match(line.text):
            modified = modified or day
        else:
            published = published or day
    return published or modified, modified
