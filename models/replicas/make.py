"""Tiny random-weight models of the architectures that readers load, exported the way the Hub's files are.

Each folder of the output holds the ONNX files and `expected.json` + `expected.bin`: inputs, and the attentions and hidden
states that PyTorch (eager attention) gives for them, under the names that `engine/onnx/edit/tap.ts` gives its outputs.
"""

import copy
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
import transformers
from optimum.exporters.onnx import onnx_export_from_model

LAYERS, HEADS, WIDTH, VOCABULARY = 2, 2, 16, 40


def t5(tied: bool):
    config = transformers.T5Config(
        vocab_size=VOCABULARY,
        d_model=WIDTH,
        d_kv=6,
        d_ff=24,
        num_layers=LAYERS,
        num_decoder_layers=LAYERS + (1 if tied else 0),
        num_heads=HEADS,
        tie_word_embeddings=tied,
        feed_forward_proj="relu" if tied else "gated-gelu",
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
    )
    return transformers.T5ForConditionalGeneration(config)


def marian():
    config = transformers.MarianConfig(
        vocab_size=VOCABULARY,
        d_model=WIDTH,
        encoder_layers=LAYERS,
        decoder_layers=LAYERS,
        encoder_attention_heads=HEADS,
        decoder_attention_heads=HEADS,
        encoder_ffn_dim=24,
        decoder_ffn_dim=24,
        max_position_embeddings=32,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
        forced_eos_token_id=1,
        scale_embedding=True,
    )
    return transformers.MarianMTModel(config)


def bert():
    config = transformers.BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=24,
        max_position_embeddings=32,
    )
    return transformers.BertModel(config)


def gpt2():
    config = transformers.GPT2Config(
        vocab_size=VOCABULARY,
        n_embd=WIDTH,
        n_layer=LAYERS,
        n_head=HEADS,
        n_positions=32,
        bos_token_id=1,
        eos_token_id=1,
    )
    return transformers.GPT2LMHeadModel(config)


def llama():
    config = transformers.LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        num_key_value_heads=2,
        intermediate_size=24,
        max_position_embeddings=32,
        bos_token_id=1,
        eos_token_id=1,
    )
    return transformers.LlamaForCausalLM(config)


REPLICAS = {
    "t5-tied": (lambda: t5(True), "text2text-generation-with-past"),
    "t5-gated": (lambda: t5(False), "text2text-generation-with-past"),
    "marian": (marian, "text2text-generation-with-past"),
    "bert": (bert, "feature-extraction"),
    "gpt2": (gpt2, "text-generation"),
    "llama": (llama, "text-generation-with-past"),
}


def randomise(model: torch.nn.Module, seed: int) -> None:
    """Weights large enough that attention is far from uniform; the default initialisation would hide errors."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() >= 2:
                parameter.copy_(noise * 0.35)
            else:
                parameter.copy_(noise * 0.2 + (0.0 if name.endswith("bias") else 1.0))


def token_batch(batch: int, length: int, seed: int):
    """Ids and a mask in which every second row is padded at its right end."""
    generator = np.random.default_rng(seed)
    ids = generator.integers(3, VOCABULARY, (batch, length))
    mask = np.ones((batch, length), dtype=np.int64)
    mask[1::2, length - 2 :] = 0
    return ids, mask


def add_stack(tensors: dict, kind: str, attentions, hidden) -> None:
    """Names a stack's attentions and hidden states as the taps are named."""
    for layer, attention in enumerate(attentions):
        tensors[f"attention.{kind}.{layer}"] = attention
    for index, state in enumerate(hidden or []):
        tensors[f"hidden.{kind}.{index}"] = state


def seq2seq_case(model, batch: int, source: int, target: int, seed: int):
    ids, mask = token_batch(batch, source, seed)
    decoder_ids, _ = token_batch(batch, target, seed + 1)
    with torch.no_grad():
        result = model(
            input_ids=torch.tensor(ids),
            attention_mask=torch.tensor(mask),
            decoder_input_ids=torch.tensor(decoder_ids),
            output_attentions=True,
            output_hidden_states=True,
        )
    encoder, decoder = {}, {}
    add_stack(encoder, "encoder", result.encoder_attentions, result.encoder_hidden_states)
    encoder["last_hidden_state"] = result.encoder_last_hidden_state
    add_stack(decoder, "decoder", result.decoder_attentions, result.decoder_hidden_states)
    add_stack(decoder, "cross", result.cross_attentions, None)
    decoder["logits"] = result.logits
    return [
        ("encoder_model.onnx", "encoder", {"input_ids": ids, "attention_mask": mask}, encoder),
        (
            "decoder_model_merged.onnx",
            "decoder",
            {
                "input_ids": decoder_ids,
                "encoder_attention_mask": mask,
                "encoder_hidden_states": result.encoder_last_hidden_state.numpy(),
            },
            decoder,
        ),
    ]


def single_case(model, stack: str, batch: int, length: int, seed: int):
    ids, mask = token_batch(batch, length, seed)
    with torch.no_grad():
        result = model(
            input_ids=torch.tensor(ids),
            attention_mask=torch.tensor(mask),
            output_attentions=True,
            output_hidden_states=True,
        )
    tensors = {}
    add_stack(tensors, stack, result.attentions, result.hidden_states)
    if stack == "encoder":
        tensors["last_hidden_state"] = result.last_hidden_state
    else:
        tensors["logits"] = result.logits
    return [("model.onnx", stack, {"input_ids": ids, "attention_mask": mask}, tensors)]


def cases_of(name: str, model):
    for index, (batch, source, target) in enumerate([(1, 5, 4), (3, 8, 6)]):
        seed = 10 * index + 1
        if model.config.is_encoder_decoder:
            yield from seq2seq_case(model, batch, source, target, seed)
        else:
            yield from single_case(model, "encoder" if name == "bert" else "decoder", batch, source, seed)


def write_expected(folder: Path, cases) -> None:
    numbers, listed, offset = [], [], 0

    def place(array: np.ndarray) -> dict:
        nonlocal offset
        flat = np.ascontiguousarray(array, dtype="<f4")
        numbers.append(flat.tobytes())
        offset += flat.size
        return {"shape": list(array.shape), "offset": offset - flat.size}

    for file, stack, inputs, tensors in cases:
        listed.append(
            {
                "file": file,
                "stack": stack,
                "inputs": {
                    key: {"shape": list(a.shape), "ids": a.flatten().tolist()} if a.dtype == np.int64 else place(a)
                    for key, a in inputs.items()
                },
                "outputs": {key: place(tensor.numpy()) for key, tensor in tensors.items()},
            }
        )
    versions = {"torch": torch.__version__, "transformers": transformers.__version__, "onnx": onnx.__version__}
    (folder / "expected.json").write_text(json.dumps({"versions": versions, "cases": listed}) + "\n")
    (folder / "expected.bin").write_bytes(b"".join(numbers))


def strip(path: Path, target: Path) -> None:
    """Drops what only debuggers read, so that the fixture stays small."""
    model = onnx.load(path)
    for graph in graphs(model.graph):
        for node in graph.node:
            node.ClearField("doc_string")
            del node.metadata_props[:]
    onnx.save(model, target)


def graphs(graph):
    """The graph and all its subgraphs."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from graphs(attribute.g)


def make(name: str, root: Path, seed: int) -> None:
    build, task = REPLICAS[name]
    torch.manual_seed(seed)
    model = build().eval()
    randomise(model, seed)
    reference = copy.deepcopy(model)  # the exporter patches the model it is given
    reference.set_attn_implementation("eager")
    folder = root / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        onnx_export_from_model(model, Path(work), task=task, do_validation=False)
        keep = ["encoder_model", "decoder_model_merged", "model"]
        for stem in keep:
            if (Path(work) / f"{stem}.onnx").exists():
                strip(Path(work) / f"{stem}.onnx", folder / f"{stem}.onnx")
    write_expected(folder, list(cases_of(name, reference)))


def main() -> None:
    root = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "replicas"
    for index, name in enumerate(REPLICAS):
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            make(name, root, seed=index + 1)


if __name__ == "__main__":
    main()
