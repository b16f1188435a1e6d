"""
Test fixtures for the engine: what PyTorch says about 20 sentences, several of them odd.

    python -m translator.fixtures --work build --served ../public/models/translator-en-fr --out ../tests/fixtures/translator

The weights are the served ones (rounded to 16 bits, computed in 32), the attention is PyTorch's eager one.
"""

import argparse
import json
import platform
import random
from array import array
from pathlib import Path

import tokenizers
import torch
import transformers
from tokenizers import Tokenizer

from .corpus import PREFIX, draw_distinct_grammar, normalise
from .probes import read_probes
from .trace import generate, trace
from .weights import served_network

SENTENCES_FILE = Path(__file__).with_name("odd_sentences.json")
LONGEST_SOURCE = 512  # tokens
WHOLE_UP_TO = 8000  # entries; of larger tensors a seeded sample is stored
SAMPLES = 1000
ALIGNMENT_PAIRS = 40
ALIGNMENT_SEED = 4242


class Binary:
    """Float32 little-endian values, one tensor after the other."""

    def __init__(self, seed):
        self.values, self.generator = array("f"), torch.Generator().manual_seed(seed)

    def add(self, tensor):
        """Store a tensor, or a sample of its entries; returns where it lies."""
        flat = tensor.flatten()
        place = dict(shape=list(tensor.shape), offset=len(self.values))
        if flat.numel() > WHOLE_UP_TO:
            at = torch.randint(flat.numel(), (SAMPLES,), generator=self.generator).sort().values
            place["indices"], flat = at.tolist(), flat[at]
        place["count"] = flat.numel()
        self.values.extend(flat.tolist())
        return place

    def write(self, path):
        if array("f", [1.0]).tobytes() != b"\x00\x00\x80\x3f":
            raise OSError("fixtures are little-endian; write them on a little-endian machine")
        path.write_bytes(self.values.tobytes())


def utf16_offsets(text, offsets):
    """Offsets in code points to offsets in UTF-16 code units."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [[units[start], units[end]] for start, end in offsets]


def describe_tokens(text, encoding):
    return dict(
        ids=encoding.ids,
        pieces=encoding.tokens,
        codePointOffsets=[list(offset) for offset in encoding.offsets],
        utf16Offsets=utf16_offsets(text, encoding.offsets),
    )


def read_sentences(tokenizer):
    """(name, whole source text, target text) of each sentence; a "repeat" is cut at the longest source."""
    for entry in json.loads(SENTENCES_FILE.read_text(encoding="utf8")):
        text = (PREFIX if entry.get("instruction", True) else "") + entry["text"]
        if "repeat" in entry:
            text = longest_text(tokenizer, text + entry["text"] * entry["repeat"])
        yield entry["name"], text, entry["target"]


def longest_text(tokenizer, text):
    """The longest beginning of `text` with exactly LONGEST_SOURCE tokens, </s> included."""
    end = tokenizer.encode(text).offsets[LONGEST_SOURCE - 2][1]
    cut = text[:end]
    if len(tokenizer.encode(cut).ids) != LONGEST_SOURCE:
        raise ValueError("the long sentence is not at the limit")
    return cut


def describe(network, tokenizer, binary, name, text, target):
    run = trace(network, tokenizer, text, target)
    ids, generated = generate(network, tokenizer, text)
    tensors = dict(
        encoderAttention=run.encoder_attention,
        decoderAttention=run.decoder_attention,
        crossAttention=run.cross_attention,
        encoderHidden=run.encoder_hidden,
        decoderHidden=run.decoder_hidden,
        logits=run.logits,
    )
    return dict(
        name=name,
        text=text,
        target=target,
        source=describe_tokens(text, run.source),
        labels=describe_tokens(target, run.target),
        decoderInputIds=run.decoder_ids,
        generated=generated,
        generatedIds=ids,
        loss=run.loss,
        tensors={key: binary.add(tensor) for key, tensor in tensors.items()},
    )


def alignment_pairs():
    """Grammar pairs with gold alignment, for measures of alignment on the page and in tests."""
    banned = {normalise(probe.english) for probe in read_probes()}
    pairs = draw_distinct_grammar(random.Random(ALIGNMENT_SEED), ALIGNMENT_PAIRS, banned)
    return [
        dict(
            english=pair.english,
            french=pair.french,
            englishWords=[pair.english[a:b] for a, b in pair.english_spans],
            frenchWords=[pair.french[a:b] for a, b in pair.french_spans],
            englishSpans=pair.english_spans,
            frenchSpans=pair.french_spans,
            gold=pair.gold,
            tags=pair.tags,
        )
        for pair in pairs
    ]


def versions():
    return dict(
        python=platform.python_version(), torch=torch.__version__, transformers=transformers.__version__,
        tokenizers=tokenizers.__version__,
    )  # fmt: skip


def write_json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")


def write_fixtures(work, out, revision):
    """`index.json`, `tensors.bin`, `alignment.json`; the README beside them says what they hold."""
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    network = served_network(work / "checkpoint.pt", tokenizer.get_vocab_size())
    out.mkdir(parents=True, exist_ok=True)
    binary = Binary(seed=7)
    sentences = [describe(network, tokenizer, binary, *sentence) for sentence in read_sentences(tokenizer)]
    header = dict(revision=revision, versions=versions(), instruction=PREFIX, sampledAbove=WHOLE_UP_TO)
    write_json(out / "index.json", dict(header, sentences=sentences))
    write_json(out / "alignment.json", dict(instruction=PREFIX, pairs=alignment_pairs()))
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
