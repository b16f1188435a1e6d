"""Writes BertViz's model view and head view of given attentions as HTML.

Usage: python bertviz_html.py ATTENTION.json MODEL_VIEW.html HEAD_VIEW.html

The input holds `source` and `target` (lists of tokens) and `encoder`, `decoder`, `cross`, each `[layer][head][query][key]`.
"""

import json
import sys
from pathlib import Path

import torch
from bertviz import head_view, model_view


def layers(attention: list) -> list[torch.Tensor]:
    """One `[1, head, query, key]` tensor a layer, as a model gives them."""
    return [torch.tensor(layer).unsqueeze(0) for layer in attention]


def main(data: str, model_file: str, head_file: str) -> None:
    given = json.loads(Path(data).read_text())
    arguments = {
        "encoder_attention": layers(given["encoder"]),
        "decoder_attention": layers(given["decoder"]),
        "cross_attention": layers(given["cross"]),
        "encoder_tokens": given["source"],
        "decoder_tokens": given["target"],
        "html_action": "return",
    }
    Path(model_file).write_text(model_view(**arguments).data)
    Path(head_file).write_text(head_view(**arguments).data)


if __name__ == "__main__":
    main(*sys.argv[1:])
