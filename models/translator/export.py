"""
From a checkpoint to the served folder (Hub layout, as transformers.js reads it).

    python -m translator.export --work build --out ../public/models/translator-en-fr

Leaves the same model with 32-bit storage in `build/full`, for measuring what 16 bits cost.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
from optimum.exporters.onnx import main_export
from tokenizers import Tokenizer

from .golden import write_golden
from .half_storage import store_in_half
from .manifest import write_manifest
from .network import GUIDED_HEAD, GUIDED_LAYER
from .tokenizer import save_tokenizer
from .weights import averaged_network, served_network

GRAPHS = ["encoder_model.onnx", "decoder_model_merged.onnx"]
GENERATION = dict(
    decoder_start_token_id=0, eos_token_id=1, pad_token_id=0, max_new_tokens=64, do_sample=False, num_beams=1
)
ALIGNMENT_HEAD = dict(
    name="alignment head",
    kind="cross",
    layer=GUIDED_LAYER,
    head=GUIDED_HEAD,
    guided=True,
    row="producing",
    note="This head was taught to align, on sentences of the grammar; no other head was. "
    "Row t of the decoder is the row that produces target token t.",
)


def export(work, out):
    """Write every file of the served folder except the card and the licence."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    checkpoint, vocabulary = work / "checkpoint.pt", tokenizer.get_vocab_size()
    network = served_network(checkpoint, vocabulary)
    write_hub_folder(network, tokenizer, out, store_in_half)
    write_json(out / "alignment.json", ALIGNMENT_HEAD)
    write_golden(out / "golden.json", network, tokenizer, ALIGNMENT_HEAD)
    write_manifest(out)
    write_hub_folder(averaged_network(checkpoint, vocabulary), tokenizer, work / "full", lambda graph: graph)


def write_hub_folder(network, tokenizer, out, store):
    """Configuration, tokenizer and both graphs; `store` rewrites each graph before it is saved."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hub = Path(folder)
        write_hub_model(network, tokenizer, hub / "torch")
        main_export(str(hub / "torch"), str(hub / "onnx"), task="text2text-generation-with-past", do_validation=False)
        for name in GRAPHS:
            onnx.save(store(onnx.load(hub / "onnx" / name)), out / "onnx" / name)
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            shutil.copy(hub / "torch" / name, out / name)
    write_json(out / "generation_config.json", GENERATION)


def write_hub_model(network, tokenizer, folder):
    network.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    config = json.loads((folder / "config.json").read_text())
    config["transformers.js_config"] = {"dtype": "fp32"}  # the plainly named files, not a smaller variant
    write_json(folder / "config.json", config)


def write_json(path, content):
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    export(options.work, options.out)


if __name__ == "__main__":
    main()
