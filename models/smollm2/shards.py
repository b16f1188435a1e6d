"""Weights beside the graph, in files small enough for any static host (`model.onnx_data`, `model.onnx_data_1` …)."""

import onnx
from onnx import TensorProto
from onnx.external_data_helper import set_external_data

LARGEST = 72_000_000  # bytes of a file; GitHub refuses 100 MB
INLINE = 16_384  # bytes; smaller weights stay in the graph's own file
ALIGNMENT = 4096


def save_in_shards(model, path):
    """Write `model.onnx` and its data files; returns their names. The model's weights are taken out of it."""
    files = [bytearray()]
    for tensor in model.graph.initializer:
        if len(tensor.raw_data) > INLINE:
            move_out(tensor, files, path.name)
    names = [data_name(path.name, number) for number in range(len(files))]
    for name, content in zip(names, files):
        path.with_name(name).write_bytes(content)
    onnx.save(model, path)
    return [path.name, *names]


def data_name(file, number):
    """The names that transformers.js asks for."""
    return f"{file}_data" + (f"_{number}" if number else "")


def move_out(tensor, files, file):
    if len(files[-1]) + len(tensor.raw_data) > LARGEST:
        files.append(bytearray())
    shard = files[-1]
    shard.extend(bytes(-len(shard) % ALIGNMENT))
    offset = len(shard)
    shard.extend(tensor.raw_data)
    set_external_data(tensor, data_name(file, len(files) - 1), offset=offset, length=len(tensor.raw_data))
    tensor.data_location = TensorProto.EXTERNAL
    tensor.ClearField("raw_data")
