"""The served files, run through onnxruntime, with attention and hidden states as outputs."""

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer

from translator.served import open_session, tap_softmax

from .trace import Trace


class ServedModel:
    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        model = onnx.load(folder / "onnx/model.onnx")
        self.attention = tap_softmax(model.graph)
        self.hidden = tap_hidden(model.graph)
        self.session = open_session(model.SerializeToString())

    def trace(self, text):
        encoding = self.tokenizer.encode(text)
        ids = np.array([encoding.ids], np.int64)
        feeds = dict(input_ids=ids, attention_mask=np.ones_like(ids))
        layers = [torch.from_numpy(out[0]) for out in self.session.run(self.attention + self.hidden, feeds)]
        return Trace(encoding, torch.stack(layers[: len(self.attention)]), torch.stack(layers[len(self.attention) :]))


def tap_hidden(graph):
    """Name the hidden states: the first normalisation is the embeddings', then every second one ends a layer."""
    names = [node.output[0] for node in graph.node if node.op_type == "LayerNormalization"][::2]
    outputs = {output.name for output in graph.output}
    graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names if name not in outputs
    )
    return names
