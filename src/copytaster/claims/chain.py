"""The likeliest labels of a row of words, each label begun (B) before it goes on (I)."""

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = np.float32(-1e4)

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def rules(labels: list[str], follows: Floats) -> Floats:
    """Return the scores of one label after another, where what may not follow is ruled out.

    An I follows only the B or I of its own kind; `follows` (labels, labels) holds the scores of
    all others.
    """
    ruled = follows.astype(np.float32)
    for later, label in enumerate(labels):
        if label.startswith("I-"):
            for earlier, before in enumerate(labels):
                if before not in (label, f"B-{label[2:]}"):
                    ruled[earlier, later] = FORBIDDEN
    return ruled


def decode(scores: list[Floats], follows: Floats) -> list[tuple[list[int], list[float]]]:
    """Return for each row its best labels, and how likely each is by the scores of its word alone.

    Each row is (words, labels), of as many words as it has; `follows` comes from `rules`.
    """
    lengths = [len(row) for row in scores]
    padded = np.zeros((len(scores), max(lengths, default=0), len(follows)), np.float32)
    for at, row in enumerate(scores):
        padded[at, : len(row)] = row
    paths = best(padded, lengths, follows)
    shifted = np.exp(padded - padded.max(2, keepdims=True))
    likely = shifted / shifted.sum(2, keepdims=True)
    chosen = (likely[at, np.arange(len(path)), path].tolist() for at, path in enumerate(paths))
    return list(zip(paths, chosen, strict=True))


def best(scores: Floats, lengths: list[int], follows: Floats) -> list[list[int]]:
    """Return the best labels of several rows at once (Viterbi).

    `scores` (rows, words, labels) is padded at the end, `lengths` tells the words of each row;
    `follows` comes from `rules`.
    """
    rows, width, _ = scores.shape
    if not width:
        return [[] for _ in lengths]
    begins = np.where((follows == FORBIDDEN).any(0), FORBIDDEN, np.float32(0))
    reached = scores[:, 0] + begins
    at_end = np.array(lengths) - 1
    last = reached.copy()
    back = np.zeros((width, rows, scores.shape[2]), np.int64)
    for at in range(1, width):
        through = reached[:, :, None] + follows
        back[at] = through.argmax(1)
        reached = through.max(1) + scores[:, at]
        here = at_end == at
        last[here] = reached[here]
    paths = []
    for row, length in enumerate(lengths):
        label = int(last[row].argmax())
        path = [label] if length else []
        for at in range(length - 1, 0, -1):
            label = int(back[at, row, label])
            path.append(label)
        paths.append(path[::-1])
    return paths


def runs(labels: list[str]) -> list[tuple[str, int, int]]:
    """Return the spans that labels make: kind, first word, the word after the last."""
    found: list[tuple[str, int, int]] = []
    for at, label in enumerate(labels):
        side, _, kind = label.partition("-")
        if side == "I" and found and found[-1][0] == kind and found[-1][2] == at:
            found[-1] = (kind, found[-1][1], at + 1)
        elif kind:
            found.append((kind, at, at + 1))
    return found
