"""The served files, run through onnxruntime: greedy translation in batches, and the decoder's attention."""

import json

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer


def open_session(model):
    """A session on one thread from a path or from bytes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def pad(rows):
    """[row, token] of ids, 0 where a row has ended, and the mask."""
    width = max(len(row) for row in rows)
    ids = np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], dtype=np.int64)
    return ids, mask


class ServedModel:
    def __init__(self, folder):
        self.folder = folder
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.config = json.loads((folder / "config.json").read_text())
        self.generation = json.loads((folder / "generation_config.json").read_text())
        self.encoder = open_session(str(folder / "onnx/encoder_model.onnx"))
        self.decoder = open_session(str(folder / "onnx/decoder_model_merged.onnx"))
        self.outputs = [output.name for output in self.decoder.get_outputs()]

    def encode(self, rows):
        """(last hidden state [row, token, width], mask) of token id rows."""
        ids, mask = pad(rows)
        return self.encoder.run(None, {"input_ids": ids, "attention_mask": mask})[0], mask

    def empty_past(self, rows):
        shape = (rows, self.config["num_heads"], 0, self.config["d_kv"])
        names = [name for name in self.outputs if name.startswith("present")]
        return {name.replace("present", "past_key_values"): np.zeros(shape, np.float32) for name in names}

    def generate_ids(self, rows):
        """Greedy ids of a batch, with key–value cache; </s> and what follows it removed."""
        hidden, mask = self.encode(rows)
        start, end = self.generation["decoder_start_token_id"], self.generation["eos_token_id"]
        ids = np.full((len(rows), 1), start, np.int64)
        past, written, ended = self.empty_past(len(rows)), [], np.zeros(len(rows), bool)
        for step in range(self.generation["max_new_tokens"]):
            feeds = dict(past, input_ids=ids, encoder_hidden_states=hidden, encoder_attention_mask=mask)
            feeds["use_cache_branch"] = np.array([step > 0])
            outputs = dict(zip(self.outputs, self.decoder.run(None, feeds)))
            ids = outputs["logits"][:, -1].argmax(-1)[:, None]
            ids[ended] = 0
            written.append(ids)
            ended |= ids[:, 0] == end
            if ended.all():
                break
            past = self.next_past(past, outputs, first=step == 0)
        return [cut(row, end) for row in np.concatenate(written, 1).tolist()]

    def next_past(self, past, outputs, first):
        """The cached branch leaves the encoder's keys and values to the caller; they are kept from the first step."""
        return {
            name: outputs[name.replace("past_key_values", "present")] if first or ".decoder." in name else value
            for name, value in past.items()
        }

    def translate(self, texts, batch=100):
        """Greedy translations, in the order of `texts`; sentences of like length run together."""
        encoded = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
        answers = [None] * len(texts)
        for first in range(0, len(order), batch):
            some = order[first : first + batch]
            for i, ids in zip(some, self.generate_ids([encoded[i] for i in some])):
                answers[i] = self.tokenizer.decode(ids)
        return answers


def cut(row, end):
    return row[: row.index(end)] if end in row else row


class TappedDecoder:
    """The served decoder's branch without cache, with its attention weights as outputs."""

    def __init__(self, served):
        self.served = served
        model = onnx.load(served.folder / "onnx/decoder_model_merged.onnx")
        promote_uncached_branch(model.graph)
        self.taps = tap_softmax(model.graph)
        self.session = open_session(model.SerializeToString())

    def cross_attention(self, sources, targets):
        """
        Teacher-forced cross-attention of a batch, and the logits.

        `sources`, `targets`: rows of token ids. Returns ([layer, row, head, query, key], [row, query, vocabulary]).
        """
        hidden, mask = self.served.encode(sources)
        start = self.served.generation["decoder_start_token_id"]
        ids, _ = pad([[start] + row[:-1] for row in targets])
        feeds = {"input_ids": ids, "encoder_hidden_states": hidden, "encoder_attention_mask": mask}
        feeds = {i.name: feeds[i.name] for i in self.session.get_inputs()}
        outputs = self.session.run(self.taps + ["logits"], feeds)
        return np.stack(outputs[1:-1:2]), outputs[-1]  # self- and cross-attention take turns


def promote_uncached_branch(graph):
    """Replace the If by the content of its else branch."""
    choice = next(node for node in graph.node if node.op_type == "If")
    branch = next(a.g for a in choice.attribute if a.name == "else_branch")
    before = [node for node in graph.node if node.op_type != "If"]
    nodes, outputs, initializers = list(branch.node), list(branch.output), list(branch.initializer)
    del graph.node[:], graph.output[:]
    graph.node.extend(before + nodes)
    graph.initializer.extend(initializers)
    graph.output.extend(outputs)
    read = {name for node in graph.node for name in node.input}
    for unused in [i for i in graph.input if i.name not in read]:
        graph.input.remove(unused)


def tap_softmax(graph):
    """Make every Softmax an output of the graph; returns their names in file order."""
    names = [node.output[0] for node in graph.node if node.op_type == "Softmax"]
    graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    return names
