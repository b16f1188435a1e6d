"""One text through the PyTorch network: everything the engine has to reproduce."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Trace:
    encoding: object  # tokenizers.Encoding, the start token included
    attention: torch.Tensor  # [layer, head, query, key]
    hidden: torch.Tensor  # [layer + 1, token, width]; the last one after the final normalisation
    logits: torch.Tensor  # [token, vocabulary]; row t is the guess of token t + 1
    loss: float  # mean cross-entropy of the tokens after the first; None where there is none


@torch.no_grad()
def trace(network, tokenizer, text):
    encoding = tokenizer.encode(text)
    ids = torch.tensor([encoding.ids])
    out = network(ids, labels=ids, output_attentions=True, output_hidden_states=True, use_cache=False)
    stack = lambda layers: torch.stack([layer[0] for layer in layers])  # noqa: E731
    loss = out.loss.item() if ids.shape[1] > 1 else None
    return Trace(encoding, stack(out.attentions), stack(out.hidden_states), out.logits[0], loss)


@torch.no_grad()
def generate(network, tokenizer, text, longest=12):
    """(ids of the greedy continuation, its text); ends at the start token, which is left out."""
    ids = tokenizer.encode(text).ids
    written = []
    while len(written) < longest and len(ids) + len(written) < network.config.n_positions:
        token = network(torch.tensor([ids + written]), use_cache=False).logits[0, -1].argmax().item()
        if token == network.config.eos_token_id:
            break
        written.append(token)
    return written, tokenizer.decode(written)
