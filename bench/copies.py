"""Copies, measured: planted among real reports, beside MinHash; speed and memory in an archive.

python -m bench.copies                  # the tables
python -m bench.copies --seeds 9        # planted anew so many times
python -m bench.copies --failures       # each pair missed, wrong, or of another kind
python -m bench.copies --reports        # pairs found among the reports themselves, to be read
python -m bench.copies --archive 10000  # speed and memory only, on so many articles

The peers, `pip install datasketch rensa`, are left out where they are missing.
"""

import argparse
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from bench.planted import STORIES, WAYS, archive, planted, reports
from msgspec import Struct, field, structs

from copytaster.copies import copies, text_of
from copytaster.copy import Copy
from copytaster.records import Record

Finder = Callable[[list[Record]], Iterable[Copy]]


class Outcome(Struct):
    """Counts over planted sets."""

    right: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    extra: int = 0
    articles: int = 0
    seconds: float = 0.0
    failures: list[str] = []

    def row(self, name: str) -> str:
        found, there = self.right.total(), self.planted.total()
        precision = found / (found + self.extra) if found else 0.0
        kinds = f"{self.kinds.total() / found:6.3f}" if self.kinds.total() else "     -"
        each = " ".join(f"{self.right[what] / self.planted[what]:9.3f}" for what, _, _ in WAYS)
        rate = self.articles / self.seconds
        return f"{name:22} {found / there:6.3f} {precision:6.3f} {kinds} {each} {rate:10.0f}"


def judged(find: Finder, seeds: int, known: set[frozenset[str]]) -> Outcome:
    """Compare what is found with what was planted.

    Pairs that share a source, and copies of pairs known to share text, are neither right nor wrong.
    """
    total = Outcome()
    for seed in range(seeds):
        plant = planted(seed)
        wanted = {frozenset((id, of)): id for id, (of, _, _) in plant.originals.items()}
        total.planted.update(what for _, what, _ in plant.originals.values())
        total.articles += len(plant.records)
        start = time.process_time()
        found = {frozenset((copy.id, copy.of)): copy for copy in find(plant.records)}
        total.seconds += time.process_time() - start
        for pair, id in wanted.items():
            _, what, kind = plant.originals[id]
            copy = found.get(pair)
            if copy is None:
                total.failures.append(f"{seed} missed {id}")
                continue
            total.right[what] += 1
            total.kinds[what] += copy.kind == kind and bool(copy.evidence)
            if copy.kind != kind:
                total.failures.append(f"{seed} {what}: {summary(copy)}")
        for pair, copy in found.items():
            ours, theirs = (plant.sources.get(id, {id}) for id in pair)
            explained = ours & theirs or known & {frozenset((a, b)) for a in ours for b in theirs}
            if pair not in wanted and not explained:
                total.extra += 1
                total.failures.append(f"{seed} extra: {summary(copy)}")
    return total


def summary(copy: Copy) -> str:
    shares = f"{copy.share_of_this:.2f} {copy.share_of_that:.2f}"
    return f"{copy.kind} {shares} {' '.join(copy.evidence)} {copy.id} of {copy.of}"


def peers() -> dict[str, Finder]:
    """Give the peers that are installed; they tell no kinds."""
    found: dict[str, Finder] = {"all 5-word shingles": containment}
    try:
        datasketch = import_module("datasketch")

        found["datasketch LSH .5"] = lambda records: datasketched(datasketch, records, 0.5)
        found["datasketch LSH .2"] = lambda records: datasketched(datasketch, records, 0.2)
    except ImportError:
        print("datasketch is not installed and left out")
    try:
        rensa = import_module("rensa")

        found["rensa LSH .5"] = lambda records: rensad(rensa, records, 0.5)
    except ImportError:
        print("rensa is not installed and left out")
    return found


def pieces(record: Record) -> set[str]:
    said = re.findall(r"\w+", text_of(record).text.casefold())
    return {" ".join(said[at : at + 5]) for at in range(len(said) - 4)}


def pair(id: str, of: str) -> Copy:
    return Copy(
        id=id, of=of, kind="reprint", share_of_this=0, share_of_that=0, passages=(), evidence=()
    )


def containment(records: list[Record]) -> Iterable[Copy]:
    """Count all shared shingles; a pair is one that shares a fifth of the smaller article's."""
    held: dict[str, list[int]] = {}
    sizes: list[int] = []
    for number, record in enumerate(records):
        own = pieces(record)
        sizes.append(len(own))
        shared = Counter(other for piece in own for other in held.get(piece, ()))
        for other, count in shared.items():
            if count >= 0.2 * min(sizes[number], sizes[other]):
                yield pair(record.id, records[other].id)
        for piece in own:
            held.setdefault(piece, []).append(number)


def datasketched(datasketch: Any, records: list[Record], threshold: float) -> Iterable[Copy]:
    index = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
    for record in records:
        sketch = datasketch.MinHash(num_perm=128, seed=1)
        sketch.update_batch([piece.encode() for piece in pieces(record)])
        yield from (pair(record.id, of) for of in index.query(sketch))
        index.insert(record.id, sketch)


def rensad(rensa: Any, records: list[Record], threshold: float) -> Iterable[Copy]:
    index = rensa.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    for number, record in enumerate(records):
        sketch = rensa.RMinHash(num_perm=128, seed=1)
        sketch.update(sorted(pieces(record)))
        yield from (pair(record.id, records[of].id) for of in index.query(sketch))
        index.insert(number, sketch)


def speed(articles: int) -> None:
    records = list(archive(articles))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = sum(1 for _ in copies(records))
    took = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    words = sum(len(text_of(record).text.split()) for record in records) / articles
    print(
        f"{articles} articles of {words:.0f} words, {found} pairs: "
        f"{articles / took:.0f} articles a CPU-second, {memory:.0f} MB more memory"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("--archive", type=int)
    options = parser.parse_args()
    if not STORIES.exists():
        return print(f"{STORIES} is not there: nothing to measure on")
    if options.archive:
        return speed(options.archive)
    known: set[frozenset[str]] = set()
    for file in ("wikinews-dev", "ecbplus-dev"):
        records, stories = reports(file)
        pairs = list(copies(records))
        apart = (structs.replace(record, publisher=record.id) for record in records)
        known |= {frozenset((copy.id, copy.of)) for copy in (*pairs, *copies(apart))}
        other = sum(stories[copy.id] != stories[copy.of] for copy in pairs)
        print(f"{file}: {len(pairs)} pairs among the reports themselves, {other} across stories")
        if options.reports:
            shown(records, pairs)
    names = " ".join(f"{what:>9}" for what, _, _ in WAYS)
    print(f"{'':22} recall  prec.   kind {names} articles/s")
    outcome = judged(copies, options.seeds, known)
    print(outcome.row("copytaster"))
    for name, find in peers().items():
        print(judged(find, options.seeds, known).row(name))
    if options.failures:
        print(*outcome.failures, sep="\n")
    return speed(10_000)


def shown(records: list[Record], pairs: list[Copy]) -> None:
    texts = {record.id: text_of(record).text for record in records}
    for copy in pairs:
        print(summary(copy))
        for passage in copy.passages:
            print("   |", texts[copy.id][passage.start : passage.end].replace("\n", " "))


if __name__ == "__main__":
    main()
