"""Scores of the small decoder's heads on repeated random tokens, from PyTorch's attention."""

import json

import numpy as np
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from decoder.repeats import repeated
from decoder.served import ServedModel

ROWS, HALF = 6, 20


def network_of(folder):
    """The served weights in transformers' own GPT-2, with eager attention."""
    served = ServedModel(folder)
    config = GPT2Config.from_dict(json.loads((folder / "config.json").read_text()), attn_implementation="eager")
    network = GPT2LMHeadModel(config).eval()
    known = network.state_dict()
    weights = {name: torch.tensor(w.astype(np.float32)) for name, w in served.weights.items() if name in known}
    missing = network.load_state_dict(weights, strict=False).missing_keys
    if set(missing) - {"lm_head.weight"}:
        raise ValueError(f"the served file lacks {missing}")
    network.tie_weights()
    return network


@torch.no_grad()
def attention_of(network, ids):
    """[row, layer, head, query, key]"""
    found = network(torch.tensor(ids), output_attentions=True, use_cache=False).attentions
    return torch.stack(found, 1).double().numpy()


def repeats(folder, rng):
    """Sequences with every head's score for each measure; means over rows, then over sequences: [layer, head]."""
    network = network_of(folder)
    ids = repeated(rng, network.config.vocab_size, HALF, ROWS)
    attention = attention_of(network, ids)
    query, key = np.arange(1, 2 * HALF + 1), np.arange(2 * HALF + 1)
    second = query[HALF:]
    logs = np.log(attention, where=attention > 0, out=np.zeros_like(attention))
    per_query = dict(
        entropy=-(attention * logs).sum(-1)[..., query],
        distance=(attention * np.abs(key[:, None] - key)).sum(-1)[..., query],
        special=attention[..., query, 0],
        first=attention[..., query, 0],
        same=attention[..., query, query],
        previous=attention[..., query, query - 1],
        duplicate=attention[..., second, second - HALF],
        induction=attention[..., second, second - HALF + 1],
    )
    return dict(ids=ids, half=HALF, scores={name: scores.mean((0, 3)).ravel().tolist() for name, scores in per_query.items()})
