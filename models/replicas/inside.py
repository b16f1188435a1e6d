"""Queries, keys, values and head outputs that PyTorch gives for the replicas.

Writes `inside.json` + `inside.bin` into folders of `tests/fixtures/replicas`, for the first case of `expected.json`, under the
names that `engine/onnx/edit/tap.ts` gives its outputs. Queries and keys are those of the model's definition: as projected,
not scaled, rotated in Llama, keys and values repeated where several heads share them.
"""

import json
import sys

import numpy as np
import torch
import transformers
from transformers.models.llama import modeling_llama

from gates import ROOT, head_shape, prepared, projections, run, stored_case
from make import REPLICAS

CASE = 0


def readers(name: str, attention) -> dict:
    """The modules that project to queries, keys and values, by letter; GPT-2 has one for all three."""
    if name == "bert":
        return {"q": attention.self.query, "k": attention.self.key, "v": attention.self.value}
    if name == "gpt2":
        return {"qkv": attention.c_attn}
    if name.startswith("t5"):
        return {letter: getattr(attention, letter) for letter in "qkv"}
    return {letter: getattr(attention, f"{letter}_proj") for letter in "qkv"}


def owner(model, projection):
    """The attention that an output projection belongs to."""
    parents = {child: module for module in model.modules() for child in module.children()}
    module = parents[projection]
    return parents[module] if isinstance(module, transformers.models.bert.modeling_bert.BertSelfOutput) else module


def by_head(tensor: torch.Tensor, width: int) -> torch.Tensor:
    """`[B, T, H * d]` as `[B, H, T, d]`."""
    batch, tokens, _ = tensor.shape
    return tensor.view(batch, tokens, -1, width).transpose(1, 2)


class Rotations:
    """Keeps what Llama's rotation gives, layer by layer."""

    def __init__(self):
        self.pairs = []
        self.original = modeling_llama.apply_rotary_pos_emb

    def __enter__(self):
        def kept(*arguments, **options):
            self.pairs.append(self.original(*arguments, **options))
            return self.pairs[-1]

        modeling_llama.apply_rotary_pos_emb = kept
        return self

    def __exit__(self, *_):
        modeling_llama.apply_rotary_pos_emb = self.original


def inside_of(name: str, model, file: str, kind: str, layers, inputs) -> dict:
    heads, width = head_shape(model.config)
    tensors, hooks = {}, []
    for layer, projection in enumerate(layers):

        def keep_mixed(_, given, layer=layer):
            tensors[f"mixed.{kind}.{layer}"] = by_head(given[0], width)

        hooks.append(projection.register_forward_pre_hook(keep_mixed))
        for letters, module in readers(name, owner(model, projection)).items():

            def keep(_, __, result, letters=letters, layer=layer):
                for letter, part in zip(letters, result.chunk(len(letters), dim=-1)):
                    tensors[f"{letter}.{kind}.{layer}"] = by_head(part, width)

            hooks.append(module.register_forward_hook(keep))
    with Rotations() as rotations:
        run(model, file, inputs)
    for hook in hooks:
        hook.remove()
    for layer, (query, key) in enumerate(rotations.pairs):
        tensors |= {f"q.{kind}.{layer}": query, f"k.{kind}.{layer}": key}
    # [B, key-value heads, T, d] → [B, H, T, d], each as often as heads share it
    return {key: part.repeat_interleave(heads // part.shape[1], dim=1) for key, part in tensors.items()}


def make(name: str) -> None:
    folder, model = ROOT / name, prepared(name)
    stored, numbers, offset = [], [], 0
    for (file, kind), layers in projections(name, model).items():
        inputs, _, _ = stored_case(folder, file, CASE)
        outputs = {}
        for key, tensor in inside_of(name, model, file, kind, layers, inputs).items():
            flat = np.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
            outputs[key] = {"shape": list(flat.shape), "offset": offset}
            numbers.append(flat.tobytes())
            offset += flat.size
        stored.append({"file": file, "kind": kind, "outputs": outputs})
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    (folder / "inside.json").write_text(json.dumps({"versions": versions, "case": CASE, "insides": stored}) + "\n")
    (folder / "inside.bin").write_bytes(b"".join(numbers))


if __name__ == "__main__":
    for name in sys.argv[1:] or REPLICAS:
        make(name)
