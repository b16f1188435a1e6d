"""One text through the PyTorch network: everything the engine has to reproduce."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Trace:
    attention: torch.Tensor  # [layer, head, query, key]
    hidden: torch.Tensor  # [layer + 1, token, width]; the last one after the final normalisation
    logits: torch.Tensor  # [token, vocabulary]; row t is the guess of token t + 1
    loss: float | None  # mean cross-entropy of the tokens after the first; None where there is none


@torch.no_grad()
def trace(network, ids):
    row = torch.tensor([ids])
    out = network(row, labels=row, output_attentions=True, output_hidden_states=True, use_cache=False)
    stack = lambda layers: torch.stack([layer[0] for layer in layers])  # noqa: E731
    loss = out.loss.item() if len(ids) > 1 else None
    return Trace(stack(out.attentions), stack(out.hidden_states), out.logits[0], loss)


@torch.no_grad()
def generate(network, tokenizer, ids, longest=8):
    """(ids of the greedy continuation, its text); ends at the token that ends a turn, which is left out."""
    written = []
    while len(written) < longest:
        token = network(torch.tensor([ids + written]), use_cache=False).logits[0, -1].argmax().item()
        if token == network.config.eos_token_id:
            break
        written.append(token)
    return written, tokenizer.decode(written)
