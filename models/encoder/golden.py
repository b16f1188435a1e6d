"""`golden.json`: a few dozen numbers from PyTorch to check a device against before its results are believed."""

import json

import torch

from translator.golden import TOLERANCE, sample

from .trace import trace

TEXT = "The keys to the old cabinet are on the table."


def write_golden(path, network, tokenizer):
    """Input, and entries of the last hidden state and of attention; indices as the axes of `Trace`."""
    run = trace(network, tokenizer, TEXT)
    generator = torch.Generator().manual_seed(1)
    golden = dict(
        tolerance=TOLERANCE,
        text=TEXT,
        inputIds=run.encoding.ids,
        lastHiddenState=sample(run.hidden[-1], generator),
        encoderAttention=sample(run.attention, generator),
    )
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf8")
