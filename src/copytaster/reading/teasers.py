"""Teasers: the boxes of a page that lead to other articles."""

import re

from copytaster.article import Picture, Teaser
from copytaster.reading import hints
from copytaster.reading.blocks import Tree
from copytaster.reading.labels import BODY, Label
from copytaster.reading.metadata import host, join
from copytaster.reading.words import key

MOST = 200
"""Teasers kept of one page."""
_COUNT = re.compile(r"^\D{0,20}?(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})\D{0,20}$")


def teasers(tree: Tree, labels: list[Label], url: str | None) -> tuple[Teaser, ...]:
    """Give the teasers in page order, each address once with its longest headline."""
    own = (url or "").split("#")[0].split("?")[0].rstrip("/")
    found: dict[str, Teaser] = {}
    images = {image.link: image for image in reversed(tree.images) if image.link and image.url}
    for part, label in zip(tree.parts, labels, strict=True):
        if label in BODY or label in ("headline", "byline", "caption", "credit", "kicker"):
            continue
        flags = tree.frames[part.frame].hints
        if flags & (hints.NAVIGATION | hints.COMMENT):
            continue
        for text, target in part.links:
            if len(text) < 20 or len(text) > 300 or (text.count(" ") < 3 and text.isascii()):
                continue
            address = join(url, target)
            if not address or target.startswith("#"):
                continue
            bare = address.split("#")[0].rstrip("/")
            if bare.split("?")[0] == own or bare.count("/") < 3 or len(bare) < 25:
                continue
            if own and host(address) != host(own):
                continue
            image = images.get(target)
            picture = Picture(url=join(url, image.url)) if image else None
            before = found.get(bare)
            if before is None or len(key(before.headline)) < len(key(text)) < 150:
                found[bare] = Teaser(headline=text, url=address, picture=picture)
            if len(found) >= MOST:
                break
    return tuple(found.values())
