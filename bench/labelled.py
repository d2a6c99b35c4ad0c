"""The labelled pages of `../shared/data/pages`, and how texts are compared with their labels.

`teasers.json` beside this file has our own labels of teasers: for each of 62 pages of 62
publishers, chosen by the hash of their names, all links of the page were looked at, grouped by
where they stand, and those kept that stand in a box which leads to another article. Left out as
neither right nor wrong ("either"): advertisements and competitions, newsletters, programmes, links
to the page itself. A teaser is a list of hashes, of its headline alone and with the kicker in front
of it, so that no words of the pages stand here.
"""

import gzip
import json
import re
from collections import Counter
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct

from copytaster.address import host
from copytaster.article import Article
from copytaster.page import Page

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/pages"
TEASERS = Path(__file__).with_name("teasers.json")
WORD = re.compile(r"\w+", re.UNICODE)
_SECOND = frozenset(("co", "com", "org", "net", "ac", "gov", "or", "ne"))

Label = dict[str, Any]


class Boxes(Struct, frozen=True):
    """The teasers of one page, as hashes."""

    teasers: list[list[str]]
    """For each teaser the hashes of its headline, as it may be given."""
    either: frozenset[str]


@cache
def pages() -> dict[str, tuple[Page, Label]]:
    """Give the labelled pages by name: the page and its label."""
    found = {}
    truth = json.loads((DATA / "scrapinghub/ground-truth.json").read_text())
    for name, label in truth.items():
        content = gzip.decompress((DATA / f"scrapinghub/html/{name}.html.gz").read_bytes())
        url = label["url"]
        if not url.startswith("http"):
            url = "https://" + url.lstrip("/")
        found[name] = (Page(path=name, content=content, url=url, media_type="text/html"), label)
    for name, label in json.loads((DATA / "fundus/labels.json").read_text()).items():
        content = gzip.decompress((DATA / "fundus/html" / name).read_bytes())
        page = Page(path=name, content=content, url=label["url"], media_type="text/html")
        found[name] = (page, label)
    return found


@cache
def boxes() -> dict[str, Boxes]:
    """Give the labelled teasers, by the page's name."""
    return {
        name: Boxes(label["teasers"], frozenset(label["either"]))
        for name, label in json.loads(TEASERS.read_text()).items()
    }


def publisher(page: Page) -> str:
    """Give the domain a page comes from, without what stands before it."""
    names = (host(page.url) or page.path).split(".")
    return ".".join(names[-3:] if len(names) > 2 and names[-2] in _SECOND else names[-2:])


def folds(parts: int = 5, shuffle: str = "") -> dict[str, int]:
    """Give for each page the part it is tested in: a publisher's pages are all in one.

    Another `shuffle` cuts the publishers into other parts.
    """
    publishers = sorted({publisher(page) for page, _ in pages().values()})
    publishers.sort(key=lambda name: blake2b(f"{shuffle}{name}".encode()).digest())
    number = {name: n % parts for n, name in enumerate(publishers)}
    return {name: number[publisher(page)] for name, (page, _) in pages().items()}


def plain(text: str | None) -> str:
    """Give the words of a text, folded; a soft hyphen is no sign."""
    return " ".join(WORD.findall((text or "").replace("\xad", "").casefold()))


def mark(text: str) -> str:
    """Give the hash of a headline's words."""
    return blake2b(plain(text).encode(), digest_size=5).hexdigest()


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Give the 4-word shingles of a text, as the published benchmark does."""
    words = WORD.findall(text)
    if len(words) < size:
        return Counter([tuple(words)])
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def overlap(given: str, wanted: str) -> tuple[float, float]:
    """Give precision and recall of shingles."""
    mine, theirs = shingles(given), shingles(wanted)
    both = sum((mine & theirs).values())
    return both / max(1, sum(mine.values())), both / max(1, sum(theirs.values()))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def given_body(article: Article, label: Label) -> str:
    """Give the text that is compared with the label, which may count the standfirst in."""
    lines = [block.text for block in article.body]
    if "articleBody" not in label and article.standfirst:
        lines.insert(0, article.standfirst)
    return "\n\n".join(lines)


def wanted_body(label: Label) -> str:
    if "articleBody" in label:
        return str(label["articleBody"])
    lines = list(label["body"]["summary"])
    for section in label["body"]["sections"]:
        lines += section["headline"] + section["paragraphs"]
    return "\n\n".join(lines)


def shot_lines(images: list[dict[str, Any]] | None) -> tuple[list[str], list[str]]:
    """Give the captions and the credits of a label, each once."""
    captions, credits = set(), set()
    for image in images or []:
        captions.add(plain(image.get("caption")))
        credits.add(plain(" ".join(image.get("authors") or [])))
    return sorted(captions - {""}), sorted(credits - {""})
