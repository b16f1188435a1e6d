"""The network as a plain ONNX graph: products, softmax and sums, nothing fused, any batch and any length."""

import onnxslim
import torch

OPSET = 18


class HiddenState(torch.nn.Module):
    """The network with a tensor as its only output; one sentence a row, so the sentence numbers are all 0."""

    def __init__(self, network):
        super().__init__()
        self.embeddings, self.encoder, self.run = network.embeddings, network.encoder, network.forward

    def forward(self, input_ids, attention_mask):
        return self.run(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def plain_graph(network):
    """`input_ids`, `attention_mask` [batch, sequence] → `last_hidden_state` [batch, sequence, width]."""
    ids = torch.ones(2, 7, dtype=torch.int64)
    program = torch.onnx.export(
        HiddenState(network).eval(),
        (ids, torch.ones_like(ids)),
        dynamo=True,
        verbose=False,
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_shapes=({0: "batch", 1: "sequence"},) * 2,
        opset_version=OPSET,
    )
    return onnxslim.slim(program.model_proto)  # also takes out what the exporter wrote about its source code
