"""Reading, measured: fields against the labels of `../shared/data/pages`, and pages a CPU-second.

python bench/reading.py                 # the table
python bench/reading.py --explain PAGE  # one page: what was expected, what came out, why
"""

import argparse
import gc
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from copytaster.article import Article
from copytaster.date import instant
from copytaster.page import Page
from copytaster.reading import NoArticle, read

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/pages"
FIELDS = (
    "headline", "standfirst", "kicker", "bylines", "agency", "publisher", "language", "url",
    "canonical_url", "date_published", "date_modified", "section", "keywords", "body", "pictures",
    "teasers",
)  # fmt: skip
WORD = re.compile(r"\w+", re.UNICODE)


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


def plain(text: str | None) -> str:
    return " ".join(WORD.findall((text or "").casefold()))


def body_text(article: Article) -> str:
    return "\n\n".join([article.standfirst or "", *(block.text for block in article.body)])


def wanted_body(label: dict[str, Any]) -> str:
    lines = list(label["body"]["summary"])
    for section in label["body"]["sections"]:
        lines += section["headline"] + section["paragraphs"]
    return "\n\n".join(lines)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Matches:
    """Counts of given, wanted and right items over pages."""

    def __init__(self) -> None:
        self.given = self.wanted = self.right = 0

    def add(self, given: list[str], wanted: list[str]) -> None:
        mine, theirs = Counter(given), Counter(wanted)
        self.given += sum(mine.values())
        self.wanted += sum(theirs.values())
        self.right += sum((mine & theirs).values())

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.given), self.right / max(1, self.wanted)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.3f}"

    @property
    def f1(self) -> float:
        return f1(self.right / max(1, self.given), self.right / max(1, self.wanted))


def pages() -> dict[str, tuple[Page, dict[str, Any]]]:
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


def publisher(name: str) -> str:
    return name.split("_")[0]


def shot_lines(images: list[dict[str, Any]] | None) -> tuple[list[str], list[str]]:
    captions, credits = set(), set()
    for image in images or []:
        captions.add(plain(image.get("caption")))
        credits.add(plain(" ".join(image.get("authors") or [])))
    return sorted(captions - {""}), sorted(credits - {""})


def date_right(given: str | None, wanted: str) -> bool | None:
    """Tell whether a date is right to the hour where it has one, else to the day; nothing: none."""
    if given is None:
        return None
    label = instant(wanted)
    if "T" not in given:
        return given == label.date().isoformat()[: len(given)]
    moment = instant(given)
    off = abs((moment - label).total_seconds())
    naive = datetime.fromisoformat(given)
    return off < 3600 or (naive.tzinfo is None and off <= 14 * 3600)


def score(names: list[str], every: dict[str, tuple[Page, dict[str, Any]]]) -> dict[str, Any]:
    """Read the pages called `names` and score every field that has a label."""
    table: dict[str, Any] = {"lost": [], "bad": defaultdict(list)}
    bodies: dict[str, list[tuple[float, float]]] = {"scrapinghub": [], "fundus": []}
    exact = titles = bylines = bylined = dates = wrong = labelled = standing = 0
    captions, credits = Matches(), Matches()
    fill: Counter[str] = Counter()
    spent = 0.0
    for name in names[:20]:  # what is loaded once does not count
        with suppress(NoArticle):
            read(every[name][0])
    gc.collect()
    gc.freeze()
    for name in names:
        page, label = every[name]
        before = time.process_time()
        try:
            article = read(page)
        except NoArticle as error:
            table["lost"].append((name, str(error)))
            article = Article(id="0" * 16, path=name, headline="")
        spent += time.process_time() - before
        fill.update(field for field in FIELDS if getattr(article, field))
        if "articleBody" in label:
            text = "\n\n".join(block.text for block in article.body)
            pair = overlap(text, label["articleBody"])
            bodies["scrapinghub"].append(pair)
            exact += shingles(text) == shingles(label["articleBody"])
            if f1(*pair) < 0.95:
                table["bad"]["scrapinghub"].append((round(pair[0], 2), round(pair[1], 2), name))
            continue
        labelled += 1
        pair = overlap(body_text(article), wanted_body(label))
        bodies["fundus"].append(pair)
        if f1(*pair) < 0.93:
            table["bad"]["fundus"].append((round(pair[0], 2), round(pair[1], 2), name))
        if plain(article.headline) == plain(label["title"]):
            titles += 1
        else:
            table["bad"]["title"].append((name, label["title"], article.headline))
        mine = {plain(name) for name in article.bylines}
        theirs = {plain(name) for name in label.get("authors") or []}
        bylined += 1
        if mine == theirs:
            bylines += 1
        else:
            table["bad"]["byline"].append((name, label.get("authors"), article.bylines))
        right = date_right(article.date_published, label["publishing_date"])
        dates += right is True
        wrong += right is False
        if not right:
            table["bad"]["date"].append((name, label["publishing_date"], article.date_published))
        want_captions, want_credits = shot_lines(label.get("images"))
        give_captions = sorted({plain(p.caption) for p in article.pictures} - {""})
        give_credits = sorted({plain(p.credit) for p in article.pictures} - {""})
        captions.add(give_captions, want_captions)
        credits.add(give_credits, want_credits)
        if give_captions != want_captions or give_credits != want_credits:
            table["bad"]["picture"].append(
                (name, want_captions, give_captions, want_credits, give_credits)
            )
        lines = {plain(block.text) for block in article.body}
        wanted = {plain(line) for line in wanted_body(label).split("\n\n")}
        in_body = [c for c in want_captions if c in lines and c not in wanted]
        standing += len(in_body)
        if in_body:
            table["bad"]["caption in body"].append((name, in_body))
    for kind, pairs in bodies.items():
        if pairs:
            precision = sum(p for p, _ in pairs) / len(pairs)
            recall = sum(r for _, r in pairs) / len(pairs)
            table[f"{kind} body"] = (precision, recall, f1(precision, recall))
    table |= {
        "scrapinghub exact": exact / max(1, len(bodies["scrapinghub"])),
        "title": titles / max(1, labelled),
        "byline": bylines / max(1, bylined),
        "date right": dates / max(1, labelled),
        "date wrong": wrong / max(1, labelled),
        "caption": captions,
        "credit": credits,
        "captions in body": standing,
        "pages per CPU-second": len(names) / max(spent, 1e-9),
        "fill": {field: fill[field] / len(names) for field in FIELDS},
    }
    return table


def print_table(table: dict[str, Any]) -> None:
    for name, value in table.items():
        if name in ("bad", "fill"):
            continue
        if name == "lost":
            value = len(value)
        if isinstance(value, tuple):
            value = "P {:.3f}  R {:.3f}  F1 {:.3f}".format(*value)
        print(f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}")
    print("fill rate  " + "  ".join(f"{k} {v:.2f}" for k, v in table["fill"].items()))


def explain(name: str) -> None:
    """Print what was expected of a page, what came out, and the label of each part."""
    from copytaster.reading.blocks import walk
    from copytaster.reading.encoding import decode
    from copytaster.reading.hints import names
    from copytaster.reading.labels import label
    from copytaster.reading.metadata import metadata

    every = pages()
    name = next(known for known in every if known.startswith(name))
    page, truth = every[name]
    wanted = plain(truth["articleBody"] if "articleBody" in truth else wanted_body(truth))
    tree = walk(decode(page.content, page.charset, html=True))
    labelled = label(tree, metadata(tree, page.url))
    print(f"{name}  {page.url}\nroot {labelled.root}")
    for key in ("title", "authors", "publishing_date", "images"):
        print(f"{key}: {truth.get(key)}")
    for part, mark in zip(tree.parts, labelled.labels, strict=True):
        frame = tree.frames[part.frame]
        expected = "=" if len(part.text) > 20 and plain(part.text) in wanted else " "
        cues = "|".join(names(frame.hints))
        print(
            f"{expected} {mark:10} {part.frame:5} {frame.tag:8} {part.density:.1f} "
            f"{cues:30} [{frame.words[:40]}] {part.text[:90]}"
        )
    try:
        article = read(page)
    except NoArticle as error:
        print(error)
        return
    for field in FIELDS:
        if field != "body":
            print(f"{field}: {getattr(article, field)}")
    precision, recall = overlap(body_text(article), truth.get("articleBody") or wanted_body(truth))
    print(f"body P {precision:.3f} R {recall:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--explain", metavar="PAGE", help="show one page; a name's beginning will do"
    )
    parser.add_argument("--failures", metavar="FIELD", help="list the pages that fail in a field")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only half of the publishers")
    given = parser.parse_args()
    if given.explain:
        explain(given.explain)
        return
    every = pages()
    names = sorted(every)
    if given.half is not None:
        publishers = sorted({publisher(name) for name in names})
        random.Random(7).shuffle(publishers)
        kept = set(publishers[given.half :: 2])
        names = [name for name in names if publisher(name) in kept]
    table = score(names, every)
    print_table(table)
    if given.failures == "lost":
        print(*table["lost"], sep="\n")
    elif given.failures:
        print(*table["bad"][given.failures], sep="\n")


if __name__ == "__main__":
    main()
