"""The desk at size: articles of permuted real sentences are filed, looked up and searched.

    python bench/desk.py [--articles 100000] [--desk FILE]

The sentences are those of `../shared/data/stories`; the desk is made in a temporary directory, or
kept at FILE and used again. Prints the time to file an article, the size of the desk by table, and
the times of what the site asks, as medians and 95th percentiles.
"""

import argparse
import gzip
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import zstandard

from copytaster.article import Article, Block, Picture
from copytaster.desk import Desk
from copytaster.desk.recipe import Result, add
from copytaster.desk.room import give_back
from copytaster.page import Page, Unreadable

T = TypeVar("T")

STORIES = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories"
OUTLETS = 200
DAYS = 365
COPIES = 0.1


def fabric() -> tuple[list[str], list[list[str]]]:
    """Give the headlines and, for each real article, its sentences."""
    headlines, texts = [], []
    for name in ("ecbplus-dev", "wikinews-dev"):
        for line in gzip.decompress((STORIES / f"{name}.jsonl.gz").read_bytes()).splitlines():
            record = json.loads(line)
            headlines.append(record["headline"] or "Untitled")
            sentences = re.split(r"(?<=[.!?])\s+|\n+", record["text"])
            texts.append([sentence for sentence in sentences if sentence.strip()])
    return headlines, texts


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Give articles as long as the real ones, of their sentences drawn anew; one in ten is a copy.

    In each sentence every fourth word is one from elsewhere in the running text: else each would
    stand in a hundred articles, which is so in no archive.
    """
    draw = random.Random(seed)
    headlines, texts = fabric()
    sentences = [sentence for text in texts for sentence in text]
    words = " ".join(sentences).split()
    begun = datetime(2023, 1, 1, tzinfo=UTC)
    recent: deque[list[str]] = deque(maxlen=200)

    def sentence() -> str:
        drawn = draw.choice(sentences).split()
        for at in range(draw.randrange(4), len(drawn), 4):
            drawn[at] = draw.choice(words)
        return " ".join(drawn)

    for number in range(count):
        length = len(draw.choice(texts))
        if recent and draw.random() < COPIES:
            body = draw.choice(recent)
            if draw.random() < 0.5:
                body = [*body[: len(body) * 2 // 3], sentence()]  # abridged, with an end of its own
        else:
            body = [sentence() for _ in range(length)]
            recent.append(body)
        paragraphs = [" ".join(body[at : at + 3]) for at in range(0, len(body), 3)]
        url = (
            f"https://outlet{draw.randrange(OUTLETS)}.example/2023/{number}-{draw.randrange(10**9)}"
        )
        moment = begun + timedelta(days=DAYS * number / count, minutes=draw.randrange(2880))
        first, second = draw.choice(headlines).split(), draw.choice(headlines).split()
        yield Article(
            id=blake2b(url.encode(), digest_size=8).hexdigest(),
            path=f"crawl.warc.gz#{number * 30000}",
            url=url,
            fetched="2024-01-05T00:00:00+00:00",
            publisher=f"Outlet {url[14:17]}",
            language=draw.choice(["en", "en", "en", "en-GB", "de"]),
            headline=" ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :]),
            standfirst=sentence(),
            bylines=("Jane Doe",),
            date_published=moment.isoformat(timespec="minutes"),
            body=tuple(Block("paragraph", paragraph) for paragraph in paragraphs),
            pictures=(Picture(url=f"{url}.jpg", caption=sentence(), credit="AP"),),
        )


def page_of(article: Article) -> Page:
    """Give a bare page that says what the article says."""
    body = "".join(f"<p>{block.text}</p>\n" for block in article.body)
    html = f"<html><title>{article.headline}</title><body>\n{body}</body></html>\n"
    return Page(
        path=article.path,
        content=html.encode(),
        url=article.url,
        fetched=article.fetched,
        media_type="text/html",
        charset="utf-8",
    )


def build(desk: Desk, count: int) -> tuple[float, float]:
    """File `count` articles; give seconds of processor time for each, and of the last tenth."""
    made: dict[str, Article] = {}
    marks: list[float] = []
    spent = 0.0

    def pages() -> Iterator[Page]:
        nonlocal spent
        drawn = articles(count)
        for number in range(count):
            begun = time.process_time()
            article = next(drawn)
            page = page_of(article)
            spent += time.process_time() - begun  # making them up does not count
            made[article.path] = article
            if number % max(1, count // 10) == 0:
                marks.append(time.process_time() - spent)
                print(f"\r{number} articles", end="", file=sys.stderr, flush=True)
            yield page

    def read(pages: Iterable[Page | Unreadable]) -> Iterator[Result]:
        for page in pages:
            assert isinstance(page, Page)
            yield page, made.pop(page.path)

    add(desk._connection, pages(), read)
    give_back(desk._connection, count)
    marks.append(time.process_time() - spent)
    print("\r", end="", file=sys.stderr)
    return (marks[-1] - marks[0]) / count, (marks[-1] - marks[-2]) / max(1, count // 10)


def timed(what: str, call: Callable[[T], object], given: Iterable[T]) -> None:
    """Print the median and 95th percentile of some calls, in milliseconds."""
    times = []
    for one in given:
        begun = time.perf_counter()
        call(one)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    print(
        f"| {what} | {statistics.median(times):.1f} ms | {times[int(len(times) * 0.95)]:.1f} ms |"
    )


def by_themselves(desk: Desk, most: int = 2000) -> int:
    """Give the bytes of all saved pages, each compressed by itself; reckoned from `most` of them.

    With zstd of level 3: what desks kept before pages were packed after their records.
    """
    ids = [id for (id,) in desk._connection.execute("SELECT id FROM article ORDER BY id")]
    some = [page for id in ids[:most] if (page := desk.page(id))]
    packed = sum(len(zstandard.compress(page.content)) for page in some)
    return packed * len(ids) // len(some)


def sizes(desk: Desk) -> None:
    """Print what the desk holds, beside the text of its articles."""
    connection = desk._connection
    text = sum(
        len(filed.article.text.encode())
        for (id,) in connection.execute("SELECT id FROM article ORDER BY id LIMIT 2000").fetchall()
        if (filed := desk.article(id))
    )
    (count,) = connection.execute("SELECT count(*) FROM article").fetchone()
    text = text * count // min(count, 2000)
    print(
        f"\n{count} articles, {text / 1e6:.0f} MB of text\n\n"
        "| table | MB | of the text |\n|---|---|---|"
    )
    for name, size in connection.execute(
        "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"
    ):
        if size > text / 200:
            print(f"| {name} | {size / 1e6:.1f} | {size / text:.3f} |")
    whole, pages = desk.path.stat().st_size, by_themselves(desk)
    print(f"| **the file** | {whole / 1e6:.1f} | **{whole / text:.2f}** |")
    print(f"| saved pages, each compressed by itself | {pages / 1e6:.1f} | {pages / text:.2f} |")
    rest = whole - pages
    print(f"| **the file without these** | {rest / 1e6:.1f} | **{rest / text:.2f}** |")


def looks(desk: Desk) -> None:
    """Print how long the site's questions take."""
    draw = random.Random(2)
    (count,) = desk._connection.execute("SELECT count(*) FROM article").fetchone()
    ids = [
        id
        for (id,) in desk._connection.execute(
            "SELECT id FROM article WHERE number % 97 = 0 ORDER BY id LIMIT 500"
        ).fetchall()
    ]
    draw.shuffle(ids)
    _, texts = fabric()
    words = [
        word for text in texts for sentence in text for word in re.findall(r"\w{4,}", sentence)
    ]
    queries = [" ".join(draw.sample(words, draw.choice([1, 1, 2, 3]))) for _ in range(200)]
    common = ["the", "said", "police", "the of", "said OR police", "people government", "the*"]
    narrow = [f"{query} outlet:outlet7.example since:2023-06 until:2023-06" for query in common]
    print(f"\n| at {count} articles | median | p95 |\n|---|---|---|")
    timed("article with all its page shows", desk.article, ids)
    timed("front page, 30", lambda id: desk.newest(after=id), ids[:200])
    outlets = [f"outlet{n}.example" for n in range(OUTLETS)]
    timed("outlet page, 30", lambda key: desk.newest(outlet=key), outlets)
    timed("outlets and languages", lambda _: (desk.outlets(), desk.languages()), range(20))
    for how, ask in (
        ("newest first", desk.search),
        ("ranked", lambda query: desk.search(query, ranked=True)),
    ):
        timed(f"search, {how}", ask, queries)
        timed(f"search for common words, {how}", ask, common * 5)
        timed(f"search in one outlet and a month, {how}", ask, narrow * 5)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--desk", type=Path, help="keep the desk here, and use it again")
    given = options.parse_args()
    if not STORIES.exists():
        sys.exit(f"the sentences are not at {STORIES}")
    with tempfile.TemporaryDirectory() as directory:
        path = given.desk or Path(directory) / "bench.desk"
        there = path.exists()
        with Desk(path) as desk:
            if not there:
                each, late = build(desk, given.articles)
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"filing: {each * 1000:.2f} ms of processor time an article")
                print(f"in the last tenth: {late * 1000:.2f} ms")
                print(f"memory while filing: {peak:.0f} MB")
        with Desk(path, mode="read") as desk:
            sizes(desk)
            looks(desk)


if __name__ == "__main__":
    main()
