"""
From the package to the served folder (Hub layout, as transformers.js reads it).

    python -m encoder.export --out ../public/models/encoder-minilm
"""

import argparse
from pathlib import Path

import onnx

from translator.export import write_json

from .eight_bits import round_network, store_in_eight_bits
from .golden import write_golden
from .graph import plain_graph
from .manifest import write_manifest
from .source import full_network, read_settings, read_tokenizer


def export(out):
    """Write every file of the served folder except the card and the licence."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    network, tokenizer = full_network(), read_tokenizer()
    stored = round_network(network)
    onnx.save(store_in_eight_bits(plain_graph(network), stored), out / "onnx/model.onnx")
    # The plainly named file, not a smaller variant.
    write_json(out / "config.json", read_settings("config.json") | {"transformers.js_config": {"dtype": "fp32"}})
    write_json(out / "tokenizer_config.json", read_settings("tokenizer_config.json"))
    (out / "tokenizer.json").write_text(tokenizer.to_str() + "\n", encoding="utf8")
    write_golden(out / "golden.json", network, tokenizer)
    write_manifest(out, sum(parameter.numel() for parameter in network.parameters()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    export(parser.parse_args().out)


if __name__ == "__main__":
    main()
