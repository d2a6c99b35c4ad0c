"""Measure the tagger of claims: spans, names, parts of speech, syntax, and its speed.

PYTHONPATH=src python -m bench.spans [--model FILE]

Spans are judged on token windows as the published figures are: exact, or with any overlap.
Beside the tagger, in the same run, a baseline of quotation marks and a list of verbs. The labelled
sets are not part of the repository.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.claims_sets import (
    NAMES,
    SHARED,
    TAGS,
    UNKNOWN,
    Labelled,
    Window,
    gum_news,
    lines,
    runs,
    treebank,
    windows,
)

from copytaster.claims.tagger import MODELS, Tagged, Tagger

KINDS = ("source", "cue", "content")
DOUBTED = 0.48
"""Where spans alone count, F1 is best without those less likely than this. Linking wants them all:
what stands beside a span tells more of it."""
Found = set[tuple[str, int, int]]
Score = tuple[float, float, float]

PUBLISHED = {
    "BERT-base + Cofe (published)": (83.2, 75.3, 72.9),
    "no pre-training (published)": (73.3, 66.2, 63.6),
    "BiLSTM of six minutes": (70.4, 66.1, 58.5),
    "Gender Gap Tracker": (47.8, 43.9, 26.0),
    "textacy": (20.5, 24.2, 22.4),
}
"""Exact F1 on the test part, of others; ours is on the development part."""

_SAYING = (
    "said|says|say|told|tells|added|adds|argued|argues|claimed|claims|wrote|writes|announced|asked"
    "|believes|believed|suggested|reported|insisted|noted|explained|tweeted|acknowledged|warned"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*"
_CUE = re.compile(
    rf"(?:(?P<before>\b(?:{_NAME}|he|she|they)) )?\b(?P<cue>{_SAYING}|[Aa]ccording to)\b"
    rf"(?: (?P<after>{_NAME}))?(?: (?P<that>that [^.;]*))?"
)
_QUOTED = re.compile(r'"[^"]+"|“[^”]+”')


def judge(
    judged: Iterable[Window],
    find: Callable[[list[str]], list[list[tuple[str, int, int]]]],
    overlapping: bool = False,
) -> dict[str, float]:
    """Return the span F1 of each kind, in per cent; `find` takes the paragraphs of an article."""
    articles: dict[str, list[Window]] = {}
    for window in judged:
        articles.setdefault(window.article, []).append(window)
    counts = {kind: [0, 0, 0, 0] for kind in KINDS}
    for parts in articles.values():
        for window, spans in zip(parts, find([part.text for part in parts]), strict=True):
            gold = runs(window.labels)
            got = {(kind, *covered(window, start, end)) for kind, start, end in spans}
            for kind, count in counts.items():
                ours = {span for span in got if span[0] == kind}
                theirs = {span for span in gold if span[0] == kind}
                for at, n in enumerate(_counted(ours, theirs, overlapping)):
                    count[at] += n
    return {kind: _f1(*count) for kind, count in counts.items()}


def _counted(ours: Found, theirs: Found, overlapping: bool) -> tuple[int, int, int, int]:
    def met(span: tuple[str, int, int], others: Found) -> bool:
        if not overlapping:
            return span in others
        return any(span[1] < end and begin < span[2] for _, begin, end in others)

    right, reached = sum(met(s, theirs) for s in ours), sum(met(s, ours) for s in theirs)
    return right, len(ours), reached, len(theirs)


def _f1(right: int, ours: int, reached: int, theirs: int) -> float:
    precision, recall = right / max(1, ours), reached / max(1, theirs)
    return 200 * precision * recall / max(1e-9, precision + recall)


def covered(window: Window, start: int, end: int) -> tuple[int, int]:
    """Return the tokens that a span of characters touches: first, and the one after the last."""
    touched = [at for at, (s, e) in enumerate(window.offsets) if s < end and start < e]
    return (touched[0], touched[-1] + 1) if touched else (0, 0)


def tagged_spans(
    tagger: Tagger, least: float = 0.0
) -> Callable[[list[str]], list[list[tuple[str, int, int]]]]:
    return lambda paragraphs: [
        [(span.kind, span.start, span.end) for span in tagged.spans if span.score >= least]
        for tagged in tagger(paragraphs)
    ]


def baseline(paragraphs: list[str]) -> list[list[tuple[str, int, int]]]:
    """Quotation marks as content, verbs of a list as cues, the name beside them as source."""
    found = []
    for text in paragraphs:
        spans = [("content", *match.span()) for match in _QUOTED.finditer(text)]
        for match in _CUE.finditer(text):
            spans.append(("cue", *match.span("cue")))
            side = "before" if match["before"] else "after"
            if match[side]:
                start, end = match.span(side)
                spans.append(("source", start, end))
            if match["that"]:
                spans.append(("content", *match.span("that")))
        found.append(spans)
    return found


def language(tagger: Tagger, name: str) -> Score:
    """Return F1 of names, accuracy of parts of speech, and LAS, in per cent, on a treebank."""
    right = total = tags = tagged_words = 0
    names = [0, 0, 0]
    for document in treebank(name, tagger.spelling):
        texts = [paragraph.text for paragraph in document]
        for paragraph, tagged in zip(document, tagger(texts), strict=True):
            for at, tag in enumerate(paragraph.tags):
                tagged_words += tag != UNKNOWN
                tags += tag != UNKNOWN and TAGS[tag] == tagged.tags[at]
                head = paragraph.heads[at]
                if head != UNKNOWN and TAGS[tag] != "PUNCT":
                    total += 1
                    right += (head, paragraph.relations[at]) == (
                        tagged.heads[at],
                        tagged.relations[at],
                    )
            if any(label != UNKNOWN for label in paragraph.names):
                for at, n in enumerate(_named(paragraph, tagged)):
                    names[at] += n
    return (
        200 * names[0] / max(1, names[1] + names[2]),
        100 * tags / tagged_words,
        100 * right / total,
    )


def _named(paragraph: Labelled, tagged: Tagged) -> tuple[int, int, int]:
    gold = runs([NAMES[max(label, 0)] for label in paragraph.names])
    starts = {start: at for at, (start, _) in enumerate(tagged.tokens)}
    ends = {end: at + 1 for at, (_, end) in enumerate(tagged.tokens)}
    ours = {(name.kind, starts[name.start], ends[name.end]) for name in tagged.names}
    return len(ours & gold), len(ours), len(gold)


def speed(tagger: Tagger, articles: list[list[str]]) -> float:
    """Return words (between spaces) tagged in a second of processor time."""
    tagger(articles[0])
    began = time.process_time()
    for paragraphs in articles:
        tagger(paragraphs)
    spent = time.process_time() - began
    return sum(len(p.split()) for paragraphs in articles for p in paragraphs) / spent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODELS / "en.onnx")
    args = parser.parse_args()
    if not SHARED.exists():
        raise SystemExit(
            f"{SHARED} is missing: this measures on labelled sets kept beside the repository"
        )
    tagger = Tagger(args.model)
    print("| exact span F1, PolNeAR | source | cue | content |\n|---|---|---|---|")
    rows = {
        "Copytaster": judge(windows(), tagged_spans(tagger)),
        "Copytaster, without doubted": judge(windows(), tagged_spans(tagger, DOUBTED)),
        "quotation marks and verbs": judge(windows(), baseline),
    }
    for name, score in rows.items():
        print(f"| {name} | " + " | ".join(f"{score[kind]:.1f}" for kind in KINDS) + " |")
    for name, figures in PUBLISHED.items():
        print(f"| {name}, test part | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")
    print("\n| overlap span F1, other news (GUM) | source | cue | content |\n|---|---|---|---|")
    rows = {
        "Copytaster": judge(gum_news(), tagged_spans(tagger), True),
        "Copytaster, without doubted": judge(gum_news(), tagged_spans(tagger, DOUBTED), True),
        "quotation marks and verbs": judge(gum_news(), baseline, True),
    }
    for name, score in rows.items():
        print(f"| {name} | " + " | ".join(f"{score[kind]:.1f}" for kind in KINDS) + " |")
    print("\n| treebank | names F1 | parts of speech | LAS |\n|---|---|---|---|")
    for name in ("ewt-dev", "gum-open-dev"):
        print(f"| {name} | " + " | ".join(f"{n:.1f}" for n in language(tagger, name)) + " |")
    dev = lines(SHARED / "attribution" / "polnear-dev.jsonl.gz")
    texts = [article["text"].split("\n") for article in dev]
    print(f"\n{speed(tagger, texts):.0f} words a second of processor time")


if __name__ == "__main__":
    main()
