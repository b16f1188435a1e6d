"""The network: its size, its start, its losses."""

import math

import torch
import torch.nn.functional as F
from transformers import GPT2Config, GPT2LMHeadModel

from .tokenizer import LONGEST

# The heads that are shown, for a while, where to look: (layer, head), counted from 0.
GUIDED_HEADS = dict(previous=(0, 0), induction=(1, 0), person=(1, 1), home=(2, 0))
PREVIOUS_TOKEN_HEAD, INDUCTION_HEAD = GUIDED_HEADS["previous"], GUIDED_HEADS["induction"]
EMBEDDING_STD = 0.07
ATTENTION_STD = 0.07  # about width ** -0.5
SLOWEST_WAVE = 200


def make_config(vocabulary):
    return GPT2Config(
        vocab_size=vocabulary,
        n_positions=LONGEST,
        n_embd=192,
        n_layer=4,
        n_head=4,
        n_inner=384,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
    )


def make_network(vocabulary):
    """
    A fresh network.

    With the library's own start (0.02, less for the output projections) no head learns to match tokens: what the
    previous-token head writes is a tenth of the embedding beside it, and the gradient of a matching head drowns in noise,
    even where that head is told where to look. With attention matrices of 0.07 copying appears within 400 steps.
    Positions start as sine waves, so that neighbours can be told from the first step on.
    """
    network = GPT2LMHeadModel._from_config(make_config(vocabulary), attn_implementation="eager")
    torch.nn.init.normal_(network.transformer.wte.weight, std=EMBEDDING_STD)
    for name, weight in network.named_parameters():
        if ".attn." in name and weight.dim() > 1:
            torch.nn.init.normal_(weight, std=ATTENTION_STD)
    with torch.no_grad():
        network.transformer.wpe.weight.copy_(EMBEDDING_STD * sine_waves(LONGEST, network.config.n_embd))
    return network


def sine_waves(positions, width):
    """[position, width]: sines, then cosines, of geometrically falling frequencies."""
    frequencies = torch.exp(-math.log(SLOWEST_WAVE) * torch.arange(width // 2) / (width // 2))
    angles = torch.arange(positions)[:, None] * frequencies
    return torch.cat([angles.sin(), angles.cos()], 1)


def make_optimiser(network, rate):
    matrices = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    groups = [dict(params=matrices, weight_decay=0.01), dict(params=others, weight_decay=0.0)]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)


def lone_head_mask(config, share):
    """[layer, head] factors: of layer 0 only the previous-token head works whole, the others by `share`; None: all whole."""
    if share >= 1:
        return None
    mask = torch.ones(config.n_layer, config.n_head)
    mask[0] = share
    mask[PREVIOUS_TOKEN_HEAD] = 1.0
    return mask


def next_token_loss(network, batch, head_mask=None, guided=False):
    """
    (weighted mean cross-entropy, {guided head: loss of its guide}).

    Logits are computed only where the next token has a weight.
    """
    out = network.transformer(batch.ids, head_mask=head_mask, output_attentions=guided, use_cache=False)
    weights = batch.weights[:, 1:]
    asked = weights > 0
    logits = network.lm_head(out.last_hidden_state[:, :-1][asked])
    losses = F.cross_entropy(logits, batch.ids[:, 1:][asked], reduction="none")
    loss = (losses * weights[asked]).sum() / weights[asked].sum()
    return loss, guides(out.attentions, batch.links) if guided else {}


def guides(attentions, links):
    """
    For each guided head, the mean of -log(attention to the right place).

    `attentions`: one [row, head, query, key] a layer. `links`: {head: [link, (row, query, key)]}.
    """
    losses = {}
    for name, (row, query, key) in ((name, places.T) for name, places in links.items()):
        layer, head = GUIDED_HEADS[name]
        losses[name] = -attentions[layer][row, head, query, key].clamp_min(1e-6).log().mean()
    return losses
