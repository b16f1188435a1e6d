"""The served files, run through onnxruntime: logits, attention, and what each head adds to the logits by itself."""

import json

import numpy as np
import onnx
from onnx import numpy_helper
from tokenizers import Tokenizer

from translator.served import open_session, tap_softmax


class ServedModel:
    """The plain graph, and a copy of it that also gives its attention and the heads' results."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.config = json.loads((folder / "config.json").read_text())
        self.session = open_session(str(folder / "onnx/model.onnx"))
        model = onnx.load(folder / "onnx/model.onnx")
        self.weights = {w.name.removesuffix("_half"): numpy_helper.to_array(w) for w in model.graph.initializer}
        self.attention_taps = tap_softmax(model.graph)
        self.result_taps = tap_results(model.graph, self.attention_taps)
        self.tapped = open_session(model.SerializeToString())

    def logits(self, ids):
        """ids [row, token] -> [row, token, vocabulary]"""
        return self.session.run(["logits"], feeds(self.session, ids))[0]

    def attention(self, ids):
        """[layer, row, head, query, key]"""
        return np.stack(self.tapped.run(self.attention_taps, feeds(self.tapped, ids)))

    def contributions(self, ids, candidates):
        """
        What each head adds to the logits of some tokens directly, past all later layers: [layer, row, head, query, candidate].

        `candidates`: [row, candidate] of ids. The final normalisation's division is left out: it is the same for all
        candidates of a query, so which of them a head raises most does not change.
        """
        results = self.tapped.run(self.result_taps, feeds(self.tapped, ids))
        gain = self.weights["transformer.ln_f.weight"].astype(np.float32)
        directions = self.weights["transformer.wte.weight"].astype(np.float32)[candidates] * gain
        directions -= directions.mean(-1, keepdims=True)  # the normalisation takes the mean away
        layers = []
        for layer, result in enumerate(results):
            out = self.weights[f"transformer.h.{layer}.attn.c_proj.weight"].astype(np.float32)
            written = np.einsum("rhqd,hdw->rhqw", result, out.reshape(result.shape[1], result.shape[3], -1))
            layers.append(np.einsum("rhqw,rcw->rhqc", written, directions))
        return np.stack(layers)

    def complete(self, text, tokens=8):
        """The text with its greedy continuation."""
        ids = self.tokenizer.encode(text).ids
        for _ in range(tokens):
            token = int(self.logits(np.array([ids]))[0, -1].argmax())
            if token == self.config["eos_token_id"]:
                break
            ids.append(token)
        return self.tokenizer.decode(ids)


def feeds(session, ids):
    """Inputs of a run; padding stands behind and needs no mask."""
    ids = np.asarray(ids, np.int64)
    values = dict(input_ids=ids, attention_mask=np.ones_like(ids))
    values["position_ids"] = np.broadcast_to(np.arange(ids.shape[1]), ids.shape)
    return {entry.name: values[entry.name] for entry in session.get_inputs()}


def tap_results(graph, attentions):
    """Make the product of attention and values an output, [row, head, query, width of a head]; returns the names."""
    names = [product_of(graph, attention) for attention in attentions]
    graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    return names


def product_of(graph, name):
    """The matrix product that an attention goes into, past the guard that exporters put against rows without any key."""
    readers = {node.op_type: node.output[0] for node in graph.node if name in node.input}
    return readers["MatMul"] if "MatMul" in readers else product_of(graph, readers["Where"])
