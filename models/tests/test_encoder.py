"""The encoder's storage in 8 bits, its graph, and its scores of heads."""

import json

import numpy as np
import onnx
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from encoder.closeness import differences
from encoder.eight_bits import IN_HALF, STEPS, goes_in_eight_bits, round_network, store, store_in_eight_bits
from encoder.evaluate import evenly
from encoder.graph import plain_graph
from encoder.manifest import FILES, LARGEST_TOTAL, write_manifest
from encoder.probe import accuracy_by_layer, dictionary_accuracy
from encoder.relations import OFFSETS, Tally, arcs, best_heads, largest_change, tally
from encoder.roles import mean_scores, role_scores
from encoder.served import tap_hidden
from encoder.trace import Trace
from encoder.words import between_words, of_words, tokens_of_words
from translator.served import open_session, tap_softmax
from treebank.conllu import Row, Sentence


def make_network():
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=16, attn_implementation="eager",
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture(scope="module")
def rounded():
    """(network with the numbers that storage keeps, its graph in 8 bits)."""
    network = make_network()
    stored = round_network(network)
    return network, store_in_eight_bits(plain_graph(network), stored)


def test_storage_is_as_near_as_its_steps():
    matrix = np.random.default_rng(1).normal(size=(30, 20)).astype(np.float32)
    matrix[:, 3] *= 40
    stored = store(matrix)
    steps = stored.rows * stored.columns
    assert stored.values.dtype == np.int8 and np.abs(stored.values).max() == STEPS
    assert (np.abs(stored.numbers() - matrix) <= steps * 0.5001).all()


def test_a_large_column_leaves_the_others_fine():
    matrix = np.random.default_rng(1).normal(size=(30, 20)).astype(np.float32)
    matrix[:, 3] *= 40
    others = np.arange(20) != 3
    rows_alone = np.abs(matrix).max(1, keepdims=True) / STEPS
    plain = np.rint(matrix / rows_alone) * rows_alone
    error = lambda numbers: np.abs(numbers - matrix)[:, others].mean()  # noqa: E731
    assert error(store(matrix).numbers()) < error(plain) / 3


def test_an_empty_row_and_an_empty_column_stay_empty():
    matrix = np.ones((3, 4), np.float32)
    matrix[1], matrix[:, 2] = 0, 0
    assert np.allclose(store(matrix).numbers(), matrix)


def test_only_large_matrices_go_in_eight_bits():
    names = {name for name, parameter in make_network().named_parameters() if goes_in_eight_bits(name, parameter)}
    assert "embeddings.word_embeddings.weight" in names and IN_HALF not in names
    assert len(names) == 1 + 2 * 6 and not any("LayerNorm" in name or "bias" in name for name in names)


@pytest.mark.parametrize("rows,length", [(1, 2), (3, 11)])
def test_the_graph_computes_what_the_network_does(rounded, rows, length):
    network, model = rounded
    tapped = onnx.ModelProto.FromString(model.SerializeToString())
    attention, hidden = tap_softmax(tapped.graph), tap_hidden(tapped.graph)
    ids = torch.randint(50, (rows, length), generator=torch.Generator().manual_seed(length))
    mask = torch.ones_like(ids)
    mask[-1, -1] = 0
    with torch.no_grad():
        out = network(ids, attention_mask=mask, output_attentions=True, output_hidden_states=True)
    results = open_session(tapped.SerializeToString()).run(
        attention + hidden, dict(input_ids=ids.numpy(), attention_mask=mask.numpy())
    )
    expected = list(out.attentions) + list(out.hidden_states)
    assert len(results) == len(expected) == 2 + 3
    for result, truth in zip(results, expected):
        assert np.abs(result - truth.numpy()).max() < 1e-5


def test_the_graph_keeps_matrices_in_eight_bits_and_no_notes(rounded):
    model = rounded[1]
    kinds = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    assert kinds["embeddings.word_embeddings.weight_int8"] == onnx.TensorProto.INT8
    assert kinds[f"{IN_HALF}_half"] == onnx.TensorProto.FLOAT16
    assert sum(kind == onnx.TensorProto.INT8 for kind in kinds.values()) == 1 + 2 * 6
    large = [t for t in model.graph.initializer if len(t.dims) == 2 and min(t.dims) > 2]
    assert all(tensor.data_type != onnx.TensorProto.FLOAT for tensor in large)
    assert not any(node.metadata_props or node.doc_string for node in model.graph.node)
    assert [value.name for value in model.graph.input] == ["input_ids", "attention_mask"]


def test_storing_other_weights_than_the_graph_holds_fails():
    network = make_network()
    stored = round_network(network)
    name = "encoder.layer.1.output.dense.weight"
    stored[name] = store(stored[name].numbers() * 1.5)
    with pytest.raises(ValueError, match=name):
        store_in_eight_bits(plain_graph(network), stored)


def test_the_manifest_follows_the_files(tmp_path):
    def manifest(content):
        for name in FILES:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(content)
        write_manifest(tmp_path, 7)
        return json.loads((tmp_path / "manifest.json").read_text())

    one, other = manifest(b"a"), manifest(b"bb")
    assert one["parameters"] == 7 and other["totalBytes"] == 2 * len(FILES)
    assert one["revision"] != other["revision"]
    with pytest.raises(ValueError, match="more than"):
        manifest(b"0" * (LARGEST_TOTAL // len(FILES) + 1))


def sentence(text, *rows):
    """A sentence of (form, head, relation), heads counted from 1."""
    return Sentence(
        "x", text, tuple(Row(i, f, f, "X", "X", (), head, rel, True) for i, (f, head, rel) in enumerate(rows, 1))
    )


@pytest.fixture(scope="module")
def tokenizer():
    pieces = ["[UNK]", "[CLS]", "[SEP]", "the", "cat", "##s", "sleep", "."]
    made = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    return made


CATS = sentence("the  cats sleep.", ("the", 2, "det"), ("cats", 3, "nsubj"), ("sleep", 0, "root"), (".", 3, "punct"))


def test_words_know_their_tokens(tokenizer):
    assert tokens_of_words(CATS, tokenizer.encode(CATS.text)) == [[1], [2, 3], [4], [5]]
    assert tokens_of_words(sentence("cats", ("dogs", 0, "root")), tokenizer.encode("cats")) is None


def test_attention_between_words_is_summed_over_keys_and_averaged_over_queries():
    attention = torch.zeros(1, 1, 5, 5)
    attention[0, 0, 1, 2], attention[0, 0, 1, 3] = 0.25, 0.5
    attention[0, 0, 2, 1], attention[0, 0, 3, 1] = 0.2, 0.6
    words = between_words(attention, [[1], [2, 3]])
    assert words[0, 0, 0, 1].item() == pytest.approx(0.75) and words[0, 0, 1, 0].item() == pytest.approx(0.4)
    hidden = torch.arange(5.0).view(1, 5, 1)
    assert of_words(hidden, [[1], [2, 3]]).flatten().tolist() == [1, 2.5]


def test_roles_know_their_cells():
    length = 5
    looks = torch.zeros(1, 4, length, length)
    for query in range(length):
        for head, key in enumerate((query - 1, query + 1, query, 0)):
            looks[0, head, query, min(max(key, 0), length - 1)] = 1
    scores = role_scores(looks)
    assert scores["previous"].tolist() == [[1, 0, 0, pytest.approx(1 / 3)]]
    assert scores["next"].tolist() == [[0, 1, 0, 0]]
    assert scores["same"].tolist() == [[0, 0, 1, 0]]
    assert scores["special"].tolist() == [[pytest.approx(1 / 3), pytest.approx(1 / 3), 0, 1]]
    assert torch.equal(mean_scores([scores, scores])["next"], scores["next"])


def test_arcs_go_both_ways_and_leave_root_and_marks_out():
    assert set(arcs(CATS)) == {
        ("head:det", 0, 1),
        ("dependant:det", 1, 0),
        ("head:nsubj", 1, 2),
        ("dependant:nsubj", 2, 1),
    }


def looking(words, offset):
    """[1, 2, word, word]: head 0 mostly at itself, then at the offset; head 1 evenly."""
    attention = torch.full((1, 2, words, words), 0.1)
    for query in range(words):
        attention[0, 0, query, query] = 0.8
        if 0 <= query + offset < words:
            attention[0, 0, query, query + offset] = 0.5
    return attention


def test_relations_count_the_strongest_other_word():
    counts = Tally()
    counts.add(CATS, looking(4, 1))
    assert counts.accuracy("head:det")[0, 0] == 1 and counts.accuracy("dependant:det")[0, 0] == 0
    assert counts.offset_accuracy("head:nsubj")[OFFSETS.index(1)] == 1
    assert counts.offset_accuracy("head:nsubj").sum() == 1


def test_the_best_head_is_chosen_on_one_half_and_measured_on_the_other():
    sentences = [CATS] * 240
    found = looking(4, 1)
    full = tally(sentences, [found] * 240)
    half_as_good = [found if number % 4 < 2 else looking(4, -1) for number in range(240)]
    rows = {row["measure"].split(":")[1]: row for row in best_heads(full, tally(sentences, half_as_good))}
    assert set(rows) == {"det", "nsubj"}
    row = rows["nsubj"]
    assert row["measure"] == "head:nsubj"
    assert (row["layer"], row["head"], row["offset"], row["n"]) == (0, 0, 1, 120)
    assert (row["full"], row["eight"], row["offsetScore"]) == (1, 0.5, 1)
    assert largest_change(full, full) == 0 and largest_change(full, tally(sentences, half_as_good)) == 0.5


def test_closeness_is_the_difference_by_layer():
    one, other = torch.ones(2, 3, 4), torch.ones(2, 3, 4)
    other[1, 0, 0] += 0.5
    pair = (Trace(None, one, one), Trace(None, one, other))
    found = differences([pair, pair])
    assert found["attention"]["largest"] == 0 and found["hidden"]["largest"] == 0.5
    assert found["hidden"]["meanByLayer"] == [0, pytest.approx(0.5 / 12)]
    assert 0.99 < found["cosine"]["least"] < 1


def test_probe_and_dictionary_on_what_is_there_to_learn():
    generator = torch.Generator().manual_seed(3)
    tags = [("NOUN", "VERB")[i % 2] for i in range(200)]
    noise = torch.randn(200, 6, generator=generator)
    told = noise.clone()
    told[:, 0] += torch.tensor([5.0 if tag == "NOUN" else -5.0 for tag in tags])
    blind, seeing = accuracy_by_layer(torch.stack([noise, told]), tags, 150)
    assert seeing == 1 and blind < 0.75
    assert dictionary_accuracy(["a", "A", "b", "a", "c"], ["X", "X", "Y", "X", "Y"], 3) == 0.5


def test_items_are_drawn_evenly():
    assert evenly(list(range(10)), 5) == [0, 2, 4, 6, 8] and evenly([1, 2], 5) == [1, 2]
