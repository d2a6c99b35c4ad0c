"""The labelled sets that the tagger of claims is trained and measured on, as words with labels."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from copytaster.claims.pieces import Spelling, Words

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
UNKNOWN = -100
SPANS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NAMES = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
# fmt: off
TAGS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
        "PUNCT", "SCONJ", "SYM", "VERB", "X")
# fmt: on
_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_TREEBANK = {"``": '"', "''": '"', "`": "'"} | {
    f"-{side}{shape}B-": mark for side, shape, mark in ("LR(", "RR)", "LS[", "RS]", "LC{", "RC}")
}


class Labelled(NamedTuple):
    """A paragraph's words and, as long as they, its labels; `UNKNOWN` where the set has none.

    `heads` counts words of the paragraph, -1 for a root. `text` is there for the treebanks.
    """

    text: str
    words: Words
    spans: list[int]
    names: list[int]
    tags: list[int]
    heads: list[int]
    relations: list[str]

    def cut(self, start: int, end: int) -> "Labelled":
        heads = [
            h if h == -1 else h - start if start <= h < end else UNKNOWN
            for h in self.heads[start:end]
        ]
        words = self.words.cut(start, end)
        spans, names, tags = self.spans[start:end], self.names[start:end], self.tags[start:end]
        return Labelled(self.text, words, spans, names, tags, heads, self.relations[start:end])


Document = list[Labelled]


def unlabelled(words: Words, text: str = "") -> Labelled:
    n = len(words.offsets)
    none = [UNKNOWN] * n
    return Labelled(text, words, none[:], none[:], none[:], none[:], [""] * n)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def polnear(part: str, spelling: Spelling) -> list[list[Document]]:
    """Return the articles of PolNeAR, each as its annotators labelled it."""
    articles = []
    for article in lines(SHARED / "attribution" / f"polnear-{part}.jsonl.gz"):
        text = article["text"]
        paragraphs = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
        spelled = [spelling(text[start:end]) for start, end in paragraphs]
        articles.append(
            [
                [
                    unlabelled(words)._replace(spans=_labels(words, start, annotated))
                    for words, (start, _) in zip(spelled, paragraphs, strict=True)
                ]
                for annotated in article["annotations"].values()
            ]
        )
    return articles


def _labels(words: Words, origin: int, relations: list[dict[str, list[list[int]]]]) -> list[int]:
    labels = [0] * len(words.offsets)
    for kind in ("source", "cue", "content"):
        inside = SPANS.index(f"I-{kind}")
        for relation in relations:
            for span_start, span_end in relation[kind]:
                label = inside - 1
                for at, (start, end) in enumerate(words.offsets):
                    if start + origin < span_end and span_start < end + origin:
                        labels[at], label = label, inside
    return labels


class Window(NamedTuple):
    """A paragraph as the published figures are counted: tokens, their labels, and a text."""

    article: str
    tokens: list[str]
    labels: list[str]
    text: str
    offsets: list[tuple[int, int]]


def windows(part: str = "valid") -> list[Window]:
    path = SHARED / "attribution" / f"polnear-spans-{part}.jsonl.gz"
    return [window(w["id"], w["tokens"], w["labels"]) for w in lines(path)]


def gum_news() -> list[Window]:
    path = SHARED / "attribution" / "gum-news.jsonl.gz"
    return [window(w["id"], w["toks"], w["gold"]) for w in lines(path)]


def window(article: str, tokens: list[str], labels: list[str]) -> Window:
    offsets, at = [], 0
    written = [_TREEBANK.get(token, token) for token in tokens]
    for token in written:
        offsets.append((at, at + len(token)))
        at += len(token) + 1
    return Window(article, tokens, labels, " ".join(written), offsets)


def runs(labels: list[str]) -> set[tuple[str, int, int]]:
    """Return the spans of BIO labels: kind, first token, token after the last."""
    found, kind, begin = set(), "", 0
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            found.add((kind, begin, at))
            kind = ""
        if label != "O" and not kind:
            kind, begin = label[2:], at
    return found


def treebank(name: str, spelling: Spelling) -> list[Document]:
    """Return the documents of a treebank, with names where there are some for its sentences."""
    named = dict(_names(name))
    documents: list[Document] = []
    paragraph: list[tuple[str, bool, int, str, int, str]] = []

    def close() -> None:
        if paragraph:
            documents[-1].append(_parsed(paragraph, spelling))
            paragraph.clear()

    with gzip.open(SHARED / "language" / f"ud-{name}.conllu.gz", "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = block.split("\n")
            if any(row.startswith("# newdoc") for row in rows):
                close()
                documents.append([])
            if any(row.startswith("# newpar") for row in rows):
                close()
            sentence = _sentence([row.split("\t") for row in rows if row[:1].isdigit()])
            names = named.get(tuple(word[0] for word in sentence))
            for at, (form, space, tag, head, relation) in enumerate(sentence):
                root = -1 if head < 0 else head + len(paragraph) - at
                label = names[at] if names else UNKNOWN
                paragraph.append((form, space, TAGS.index(tag), relation, root, label))  # type: ignore[arg-type]
        close()
    return documents


def _sentence(rows: list[list[str]]) -> list[tuple[str, bool, str, int, str]]:
    words, until, spaced = [], 0, True
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            until, spaced = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
            continue
        at = int(row[0])
        space = "SpaceAfter=No" not in row[9]
        if at <= until:
            space = spaced if at == until else False
        relation = row[7].split(":")[0]
        words.append((row[1], space, row[3], int(row[6]) - 1, relation))
    return words


def _parsed(paragraph: list[Any], spelling: Spelling) -> Labelled:
    text, gold = "", {}
    for at, (form, space, *_rest) in enumerate(paragraph):
        gold[len(text), len(text) + len(form)] = at
        text += form + (" " if space else "")
    words = spelling(text)
    ours = {gold[span]: at for at, span in enumerate(words.offsets) if span in gold}
    labelled = unlabelled(words, text)
    for theirs, at in ours.items():
        _, _, tag, relation, head, name = paragraph[theirs]
        labelled.tags[at], labelled.relations[at], labelled.names[at] = tag, relation, name
        labelled.heads[at] = -1 if head < 0 else ours.get(head, UNKNOWN)
    return labelled


def _names(name: str) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    corpus, part = name.split("-")[0], name.split("-")[-1]
    path = SHARED / "language" / f"names-{corpus}-{part}.json.gz"
    for document in json.loads(gzip.decompress(path.read_bytes())):
        for sentence in document:
            yield tuple(token for token, _, _ in sentence), [*map(_name, sentence)]


def _name(token: list[Any]) -> int:
    side, _, kind = token[2].partition("-")
    return NAMES.index(f"{side}-{_KINDS[kind]}") if kind in _KINDS else 0


def wikigold(spelling: Spelling) -> list[Document]:
    path = SHARED / "language" / "names-wikigold-train.json.gz"
    documents = json.loads(gzip.decompress(path.read_bytes()))
    parsed = [
        _parsed([(t[0], t[1], UNKNOWN, "", UNKNOWN, _name(t)) for t in sentence], spelling)
        for document in documents
        for sentence in document
    ]
    for labelled in parsed:
        labelled.heads[:] = [UNKNOWN] * len(labelled.heads)
    return [parsed[at : at + 8] for at in range(0, len(parsed), 8)]
