"""
Reference numbers for the attribution methods: Captum's on the served weights, and what it lacks by definition.

    python -m attribution.make --public ../public --out ../tests/fixtures/attribution
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch

from . import subjects, texts
from .by_captum import STEPS, by_captum
from .by_definition import by_definition

MODELS = {
    "decoder-small": (texts.DECODER, subjects.decoder),
    "translator-en-fr": (texts.TRANSLATOR, subjects.translator),
    "encoder-minilm": (texts.ENCODER, subjects.encoder),
}
COUNTS = (1, 2, 3, 8, 31, 64, 256)


def numbers_of(text, subject):
    rows = []
    for target in text["targets"]:
        value, baseline = (subject.number(target)(*sides).item() for sides in (subject.inputs, subject.baselines))
        methods = by_captum(subject, target) | by_definition(subject, target)
        rows.append(dict(target, value=value, baseline=baseline, methods=plain(methods)))
    return {**text, "targets": rows}


def plain(value):
    """Tensors as lists of numbers with seven significant digits."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return [
            float(f"{number:.7g}")
            for number in np.asarray(value.detach() if hasattr(value, "detach") else value).ravel()
        ]
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def legendre():
    """Nodes and weights on [0, 1]."""
    found = [(count, *np.polynomial.legendre.leggauss(count)) for count in COUNTS]
    return [
        dict(count=count, places=((nodes + 1) / 2).tolist(), weights=(weights / 2).tolist())
        for count, nodes, weights in found
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("models", nargs="*", default=list(MODELS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    versions = {name: version(name) for name in ("captum", "numpy", "torch", "transformers")}

    def write(name, content):
        path = options.out / f"{name}.json"
        path.write_text(json.dumps(dict(versions=versions, **content), ensure_ascii=False) + "\n", encoding="utf8")

    write("legendre", dict(counts=legendre()))
    for name in options.models:
        text, subject_of = MODELS[name]
        write(name, dict(steps=STEPS, **numbers_of(text, subject_of(options.public / "models" / name))))


if __name__ == "__main__":
    main()
