"""
Test fixtures for the engine: what PyTorch says about 12 texts, several of them odd.

The weights are the served ones, the attention is PyTorch's eager one. Kept small: a seeded sample of each tensor.
"""

import json
from pathlib import Path

import torch

from translator.fixtures import Binary, describe_tokens, versions, write_json

from .trace import generate, trace

SENTENCES_FILE = Path(__file__).with_name("odd_sentences.json")
LONGEST = 128  # tokens
SAMPLES = 400
LIKELY = 5


class SmallBinary(Binary):
    """Of every tensor a seeded sample."""

    def add(self, tensor):
        flat = tensor.flatten()
        at = torch.randint(flat.numel(), (SAMPLES,), generator=self.generator).sort().values
        place = dict(shape=list(tensor.shape), offset=len(self.values), count=SAMPLES, indices=at.tolist())
        self.values.extend(flat[at].tolist())
        return place


def read_sentences(tokenizer):
    """(name, text) of each sentence; a "repeat" is cut where LONGEST tokens end."""
    for entry in json.loads(SENTENCES_FILE.read_text(encoding="utf8")):
        text = entry["text"]
        if "repeat" in entry:
            text = text * entry["repeat"]
            text = text[: tokenizer.encode(text).offsets[LONGEST - 1][1]]
        yield entry["name"], text


def describe(network, tokenizer, binary, name, text):
    encoding = tokenizer.encode(text)
    described = dict(name=name, text=text, tokens=describe_tokens(text, encoding), loss=None, tensors={})
    if not encoding.ids:  # nothing is put around a text, so an empty one has no token to run on
        return dict(described, generated="", generatedIds=[], next=[], largestHidden=[])
    run = trace(network, encoding.ids)
    ids, generated = generate(network, tokenizer, encoding.ids)
    tensors = dict(attention=run.attention, hidden=run.hidden, logits=run.logits)
    return dict(
        described,
        generated=generated,
        generatedIds=ids,
        loss=run.loss,
        next=likely(run.logits[-1], tokenizer),
        largestHidden=[round(value, 3) for value in run.hidden.abs().amax((1, 2)).tolist()],
        tensors={key: binary.add(tensor) for key, tensor in tensors.items()},
    )


def likely(logits, tokenizer):
    """The most probable next tokens, best first."""
    probabilities, ids = logits.softmax(-1).topk(LIKELY)
    return [
        dict(id=token, piece=tokenizer.id_to_token(token), probability=round(probability, 6))
        for probability, token in zip(probabilities.tolist(), ids.tolist())
    ]


def write_fixtures(network, tokenizer, out, revision):
    """`index.json` and `tensors.bin`; the README beside them says what they hold."""
    out.mkdir(parents=True, exist_ok=True)
    binary = SmallBinary(seed=7)
    sentences = [describe(network, tokenizer, binary, *sentence) for sentence in read_sentences(tokenizer)]
    write_json(out / "index.json", dict(revision=revision, versions=versions(), sampledAbove=0, sentences=sentences))
    binary.write(out / "tensors.bin")
