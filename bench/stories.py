"""Stories, measured: BCubed over the labelled sets, beside the peers; speed of copies to stories.

python -m bench.stories                    # the table: minutes, most of them the peers'
python -m bench.stories --no-peers
python -m bench.stories --failures         # stories that were merged or split, to be read
python -m bench.stories --archive 10000    # speed and memory only, on so many articles
python -m bench.stories --archive 30000 --held 4000    # the same with fewer held in memory
python -m bench.stories --crowd 100000     # the same on so many copies of one text

Articles come in shuffled order; ours as they are filed, too, and headlines also with their times.
"Held out": weights (or a peer's threshold) learned on one half of the stories and judged on the
other, both ways, look-alike events in the same half. "Whole": the weights that ship, which have
seen these sets; a peer's best threshold, likewise.
"""

import argparse
import gzip
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from bench.planted import STORIES, archive
from bench.story_peers import Peer, peers
from msgspec import Struct, structs
from msgspec.json import decode

from copytaster.records import Record, full_text, records
from copytaster.stories import HELD, similar, stories
from copytaster.stories.evidence import Evidence, evidence
from copytaster.stories.grouping import LOOKED, NEAR, Grouping
from copytaster.stories.likeness import Weights, weights
from copytaster.stories.shelf import MemoryShelf

SETS = ("ecbplus", "wikinews", "uci-headlines")
SPLITS = (7, 8)
SEEDS = (101, 102, 103)
TOLD = 50_000
"""Articles of an archive after which the speed so far is told."""

Near = dict[int, float]
Order = Callable[[Iterable[str] | None], list[Record]]
"""Gives the articles with some ids, or all, one after another."""


class Scored(NamedTuple):
    """Precision and recall of each article, and its story."""

    story: str
    precision: float
    recall: float


@cache
def labelled(name: str, timed: bool = False) -> tuple[list[Record], dict[str, str]]:
    """Give the articles of a labelled set as `copytaster stories` reads them, and their stories.

    Unless they are to be `timed`, the headlines go without their times: those of one story lie
    within a minute and those of two stories mostly an hour apart, because they say when a story
    was crawled.
    """
    file = STORIES / f"{name}-dev.jsonl.gz"
    with gzip.open(file) as lines:
        stories = [decode(line, type=Labelled).story for line in lines]
    articles = list(records(str(file)))
    if name.startswith("uci") and not timed:
        articles = [structs.replace(one, date_published=None) for one in articles]
    return articles, {one.id: story for one, story in zip(articles, stories, strict=True)}


class Labelled(Struct):
    """What a labelled set knows of an article beside its record."""

    story: str


def halves(name: str, split: int) -> tuple[set[str], set[str]]:
    """Give the ids of two halves of the stories, pairs of look-alike events not divided."""
    gold = labelled(name)[1]
    topics = sorted({topic(story) for story in gold.values()})
    random.Random(split).shuffle(topics)
    first = set(topics[::2])
    ids = {id for id, story in gold.items() if topic(story) in first}
    return ids, gold.keys() - ids


def topic(story: str) -> str:
    return story.replace("ecbplus", "ecb")


def shuffled(
    name: str, seed: int, ids: Iterable[str] | None = None, *, timed: bool = False
) -> list[Record]:
    articles = filed(name, ids, timed=timed)
    return random.Random(seed).sample(articles, len(articles))


def filed(name: str, ids: Iterable[str] | None = None, *, timed: bool = False) -> list[Record]:
    """Give articles in the order of the file."""
    return [one for one in labelled(name, timed)[0] if ids is None or one.id in ids]


def seen(records: Iterable[Record]) -> Iterator[tuple[int, Evidence, Near]]:
    """Give what a grouping is told of each article."""
    index = similar.MemoryIndex()
    for number, record in enumerate(records):
        text = similar.Text(record.id, record.headline or "", full_text(record), record.language)
        weighed = similar.terms(text.headline, text.text)
        index.count(similar.counted(weighed.terms, text.language))
        known = similar.known(weighed, index, text.language)
        own = similar.vector(known)
        near = dict(similar.nearest(own, index, text.language, most=NEAR))
        index.add(number, own)
        yield number, evidence(text, record.date_published, known), near


def grouped(told: Sequence[tuple[int, Evidence, Near]], model: Weights) -> list[str]:
    """Give the story of each article."""
    shelf = MemoryShelf(LOOKED, len(told))
    grouping = Grouping(shelf, model=model)
    for one in told:
        grouping.add(*one)
    shelf.write(grouping.changes())
    return list(shelf.placed())


def bcubed(gold: Sequence[str], found: Sequence[object]) -> list[Scored]:
    """Give BCubed precision and recall of each article (Bagga and Baldwin, 1998)."""
    both = Counter(zip(gold, found, strict=True))
    wanted, made = Counter(gold), Counter(found)
    return [
        Scored(g, both[g, f] / made[f], both[g, f] / wanted[g])
        for g, f in zip(gold, found, strict=True)
    ]


def f1(scored: Sequence[Scored]) -> float:
    precision = sum(one.precision for one in scored) / len(scored)
    recall = sum(one.recall for one in scored) / len(scored)
    return 2 * precision * recall / (precision + recall)


def spread(scored: Sequence[Scored]) -> tuple[float, float]:
    """Give the 95 % interval of F1, stories drawn again 1,000 times."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in scored:
        for at, value in enumerate((one.precision, one.recall, 1.0)):
            sums[one.story][at] += value
    each = np.array(list(sums.values()))
    drawn = np.random.default_rng(1).integers(len(each), size=(1000, len(each)))
    precision, recall, count = each[drawn].sum(axis=1).T
    low, high = np.quantile(2 * precision * recall / (precision + recall) / count, [0.025, 0.975])
    return float(low), float(high)


def row(name: str, method: str, how: str, scored: Sequence[Scored], rate: float) -> None:
    precision = sum(one.precision for one in scored) / len(scored)
    recall = sum(one.recall for one in scored) / len(scored)
    low, high = spread(scored)
    print(
        f"{name:14} {method:30} {how:9} {precision:6.3f} {recall:6.3f} {f1(scored):6.3f} "
        f"{low:6.3f}-{high:.3f} {rate:8.0f}",
        flush=True,
    )


def orders(name: str) -> dict[str, list[Order]]:
    """Give the orders in which articles come; the file's own with times is what a user has."""
    found: dict[str, list[Order]] = {
        "shuffled": [partial(shuffled, name, seed) for seed in SEEDS],
        "as filed": [partial(filed, name)],
    }
    if name.startswith("uci"):
        found["shuffled, timed"] = [partial(shuffled, name, SEEDS[0], timed=True)]
        found["as filed, timed"] = [partial(filed, name, timed=True)]
    return found


def ours(name: str) -> None:
    from bench.train_stories import train

    gold = labelled(name)[1]
    kind = "headlines" if name.startswith("uci") else "texts"
    for order, arrivals in orders(name).items():
        scored: list[Scored] = []
        begun, articles = time.process_time(), 0
        for arrive in arrivals:
            records = arrive(None)
            placed = [one.story for one in stories(records)]
            scored += bcubed([gold[record.id] for record in records], placed)
            articles += len(records)
        rate = articles / (time.process_time() - begun)
        row(name, f"copytaster, {order}", "whole", scored, rate)
        scored = []
        for split in SPLITS:
            parts = halves(name, split)
            for at in (0, 1):
                model = train(at, split, kind)
                for arrive in arrivals:
                    told = list(seen(arrive(parts[1 - at])))
                    scored += bcubed([gold[one.id] for _, one, _ in told], grouped(told, model))
        row(name, f"copytaster, {order}", "held out", scored, rate)


def theirs(name: str, method: str, peer: Peer) -> None:
    gold = labelled(name)[1]
    begun, articles = time.process_time(), 0

    def judged(records: list[Record], at: float) -> list[Scored]:
        nonlocal articles
        articles += len(records)
        texts = [f"{one.headline}\n{full_text(one)}".strip() for one in records]
        return bcubed([gold[one.id] for one in records], peer.group(texts, at))

    whole = [shuffled(name, seed) for seed in SEEDS[:1]]
    best = max(peer.thresholds, key=lambda at: f1(judged(whole[0], at)))
    begun, articles = time.process_time(), 0
    scored = [one for records in whole for one in judged(records, best)]
    rate = articles / (time.process_time() - begun)
    row(name, method, "whole", scored, rate)
    scored = []
    for split in SPLITS:
        parts = halves(name, split)
        for at in (0, 1):
            learned = shuffled(name, 0, parts[at])
            best = max(peer.thresholds, key=lambda at, some=learned: f1(judged(some, at)))  # type: ignore[misc]
            for seed in SEEDS:
                scored += judged(shuffled(name, seed, parts[1 - at]), best)
    row(name, method, "held out", scored, rate)


def failures(name: str) -> None:
    """Print stories that were split or merged, with a headline of each part."""
    gold = labelled(name)[1]
    told = list(seen(shuffled(name, SEEDS[0])))
    headline = {record.id: record.headline for record in labelled(name)[0]}
    parts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    made: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (_, one, _), story in zip(told, grouped(told, weights()), strict=True):
        parts[gold[one.id]][story].append(one.id)
        made[story][gold[one.id]] += 1
    for story, split in sorted(parts.items()):
        if len(split) > 1 or any(len(made[part]) > 1 for part in split):
            print(f"{name}: {story}")
            for part, ids in sorted(split.items(), key=lambda one: -len(one[1])):
                others = {other: n for other, n in made[part].items() if other != story}
                print(f"    {len(ids)} {others or ''} {(headline[ids[0]] or '')[:100]}")


def dated(articles: int) -> Iterator[Record]:
    """Give the archive with dates, 3,000 articles a day: a window of 30 days has 90,000."""
    for number, record in enumerate(archive(articles)):
        day = np.datetime64("2024-01-01") + number // 3000
        yield structs.replace(record, date_published=str(day))


def crowd(copies: int) -> Iterator[Record]:
    """Give copies of one text from fifty outlets."""
    text = next(archive(1))
    for number in range(copies):
        yield structs.replace(text, id=f"{number}", publisher=f"Outlet {number % 50}")


def speed(records: Iterator[Record], articles: int, held: int = HELD) -> None:
    """Print what copies, similar articles and stories cost together."""
    every = max(1, min(TOLD, articles // 5))
    spent = 0.0

    def clocked() -> Iterator[Record]:
        """Leave out the time that making the archive takes; say how far it is."""
        nonlocal spent
        since, left_out = begun, 0.0
        for number in range(articles):
            if number and number % every == 0:
                took = time.process_time() - since - (spent - left_out)
                print(
                    f"{number} articles: the last {every} at {every / took:.0f}, {memory():.0f} MB"
                )
                sys.stdout.flush()
                since, left_out = time.process_time(), spent
            at = time.process_time()
            record = next(records)
            spent += time.process_time() - at
            yield record

    def memory() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    begun = time.process_time()
    made = len({one.story for one in stories(clocked(), last=held)})
    took = time.process_time() - begun - spent
    print(
        f"{articles} articles, {made} stories: {articles / took:.0f} articles a CPU-second for "
        f"copies, similar articles and stories together, {memory():.0f} MB of memory at most",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--archive", type=int)
    parser.add_argument("--held", type=int, default=HELD)
    parser.add_argument("--crowd", type=int)
    options = parser.parse_args()
    if not STORIES.exists():
        return print(f"{STORIES} is not there: nothing to measure on")
    if options.archive:
        return speed(dated(options.archive), options.archive, options.held)
    if options.crowd:
        return speed(crowd(options.crowd), options.crowd, options.held)
    if options.failures:
        for name in SETS:
            failures(name)
        return None
    others = {} if options.no_peers else peers()
    print(f"{'set':14} {'method':30} {'':9} {'P':>6} {'R':>6} {'F1':>6} {'95 %':>12}  articles/s")
    for name in SETS:
        ours(name)
        for method, peer in others.items():
            theirs(name, method, peer)
    return speed(dated(10_000), 10_000)


if __name__ == "__main__":
    main()
