"""
Reference numbers for the causal checks on attributions: PyTorch's on the served weights, scipy's correlations.

    python -m checks.make --public ../public --out ../tests/fixtures/checks
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch

from .curves import curves
from .gates import check
from .patching import patch
from .texts import DECODER, TRANSLATOR
from .twins import Decoder, Translator

SEED = 5
ORDERS = 3


def decoder(folder):
    clean, *corrupted = [Decoder(folder, text) for text in (DECODER["clean"], *DECODER["corrupted"])]
    return numbers_of(DECODER, clean, corrupted, range(1, DECODER["row"] + 1))


def translator(folder):
    target = TRANSLATOR["target"]
    clean, *corrupted = [Translator(folder, text, target) for text in (TRANSLATOR["clean"], *TRANSLATOR["corrupted"])]
    source = len(clean.stacks["encoder"].ids)
    # All of the source but its end, and what is written before the followed row; the start token stays.
    places = [*range(source - 1), *range(source + 1, source + TRANSLATOR["row"] + 1)]
    return numbers_of(TRANSLATOR, clean, corrupted, places)


def numbers_of(texts, clean, corrupted, places):
    rng = np.random.default_rng(SEED)
    row = texts["row"]
    identity, against = (clean.tokenizer.token_to_id(texts[name]) for name in ("token", "against"))
    baseline = clean.network.config.pad_token_id
    baseline = clean.network.config.eos_token_id if baseline is None else baseline
    orders = [rng.permutation(places).tolist() for _ in range(ORDERS)]
    return dict(
        texts,
        id=identity,
        against=against,
        patching=[patch(clean, other, row, identity, against) for other in corrupted],
        gates=[check(clean, row, identity), check(clean, row, identity, against)],
        curves=dict(baseline=baseline, orders=curves(clean, orders, baseline, row, identity)),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    versions = {name: version(name) for name in ("numpy", "scipy", "torch", "transformers", "onnx")}
    models = options.public / "models"
    found = dict(decoder=decoder(models / "decoder-small"), translator=translator(models / "translator-en-fr"))
    options.out.mkdir(parents=True, exist_ok=True)
    for name, value in found.items():
        (options.out / f"{name}.json").write_text(json.dumps(dict(versions=versions, **value)) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
