"""One sentence through the PyTorch network: everything the engine has to reproduce."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Trace:
    source: object  # tokenizers.Encoding
    target: object
    decoder_ids: list  # the target shifted right, starting with <pad>
    encoder_attention: torch.Tensor  # [layer, head, query, key]
    decoder_attention: torch.Tensor  # [layer, head, query, key]
    cross_attention: torch.Tensor  # [layer, head, query (target), key (source)]
    encoder_hidden: torch.Tensor  # [layer + 1, token, width]; the last one after the final normalisation
    decoder_hidden: torch.Tensor  # [layer + 1, token, width]
    logits: torch.Tensor  # [target token, vocabulary]
    loss: float  # mean cross-entropy of the target, </s> included


@torch.no_grad()
def trace(network, tokenizer, text, target):
    """Teacher-forced run of `text` (with its instruction) against `target`."""
    source, labels = tokenizer.encode(text), tokenizer.encode(target)
    out = network(
        input_ids=torch.tensor([source.ids]),
        labels=torch.tensor([labels.ids]),
        output_attentions=True,
        output_hidden_states=True,
        use_cache=False,
    )
    stack = lambda layers: torch.stack([layer[0] for layer in layers])  # noqa: E731
    return Trace(
        source,
        labels,
        [network.config.decoder_start_token_id] + labels.ids[:-1],
        stack(out.encoder_attentions),
        stack(out.decoder_attentions),
        stack(out.cross_attentions),
        stack(out.encoder_hidden_states),
        stack(out.decoder_hidden_states),
        out.logits[0],
        out.loss.item(),
    )


@torch.no_grad()
def generate(network, tokenizer, text, longest=64):
    """(token ids without the start, text) of the greedy translation."""
    ids = torch.tensor([tokenizer.encode(text).ids])
    everything = torch.ones_like(ids)  # also a <pad> that stands in the text
    out = network.generate(ids, attention_mask=everything, max_new_tokens=longest, do_sample=False, num_beams=1)
    written = out[0, 1:].tolist()
    return written, tokenizer.decode(written)
