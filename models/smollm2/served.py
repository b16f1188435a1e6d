"""The served files, run through onnxruntime: logits, attention and hidden states."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper


class ServedModel:
    def __init__(self, folder):
        path = folder / "onnx/model.onnx"
        model = onnx.load(path, load_external_data=False)
        names = [node.output[0] for node in model.graph.node]
        layers = sum(name.endswith("/Softmax") for name in names)
        self.attention_taps = [f"/model/layers.{i}/self_attn/Softmax" for i in range(layers)]
        self.hidden_taps = ["/model/embed_tokens/rows", *(f"/model/layers.{i}/mlp/Add" for i in range(layers - 1))]
        self.hidden_taps.append("/model/norm/Mul")
        taps = [*self.attention_taps, *self.hidden_taps]
        model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in taps)
        self.session = open_session(model.SerializeToString(), path.parent)

    def logits(self, ids):
        """ids [row, token] → [row, token, vocabulary]"""
        return self.session.run(["logits"], feeds(ids))[0]

    def trace(self, ids):
        """(attention [layer, row, head, query, key], hidden states [layer + 1, row, token, width], logits)"""
        *inner, logits = self.session.run([*self.attention_taps, *self.hidden_taps, "logits"], feeds(ids))
        layers = len(self.attention_taps)
        return np.stack(inner[:layers]), np.stack(inner[layers:]), logits


def open_session(graph, weights_folder):
    """One thread; the graph comes as bytes, its weights from files beside where it lay."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(weights_folder))
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def feeds(ids):
    ids = np.asarray(ids, np.int64)
    return dict(input_ids=ids, attention_mask=np.ones_like(ids))
