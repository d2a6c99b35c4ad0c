"""Similar articles, measured: does the nearest tell the same story? Quality, speed, size.

python bench/similar.py                   # the tables
python bench/similar.py --failures        # each article whose nearest tells another story
python bench/similar.py --archive 100000  # speed at that size, one article after the other

Each article asks for its nearest among all others of its set; the only one of a story does not ask.
The peers are written here: both compare every article with every other, by all of its words.
"""

import argparse
import gzip
import math
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.json import decode

from copytaster.stories.similar import (
    MemoryIndex,
    Text,
    counted,
    known,
    nearest,
    similar,
    terms,
    vector,
)

STORIES = Path(__file__).parents[2] / "shared" / "data" / "stories"
SETS = ("ecbplus-dev", "wikinews-dev", "uci-headlines-dev")
MOST = 10

Finder = Callable[[list[Text]], Iterator[list[str]]]
"""Gives the ids of each article's nearest, in the articles' order."""


class Labelled(Struct, frozen=True):
    """An article of a labelled set."""

    id: str
    story: str
    headline: str
    text: str | None = None


def labelled(name: str) -> list[Labelled]:
    with gzip.open(STORIES / f"{name}.jsonl.gz") as lines:
        return [decode(line, type=Labelled) for line in lines]


def ours(texts: list[Text]) -> Iterator[list[str]]:
    for one in similar(texts, most=MOST):
        yield [near.id for near in one.similar]


def tfidf(texts: list[Text]) -> Iterator[list[str]]:
    """Cosine of (1 + log tf) idf, over words."""
    counts = [words(text) for text in texts]
    idf = {term: math.log(len(texts) / n) for term, n in frequencies(counts).items()}
    weighed = []
    for count in counts:
        weights = {term: (1 + math.log(n)) * idf[term] for term, n in count.items()}
        length = math.hypot(*weights.values()) or 1.0
        weighed.append({term: weight / length for term, weight in weights.items()})
    yield from exhaustive(texts, weighed, weighed)


def bm25(texts: list[Text]) -> Iterator[list[str]]:
    """Okapi BM25 (k1 1.2, b 0.75), the whole article as the query."""
    counts = [words(text) for text in texts]
    known = frequencies(counts)
    idf = {term: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for term, n in known.items()}
    average = sum(count.total() for count in counts) / len(counts)
    weighed = []
    for count in counts:
        damp = 1.2 * (0.25 + 0.75 * count.total() / average)
        weighed.append({term: idf[term] * n * 2.2 / (n + damp) for term, n in count.items()})
    yield from exhaustive(texts, weighed, [dict.fromkeys(count, 1.0) for count in counts])


def words(text: Text) -> Counter[str]:
    return Counter(re.findall(r"\w+", f"{text.headline} {text.text}".lower()))


def frequencies(counts: list[Counter[str]]) -> Counter[str]:
    return Counter(term for count in counts for term in count)


def exhaustive(
    texts: list[Text], documents: list[dict[str, float]], queries: list[dict[str, float]]
) -> Iterator[list[str]]:
    """Rank all articles for each by the sum of products over an inverted index."""
    lists: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for term, weight in document.items():
            lists[term].append((number, weight))
    arrays = {
        term: (np.array([n for n, _ in some]), np.array([weight for _, weight in some]))
        for term, some in lists.items()
    }
    for number, query in enumerate(queries):
        scores = np.zeros(len(texts))
        for term, weight in query.items():
            at, weights = arrays[term]
            scores[at] += weight * weights
        scores[number] = -1
        yield [texts[n].id for n in np.argsort(-scores, kind="stable")[:MOST]]


class Outcome(Struct):
    """For each article that asks: its story, whether the first is right, the share found in ten."""

    stories: list[str]
    first: list[bool]
    found: list[float]
    seconds: float
    failures: list[str]


def judged(find: Finder, records: list[Labelled]) -> Outcome:
    texts = [Text(one.id, one.headline, one.text or "") for one in records]
    known = {one.id: one for one in records}
    size = Counter(one.story for one in records)
    begun = time.process_time()
    lists = list(find(texts))
    outcome = Outcome([], [], [], time.process_time() - begun, [])
    for one, near in zip(records, lists, strict=True):
        if size[one.story] == 1:
            continue
        same = [known[id].story == one.story for id in near]
        outcome.stories.append(one.story)
        outcome.first.append(same[:1] == [True])
        outcome.found.append(sum(same) / min(MOST, size[one.story] - 1))
        if same[:1] != [True]:
            other = known[near[0]].headline if near else "nothing"
            rank = f"right one at {same.index(True) + 1}" if True in same else "none in ten"
            outcome.failures.append(f"{one.headline[:90]}\n    -> {other[:90]} ({rank})")
    return outcome


def spread(outcome: Outcome) -> tuple[float, float]:
    """Give the 95 % interval of P@1, stories drawn again 1,000 times."""
    by_story = defaultdict(list)
    for story, right in zip(outcome.stories, outcome.first, strict=True):
        by_story[story].append(right)
    groups = list(by_story.values())
    draw = random.Random(1)
    shares = []
    for _ in range(1000):
        drawn = draw.choices(groups, k=len(groups))
        shares.append(sum(map(sum, drawn)) / sum(map(len, drawn)))
    low, high = np.quantile(shares, [0.025, 0.975]).tolist()
    return low, high


def archive(size: int, draw: random.Random) -> Iterator[Text]:
    """Make articles of real sentences, drawn anew: 18 each, about 400 words."""
    known = [one for one in labelled("wikinews-dev") if one.text]
    sentences = [
        sentence
        for one in known
        for sentence in re.split(r"(?<=[.!?])\s+", one.text or "")
        if 20 < len(sentence) < 400
    ]
    for number in range(size):
        headline, *body = draw.choices(sentences, k=18)
        yield Text(f"{number:08}", headline[:80], " ".join(body))


def grow(size: int) -> None:
    """Add articles one after the other, labelled ones among them; print what each costs by then."""
    draw = random.Random(1)
    reports = labelled("ecbplus-dev")
    texts = [Text(one.id, one.headline, one.text or "") for one in reports]
    story = {one.id: one.story for one in reports}
    every = max(1, size // len(texts))
    index, ids, best = MemoryIndex(), [], dict[str, tuple[float, str]]()
    marks = {10**n for n in range(3, 8)} | {size}
    spent, since = dict.fromkeys(("terms", "index", "nearest"), 0.0), 0
    for number, made in enumerate(archive(size, draw)):
        text = texts.pop() if number % every == 0 and texts else made
        ids.append(text.id)
        begun = time.process_time()
        weighed = terms(text.headline, text.text)
        weighing = time.process_time()
        index.count(counted(weighed.terms, None))
        own = vector(known(weighed, index, None))
        packed = time.process_time()
        near = nearest(own, index, None, most=MOST)
        found = time.process_time()
        index.add(number, own)
        spent["terms"] += weighing - begun
        spent["index"] += packed - weighing + time.process_time() - found
        spent["nearest"] += found - packed
        for n, score in near:  # each enters the other's list, as on the desk
            best[text.id] = max(best.get(text.id, (0, "")), (score, ids[n]))
            best[ids[n]] = max(best.get(ids[n], (0, "")), (score, text.id))
        if number + 1 in marks:
            n = number + 1 - since
            each = " ".join(f"{spent[step] / n * 1000:8.2f}" for step in spent)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{number + 1:>11,} {each} {n / sum(spent.values()):12.0f} {memory:4} MB")
            spent, since = dict.fromkeys(spent, 0.0), number + 1
    asked = [id for id in ids if id in story]
    right = sum(story.get(best.get(id, (0, ""))[1]) == story[id] for id in asked)
    print(f"P@1 of {len(asked)} reports (ecbplus-dev) among them: {right / len(asked):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", action="store_true", help="list what came out wrong")
    parser.add_argument("--archive", type=int, default=10_000, help="articles to grow to")
    options = parser.parse_args()
    if not STORIES.exists():
        parser.exit(1, f"the labelled stories are not at {STORIES}\n")
    if options.failures:
        for name in SETS[:2]:
            for failure in judged(ours, labelled(name)).failures:
                print(f"{name}: {failure}")
        return
    print(
        f"{'set':18} {'method':14} {'P@1':>6} {'95 %':>13} {'found in 10':>12} {'articles/s':>11}"
    )
    for name in SETS:
        records = labelled(name)
        for method, find in {"copytaster": ours, "TF-IDF": tfidf, "BM25": bm25}.items():
            outcome = judged(find, records)
            asked = len(outcome.first)
            low, high = spread(outcome)
            print(
                f"{name:18} {method:14} {sum(outcome.first) / asked:6.3f} {low:6.3f}-{high:.3f} "
                f"{sum(outcome.found) / asked:12.3f} {len(records) / outcome.seconds:11.0f}"
            )
    print("\nOne after the other, 400 words each; CPU milliseconds an article:")
    print(f"{'articles':>11} {'terms':>8} {'index':>8} {'nearest':>8} {'articles/s':>12} memory")
    grow(options.archive)


if __name__ == "__main__":
    main()
