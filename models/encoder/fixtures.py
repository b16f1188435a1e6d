"""
Test fixtures for the engine: what PyTorch says about 12 texts, several of them odd.

    python -m encoder.fixtures --served ../public/models/encoder-minilm --out ../tests/fixtures/encoder-minilm

Once with the numbers that the served files keep, which the engine has to reproduce, and once with the 32-bit weights.
Attention is PyTorch's eager one.
"""

import argparse
import json
from pathlib import Path

import torch

from translator.fixtures import WHOLE_UP_TO, Binary, describe_tokens, versions, write_json

from .eight_bits import round_network
from .source import LONGEST, full_network, read_tokenizer
from .trace import trace

SENTENCES_FILE = Path(__file__).with_name("odd_sentences.json")


def read_sentences(tokenizer):
    """(name, text) of each sentence; a "repeat" is cut where LONGEST tokens end, [CLS] and [SEP] included."""
    for entry in json.loads(SENTENCES_FILE.read_text(encoding="utf8")):
        text = entry["text"]
        if "repeat" in entry:
            text = text * entry["repeat"]
            text = text[: tokenizer.encode(text).offsets[LONGEST - 2][1]]
        yield entry["name"], text


def describe(networks, tokenizer, binary, name, text):
    served, full = (trace(network, tokenizer, text) for network in networks)
    tensors = dict(
        attention=served.attention, hidden=served.hidden, fullAttention=full.attention, fullHidden=full.hidden
    )
    return dict(
        name=name,
        text=text,
        tokens=describe_tokens(text, served.encoding),
        loss=None,  # an encoder predicts nothing
        tensors={key: binary.add(tensor) for key, tensor in tensors.items()},
    )


def write_fixtures(out, revision):
    """`index.json` and `tensors.bin`; the README beside them says what they hold."""
    torch.set_num_threads(1)
    tokenizer, served, full = read_tokenizer(), full_network(), full_network()
    round_network(served)
    out.mkdir(parents=True, exist_ok=True)
    binary = Binary(seed=7)
    sentences = [describe((served, full), tokenizer, binary, *sentence) for sentence in read_sentences(tokenizer)]
    header = dict(revision=revision, versions=versions(), sampledAbove=WHOLE_UP_TO)
    write_json(out / "index.json", dict(header, sentences=sentences))
    binary.write(out / "tensors.bin")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--served", type=Path, required=True, help="served folder, for the revision")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    revision = json.loads((options.served / "manifest.json").read_text())["revision"]
    write_fixtures(options.out, revision)


if __name__ == "__main__":
    main()
