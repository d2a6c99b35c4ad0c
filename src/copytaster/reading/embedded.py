"""The body of a page that shows none: it stands in a script, and the browser would build it.

JSON-LD has it as `articleBody`; applications carry their state along as JSON. Of this, the longest
run of texts under one name is taken, whether they are plain or HTML.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from copytaster.article import Block
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Tree, fold
from copytaster.reading.walk import walk

NAMES = frozenset((
    "articlebody", "body", "bodytext", "bodyhtml", "content", "contents", "html", "text", "value",
    "paragraph", "paragraphs", "children", "data", "rendered", "richtext", "story",
))  # fmt: skip
"""Names under which applications keep running text."""
LEAST = 200
"""Characters of running text below which it is no body."""
MOST = 50_000
"""Values of one script that are looked at."""
_END = re.compile(r"[.!?…。！？؟۔”\"»]\s*$")
_TAG = re.compile(r"<(?:p|br|div|h[1-6])\b", re.I)


def embedded(tree: Tree, meta: Metadata) -> tuple[Block, ...]:
    """Give the body that the page's scripts hold, or nothing."""
    if meta.article and meta.body:
        return tuple(_paragraphs(meta.body))
    best: list[Block] = []
    for script in tree.data:
        groups: dict[tuple[str, ...], list[str]] = {}
        for path, text in _texts(script):
            groups.setdefault(path, []).append(text)
        for texts in groups.values():
            blocks = [block for text in texts for block in _paragraphs(text)]
            if sum(len(b.text) for b in blocks) > max(LEAST, sum(len(b.text) for b in best)):
                best = blocks
    return tuple(best)


def _paragraphs(text: str) -> Iterator[Block]:
    """Cut a text at its elements, or at its lines."""
    if _TAG.search(text):
        lines = [part.text for part in walk(text).parts]
    else:
        lines = [fold(line) for line in text.split("\n")]
    for line in lines:
        if line:
            yield Block("paragraph", line)


def _texts(script: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the running texts of some JSON, each with the names that lead to it."""
    try:
        top = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    waiting: list[tuple[tuple[str, ...], Any]] = [((), top)]
    seen = 0
    while waiting and seen < MOST:
        seen += 1
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((((*path, str(name))[-4:]), v) for name, v in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((path, item) for item in reversed(value))
        elif isinstance(value, str) and path and path[-1].lower() in NAMES:
            text = value.strip()
            if len(text) >= 60 and text.count(" ") > 5 and (_END.search(text) or "<" in text):
                yield path, text
