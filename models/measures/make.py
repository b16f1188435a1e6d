"""
Reference numbers for the measures on attention: scipy's, PyTorch's, and a second way to score relations.

    python -m measures.make --public ../public --out ../tests/fixtures/measures
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer

from translator.served import open_session, tap_softmax

from . import dependency, figures
from .removal import removal
from .repeats import attention_of, network_of, repeats

SEED = 20_26
INSTRUCTION = "Translate to French: "


def translator_sentences(folder, sentences):
    """The translator's encoder, in onnxruntime."""
    model = onnx.load(folder / "onnx/encoder_model.onnx")
    taps = tap_softmax(model.graph)
    session = open_session(model.SerializeToString())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text, words in sentences:
        encoding = tokenizer.encode(INSTRUCTION + text)
        ids = np.array([encoding.ids])
        layers = session.run(taps, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        yield np.concatenate([layer[0] for layer in layers]), offsets_of(encoding, len(INSTRUCTION)), text, words


def decoder_sentences(folder, sentences):
    """The small decoder, in PyTorch."""
    network = network_of(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text, words in sentences:
        encoding = tokenizer.encode(text)
        attention = attention_of(network, [encoding.ids])[0]
        yield attention.reshape(-1, *attention.shape[2:]), offsets_of(encoding, 0), text, words


def offsets_of(encoding, shift):
    """Where each token's characters stand in the sentence; none for special tokens."""
    marks = zip(encoding.offsets, encoding.special_tokens_mask)
    return [(0, 0) if special else (max(0, start - shift), max(0, end - shift)) for (start, end), special in marks]


def write(path, value):
    path.write_text(json.dumps(value) + "\n", encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rng = np.random.default_rng(SEED)
    versions = {name: version(name) for name in ("numpy", "scipy", "torch", "transformers", "onnxruntime")}
    numbers = dict(
        correlations=figures.correlations(rng), rows=figures.rows(rng), intervals=figures.intervals(rng)
    )
    numbers.update(layout=figures.layout(np.random.default_rng(SEED)))
    write(options.out / "figures.json", dict(versions=versions, **numbers))

    translator, decoder = (options.public / "models" / name for name in ("translator-en-fr", "decoder-small"))
    write(options.out / "repeats.json", dict(versions=versions, **repeats(decoder, rng)))

    write(options.out / "removal.json", dict(versions=versions, **removal(translator, decoder)))

    sentences = list(dependency.read(options.public / "data/treebank/dev.conllu", dependency.SENTENCES))
    scores = {
        "translator-en-fr": dependency.score(translator_sentences(translator, sentences), causal=False),
        "decoder-small": dependency.score(decoder_sentences(decoder, sentences), causal=True),
    }
    write(options.out / "relations.json", dict(versions=versions, sentences=len(sentences), scores=scores))


if __name__ == "__main__":
    main()
