"""The served weights in PyTorch, with the modules that read the heads' results side by side, by kind of attention."""

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from checks.twins import translator_of
from encoder.eight_bits import round_network
from encoder.source import full_network, read_tokenizer
from measures.repeats import network_of


@dataclass(frozen=True)
class Network:
    run: object  # transformers' model
    tokenizer: Tokenizer
    heads: int
    mixes: dict  # kind of attention -> one module a layer


def translator(folder):
    network = translator_of(folder)
    mixes = dict(
        encoder=[block.layer[0].SelfAttention.o for block in network.encoder.block],
        decoder=[block.layer[0].SelfAttention.o for block in network.decoder.block],
        cross=[block.layer[1].EncDecAttention.o for block in network.decoder.block],
    )
    return Network(network, read(folder), network.config.num_heads, mixes)


def decoder(folder):
    network = network_of(folder)
    mixes = dict(decoder=[block.attn.c_proj for block in network.transformer.h])
    return Network(network, read(folder), network.config.n_head, mixes)


def encoder(_folder):
    network = full_network()
    round_network(network)
    mixes = dict(encoder=[layer.attention.output.dense for layer in network.encoder.layer])
    return Network(network, read_tokenizer(), network.config.num_attention_heads, mixes)


def smollm2(_folder):
    # Its recipe's packages are needed for no other model.
    from smollm2.source import load_network
    from smollm2.tokenizer import load_tokenizer

    network = load_network()
    mixes = dict(decoder=[layer.self_attn.o_proj for layer in network.model.layers])
    return Network(network, load_tokenizer(), network.config.num_attention_heads, mixes)


def read(folder):
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def table_of(network):
    return network.run.get_input_embeddings().weight.detach()


def unit(vector):
    return torch.nn.functional.normalize(vector, dim=-1)
