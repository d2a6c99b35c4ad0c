"""Train the ranking of pronouns: `src/copytaster/claims/pronoun.json` from GUM's coreference.

python -m bench.train_pronouns          # train, write, and print how often the right one is given
"""

import argparse
import gzip
import re
from collections.abc import Iterator

import msgspec
import numpy as np
from bench.attribution import DATA
from msgspec import Struct

from copytaster.claims import pronoun
from copytaster.claims.entity import Entities, Entity, Mention
from copytaster.claims.pronoun import GENDERS, WEIGHTS, Pronouns, Weights, candidate, candidates
from copytaster.claims.prose import Named, Prose, Word

STEPS = 300
ROUNDS = 4
SPOKE = 3.0
"""Weight of having spoken just before, for a pronoun that speaks; GUM does not say who speaks,
so it was set on the labelled speakers of polnear-dev."""


class Document(Struct):
    """A document of GUM with its persons' names and its pronouns, each with its chain."""

    prose: Prose
    names: dict[int, str]
    """Start of a name to its chain."""
    pronouns: dict[int, str]


def documents(part: str) -> Iterator[Document]:
    path = DATA / "language" / f"ud-gum-open-{part}.conllu.gz"
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("# newdoc id")[1:]:
            yield document(block)


def document(block: str) -> Document:
    """Join the sentences of a document, one paragraph as GUM has them."""
    text = ""
    words: list[Word] = []
    names: list[Named] = []
    pronouns: dict[int, str] = {}
    chains: dict[int, str] = {}
    opened: list[tuple[str, str, int]] = []
    for sentence in block.split("\n\n"):
        lines = sentence.split("\n")
        if any(line.startswith("# newpar") for line in lines) and text:
            text = text.rstrip() + "\n\n"
        first = len(words)
        for line in lines:
            columns = line.split("\t")
            if len(columns) != 10 or not columns[0].isdigit():
                continue
            start = len(text)
            text += columns[1]
            head = first + int(columns[6]) - 1 if columns[6] != "0" else -1
            words.append(Word(start, len(text), columns[3], head, columns[7]))
            misc = dict(one.split("=", 1) for one in columns[9].split("|") if "=" in one)
            for bracket in re.findall(r"\([^()]+\)?|[^()]+\)", misc.get("Entity", "")):
                if bracket.startswith("("):
                    fields = bracket.strip("()").split("-")
                    opened.append((fields[0], fields[1], len(words) - 1))
                if bracket.endswith(")"):
                    key = bracket.strip("()").split("-")[0]
                    for at in range(len(opened) - 1, -1, -1):
                        if opened[at][0] == key:
                            _, kind, begin = opened.pop(at)
                            _mention(words, key, kind, begin, names, chains)
                            if begin == len(words) - 1 and columns[1].casefold() in GENDERS:
                                pronouns[start] = key
                            break
            if misc.get("SpaceAfter") != "No":
                text += " "
    names.sort(key=lambda name: name.start)
    return Document(Prose(text, words=words, names=names), chains, pronouns)


def _mention(
    words: list[Word], key: str, kind: str, begin: int, names: list[Named], chains: dict[int, str]
) -> None:
    """Keep a mention of a person that is a name: its longest run of proper nouns."""
    if kind != "person":
        return
    proper = [at for at in range(begin, len(words)) if words[at].tag == "PROPN"]
    if not proper:
        return
    run = [proper[0]]
    for at in proper[1:]:
        if at != run[-1] + 1:
            break
        run.append(at)
    heads = [at for at in range(begin, len(words)) if not begin <= words[at].head < len(words)]
    if heads and heads[0] not in run and words[heads[0]].tag != "NOUN":
        return
    start, end = words[run[0]].start, words[run[-1]].end
    if all(start >= name.end or end <= name.start for name in names):
        names.append(Named(start, end, "person"))
        chains[start] = key


def examples(
    doc: Document, weights: dict[str, float] | None
) -> Iterator[tuple[list[dict[str, float]], int]]:
    """Give for each pronoun the candidates' features and which is right; the last is nobody.

    With `weights`, pronouns before count for whom these take them for, right or wrong, so that the
    ranking learns to recover from its own mistakes (as in DAgger, Ross et al. 2011).
    """
    entities = Entities(doc.prose)
    named = entities.at(0, len(doc.prose.text))
    chains = chains_of(doc, entities)
    near: list[tuple[Entity, list[Mention]]] = []
    at = 0
    for place, word in enumerate(doc.prose.words):
        if word.start not in doc.pronouns:
            continue
        while at < len(named) and named[at][0].start < word.start:
            if named[at][1].kind == "person":
                pronoun._note(near, named[at][1], Mention(named[at][0].start, named[at][0].end))
            at += 1
        sentence = doc.prose.sentence(word.start)
        near = [
            pair
            for pair in near
            if sentence - doc.prose.sentence(pair[1][-1].start) <= pronoun.SENTENCES
        ][-10:]
        key = doc.pronouns[word.start]
        gender = GENDERS[doc.prose.text[word.start : word.end].casefold()]
        found = list(reversed(candidates(near, gender)))
        rows = [
            candidate(doc.prose, place, mentions[-12:], entity.gender, rank)
            for rank, (entity, mentions) in enumerate(found)
        ]
        right = (i for i, (entity, _) in enumerate(found) if key in chains.get(id(entity), ()))
        truth = next(right, len(rows))
        if rows:
            yield [*rows, {"nobody": 1.0}], truth
        best = truth
        if weights and rows:
            best = max(range(len(rows)), key=lambda at: score(rows[at], weights))
        if best < len(rows):
            entity = found[best][0]
            pronoun._note(near, entity, Mention(word.start, word.end, pronoun=True))


def score(row: dict[str, float], weights: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in row.items())


def chains_of(doc: Document, entities: Entities) -> dict[int, set[str]]:
    """Give the chains of coreference that each entity's names are in."""
    chains: dict[int, set[str]] = {}
    for name, entity in entities.at(0, len(doc.prose.text)):
        if name.start in doc.names:
            chains.setdefault(id(entity), set()).add(doc.names[name.start])
    return chains


def fitted(given: list[tuple[list[dict[str, float]], int]]) -> dict[str, float]:
    """Fit a softmax over the candidates of each pronoun, by Adam."""
    known = sorted({name for rows, _ in given for row in rows for name in row})
    place = {name: at for at, name in enumerate(known)}
    sizes = [len(rows) for rows, _ in given]
    matrix = np.zeros((sum(sizes), len(known)))
    group = np.repeat(np.arange(len(given)), sizes)
    truth = np.zeros(len(matrix))
    at = 0
    for rows, right in given:
        truth[at + right] = 1
        for row in rows:
            for name, value in row.items():
                matrix[at, place[name]] = value
            at += 1
    weight, first, second = np.zeros((3, len(known)))
    for step in range(1, STEPS + 1):
        raised = np.exp(np.clip(matrix @ weight, -30, 30))
        chance = raised / np.bincount(group, raised)[group]
        slope = matrix.T @ (chance - truth) / len(given) + 1e-3 * weight
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weight -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return {name: round(float(value), 3) for name, value in zip(known, weight, strict=True)}


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    train = list(documents("train"))
    if not train:
        raise SystemExit("the labelled sets are not here")
    given: list[tuple[list[dict[str, float]], int]] = []
    weights: dict[str, float] | None = None
    for _ in range(ROUNDS):
        given += [example for doc in train for example in examples(doc, weights)]
        weights = fitted(given)
    assert weights
    weights["spoke"] = SPOKE
    about = "Softmax weights by feature; bench/train_pronouns.py over GUM's open genres"
    content = msgspec.json.encode(Weights(about, weights))
    WEIGHTS.write_bytes(msgspec.json.format(content, indent=1) + b"\n")
    print(f"{len(given)} pronouns, {len(weights)} weights")
    for part in ("train", "dev"):
        judge(part, weights)


def judge(part: str, weights: dict[str, float]) -> None:
    right = named = there = 0
    for doc in documents(part):
        entities = Entities(doc.prose)
        chains = chains_of(doc, entities)
        known = set().union(*chains.values())
        resolved = Pronouns(doc.prose, entities, weights=weights).resolved
        for start, key in doc.pronouns.items():
            there += key in known
            if start in resolved:
                named += 1
                right += key in chains.get(id(resolved[start].entity), ())
    print(f"{part}: given {named} of {there}, right {right} ({right / max(1, named):.3f})")


if __name__ == "__main__":
    main()
