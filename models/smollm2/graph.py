"""
The ONNX graph, node by node: a Llama with plain attention, weights in blocks as the file has them, the token table once.

An exporter would write weights in 32 bits, which would have to be found again and replaced, and the token table twice.
Names follow the Hub's files. What it computes is compared with PyTorch, in `verify.py` and in the tests.

Letters for axes: B text, T token, Q query, K key, H head, G key-value head, D width, d width of a head, V vocabulary.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .blocks import BLOCK, ZERO

OPSET = 17
FORBIDDEN = np.finfo(np.float32).min


class Builder:
    """Nodes and weights of a graph in the making; every method returns the name of a tensor."""

    def __init__(self):
        self.nodes, self.weights, self.made = [], {}, set()

    def node(self, op, inputs, name, domain="", **attributes):
        self.made.add(name)
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def weight(self, name, values):
        self.weights.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def integers(self, *values):
        return self.weight("integers_" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value):
        return self.weight(f"number_{value:g}", np.array(value, np.float32))

    def reshape(self, tensor, shape, name):
        return self.node("Reshape", [tensor, self.integers(*shape)], name)

    def transpose(self, tensor, order, name):
        return self.node("Transpose", [tensor], name, perm=order)

    def as_float(self, name, values):
        """A weight that is stored in 16 bits and computed in 32."""
        if name not in self.weights:
            self.node("Cast", [self.weight(name, values)], f"{name}/Cast", to=TensorProto.FLOAT)
        return f"{name}/Cast"

    def in_blocks(self, name, blocks):
        """(codes, scales) of a weight."""
        return self.weight(f"{name}_codes", blocks.packed()), self.as_float(f"{name}_scales", blocks.scales)

    def linear(self, tensor, weight_name, blocks, name):
        """tensor × weightᵀ: codes times scales, plus each block's sum times its offset."""
        codes, scales = self.in_blocks(weight_name, blocks)
        rows, count, _ = blocks.codes.shape
        sizes = dict(K=count * BLOCK, N=rows, bits=blocks.bits, block_size=BLOCK)
        if blocks.offsets is None:
            return self.node("MatMulNBits", [tensor, codes, scales], name, "com.microsoft", **sizes)
        zeros = self.weight(f"zero_points_{rows}_{count}", np.zeros((rows, -(-count // 2)), np.uint8))
        self.node("MatMulNBits", [tensor, codes, scales, zeros], f"{name}/codes", "com.microsoft", **sizes)
        offsets = self.as_float(f"{weight_name}_offsets", blocks.offsets.T)
        self.node("MatMul", [self.block_sums(tensor, count), offsets], f"{name}/offsets")
        return self.node("Add", [f"{name}/codes", f"{name}/offsets"], name)

    def block_sums(self, tensor, count):
        """[B, T, column] → [B, T, block]; made once for all weights that read the tensor."""
        name = f"{tensor}/block_sums"
        if name not in self.made:
            blocks = self.reshape(tensor, (0, 0, count, BLOCK), f"{tensor}/blocks")
            self.node("ReduceSum", [blocks, self.integers(-1)], name, keepdims=0)
        return name


class LlamaGraph:
    def __init__(self, config, gains, blocks):
        """gains: the weights of the normalisations, by name; blocks: all others."""
        self.config, self.gains, self.blocks, self.at = config, gains, blocks, Builder()
        self.heads, self.groups = config.num_attention_heads, config.num_key_value_heads
        self.head_width = config.head_dim

    def build(self):
        self.shared()
        stream = self.embedding()
        for layer in range(self.config.num_hidden_layers):
            stream = self.feed_forward(self.attention(stream, layer), layer)
        stream = self.norm(stream, "model.norm", "/model/norm")
        self.at.linear(stream, "model.embed_tokens.weight", self.blocks["model.embed_tokens.weight"], "logits")
        return self.model()

    def shared(self):
        """What every layer reads: positions, the rotation's cosines and sines [T, d], the mask [B, 1, Q, K]."""
        at = self.at
        at.node("Shape", ["input_ids"], "/model/shape")
        at.node("Gather", ["/model/shape", at.weight("one", np.array(1))], "/model/length", axis=0)
        zero, one = at.weight("zero", np.array(0)), at.weight("one", np.array(1))
        at.node("Range", [zero, "/model/length", one], "/model/positions")
        at.node("Cast", ["/model/positions"], "/model/rotary_emb/positions", to=TensorProto.FLOAT)
        column = at.reshape("/model/rotary_emb/positions", (-1, 1), "/model/rotary_emb/column")
        powers = np.arange(0, self.head_width, 2, dtype=np.float32) / np.float32(self.head_width)
        speeds = (1 / np.float32(self.config.rope_theta) ** powers).astype(np.float32)[None]
        angles = at.node("Mul", [column, at.weight("rotary_speeds", speeds)], "/model/rotary_emb/angles")
        at.node("Concat", [angles, angles], "/model/rotary_emb/both", axis=-1)
        at.node("Cos", ["/model/rotary_emb/both"], "/model/rotary_emb/cos")
        at.node("Sin", ["/model/rotary_emb/both"], "/model/rotary_emb/sin")
        self.mask()

    def mask(self):
        """0 where a query may look, the most negative number elsewhere: later tokens, and those that the mask leaves out."""
        at = self.at
        query = at.reshape("/model/positions", (-1, 1), "/model/mask/query")
        at.node("LessOrEqual", ["/model/positions", query], "/model/mask/earlier")
        at.node("Cast", ["attention_mask"], "/model/mask/given", to=TensorProto.BOOL)
        at.node("Unsqueeze", ["/model/mask/given", at.integers(1, 2)], "/model/mask/row")
        at.node("And", ["/model/mask/row", "/model/mask/earlier"], "/model/mask/allowed")
        choice = ["/model/mask/allowed", at.number(0), at.weight("forbidden", np.array(FORBIDDEN))]
        at.node("Where", choice, "/model/mask")

    def embedding(self):
        """Rows of the table, looked up as codes and scales and made numbers: [B, T, D]."""
        at, path = self.at, "/model/embed_tokens"
        codes, scales = at.in_blocks("model.embed_tokens.weight", self.blocks["model.embed_tokens.weight"])
        at.node("Gather", [codes, "input_ids"], f"{path}/codes", axis=0)
        at.node("Cast", [f"{path}/codes"], f"{path}/codes/Cast", to=TensorProto.FLOAT)
        at.node("Sub", [f"{path}/codes/Cast", at.number(ZERO)], f"{path}/steps")
        at.node("Gather", [scales, "input_ids"], f"{path}/scales", axis=0)
        at.node("Unsqueeze", [f"{path}/scales", at.integers(3)], f"{path}/scales/Unsqueeze")
        at.node("Mul", [f"{path}/steps", f"{path}/scales/Unsqueeze"], f"{path}/blocks")
        return at.reshape(f"{path}/blocks", (0, 0, self.config.hidden_size), f"{path}/rows")

    def norm(self, stream, weight_name, path):
        """Root-mean-square normalisation."""
        at = self.at
        at.node("Pow", [stream, at.number(2)], f"{path}/Pow")
        at.node("ReduceMean", [f"{path}/Pow"], f"{path}/ReduceMean", axes=[-1], keepdims=1)
        epsilon = at.weight("epsilon", np.array(self.config.rms_norm_eps, np.float32))
        at.node("Add", [f"{path}/ReduceMean", epsilon], f"{path}/Add")
        at.node("Sqrt", [f"{path}/Add"], f"{path}/Sqrt")
        at.node("Div", [stream, f"{path}/Sqrt"], f"{path}/Div")
        gain = at.weight(f"{weight_name}.weight", self.gains[f"{weight_name}.weight"])
        return at.node("Mul", [f"{path}/Div", gain], f"{path}/Mul")

    def linear(self, tensor, module, path):
        name = f"{module}.weight"
        return self.at.linear(tensor, name, self.blocks[name], f"{path}/{module.split('.')[-1]}/MatMul")

    def attention(self, stream, layer):
        """The stream with the attention's result added."""
        at, module, path = self.at, f"model.layers.{layer}", f"/model/layers.{layer}/self_attn"
        normed = self.norm(stream, f"{module}.input_layernorm", f"/model/layers.{layer}/input_layernorm")
        projected = {
            letter: self.heads_of(self.linear(normed, f"{module}.self_attn.{letter}_proj", path), letter, path)
            for letter in "qkv"
        }
        query = self.rotate(projected["q"], f"{path}/q")
        key = self.repeat(self.rotate(projected["k"], f"{path}/k"), f"{path}/k")
        value = self.repeat(projected["v"], f"{path}/v")
        flipped = at.transpose(key, [0, 1, 3, 2], f"{path}/k/Transpose")
        at.node("MatMul", [query, flipped], f"{path}/scores")
        at.node("Mul", [f"{path}/scores", at.number(self.head_width**-0.5)], f"{path}/scores/Mul")
        at.node("Add", [f"{path}/scores/Mul", "/model/mask"], f"{path}/scores/Add")
        at.node("Softmax", [f"{path}/scores/Add"], f"{path}/Softmax", axis=-1)
        at.node("MatMul", [f"{path}/Softmax", value], f"{path}/heads")
        rows = at.transpose(f"{path}/heads", [0, 2, 1, 3], f"{path}/heads/Transpose")
        rows = at.reshape(rows, (0, 0, self.heads * self.head_width), f"{path}/heads/Reshape")
        return at.node("Add", [stream, self.linear(rows, f"{module}.self_attn.o_proj", path)], f"{path}/Add")

    def heads_of(self, tensor, letter, path):
        """[B, T, …] → [B, H or G, T, d]"""
        count = self.heads if letter == "q" else self.groups
        split = self.at.reshape(tensor, (0, 0, count, self.head_width), f"{path}/{letter}/Reshape")
        return self.at.transpose(split, [0, 2, 1, 3], f"{path}/{letter}/heads")

    def rotate(self, tensor, path):
        """Rotary positions: x · cos + (−second half, first half) · sin."""
        at, half, end = self.at, self.head_width // 2, self.head_width
        axis = at.integers(3)
        at.node("Slice", [tensor, at.integers(0), at.integers(half), axis], f"{path}/first")
        at.node("Slice", [tensor, at.integers(half), at.integers(end), axis], f"{path}/second")
        at.node("Neg", [f"{path}/second"], f"{path}/second/Neg")
        at.node("Concat", [f"{path}/second/Neg", f"{path}/first"], f"{path}/turned", axis=-1)
        at.node("Mul", [tensor, "/model/rotary_emb/cos"], f"{path}/cos")
        at.node("Mul", [f"{path}/turned", "/model/rotary_emb/sin"], f"{path}/sin")
        return at.node("Add", [f"{path}/cos", f"{path}/sin"], f"{path}/rotated")

    def repeat(self, tensor, path):
        """Each key-value head serves several query heads: [B, G, T, d] → [B, H, T, d]"""
        at, times = self.at, self.heads // self.groups
        at.node("Unsqueeze", [tensor, at.integers(2)], f"{path}/Unsqueeze")
        at.node("Expand", [f"{path}/Unsqueeze", at.integers(1, 1, times, 1, 1)], f"{path}/Expand")
        shape = (0, self.heads, -1, self.head_width)
        return at.reshape(f"{path}/Expand", shape, f"{path}/repeated")

    def feed_forward(self, stream, layer):
        """The stream with the feed-forward part's result added."""
        at, module, path = self.at, f"model.layers.{layer}.mlp", f"/model/layers.{layer}/mlp"
        norm = f"model.layers.{layer}.post_attention_layernorm"
        normed = self.norm(stream, norm, f"/model/layers.{layer}/post_attention_layernorm")
        gate = self.linear(normed, f"{module}.gate_proj", path)
        at.node("Sigmoid", [gate], f"{path}/Sigmoid")
        at.node("Mul", [gate, f"{path}/Sigmoid"], f"{path}/act")
        at.node("Mul", [f"{path}/act", self.linear(normed, f"{module}.up_proj", path)], f"{path}/Mul")
        return at.node("Add", [stream, self.linear(f"{path}/Mul", f"{module}.down_proj", path)], f"{path}/Add")

    def model(self):
        tensor = helper.make_tensor_value_info
        sizes = ["batch_size", "sequence_length"]
        graph = helper.make_graph(
            self.at.nodes,
            "llama",
            [tensor(name, TensorProto.INT64, sizes) for name in ("input_ids", "attention_mask")],
            [tensor("logits", TensorProto.FLOAT, [*sizes, self.config.vocab_size])],
            list(self.at.weights.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, producer_name="underhood", opset_imports=opsets, ir_version=8)


def build_graph(network, blocks):
    """The ONNX model of a Llama network, its weights in it."""
    gains = {name: tensor.numpy() for name, tensor in network.state_dict().items() if tensor.dim() == 1}
    return LlamaGraph(network.config, gains, blocks).build()
