"""Alignment of tokens, the guide, and the two-byte storage, on a network and a graph made here."""

import random

import numpy as np
import onnx
import onnx.reference
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from translator.alignment import words_of_tokens
from translator.attention_measures import name_and_number_questions
from translator.batches import Example, collate, cut
from translator.half_storage import store_in_half
from translator.network import guide_loss, make_network, translation_loss


def test_tokens_find_their_words():
    assert words_of_tokens([(0, 3), (3, 7), (7, 8), (0, 0)], [(0, 3), (4, 7), (7, 8)]) == [0, 1, 2, -1]
    assert words_of_tokens([(0, 9), (9, 13)], [(0, 3)], shift=10) == [-1, 0]


def test_the_guide_reads_the_producing_row():
    attention = torch.full((1, 3, 4), 0.1)
    attention[0, 1, 2] = 0.7
    assert guide_loss(attention, [(0, 1, [2])]).item() == pytest.approx(-np.log(0.7), abs=1e-6)
    assert guide_loss(attention, [(0, 1, [2, 3])]).item() == pytest.approx(-np.log(0.8), abs=1e-6)


def test_batches_keep_to_their_budget():
    rng = random.Random(1)
    examples = [Example([3] * rng.randint(2, 9), [4] * rng.randint(2, 9)) for _ in range(200)]
    batches = cut(sorted(examples, key=lambda e: len(e.source)), 100)
    assert sum(map(len, batches)) == 200
    for batch in batches:
        padded = collate(batch)
        assert padded.source.numel() + padded.target.numel() <= 100


def test_the_loss_ignores_padding():
    torch.manual_seed(0)
    network = make_network(50).eval()
    short, long = Example([5, 6, 1], [7, 1]), Example([5, 6, 7, 8, 1], [9, 8, 7, 1])
    alone = translation_loss(network, collate([short]))[0]
    both = translation_loss(network, collate([short, long]))[0]
    other = translation_loss(network, collate([long]))[0]
    assert both.item() == pytest.approx((2 * alone.item() + 4 * other.item()) / 6, rel=1e-5)


def test_names_and_numbers_are_asked_only_where_unique():
    pairs = [("Tom saw 3 cats.", "Tom a vu 3 chats."), ("Tom and Tom ran.", "Tom et Tom ont couru.")]
    (question,) = name_and_number_questions(pairs)
    assert question.gold == {0: {0}, 3: {2}}


def tied_graph(values):
    """y = x W + (W transposed, stored a second time) b"""
    weights = [numpy_helper.from_array(values, "W"), numpy_helper.from_array(values.T.copy(), "Wt")]
    nodes = [helper.make_node("MatMul", ["x", "W"], ["h"]), helper.make_node("MatMul", ["h", "Wt"], ["y"])]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 8])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 8])
    return helper.make_model(
        helper.make_graph(nodes, "tied", [x], [y], weights), opset_imports=[helper.make_opsetid("", 17)]
    )


def test_weights_are_stored_once_in_two_bytes():
    values = np.random.default_rng(1).normal(size=(8, 12)).astype(np.float16).astype(np.float32)
    model = store_in_half(tied_graph(values))
    assert [t.data_type for t in model.graph.initializer] == [TensorProto.FLOAT16]
    x = np.ones((2, 8), np.float32)
    (y,) = onnx.reference.ReferenceEvaluator(model).run(None, {"x": x})
    np.testing.assert_allclose(y, x @ values @ values.T, rtol=1e-5)


def test_unrounded_weights_are_refused():
    with pytest.raises(ValueError, match="not rounded"):
        store_in_half(tied_graph(np.full((8, 12), 0.1, np.float32)))
