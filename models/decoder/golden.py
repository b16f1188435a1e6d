"""`golden.json`: a few dozen numbers from PyTorch to check a device against before its results are believed."""

import json

import torch

from translator.golden import TOLERANCE, sample

from .network import PREVIOUS_TOKEN_HEAD
from .trace import generate, trace

TEXT = "When Mary and John went to the store, John gave a drink to"


def write_golden(path, network, tokenizer):
    """Input, and entries of hidden states, attention and logits; indices as the axes of `Trace`."""
    run = trace(network, tokenizer, TEXT)
    generator = torch.Generator().manual_seed(1)
    golden = dict(
        tolerance=TOLERANCE,
        text=TEXT,
        inputIds=run.encoding.ids,
        generated=generate(network, tokenizer, TEXT)[1],
        loss=run.loss,
        argmax=run.logits.argmax(-1).tolist(),
        lastHiddenState=sample(run.hidden[-1], generator),
        logits=sample(run.logits, generator),
        decoderAttention=sample(run.attention, generator),
        previousTokenHead=[[round(value, 6) for value in row] for row in run.attention[PREVIOUS_TOKEN_HEAD].tolist()],
    )
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf8")
