"""How a piece of a dump stands to what was taken for the text at first sight."""

import numpy as np

from copytaster.reading.around import columns_of, core, gaps, shifted, window
from copytaster.reading.lines import Dump
from copytaster.reading.look import Columns, size
from copytaster.reading.network import Matrix
from copytaster.reading.spoken import Spoken

_FARTHEST = 30
_REACHES = ((-8, -1), (1, 8), (-20, -1), (1, 20), (-3, 3))
_COUNTS = 0.3
"""How likely a piece must be text for its words to count."""


def standings(dump: Dump, spoken: Spoken, outputs: Matrix) -> Columns:
    """Give where each piece stands.

    `outputs` says in its two columns how likely each is text and headline, at first sight.
    """
    likely, heads = outputs[:, 0], outputs[:, 1]
    place = np.arange(len(likely), dtype=np.float32)
    letters = np.array(
        [max(8, min(size(piece.text), 400)) for piece in dump.pieces], dtype=np.float32
    )
    first, last = core(((likely - 0.4) * np.sqrt(letters)).tolist())
    inside = ((place >= first) & (place < last)).astype(np.float32)
    share, many = spoken.cohesion(np.where(likely > _COUNTS, likely, 0) * inside)
    told = share * np.minimum(1, np.array([len(w) for w in spoken.about], np.float32) / 6)
    text = likely * letters
    so_far, whole = np.cumsum(text, dtype=np.float64), float(text.sum(dtype=np.float64)) + 1
    sure = (likely > 0.5).astype(np.float32)
    within = np.clip(outputs, 1e-3, 1 - 1e-3)
    odds = np.log(within / (1 - within)) / 3
    head = int(heads.argmax())
    columns = {
        "at first": odds[:, 0],
        "headline at first": odds[:, 1],
        "is the headline": (place == head).astype(np.float32),
        "under the headline": np.clip((place - head) / 20, -1, 1),
        "says the headline": spoken.shared(head),
        "part above": (so_far / whole).astype(np.float32),
        "in the run": inside,
        "before the run": np.clip(first - place, 0, _FARTHEST) / _FARTHEST,
        "behind the run": np.clip(place - last + 1, 0, _FARTHEST) / _FARTHEST,
        "since it began": np.clip(place - first, 0, 10) / 10 * inside,
        "until it ends": np.clip(last - place, 0, 10) / 10 * inside,
        "text above": np.log1p(gaps(sure, _FARTHEST)) / 3,
        "text below": np.log1p(gaps(sure[::-1], _FARTHEST)[::-1]) / 3,
        "holds": share,
        "holds words": many,
        "holds above": window(told, -4, -1),
        "holds below": window(told, 1, 4),
        "holds about": window(told, -6, 6),
    }
    for by in (1, 2, 3, 4):
        columns[f"first {by} before"] = shifted(likely, by)
        columns[f"first {by} next"] = shifted(likely, -by)
    for begin, end in _REACHES:
        columns[f"first {begin} to {end}"] = window(likely, begin, end)
    lined = columns_of(dump, likely)
    return columns | {f"its {name}": column for name, column in lined.items()}
