"""Copies planted among real reports, and an archive of any size made from their sentences."""

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from copytaster.copy import Kind
from copytaster.records import Record

STORIES = Path(__file__).parents[2] / "shared" / "data" / "stories"


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
