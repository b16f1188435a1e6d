"""
Test fixtures for the engine: what PyTorch says about 12 texts, several of them odd.

    python -m decoder.fixtures --work build/decoder --served ../public/models/decoder-small --out ../tests/fixtures/decoder-small

The weights are the served ones (rounded to 16 bits, computed in 32), the attention is PyTorch's eager one.
"""

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from translator.fixtures import WHOLE_UP_TO, Binary, describe_tokens, versions, write_json

from .tokenizer import LONGEST
from .trace import generate, trace
from .weights import served_network

SENTENCES_FILE = Path(__file__).with_name("odd_sentences.json")


def read_sentences(tokenizer):
    """(name, text) of each sentence; a "repeat" is cut where LONGEST tokens end, the start token included."""
    for entry in json.loads(SENTENCES_FILE.read_text(encoding="utf8")):
        text = entry["text"]
        if "repeat" in entry:
            text = text * entry["repeat"]
            text = text[: tokenizer.encode(text).offsets[LONGEST - 1][1]]
        yield entry["name"], text


def describe(network, tokenizer, binary, name, text):
    run = trace(network, tokenizer, text)
    ids, generated = generate(network, tokenizer, text)
    tensors = dict(attention=run.attention, hidden=run.hidden, logits=run.logits)
    return dict(
        name=name,
        text=text,
        tokens=describe_tokens(text, run.encoding),
        generated=generated,
        generatedIds=ids,
        loss=run.loss,
        tensors={key: binary.add(tensor) for key, tensor in tensors.items()},
    )


def write_fixtures(work, out, revision):
    """`index.json` and `tensors.bin`; the README beside them says what they hold."""
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    network = served_network(work / "checkpoint.pt", tokenizer.get_vocab_size())
    out.mkdir(parents=True, exist_ok=True)
    binary = Binary(seed=7)
    sentences = [describe(network, tokenizer, binary, *sentence) for sentence in read_sentences(tokenizer)]
    header = dict(revision=revision, versions=versions(), sampledAbove=WHOLE_UP_TO)
    write_json(out / "index.json", dict(header, sentences=sentences))
    binary.write(out / "tensors.bin")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--served", type=Path, required=True, help="served folder, for the revision")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    revision = json.loads((options.served / "manifest.json").read_text())["revision"]
    write_fixtures(options.work, options.out, revision)


if __name__ == "__main__":
    main()
