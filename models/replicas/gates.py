"""What PyTorch gives for the replicas when the output of a head is replaced, by nothing or by given numbers.

Writes `gates.json` + `gates.bin` into each folder of `tests/fixtures/replicas`: which head of which file, what was put in
the place of its output, and the model's output for the second case of `expected.json` (the padded batch).
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers

from make import REPLICAS, randomise

ROOT = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "replicas"
CASE = 1


def projections(name: str, model):
    """By file and kind of attention: the projection after the heads, layer by layer."""
    if name == "bert":
        return {("model.onnx", "encoder"): [layer.attention.output.dense for layer in model.encoder.layer]}
    if name == "gpt2":
        return {("model.onnx", "decoder"): [block.attn.c_proj for block in model.transformer.h]}
    if name == "llama":
        return {("model.onnx", "decoder"): [layer.self_attn.o_proj for layer in model.model.layers]}
    if name == "marian":
        encoder, decoder = model.model.encoder.layers, model.model.decoder.layers
        return {
            ("encoder_model.onnx", "encoder"): [layer.self_attn.out_proj for layer in encoder],
            ("decoder_model_merged.onnx", "decoder"): [layer.self_attn.out_proj for layer in decoder],
            ("decoder_model_merged.onnx", "cross"): [layer.encoder_attn.out_proj for layer in decoder],
        }
    return {
        ("encoder_model.onnx", "encoder"): [block.layer[0].SelfAttention.o for block in model.encoder.block],
        ("decoder_model_merged.onnx", "decoder"): [block.layer[0].SelfAttention.o for block in model.decoder.block],
        ("decoder_model_merged.onnx", "cross"): [block.layer[1].EncDecAttention.o for block in model.decoder.block],
    }


def head_shape(config) -> tuple[int, int]:
    """How many heads there are, and how wide one is."""
    heads = config.num_attention_heads
    return heads, getattr(config, "d_kv", None) or config.hidden_size // heads


def prepared(name: str):
    """The replica itself, made again from its seed."""
    seed = list(REPLICAS).index(name) + 1
    torch.manual_seed(seed)
    model = REPLICAS[name][0]().eval()
    randomise(model, seed)
    model.set_attn_implementation("eager")
    return model


def stored_case(folder: Path, file: str, index: int):
    """Inputs of the case, the name of its output, and the output without any change."""
    stored = json.loads((folder / "expected.json").read_text())
    numbers = np.fromfile(folder / "expected.bin", "<f4")

    def tensor(item):
        if "ids" in item:
            return torch.tensor(item["ids"]).reshape(item["shape"])
        size = int(np.prod(item["shape"]))
        return torch.tensor(numbers[item["offset"] : item["offset"] + size].reshape(item["shape"]))

    case = [case for case in stored["cases"] if case["file"] == file][index]
    output = "logits" if "logits" in case["outputs"] else "last_hidden_state"
    return {key: tensor(item) for key, item in case["inputs"].items()}, output, tensor(case["outputs"][output])


def run(model, file: str, inputs: dict) -> torch.Tensor:
    with torch.no_grad():
        if file == "encoder_model.onnx":
            return model.get_encoder()(**inputs).last_hidden_state
        if file == "decoder_model_merged.onnx":
            states = transformers.modeling_outputs.BaseModelOutput(last_hidden_state=inputs["encoder_hidden_states"])
            mask = inputs["encoder_attention_mask"]
            return model(encoder_outputs=states, attention_mask=mask, decoder_input_ids=inputs["input_ids"]).logits
        result = model(**inputs)
        return result.logits if "logits" in result else result.last_hidden_state


def replaced(projection, head: int, fill: np.ndarray):
    """A hook that puts `fill` in the place of the head's slice of what the projection reads."""

    def hook(_, inputs):
        states = inputs[0].clone()
        states[..., head * len(fill) : (head + 1) * len(fill)] = torch.tensor(fill)
        return (states,)

    return projection.register_forward_pre_hook(hook)


def make(name: str) -> None:
    folder, model = ROOT / name, prepared(name)
    heads, width = head_shape(model.config)
    random = np.random.default_rng(list(REPLICAS).index(name) + 1)
    gates, numbers, offset = [], [], 0
    for (file, kind), layers in projections(name, model).items():
        inputs, output, unchanged = stored_case(folder, file, CASE)
        assert torch.allclose(run(model, file, inputs), unchanged, atol=1e-5), "the replica is another model"
        for layer, head in [(0, heads - 1), (len(layers) - 1, 0)]:
            for fill in [np.zeros(width, "f4"), random.normal(size=width).astype("f4").round(3)]:
                hook = replaced(layers[layer], head, fill)
                result = run(model, file, inputs).numpy().astype("<f4")
                hook.remove()
                shown = [round(float(value), 3) for value in fill]
                gates.append({"file": file, "kind": kind, "layer": layer, "head": head, "heads": heads, "fill": shown})
                gates[-1] |= {"output": output, "shape": list(result.shape), "offset": offset}
                numbers.append(result.tobytes())
                offset += result.size
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    (folder / "gates.json").write_text(json.dumps({"versions": versions, "case": CASE, "gates": gates}) + "\n")
    (folder / "gates.bin").write_bytes(b"".join(numbers))


if __name__ == "__main__":
    for name in sys.argv[1:] or REPLICAS:
        make(name)
