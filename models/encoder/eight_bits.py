"""
8-bit storage of matrices, computed in 32 bits.

A matrix is stored as whole numbers from -127 to 127 with one scale for each row and one for each column: the number at
(r, c) is `values[r, c] * rows[r] * columns[c]`. A row is an output channel of a linear layer, or a token of the embedding
table; a column is an input channel. The column scale is the root of the column's largest number: it shares the work
between rows and columns, so that a few large columns do not coarsen the steps of all others.
"""

from dataclasses import dataclass

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from translator.half_storage import prepend, to_half

STEPS = 127
IN_HALF = "embeddings.position_embeddings.weight"  # small, and added to every token: kept in 16 bits


@dataclass(frozen=True)
class Stored:
    values: np.ndarray  # int8 [row, column]
    rows: np.ndarray  # float32 [row, 1]
    columns: np.ndarray  # float32 [1, column]

    def numbers(self):
        """The matrix in 32 bits, multiplied in the order in which the graph does it."""
        return self.values.astype(np.float32) * self.rows * self.columns


def store(matrix):
    """The nearest `Stored` of a float32 matrix."""
    columns = np.sqrt(np.abs(matrix).max(0, keepdims=True))
    columns[columns == 0] = 1
    balanced = matrix / columns
    rows = np.abs(balanced).max(1, keepdims=True) / STEPS
    rows[rows == 0] = 1
    return Stored(np.rint(balanced / rows).astype(np.int8), rows.astype(np.float32), columns.astype(np.float32))


def goes_in_eight_bits(name, tensor):
    """Every matrix but the tables of positions and of sentence numbers; biases and normalisations stay in 32 bits."""
    return tensor.ndim == 2 and "position" not in name and "token_type" not in name


@torch.no_grad()
def round_network(network):
    """Put the numbers that storage keeps in place of a network's weights; returns {parameter: Stored}."""
    stored = {}
    for name, parameter in network.named_parameters():
        if goes_in_eight_bits(name, parameter):
            stored[name] = store(parameter.numpy())
            parameter.copy_(torch.from_numpy(stored[name].numbers()))
        elif name == IN_HALF:
            parameter.copy_(parameter.half().float())
    return stored


def store_in_eight_bits(model, stored):
    """Rewrite the graph of a network from `round_network`, in place: nothing it computes changes."""
    graph, nodes = model.graph, []
    left = dict(stored)
    for tensor in list(graph.initializer):
        if tensor.name == IN_HALF:
            nodes += as_half(graph, tensor)
        elif len(tensor.dims) == 2 and tensor.data_type == TensorProto.FLOAT:
            name, transposed = whose(numpy_helper.to_array(tensor), left)
            if name is not None:
                nodes += as_eight_bits(graph, tensor, name, left.pop(name), transposed)
    if left:
        raise ValueError(f"not found in the graph: {', '.join(left)}")
    prepend(graph, nodes)
    onnx.checker.check_model(model, full_check=True)
    return model


def whose(numbers, stored):
    """(name, whether transposed) of the parameter that an array of the graph holds; (None, False) if none of them."""
    for name, entry in stored.items():
        for candidate, transposed in ((numbers.T, True), (numbers, False)):
            if candidate.shape == entry.values.shape and np.array_equal(candidate, entry.numbers()):
                return name, transposed
    return None, False


def as_eight_bits(graph, tensor, name, entry, transposed):
    """Store `entry` in place of a tensor of the graph; returns the nodes that make the tensor from it."""
    turn = (lambda array: np.ascontiguousarray(array.T)) if transposed else (lambda array: array)
    parts = dict(int8=entry.values, row_scale=entry.rows, column_scale=entry.columns)
    names = {part: f"{name}_{part}" for part in parts}
    graph.initializer.remove(tensor)
    graph.initializer.extend(numpy_helper.from_array(turn(parts[part]), names[part]) for part in parts)
    return [
        helper.make_node("Cast", [names["int8"]], [f"{name}_steps"], name=f"{name}/Cast", to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_steps", names["row_scale"]], [f"{name}_rows"], name=f"{name}/Rows"),
        helper.make_node("Mul", [f"{name}_rows", names["column_scale"]], [tensor.name], name=f"{name}/Columns"),
    ]


def as_half(graph, tensor):
    half = numpy_helper.from_array(to_half(tensor), f"{tensor.name}_half")
    graph.initializer.remove(tensor)
    graph.initializer.append(half)
    return [helper.make_node("Cast", [half.name], [tensor.name], name=f"{tensor.name}/Cast", to=TensorProto.FLOAT)]
