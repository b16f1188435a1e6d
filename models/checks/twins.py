"""The served models in PyTorch, as functions from embeddings to a followed number."""

import json
from dataclasses import dataclass

import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import T5Config, T5ForConditionalGeneration

from measures.repeats import network_of
from translator.served import promote_uncached_branch


@dataclass(frozen=True)
class Stack:
    """One stack of layers: places at which its states can be replaced and its heads weighed."""

    blocks: list  # modules whose first input is the state before layer i
    norm: torch.nn.Module  # its output is the last state
    mixes: dict  # kind of attention -> modules that read the heads' results side by side, one a layer
    ids: list

    def place(self, state):
        """The module at which state i stands, and whether it is that module's output."""
        return (self.norm, True) if state == len(self.blocks) else (self.blocks[state], False)


class Decoder:
    def __init__(self, folder, text):
        self.network, self.tokenizer = network_of(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.heads = self.network.config.n_head
        body, ids = self.network.transformer, self.tokenizer.encode(text).ids
        self.table = body.wte.weight
        mixes = {"decoder": [block.attn.c_proj for block in body.h]}
        self.stacks = {"decoder": Stack(list(body.h), body.ln_f, mixes, ids)}

    def logits(self, rows=None):
        """[token, vocabulary], from other embeddings where they are given: {stack: [token, width]}."""
        ids = self.stacks["decoder"].ids
        looked_up = self.table[ids] if rows is None else rows["decoder"]
        return self.network(inputs_embeds=looked_up[None], use_cache=False).logits[0]


class Translator:
    def __init__(self, folder, source, target):
        self.network, self.tokenizer = translator_of(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
        config, encoder, decoder = self.network.config, self.network.encoder, self.network.decoder
        self.heads = config.num_heads
        read = [config.decoder_start_token_id] + self.tokenizer.encode(target).ids[:-1]
        self.table = self.network.shared.weight
        own = lambda stack, layer, name: [getattr(block.layer[layer], name).o for block in stack.block]  # noqa: E731
        self.stacks = {
            "encoder": Stack(
                list(encoder.block),
                encoder.final_layer_norm,
                {"encoder": own(encoder, 0, "SelfAttention")},
                self.tokenizer.encode(source).ids,
            ),
            "decoder": Stack(
                list(decoder.block),
                decoder.final_layer_norm,
                {"decoder": own(decoder, 0, "SelfAttention"), "cross": own(decoder, 1, "EncDecAttention")},
                read,
            ),
        }

    def logits(self, rows=None):
        """[target token, vocabulary], from other embeddings where they are given: {stack: [token, width]}."""
        rows = rows or {name: self.table[stack.ids] for name, stack in self.stacks.items()}
        return self.network(
            inputs_embeds=rows["encoder"][None], decoder_inputs_embeds=rows["decoder"][None], use_cache=False
        ).logits[0]


def translator_of(folder):
    """The served weights in transformers' own T5, with eager attention."""
    config = T5Config.from_dict(json.loads((folder / "config.json").read_text()), attn_implementation="eager")
    network = T5ForConditionalGeneration(config).eval()
    files = {"encoder.": "encoder_model.onnx", "decoder.": "decoder_model_merged.onnx"}
    weights = {}
    for stack, name in files.items():
        weights.update({stack + key: value for key, value in weights_of(folder / "onnx" / name).items()})
    weights["shared.weight"] = weights["encoder.embed_tokens.weight"]
    missing = network.load_state_dict(weights, strict=False).missing_keys
    if set(missing) - {"lm_head.weight", "decoder.embed_tokens.weight"}:
        raise ValueError(f"the served files lack {missing}")
    network.tie_weights()
    return network


def weights_of(path):
    """Weights of a stack by PyTorch's names. Matrices have lost theirs in the file; the node that reads one tells it."""
    graph = onnx.load(path).graph
    if any(node.op_type == "If" for node in graph.node):
        promote_uncached_branch(graph)
    stored = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in stored:
            stored[node.output[0]] = stored[node.input[0]]
    tensor = lambda values: torch.tensor(values.astype("float32"))  # noqa: E731
    weights = {}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            weights[plain(node.name).removesuffix(".MatMul") + ".weight"] = tensor(stored[node.input[1]]).T
    for name, values in stored.items():
        if not name.endswith("_half") and not name.startswith("onnx::"):
            weights[plain(name.split("_merged_")[0])] = tensor(values)
    return weights


def plain(name):
    return name.strip("/").replace("/", ".").removeprefix("decoder.")


def follow(twin, row, identity, against=None):
    """A function from embeddings to the followed logit, less the other one where there is one."""

    def number(rows=None):
        logits = twin.logits(rows)[row].double()
        return logits[identity] - (0 if against is None else logits[against])

    return number


def numbers(tensor):
    return tensor.detach().double().ravel().tolist()
