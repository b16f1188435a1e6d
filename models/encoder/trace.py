"""One text through the PyTorch network: everything the engine has to reproduce."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Trace:
    encoding: object  # tokenizers.Encoding, [CLS] and [SEP] included
    attention: torch.Tensor  # [layer, head, query, key]
    hidden: torch.Tensor  # [layer + 1, token, width]


@torch.no_grad()
def trace(network, tokenizer, text):
    encoding = tokenizer.encode(text)
    out = network(torch.tensor([encoding.ids]), output_attentions=True, output_hidden_states=True)
    stack = lambda layers: torch.stack([layer[0] for layer in layers])  # noqa: E731
    return Trace(encoding, stack(out.attentions), stack(out.hidden_states))
