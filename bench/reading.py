"""Reading, measured: fields against the labels of `../shared/data/pages`, beside the peers.

python -m bench.reading                   # the table; half an hour with all peers
python -m bench.reading --quick           # only our own weights
python -m bench.reading --shown           # bylines and dates without the metadata's
python -m bench.reading --failures title  # the pages that fail in a field
python -m bench.reading --speed           # beside trafilatura, in turn and on end
python -m bench.reading --memory 10000    # memory while so many pages are read
python -m bench.reading --explain PAGE    # one page: what was expected, what came out, why

"unseen" is our reader with weights that were trained without the page's publisher, in five parts;
the mean of three trainings from other starts.
The peers are left out where they are missing: bench/requirements.txt says how to get them.
"""

import argparse
import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from unittest.mock import patch

from bench.labelled import (
    DATA,
    Label,
    boxes,
    f1,
    folds,
    given_body,
    mark,
    overlap,
    pages,
    plain,
    shingles,
    shot_lines,
    wanted_body,
)  # fmt: skip
from bench.peers import Reader, peers
from msgspec import Struct, structs

from copytaster.article import Article
from copytaster.date import instant
from copytaster.page import Page
from copytaster.reading import NoArticle, read
from copytaster.reading.encoding import decode
from copytaster.reading.features import NAMES
from copytaster.reading.metadata import Metadata, metadata
from copytaster.reading.tree import Tree
from copytaster.reading.trees import trees_of
from copytaster.reading.walk import walk

FIELDS = (
    "headline", "standfirst", "kicker", "bylines", "agency", "publisher", "language", "url",
    "canonical_url", "date_published", "date_modified", "section", "keywords", "body", "pictures",
    "teasers",
)  # fmt: skip
SHOWN = ("byline set exact", "date right", "date wrong")
PARTS = 5
TRAININGS = 3
"""Of which "unseen" is the mean: from one to the next two or three pages change."""


class Hits(Struct):
    """How many were right, of how many given and how many wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.given)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


class Score(Struct):
    """How one page came out; nothing where there is no label."""

    name: str
    seconds: float
    filled: tuple[str, ...]
    body: tuple[float, float]
    exact: bool
    lost: str | None = None
    title: bool | None = None
    shown: bool = False
    """Whether the label's title stands on the page, outside of its metadata."""
    byline: bool | None = None
    date: bool | None = None
    """Nothing: refused."""
    captions: Hits | None = None
    credits: Hits | None = None
    standing: list[str] = []
    """Captions that stand in the body."""
    teasers: Hits | None = None
    told: list[str] = []
    """Teasers that stand in the body."""
    sought: int = 0
    """Teasers whose text was looked for there."""
    notes: dict[str, tuple[object, object]] = {}
    """For each field that is not as the label has it: wanted and given."""

    @property
    def labelled(self) -> bool:
        return self.title is not None

    @property
    def f1(self) -> float:
        return f1(*self.body)


def score(name: str, reader: Reader = read) -> Score:
    """Read one page and compare it with its label."""
    page, label = pages()[name]
    before = time.process_time()
    lost = None
    try:
        article = reader(page)
    except Exception as error:
        if reader is read and not isinstance(error, NoArticle):
            raise
        lost, article = str(error), Article(id="0" * 16, path=name, headline="")
    seconds = time.process_time() - before
    body, wanted = given_body(article, label), wanted_body(label)
    found = Score(
        name, seconds, tuple(field for field in FIELDS if getattr(article, field)),
        overlap(body, wanted), shingles(body) == shingles(wanted), lost,
    )  # fmt: skip
    _score_teasers(found, article, page, plain(body), plain(wanted))
    if "title" in label:
        _score_fields(found, article, label)
    return found


def _score_fields(found: Score, article: Article, label: Label) -> None:
    found.title = plain(article.headline) == plain(label["title"])
    found.shown = found.title or plain(label["title"]) in map(
        plain, lines_of(pages()[found.name][0])
    )
    mine = {plain(name) for name in article.bylines}
    theirs = {plain(name) for name in label.get("authors") or []}
    found.byline = mine == theirs
    found.date = date_right(article.date_published, label["publishing_date"])
    wanted_captions, wanted_credits = shot_lines(label.get("images"))
    captions = sorted({plain(p.caption) for p in article.pictures} - {""})
    credits = sorted({plain(p.credit) for p in article.pictures} - {""})
    found.captions = _hits(captions, wanted_captions)
    found.credits = _hits(credits, wanted_credits)
    lines = {plain(block.text) for block in article.body}
    known = {plain(line) for line in wanted_body(label).split("\n\n")}
    found.standing = [line for line in wanted_captions if line in lines and line not in known]
    for field, right, want, got in (
        ("title", found.title, label["title"], article.headline),
        ("byline", found.byline, label.get("authors"), article.bylines),
        ("date", found.date, label["publishing_date"], article.date_published),
        ("caption", captions == wanted_captions, wanted_captions, captions),
        ("credit", credits == wanted_credits, wanted_credits, credits),
        ("caption in body", not found.standing, [], found.standing),
    ):
        if not right:
            found.notes[field] = (want, got)


def _hits(given: list[str], wanted: list[str]) -> Hits:
    right = sum((Counter(given) & Counter(wanted)).values())
    return Hits(right, len(given), len(wanted))


def _score_teasers(found: Score, article: Article, page: Page, body: str, wanted: str) -> None:
    """Compare teasers with our own labels, and look for their texts in the body."""
    truth = boxes().get(found.name)
    if truth is None:
        return
    given = [(mark(teaser.headline), teaser.headline) for teaser in article.teasers]
    given = [(hash_, text) for hash_, text in given if hash_ not in truth.either]
    marks = {hash_ for hash_, _ in given}
    missed = [n for n, forms in enumerate(truth.teasers) if marks.isdisjoint(forms)]
    found.teasers = Hits(len(truth.teasers) - len(missed), 0, len(truth.teasers))
    known = {hash_ for forms in truth.teasers for hash_ in forms}
    wrong = [text for hash_, text in given if hash_ not in known]
    found.teasers.given = found.teasers.right + len(wrong)
    texts = {mark(text): text for text in lines_of(page)}
    if wrong or missed:
        names = [next((texts[h] for h in truth.teasers[n] if h in texts), "?") for n in missed]
        found.notes["teaser"] = (names, wrong)
    for forms in truth.teasers:
        lines = [plain(texts[hash_]) for hash_ in forms if hash_ in texts]
        lines = [line for line in lines if len(line) > 15 and f" {line} " not in f" {wanted} "]
        found.sought += bool(lines)
        found.told += [line for line in lines if f" {line} " in f" {body} "][:1]
    if found.told:
        found.notes["teaser in body"] = ([], found.told)


def lines_of(page: Page) -> set[str]:
    """Give the lines and the links of a page."""
    parts = walk(decode(page.content, page.charset, html=True), menus=True).parts
    return {text for part in parts for text in (part.text, *(link for link, _ in part.links))}


def date_right(given: str | None, wanted: str) -> bool | None:
    """Tell whether a date is right to the hour where it has one, else to the day; nothing: none."""
    if given is None:
        return None
    label = instant(wanted)
    if "T" not in given:
        return given == label.date().isoformat()[: len(given)]
    try:
        moment, naive = instant(given), datetime.fromisoformat(given)
    except ValueError:
        return False
    off = abs((moment - label).total_seconds())
    return off < 3600 or (naive.tzinfo is None and off <= 14 * 3600)


Row = dict[str, float]


def summed(scores: Iterable[Score]) -> Row:
    """Sum scores up into the rows of the table."""
    every = list(scores)
    row: Row = {}
    for kind, mine in (
        ("scrapinghub", [s for s in every if not s.labelled]),
        ("fundus", [s for s in every if s.labelled]),
    ):
        if mine:
            precision, recall = mean(s.body[0] for s in mine), mean(s.body[1] for s in mine)
            row |= {f"{kind} body precision": precision, f"{kind} body recall": recall}
            row |= {f"{kind} body F1": f1(precision, recall)}
            if kind == "scrapinghub":
                row["scrapinghub body exact"] = mean(s.exact for s in mine)
    known = [s for s in every if s.labelled]
    if known:
        row["title exact"] = mean(bool(s.title) for s in known)
        row["title exact, of those the page shows"] = mean(bool(s.title) for s in known if s.shown)
        row["byline set exact"] = mean(bool(s.byline) for s in known)
        row["date right"] = mean(s.date is True for s in known)
        row["date wrong"] = mean(s.date is False for s in known)
    for name, hits in (
        ("caption", _total(s.captions for s in every)),
        ("credit", _total(s.credits for s in every)),
        ("teaser", _total(s.teasers for s in every)),
    ):
        row |= {f"{name} precision": hits.precision, f"{name} recall": hits.recall}
        row[f"{name} F1"] = hits.f1
    wanted = sum(s.captions.wanted for s in every if s.captions)
    row["captions standing in the body"] = sum(len(s.standing) for s in every)
    row["of captions"] = wanted
    row["teasers standing in the body"] = sum(len(s.told) for s in every)
    row["of teasers"] = sum(s.sought for s in every)
    row["pages lost"] = sum(s.lost is not None for s in every)
    row["pages a CPU-second"] = len(every) / max(1e-9, sum(s.seconds for s in every))
    return row


def _total(hits: Iterable[Hits | None]) -> Hits:
    total = Hits()
    for one in hits:
        if one is not None:
            total.right += one.right
            total.given += one.given
            total.wanted += one.wanted
    return total


TARGETS = {
    "scrapinghub body F1": ".975",
    "scrapinghub body exact": ".45",
    "fundus body F1": ".965",
    "title exact": ".95",
    "title exact, of those the page shows": "",
    "byline set exact": ".85",
    "date right": ".98",
    "date wrong": ".01",
    "caption F1": ".85",
    "credit F1": ".80",
    "captions standing in the body": "1 %",
    "teaser precision": ".90",
    "teaser recall": ".85",
    "teasers standing in the body": "0.25 %",
    "pages a CPU-second": "",
    "beside trafilatura": "6 to 10",
    "dumps body F1: w3m": ".93",
    "dumps body F1: lynx": ".93",
    "dumps body F1: chromium": ".93",
    "pages lost": "0",
}
"""Rows of the table, and what is aimed at."""


def shown(name: str, row: Row) -> str:
    value = row.get(name)
    if value is None:
        return "-"
    if name.endswith("standing in the body"):
        return f"{value:.0f} / {row['of ' + name.split()[0]]:.0f}"
    if name in ("pages lost", "pages a CPU-second"):
        return f"{value:.0f}"
    return f"{value:.1f}" if name == "beside trafilatura" else f"{value:.3f}"


def print_table(rows: dict[str, Row]) -> None:
    """Print the table in Markdown: a column for each reader."""
    print("| | target | " + " | ".join(rows) + " |")
    print("|---|---|" + "---|" * len(rows))
    for name, target in TARGETS.items():
        if any(name in row for row in rows.values()):
            cells = " | ".join(shown(name, row) for row in rows.values())
            print(f"| {name} | {target} | {cells} |")


def warm(names: list[str], reader: Reader = read) -> None:
    """Read some pages: what is loaded once does not count."""
    for name in names[:10]:
        with suppress(Exception):
            reader(pages()[name][0])
    gc.collect()


def scores(names: list[str], reader: Reader = read) -> list[Score]:
    warm(names, reader)
    return [score(name, reader) for name in names]


@contextmanager
def weights(without: int, training: int = 0) -> Iterator[None]:
    """Read with weights that were trained on all parts but one."""
    from bench.train_reading import fit, grow, network_of, samples

    part = folds(PARTS)
    known = [sample for sample in samples() if part[sample.name] != without]
    fitted, grown = network_of(fit(known, training)), trees_of(grow(known, training), NAMES)
    with (
        patch("copytaster.reading.labeller.network", lambda: fitted),
        patch("copytaster.reading.labeller.trees", lambda: grown),
    ):
        yield


def unseen(names: list[str], training: int = 0) -> list[Score]:
    """Score each page with weights that have not seen its publisher."""
    part, found = folds(PARTS), []
    for number in range(PARTS):
        with weights(number, training):
            found += scores([name for name in names if part[name] == number])
    return found


@contextmanager
def hidden() -> Iterator[None]:
    """Read as if the metadata named no authors and no dates."""

    def blind(tree: Tree, url: str | None) -> Metadata:
        return structs.replace(metadata(tree, url), authors=(), published=None, modified=None)

    with patch("copytaster.reading.html.metadata", blind):
        yield


def memory(pages_read: int) -> None:
    """Print the process's memory while pages are read over and over."""
    every = [page for page, _ in pages().values()]
    gc.collect()
    print("pages read | resident MB")
    for number in range(pages_read + 1):
        if number in (0, 1) or number % max(1, pages_read // 10) == 0:
            pages_held = int(Path("/proc/self/statm").read_text().split()[1])
            resident = pages_held * resource.getpagesize()
            print(f"{number:10} | {resident / 1e6:.0f}", flush=True)
        with suppress(NoArticle):
            read(every[number % len(every)])


def speed(names: list[str], rounds: int = 3) -> None:
    """Print the processor time of a page, here and in trafilatura, in the same run.

    "on end": all pages by the one, then all by the other, as an archive is read; in its first round
    every page is new. "in turn": page by page, so that both see the same load, but each finds the
    processor's caches full of the other's. The shortest of all rounds is what a page takes where
    nothing disturbs.
    """
    readers = {"copytaster": read} | {
        name: reader for name, reader in peers()[0].items() if name == "trafilatura"
    }
    for reader in readers.values():
        warm(names, reader)
    orders = {
        "on end": [(name, page) for name in readers for page in names],
        "in turn": [(name, page) for page in names for name in readers],
    }
    print("ms a page              first round   shortest   median of the shortest")
    for manner, order in orders.items():
        took: dict[str, dict[str, list[float]]] = {name: {} for name in readers}
        for _ in range(rounds):
            for name, page in order:
                before = time.process_time()
                with suppress(Exception):
                    readers[name](pages()[page][0])
                took[name].setdefault(page, []).append(time.process_time() - before)
        first = {name: mean(each[0] for each in took[name].values()) for name in readers}
        best = {name: [min(each) for each in took[name].values()] for name in readers}
        for name in readers:
            print(
                f"{name:11}, {manner:7} {1000 * first[name]:13.2f} {1000 * mean(best[name]):10.2f} "
                f"{1000 * median(best[name]):10.2f}"
            )
        if len(readers) > 1:
            print(
                f"times as fast        {first['trafilatura'] / first['copytaster']:13.2f} "
                f"{mean(best['trafilatura']) / mean(best['copytaster']):10.2f}"
            )


def explain(name: str) -> None:
    """Print what was expected of a page, what came out, and the label of each part."""
    from copytaster.reading.explain import explained, rows

    names = [known for known in pages() if known.startswith(name)]
    if not names:
        sys.exit(f"{name}: no labelled page is called so")
    page, label = pages()[names[0]]
    wanted = plain(wanted_body(label))
    print(f"{names[0]}  {page.url}")
    print(*rows(explained(page), lambda text: "=" if plain(text) in wanted else " "), sep="\n")
    found = score(names[0])
    article = read(page)
    for field in FIELDS:
        if field != "body":
            print(f"{field}: {getattr(article, field)}")
    for field, (want, got) in found.notes.items():
        print(f"not as labelled: {field}\n    wanted {want}\n    given  {got}")
    print(f"body precision {found.body[0]:.3f} recall {found.body[1]:.3f}")


def failures(found: list[Score], field: str) -> None:
    """Print the pages that fail in a field, the worst bodies last."""
    if field in ("scrapinghub", "fundus"):
        mine = [s for s in found if s.labelled == (field == "fundus") and not s.exact]
        for s in sorted(mine, key=lambda s: -s.f1):
            print(f"{s.f1:.3f}  P {s.body[0]:.3f}  R {s.body[1]:.3f}  {s.name}")
        return
    for s in found:
        if field == "lost" and s.lost:
            print(s.name, s.lost)
        if field in s.notes:
            want, got = s.notes[field]
            print(f"{s.name}\n    wanted {want}\n    given  {got}")


def dump_rows(seen: Row, apart: Row | None) -> None:
    """Add how text dumps of the same pages come out."""
    from bench import dumps, train_dumps

    for browser in dumps.installed():
        found = [dumps.score(browser, name) for name in pages()]
        seen[f"dumps body F1: {browser}"] = f1(*dumps.mean_of(found))
    if apart is not None:
        for browser, scores in train_dumps.unseen().items():
            apart[f"dumps body F1: {browser}"] = f1(*dumps.mean_of(scores))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="only our own weights")
    parser.add_argument("--unseen", action="store_true", help="and unseen, but no peers")
    parser.add_argument("--shown", action="store_true", help="as if the metadata named nobody")
    parser.add_argument(
        "--failures", metavar="FIELD",
        help="list failures: scrapinghub, fundus, title, byline, date, caption, credit, "
        "'caption in body', teaser, 'teaser in body', lost",
    )  # fmt: skip
    parser.add_argument("--speed", action="store_true", help="beside trafilatura")
    parser.add_argument("--memory", metavar="PAGES", type=int, help="read so many pages")
    parser.add_argument("--explain", metavar="PAGE", help="one page; a name's beginning will do")
    given = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"The labelled pages are not here: {DATA}")
    if given.explain:
        explain(given.explain)
        return
    if given.memory:
        memory(given.memory)
        return
    names = sorted(pages())
    if given.speed:
        speed(names)
        return
    if given.shown:
        with hidden():
            row = summed(scores(names))
        print_table({"shown": {name: row[name] for name in SHOWN}})
        return
    if given.failures:
        failures(unseen(names) if given.unseen else scores(names), given.failures)
        return
    rows: dict[str, Row] = {"copytaster": summed(scores(names))}
    if not given.quick:
        every = [summed(unseen(names, training)) for training in range(TRAININGS)]
        rows["unseen"] = {name: mean(row[name] for row in every) for name in every[0]}
        dump_rows(rows["copytaster"], rows["unseen"])
    if not (given.quick or given.unseen):
        others, missing = peers()
        rows |= {name: summed(scores(names, reader)) for name, reader in others.items()}
        beside(rows)
        if missing:
            print(f"Not installed, see bench/requirements.txt: {', '.join(missing)}\n")
    print_table(rows)


def beside(rows: dict[str, Row]) -> None:
    """Say how many times faster each reader is than trafilatura with metadata."""
    if "trafilatura" in rows:
        slow = rows["trafilatura"]["pages a CPU-second"]
        for row in rows.values():
            row["beside trafilatura"] = row["pages a CPU-second"] / slow


if __name__ == "__main__":
    main()
