"""`golden.json`: a few dozen numbers from PyTorch to check a device against before its results are believed."""

import json

import torch

from translator.golden import sample

from .trace import generate, trace

TEXT = "When Mary and John went to the store, John gave a drink to"
TOLERANCE = 0.01  # absolute; logits reach 30, and a graphics card adds in another order


def write_golden(path, network, tokenizer):
    """Input, and entries of hidden states, attention and logits; indices as the axes of `Trace`."""
    ids = tokenizer.encode(TEXT).ids
    run = trace(network, ids)
    generator = torch.Generator().manual_seed(1)
    golden = dict(
        tolerance=TOLERANCE,
        text=TEXT,
        inputIds=ids,
        generated=generate(network, tokenizer, ids)[1],
        loss=run.loss,
        argmax=run.logits.argmax(-1).tolist(),
        lastHiddenState=sample(run.hidden[-1], generator),
        logits=sample(run.logits, generator),
        decoderAttention=sample(run.attention, generator),
    )
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf8")
