"""The network: its size, its start, its optimiser, its loss."""

import torch
import torch.nn.functional as F
from transformers import T5Config, T5ForConditionalGeneration

from .batches import IGNORED

GUIDED_LAYER, GUIDED_HEAD = 1, 0  # of the decoder's cross-attention, counted from 0
GUIDE_WEIGHT = 0.3
EMBEDDING_STD = 0.2
FINAL_NORM = 5.0
DROPOUT = 0.05
LABEL_SMOOTHING = 0.1


def make_config(vocabulary):
    return T5Config(
        vocab_size=vocabulary,
        d_model=192,
        d_kv=48,
        d_ff=768,
        num_layers=3,
        num_decoder_layers=3,
        num_heads=4,
        relative_attention_num_buckets=16,
        relative_attention_max_distance=32,
        dropout_rate=DROPOUT,
        feed_forward_proj="relu",
        tie_word_embeddings=True,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
    )


def make_network(vocabulary):
    """
    A fresh network.

    The library's own start (embeddings of standard deviation 1) is made for Adafactor; under AdamW it stalls. Smaller
    embeddings with a larger last normalisation give the same logits at the start and faster learning on the output side.
    """
    network = T5ForConditionalGeneration._from_config(make_config(vocabulary), attn_implementation="eager")
    torch.nn.init.normal_(network.shared.weight, std=EMBEDDING_STD)
    torch.nn.init.constant_(network.decoder.final_layer_norm.weight, FINAL_NORM)
    keep_dropout_to_the_residual_stream(network)
    return network


def keep_dropout_to_the_residual_stream(network):
    """
    No dropout inside attention and feed-forward blocks.

    The guide reads attention weights, which dropout would falsify; inside the wide blocks its random numbers cost time.
    """
    for module in network.modules():
        if type(module).__name__ == "T5Attention":
            module.dropout = 0.0
        elif type(module).__name__ == "T5DenseActDense":
            module.dropout.p = 0.0


def make_optimiser(network, rate):
    """
    AdamW. T5 attention has no division by sqrt(d_kv), so the query projections learn slower by that factor.

    Each group's own factor stands under "factor"; see `set_rate`.
    """
    named = list(network.named_parameters())
    is_query = lambda name: name.endswith(".q.weight")  # noqa: E731
    is_matrix = lambda name, p: p.dim() > 1 and "shared" not in name and "relative" not in name  # noqa: E731
    queries = [p for name, p in named if is_query(name)]
    matrices = [p for name, p in named if is_matrix(name, p) and not is_query(name)]
    others = [p for name, p in named if not is_matrix(name, p)]
    groups = [
        dict(params=matrices, weight_decay=0.01, factor=1.0),
        dict(params=queries, weight_decay=0.01, factor=network.config.d_kv**-0.5),
        dict(params=others, weight_decay=0.0, factor=1.0),
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-9, fused=True)


def set_rate(optimiser, rate):
    for group in optimiser.param_groups:
        group["lr"] = rate * group["factor"]


def translation_loss(network, batch, smoothing=0.0):
    """
    (mean cross-entropy over target tokens, guide loss or None).

    Logits are computed for real target tokens only.
    """
    mask = (batch.source != 0).long()
    encoded = network.encoder(input_ids=batch.source, attention_mask=mask)[0]
    decoded = network.decoder(
        input_ids=network._shift_right(batch.target),
        encoder_hidden_states=encoded,
        encoder_attention_mask=mask,
        output_attentions=bool(batch.gold),
        use_cache=False,
    )
    real = batch.target != IGNORED
    hidden = decoded.last_hidden_state[real] * network.config.d_model**-0.5
    loss = F.cross_entropy(hidden @ network.shared.weight.t(), batch.target[real], label_smoothing=smoothing)
    guide = guide_loss(decoded.cross_attentions[GUIDED_LAYER][:, GUIDED_HEAD], batch.gold) if batch.gold else None
    return loss, guide


def guide_loss(attention, gold):
    """
    Mean of -log(attention mass on the gold source tokens) over the target tokens that have gold.

    `attention`: [row, target token, source token]. Row t of the decoder produces target token t.
    """
    rows = torch.tensor([row for row, _, _ in gold])
    tokens = torch.tensor([token for _, token, _ in gold])
    entry = torch.tensor([i for i, (_, _, sources) in enumerate(gold) for _ in sources])
    source = torch.tensor([s for _, _, sources in gold for s in sources])
    mass = torch.zeros(len(gold)).index_add(0, entry, attention[rows[entry], tokens[entry], source])
    return -mass.clamp_min(1e-6).log().mean()
