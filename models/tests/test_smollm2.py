"""The real decoder's storage, graph, files and tokenizer, on small stand-ins; needs none of its weights."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from smollm2.blocks import Blocks, read_blocks
from smollm2.graph import build_graph
from smollm2.manifest import PLAIN, whole, write_manifest
from smollm2.shards import save_in_shards
from smollm2.source import halves_apart, torch_name
from smollm2.tokenizer import build

CONFIG = dict(
    vocab_size=48,
    hidden_size=64,
    intermediate_size=96,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    rope_theta=1000.0,
    tie_word_embeddings=True,
)


def draw_blocks(rng, rows, columns, bits):
    shape = rows, columns // 32
    scales = rng.uniform(0.01, 0.05, shape).astype(np.float16)
    if bits == 8:
        return Blocks(rng.integers(-127, 128, (*shape, 32)).astype(np.int8), (scales / 16).astype(np.float16))
    codes = rng.integers(0, 16, (*shape, 32)).astype(np.uint8)
    return Blocks(codes, scales, (scales * rng.uniform(-10, -5, shape)).astype(np.float16))


@pytest.fixture(scope="module")
def small():
    """(network, its blocks): a Llama whose weights are random blocks."""
    rng = np.random.default_rng(3)
    config = LlamaConfig(**CONFIG, attn_implementation="eager")
    network, blocks = LlamaForCausalLM(config).eval(), {}
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if weight.dim() == 1:
                weight.copy_(torch.from_numpy(rng.uniform(0.5, 1.5, weight.shape)))
                continue
            blocks[name] = draw_blocks(rng, *weight.shape, 8 if "embed" in name else 4)
            weight.copy_(torch.from_numpy(blocks[name].numbers()))
    return network, blocks


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    save_in_shards(build_graph(*small), folder / "model.onnx")
    return folder


def run(folder, ids, mask, outputs=("logits",)):
    model = onnx.load(folder / "model.onnx", load_external_data=False)
    known = {output.name for output in model.graph.output}
    new = [name for name in outputs if name not in known]
    model.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in new)
    onnx.save(model, folder / "tapped.onnx")
    session = onnxruntime.InferenceSession(folder / "tapped.onnx", providers=["CPUExecutionProvider"])
    return session.run(list(outputs), dict(input_ids=ids, attention_mask=mask))


@pytest.mark.parametrize("rows,length", [(1, 1), (1, 9), (3, 12)])
def test_the_graph_computes_what_pytorch_computes(small, folder, rows, length):
    network, _ = small
    ids = np.random.default_rng(length).integers(0, 48, (rows, length))
    mask = np.ones_like(ids)
    mask[1:, length - 3 :] = 0
    with torch.no_grad():
        expected = network(
            torch.tensor(ids), torch.tensor(mask), output_attentions=True, output_hidden_states=True, use_cache=False
        )
    layers = range(2)
    taps = [f"/model/layers.{i}/self_attn/Softmax" for i in layers]
    hidden = ["/model/embed_tokens/rows", "/model/layers.0/mlp/Add", "/model/norm/Mul"]
    found = run(folder, ids, mask, ["logits", *taps, *hidden])
    for given, right in zip(found, [expected.logits, *expected.attentions, *expected.hidden_states]):
        np.testing.assert_allclose(given, right.numpy(), atol=1e-4, rtol=1e-4)


def test_attention_is_not_uniform_here(small):
    network, _ = small
    with torch.no_grad():
        attention = network(torch.arange(9)[None], output_attentions=True).attentions[0]
    assert attention.max(-1).values[..., 4:].max() > 0.4  # else the comparison above would show little


def test_no_weight_is_stored_in_more_bits_or_twice(small, folder):
    model = onnx.load(folder / "model.onnx")
    large = [tensor for tensor in model.graph.initializer if np.prod(tensor.dims) > 128]
    assert {tensor.data_type for tensor in large} == {onnx.TensorProto.UINT8, onnx.TensorProto.FLOAT16}
    assert sum(tensor.name.startswith("model.embed_tokens.weight_codes") for tensor in large) == 1
    codes = sum(np.prod(tensor.dims) for tensor in large if tensor.name.endswith("_codes"))
    network, _ = small
    matrices = sum(p.numel() / (1 if "embed" in n else 2) for n, p in network.named_parameters() if p.dim() == 2)
    assert codes == matrices


def test_files_are_split_between_weights(small, tmp_path, monkeypatch):
    monkeypatch.setattr("smollm2.shards.LARGEST", 6000)
    monkeypatch.setattr("smollm2.shards.INLINE", 256)
    monkeypatch.setattr("smollm2.shards.ALIGNMENT", 64)
    files = save_in_shards(build_graph(*small), tmp_path / "model.onnx")
    assert files[:3] == ["model.onnx", "model.onnx_data", "model.onnx_data_1"] and len(files) > 4
    assert all((tmp_path / name).stat().st_size <= 6000 for name in files[1:])
    ids = np.arange(7)[None]
    whole = run_in_memory(build_graph(*small), ids)
    np.testing.assert_array_equal(run(tmp_path, ids, np.ones_like(ids))[0], whole)


def test_a_folder_is_whole_only_with_every_file_unharmed(small, tmp_path):
    (tmp_path / "onnx").mkdir()
    files = save_in_shards(build_graph(*small), tmp_path / "onnx/model.onnx")
    for name in [*PLAIN, "golden.json", "LICENSE.md"]:
        (tmp_path / name).write_text("{}")
    assert not whole(tmp_path)
    write_manifest(tmp_path, files, 1)
    assert whole(tmp_path)
    (tmp_path / "config.json").write_text("{ }")
    assert not whole(tmp_path)
    write_manifest(tmp_path, files, 1)
    (tmp_path / "LICENSE.md").unlink()
    assert not whole(tmp_path)


def run_in_memory(model, ids):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["logits"], dict(input_ids=ids, attention_mask=np.ones_like(ids)))[0]


def test_blocks_are_read_as_ggml_lays_them_out():
    gguf = pytest.importorskip("gguf")
    rng = np.random.default_rng(5)
    matrix = rng.normal(size=(6, 96)).astype(np.float32)
    for kind in ("Q4_1", "Q8_0"):
        number = gguf.GGMLQuantizationType[kind]
        data = gguf.quants.quantize(matrix, number)
        np.testing.assert_array_equal(read_blocks(data, kind).numbers(), gguf.quants.dequantize(data, number))


def test_rotation_pairs_are_moved_half_a_head_apart():
    assert halves_apart(8, 2).tolist() == [0, 2, 1, 3, 4, 6, 5, 7]
    assert torch_name("blk.3.attn_q.weight") == "model.layers.3.self_attn.q_proj.weight"


def small_tokenizer():
    letters = {"Ġ": 3, "a": 4, "b": 5, "1": 6, "2": 7, "ab": 8, "12": 9, "Ġab": 10}
    return build({"<|endoftext|>": 0, "<|im_start|>": 1, "<|im_end|>": 2, **letters},
                 [("a", "b"), ("1", "2"), ("Ġ", "ab")], ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])  # fmt: skip


def test_nothing_is_put_around_a_text_and_digits_stand_alone():
    tokenizer = small_tokenizer()
    assert tokenizer.encode("ab ab12").tokens == ["ab", "Ġab", "1", "2"]
    assert tokenizer.encode("").ids == []
    assert tokenizer.encode("ab<|im_end|>").ids == [8, 2]
    assert tokenizer.decode(tokenizer.encode("ab ab12").ids) == "ab ab12"
