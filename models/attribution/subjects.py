"""Each served model as a number that follows from embeddings, a batch at a time."""

import json
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from checks.twins import translator_of
from encoder.eight_bits import round_network
from encoder.source import full_network, read_tokenizer
from measures.repeats import network_of

from .texts import DECODER, ENCODER, TRANSLATOR


@dataclass(frozen=True)
class Subject:
    """A run. `inputs` and `baselines`: [1, token, width] for each side: the source, then what the decoder reads."""

    inputs: tuple
    baselines: tuple
    run: object  # (*embeddings) -> transformers' output, with attentions
    follow: object  # (output, target) -> [row of the batch]
    places: object  # target -> a list of the places that it can depend on, for each side
    layers: list  # for each side the modules whose outputs are its hidden states

    def number(self, target):
        """A function from embeddings to the followed number, [row of the batch]."""
        return lambda *embeddings: self.follow(self.run(*embeddings), target)


class Tapped(torch.nn.Module):
    """A block whose input, the hidden state before it, is the output of a module of its own."""

    def __init__(self, block):
        super().__init__()
        self.block, self.state = block, torch.nn.Identity()

    def forward(self, hidden, *rest, **named):
        return self.block(self.state(hidden), *rest, **named)


def tapped(blocks, last):
    """Taps all blocks of a stack, in place; returns the modules that give its hidden states, the last one being `last`."""
    for at, block in enumerate(blocks):
        blocks[at] = Tapped(block)
    return [*(block.state for block in blocks), last]


def rows(table, ids, keep, pad):
    """Embeddings of ids, and the baseline: that of `pad` except where an id is kept."""
    ids = torch.tensor([ids])
    kept = torch.tensor([keep])
    return table[ids].detach(), table[torch.where(kept, ids, torch.full_like(ids, pad))].detach()


def token_number(tokenizer):
    def follow(output, target):
        logits = output.logits[:, target["row"]]
        scale = target["scale"]
        numbers = logits if scale == "logit" else logits.log_softmax(-1)
        if scale == "probability":
            numbers = numbers.exp()
        identity, against = (
            tokenizer.token_to_id(target[name]) if name in target else None for name in ("token", "against")
        )
        return numbers[:, identity] - (0 if against is None else numbers[:, against])

    return follow


def decoder(folder):
    network, tokenizer = network_of(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    encoding, body = tokenizer.encode(DECODER["source"]), network.transformer
    special = [bool(mark) for mark in encoding.special_tokens_mask]
    inputs, baselines = rows(body.wte.weight, encoding.ids, special, network.config.eos_token_id)
    return Subject(
        inputs=(inputs,),
        baselines=(baselines,),
        run=lambda embeddings: network(inputs_embeds=embeddings, output_attentions=True, use_cache=False),
        follow=token_number(tokenizer),
        places=lambda target: [range(target["row"] + 1)],
        layers=[tapped(body.h, body.ln_f)],
    )


def translator(folder):
    network, tokenizer = translator_of(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    start = json.loads((folder / "generation_config.json").read_text())["decoder_start_token_id"]
    source, written = (tokenizer.encode(TRANSLATOR[side]) for side in ("source", "target"))
    read, pad = [start, *written.ids[:-1]], network.config.pad_token_id
    table = network.shared.weight
    sides = [
        rows(table, source.ids, [bool(mark) for mark in source.special_tokens_mask], pad),
        rows(table, read, [place == 0 for place in range(len(read))], pad),
    ]
    return Subject(
        inputs=tuple(side[0] for side in sides),
        baselines=tuple(side[1] for side in sides),
        run=lambda encoded, decoded: network(
            inputs_embeds=encoded, decoder_inputs_embeds=decoded, output_attentions=True, use_cache=False
        ),
        follow=token_number(tokenizer),
        places=lambda target: [range(len(source.ids)), range(target["row"] + 1)],
        layers=[tapped(stack.block, stack.final_layer_norm) for stack in (network.encoder, network.decoder)],
    )


def encoder(_folder):
    network, tokenizer = full_network(), read_tokenizer()
    round_network(network)
    encoding, other = (tokenizer.encode(ENCODER[name]) for name in ("source", "to"))
    special = [bool(mark) for mark in encoding.special_tokens_mask]
    table = network.embeddings.word_embeddings.weight
    inputs, baselines = rows(table, encoding.ids, special, network.config.pad_token_id)
    with torch.no_grad():
        still = network(torch.tensor([other.ids])).last_hidden_state.mean(1)
    return Subject(
        inputs=(inputs,),
        baselines=(baselines,),
        run=lambda embeddings: network(inputs_embeds=embeddings, output_attentions=True),
        follow=lambda output, _: torch.cosine_similarity(output.last_hidden_state.mean(1), still),
        places=lambda _: [range(len(encoding.ids))],
        layers=[tapped(network.encoder.layer, network.encoder.layer[-1].output)],
    )
