"""`golden.json`: a few dozen numbers from PyTorch to check a device against before its results are believed."""

import json

import torch

from .corpus import PREFIX
from .trace import generate, trace

TEXT, TARGET = PREFIX + "The brown dog ran.", "Le chien brun a couru."
SAMPLES = 24
TOLERANCE = 1e-3


def sample(tensor, generator):
    """Seeded entries of a tensor: [{"at": index, "value": number}]."""
    flat = torch.randint(tensor.numel(), (SAMPLES,), generator=generator)
    at = torch.stack(torch.unravel_index(flat, tensor.shape), dim=1).tolist()
    return [dict(at=index, value=round(value, 6)) for index, value in zip(at, tensor.flatten()[flat].tolist())]


def write_golden(path, network, tokenizer, alignment):
    """Inputs, decoder inputs, and entries of hidden states, attentions and logits; indices as the axes of `Trace`."""
    run = trace(network, tokenizer, TEXT, TARGET)
    generator = torch.Generator().manual_seed(1)
    guided = run.cross_attention[alignment["layer"], alignment["head"]]
    golden = dict(
        tolerance=TOLERANCE,
        text=TEXT,
        target=TARGET,
        inputIds=run.source.ids,
        decoderInputIds=run.decoder_ids,
        labels=run.target.ids,
        generated=generate(network, tokenizer, TEXT)[1],
        loss=run.loss,
        argmax=run.logits.argmax(-1).tolist(),
        lastHiddenState=sample(run.encoder_hidden[-1], generator),
        logits=sample(run.logits, generator),
        encoderAttention=sample(run.encoder_attention, generator),
        decoderAttention=sample(run.decoder_attention, generator),
        crossAttention=sample(run.cross_attention, generator),
        alignmentHead=[[round(value, 6) for value in row] for row in guided.tolist()],
    )
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf8")
