"""Write a trained tagger of claims as an ONNX file with weights of 8 bits, and its labels in it.

Needs torch and onnx, which are not needed to run Copytaster.

PYTHONPATH=src python -m bench.train_claims_export en.onnx trained.pt...

Several files of weights are averaged (Wortsman et al. 2022); the later ones must have gone on from
the first.
"""

import argparse
import json
import tempfile
from pathlib import Path

import onnx
import torch
from bench.claims_network import WIDTH, Network
from bench.claims_sets import NAMES, SPANS, TAGS
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

INPUTS = ("ids", "cases", "quotes", "first", "block")
OUTPUTS = ("spans", "names", "tags", "arcs", "heads", "relations")


class Small(nn.Module):
    """Embeddings of one byte a number, with a scale for each row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("bytes", (weight / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.bytes[ids].float() * self.scale[ids]


class Inference(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, cases: Tensor, quotes: Tensor, first: Tensor, block: Tensor
    ) -> tuple[Tensor, ...]:
        """`block` numbers the paragraph of each word: 0 for the root, -1 for what is no word."""
        network = self.network
        words = network.encode(ids, cases, quotes, first)
        apart = (block[:, :, None] != block[:, None, :]) & (block[:, None, :] != 0)
        arcs = network.arcs(words) - apart.float() * 1e4
        arcs = arcs - torch.eye(arcs.shape[1]) * 1e4
        heads = arcs.argmax(2)
        relations = network.relations(words, heads).argmax(2)
        names = network.names(words).log_softmax(2)
        return network.spans(words), names, network.tags(words).argmax(2), arcs, heads, relations


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("to", type=Path)
    parser.add_argument("trained", type=Path, nargs="+")
    parser.add_argument("--whole", type=Path, help="also keep the file of 32 bits here")
    args = parser.parse_args()
    every = [torch.load(trained, weights_only=True) for trained in args.trained]
    kept = every[0]
    kinds, vocabulary = kept["kinds"], kept["vocabulary"]
    network = Network(len(vocabulary), len(SPANS), len(NAMES), len(TAGS), len(kinds)).eval()
    network.load_state_dict(
        {name: sum(one["network"][name] for one in every) / len(every) for name in kept["network"]}
    )
    labels = {
        "languages": ["en"],
        "vocabulary": vocabulary,
        "spans": SPANS,
        "names": NAMES,
        "tags": TAGS,
        "relations": kinds,
        "follows": network.follows.tolist(),
    }
    network.word = Small(network.word.weight.detach())
    example = tuple(torch.zeros(2, 9 if at < 3 else 5, dtype=torch.long) for at in range(5))
    with tempfile.TemporaryDirectory() as folder:
        whole = args.whole or Path(folder) / "whole.onnx"
        axes = {0: "batch", 1: "pieces"}
        torch.onnx.export(
            Inference(network).eval(),
            example,
            str(whole),
            dynamo=False,
            opset_version=17,
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={
                **dict.fromkeys(INPUTS[:3], axes),
                **{name: {0: "batch", 1: "words"} for name in (*INPUTS[3:], *OUTPUTS)},
                "arcs": {0: "batch", 1: "words", 2: "words"},
            },
        )
        described = onnx.load(str(whole))
        onnx.helper.set_model_props(described, {k: json.dumps(v) for k, v in labels.items()})
        onnx.save(described, str(whole))
        encoder = [
            n.name for n in described.graph.node if n.op_type == "MatMul" and _large(n, described)
        ]
        args.to.parent.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(
            whole,
            args.to,
            op_types_to_quantize=["MatMul"],
            nodes_to_quantize=encoder,
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    smaller = onnx.load(str(args.to))
    onnx.helper.set_model_props(smaller, {k: json.dumps(v) for k, v in labels.items()})
    onnx.save(smaller, str(args.to))
    print(f"{args.to}: {args.to.stat().st_size / 1e6:.1f} MB, {len(encoder)} products of 8 bits")


def _large(node: onnx.NodeProto, model: onnx.ModelProto) -> bool:
    sizes = {weight.name: weight.dims for weight in model.graph.initializer}
    dims = sizes.get(node.input[1], ())
    return len(dims) == 2 and dims[0] * dims[1] >= WIDTH * WIDTH and dims[0] in (WIDTH, 4 * WIDTH)


if __name__ == "__main__":
    main()
