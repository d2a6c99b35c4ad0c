"""Copies, measured: planted among real reports, beside MinHash; speed and memory in an archive.

python bench/copies.py                  # the tables
python bench/copies.py --seeds 9        # planted anew so many times
python bench/copies.py --failures       # each pair missed, wrong, or of another kind
python bench/copies.py --reports        # pairs found among the reports themselves, to be read
python bench/copies.py --archive 10000  # speed only, on so many articles of permuted sentences

The peers, `pip install datasketch rensa`, are left out where they are missing.
"""

import argparse
import gzip
import json
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from copytaster.copies import copies, text_of
from copytaster.copy import Copy, Kind
from copytaster.records import Record

STORIES = Path(__file__).parents[2] / "shared" / "data" / "stories"

Finder = Callable[[list[Record]], Iterable[Copy]]


class Planted(Struct, frozen=True):
    """A set with copies planted in it: each planted article's original and kind, by id."""

    records: list[Record]
    originals: dict[str, tuple[str, str, Kind]]
    """Planted id -> (id of the original, what was done, kind that it makes)."""
    sources: dict[str, set[str]]
    """Planted id -> ids of all reports whose words are in it."""
    stories: dict[str, str]


def reports(file: str) -> tuple[list[Record], dict[str, str]]:
    """Give the articles of a labelled set, and the story of each."""
    with gzip.open(STORIES / f"{file}.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    records = [
        Record(id=row["id"], headline=row["headline"], text=row["text"], publisher=row["publisher"])
        for row in rows
    ]
    return records, {row["id"]: row["story"] for row in rows}


OUTLETS = [
    ("The Harbour Post", "Sign up for the Harbour Morning, our free briefing, and get the day's "
     "news from the quays in your inbox before breakfast. By signing up you agree to our terms.",
     "Copyright The Harbour Post. All rights reserved. No part of this page may be reproduced "
     "without written permission of the publisher."),
    ("Northern Ledger", "This story is free to read. If you value what we do, become a member "
     "from two crowns a month and help us to keep reporters in every town of the north.",
     "The Northern Ledger is not responsible for the content of external sites. Read about our "
     "approach to external linking."),
    ("The Seln Courier", "More on this story: follow our live page, listen to the evening "
     "podcast, or send us your pictures and videos by message on the number below.",
     "Do you know more about this? Write in confidence to tips at the courier, or call the desk "
     "on weekdays between nine and five."),
]  # fmt: skip


def planted(seed: int) -> Planted:
    """Plant five copies of a fifth each of the reports; some reports are only hosts for passages.

    What comes first, original or copy, is left to chance.
    """
    draw = random.Random(seed)
    records, stories = reports("wikinews-dev")
    records = [record for record in records if len((record.text or "").split()) >= 120]
    draw.shuffle(records)
    hosts, records = records[:40], records[40:]
    originals: dict[str, tuple[str, str, Kind]] = {}
    sources: dict[str, set[str]] = {}
    made: list[Record] = []
    for record in records:
        what, kind, make = draw.choice(WAYS)
        host, outlet = draw.choice(hosts), draw.choice(OUTLETS)
        id = f"{what}:{record.id}"
        made.append(structs.replace(make(record, outlet, host, draw), id=id))
        originals[id] = record.id, what, kind
        sources[id] = {record.id, host.id} if what == "embedded" else {record.id}
    mixed = records + made
    draw.shuffle(mixed)
    return Planted(mixed, originals, sources, stories)


Way = Callable[[Record, tuple[str, str, str], Record, random.Random], Record]


def furnished(
    record: Record, outlet: tuple[str, str, str], _: Record, draw: random.Random
) -> Record:
    name, box, foot = outlet
    parts = (record.text or "").split("\n\n")
    parts.insert(draw.randrange(len(parts) + 1), box)
    parts.insert(draw.randrange(len(parts) + 1), f"Read more: what we know {draw.random()}")
    text = "\n\n".join(["By our own staff", *parts, foot])
    return structs.replace(record, text=text, publisher=name)


def truncated(
    record: Record, outlet: tuple[str, str, str], _: Record, draw: random.Random
) -> Record:
    said = record.text or ""
    words = list(re.finditer(r"\S+", said))
    cut = words[int(len(words) * 0.4)].start()
    return structs.replace(record, text=said[:cut] + "…", publisher=outlet[0])


def edited(record: Record, outlet: tuple[str, str, str], _: Record, draw: random.Random) -> Record:
    words = re.split(r"(\s+)", record.text or "")
    for at in range(0, len(words), 2):
        match draw.random():
            case chance if chance < 0.03:
                words[at] = draw.choice(words[::2])
            case chance if chance < 0.06:
                words[at] = ""
            case chance if chance < 0.08:
                words[at] += " " + draw.choice(words[::2])
    headline = f"{draw.choice(['Update', 'Report', 'News'])}: {record.headline}"
    return structs.replace(record, headline=headline, text="".join(words), publisher=outlet[0])


def abridged(
    record: Record, outlet: tuple[str, str, str], _: Record, draw: random.Random
) -> Record:
    said = sentences(record.text or "")
    words = sum(len(one.split()) for one in said)
    kept: set[int] = set()
    for at in draw.sample(range(len(said)), len(said)):
        if sum(len(said[one].split()) for one in kept) < 0.3 * words:
            kept.add(at)
    text = " ".join(said[at] for at in sorted(kept))
    return structs.replace(record, text=text, publisher=outlet[0])


def embedded(
    record: Record, outlet: tuple[str, str, str], host: Record, draw: random.Random
) -> Record:
    said, around = sentences(record.text or ""), sentences(host.text or "")
    long = max(70, int(0.35 * len((record.text or "").split())))
    start = draw.randrange(max(1, len(said) // 2))
    taken: list[str] = []
    for one in said[start:]:
        if sum(len(sentence.split()) for sentence in taken) < long:
            taken.append(one)
    at = draw.randrange(1, max(2, len(around)))
    text = " ".join([*around[:at], *taken, *around[at:]])
    return structs.replace(record, headline=host.headline, text=text, publisher=outlet[0])


WAYS: list[tuple[str, Kind, Way]] = [
    ("furnished", "reprint", furnished),
    ("truncated", "truncated", truncated),
    ("edited", "reprint", edited),
    ("abridged", "abridged", abridged),
    ("embedded", "embedded", embedded),
]


def sentences(text: str) -> list[str]:
    return [one for one in re.findall(r"\S.*?(?:[.!?][\"”’]?(?=\s)|\n|$)", text) if one.strip()]


class Outcome(Struct):
    """Counts over planted sets."""

    right: Counter[str]
    kinds: Counter[str]
    planted: Counter[str]
    extra: int = 0
    failures: list[str] = []

    def row(self, name: str) -> str:
        found, all_ = sum(self.right.values()), sum(self.planted.values())
        recall = found / all_
        precision = found / (found + self.extra) if found else 0.0
        kinds = sum(self.kinds.values()) / found if found else 0.0
        each = " ".join(f"{self.right[w] / self.planted[w]:9.3f}" for w, _, _ in WAYS)
        return f"{name:24} {recall:6.3f} {precision:6.3f} {kinds:6.3f}  {each}"


def judged(find: Finder, seeds: int, known: set[frozenset[str]]) -> Outcome:
    """Compare what is found with what was planted.

    Pairs of one family (copies of one original) and `known` pairs are neither right nor wrong.
    """
    total = Outcome(Counter(), Counter(), Counter())
    for seed in range(seeds):
        plant = planted(seed)
        wanted = {frozenset((id, of)): id for id, (of, _, _) in plant.originals.items()}
        total.planted.update(what for _, what, _ in plant.originals.values())
        found = {frozenset((copy.id, copy.of)): copy for copy in find(plant.records)}
        for pair, id in wanted.items():
            _, what, kind = plant.originals[id]
            copy = found.get(pair)
            if copy is None:
                total.failures.append(f"{seed} missed {id}")
                continue
            total.right[what] += 1
            if copy.kind == kind:
                total.kinds[what] += 1
            else:
                total.failures.append(
                    f"{seed} {what} is {copy.kind} {copy.share_of_this} {copy.share_of_that} "
                    f"{copy.evidence} {copy.id} of {copy.of}"
                )
        for pair, copy in found.items():
            ours, theirs = (plant.sources.get(id, {id}) for id in pair)
            explained = ours & theirs or known & {frozenset((a, b)) for a in ours for b in theirs}
            if pair not in wanted and not explained:
                total.extra += 1
                total.failures.append(
                    f"{seed} extra {copy.kind} {copy.share_of_this} {copy.share_of_that} "
                    f"{copy.id} of {copy.of}"
                )
    return total


def archive(articles: int, seed: int = 0) -> Iterator[Record]:
    """Give articles of permuted sentences of reports; one in ten is a copy of an earlier one."""
    draw = random.Random(seed)
    records, _ = reports("wikinews-dev")
    said = [one for record in records for one in sentences(record.text or "")]
    words = sorted({word for one in said for word in one.split()})
    recent: list[Record] = []
    for number in range(articles):
        if recent and draw.random() < 0.1:
            old = draw.choice(recent)
            _, _, make = draw.choice(WAYS)
            record = make(old, draw.choice(OUTLETS), draw.choice(recent), draw)
            record = structs.replace(record, id=f"{number}")
        else:
            taken = [draw.choice(said).split() for _ in range(18)]
            for sentence in taken:  # so that no two articles share a sentence
                for at in range(draw.randrange(4), len(sentence), 4):
                    sentence[at] = draw.choice(words)
            text = "\n\n".join(
                " ".join(map(" ".join, taken[at : at + 3])) for at in range(0, 18, 3)
            )
            record = Record(id=f"{number}", headline=" ".join(taken[0][:9]), text=text)
            recent = [*recent[-99:], record]
        yield record


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
    if options.archive:
        return speed(options.archive)
    sets = {file: reports(file) for file in ("wikinews-dev", "ecbplus-dev")}
    known: set[frozenset[str]] = set()
    for file, (records, stories) in sets.items():
        pairs = list(copies(records))
        known |= {
            frozenset((copy.id, copy.of))
            for copy in copies(structs.replace(record, publisher=record.id) for record in records)
        }
        known |= {frozenset((copy.id, copy.of)) for copy in pairs}
        other = sum(stories[copy.id] != stories[copy.of] for copy in pairs)
        print(f"{file}: {len(pairs)} pairs among the reports themselves, {other} across stories")
        if options.reports:
            texts = {record.id: text_of(record).text for record in records}
            for copy in pairs:
                print(
                    f"\n{copy.kind} {copy.share_of_this} {copy.share_of_that} {copy.id} {copy.of}"
                )
                for passage in copy.passages:
                    print("   |", texts[copy.id][passage.start : passage.end].replace("\n", " "))
    print(f"{'':24} recall   prec.   kind  {' '.join(f'{what:>9}' for what, _, _ in WAYS)}")
    outcome = judged(copies, options.seeds, known)
    print(outcome.row("copytaster"))
    if options.failures:
        print("\n".join(outcome.failures))
    return None


if __name__ == "__main__":
    main()
