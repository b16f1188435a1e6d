"""16-bit storage for a 32-bit ONNX graph: weights are stored as float16 and cast once, all other maths stays float32."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST_WEIGHT = 64  # elements; smaller float tensors are constants of the graph, not weights


def store_in_half(model):
    """Rewrite `model` in place. The weights must be rounded to 16 bits already, so that storing them loses nothing."""
    graph = model.graph
    share_transposed_weights(graph)
    casts = []
    for index, tensor in enumerate(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < SMALLEST_WEIGHT:
            continue
        name, half_name = tensor.name, tensor.name + "_half"
        graph.initializer[index].CopyFrom(numpy_helper.from_array(to_half(tensor), half_name))
        casts.append(helper.make_node("Cast", [half_name], [name], name=name + "/Cast", to=TensorProto.FLOAT))
    prepend(graph, casts)
    onnx.checker.check_model(model, full_check=True)
    return model


def to_half(tensor):
    values = numpy_helper.to_array(tensor)
    half = values.astype(np.float16)
    if not np.array_equal(half.astype(np.float32), values):
        raise ValueError(f"{tensor.name}: not rounded to 16 bits; round the weights before the export")
    return half


def share_transposed_weights(graph):
    """
    Store a matrix once where the exporter stored it and its transpose (tied embeddings and output layer).

    Exporters fold transposes into weights; a Transpose node brings the second one back.
    """
    by_shape = {}
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or len(tensor.dims) != 2:
            continue
        values = numpy_helper.to_array(tensor)
        for name, other in by_shape.get(values.shape[::-1], []):
            if np.array_equal(other, values.T):
                graph.initializer.remove(tensor)
                prepend(graph, [transpose(name, tensor.name)])
                break
        else:
            by_shape.setdefault(values.shape, []).append((tensor.name, values))


def transpose(source, result):
    return helper.make_node("Transpose", [source], [result], name=result + "/Transpose", perm=[1, 0])


def prepend(graph, nodes):
    """Put nodes before all others: their outputs are visible to the main graph and to the branches of an If."""
    kept = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + kept)
