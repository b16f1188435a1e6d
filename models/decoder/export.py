"""
From a checkpoint to the served folder (Hub layout, as transformers.js reads it).

    python -m decoder.export --work build/decoder --out ../public/models/decoder-small

The graph is the plain one, without key–value cache: texts are short, and every token's attention is wanted anyway.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
from optimum.exporters.onnx import main_export
from tokenizers import Tokenizer

from translator.export import write_json
from translator.half_storage import store_in_half

from .golden import write_golden
from .manifest import write_manifest
from .network import GUIDED_HEADS
from .tokenizer import save_tokenizer
from .train import PHASES
from .weights import served_network

GENERATION = dict(bos_token_id=0, eos_token_id=0, max_new_tokens=24, do_sample=False, num_beams=1, use_cache=False)


GUIDED_BY = {("repeats",): ("previous", "induction"), ("homes", "two_people"): ("person", "home")}
NAMES = dict(
    previous="previous-token head",
    induction="induction head",
    person="from a country, or a question's end, to the person",
    home="from a question's end to the country of the person asked for",
)


def guided_heads():
    """The heads that were shown where to look, when, and on what."""
    heads, since = [], 0
    for phase in PHASES:
        kinds = " and ".join(kind.replace("_", " ") for kind in phase.guided)
        note = f"Shown where to look in steps {since} to {phase.guided_until} of training, on rows of {kinds} only."
        for name in GUIDED_BY.get(phase.guided, ()):
            layer, head = GUIDED_HEADS[name]
            heads.append(dict(name=NAMES[name], layer=layer, head=head, guided=True, note=note))
        since = phase.until
    return dict(kind="decoder", heads=heads)


def export(work, out):
    """Write every file of the served folder except the card and the licence."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    network = served_network(work / "checkpoint.pt", tokenizer.get_vocab_size())
    write_hub_folder(network, tokenizer, out)
    write_json(out / "heads.json", guided_heads())
    write_golden(out / "golden.json", network, tokenizer)
    write_manifest(out)


def write_hub_folder(network, tokenizer, out):
    """Configuration, tokenizer and graph."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hub = Path(folder)
        write_hub_model(network, tokenizer, hub / "torch")
        main_export(str(hub / "torch"), str(hub / "onnx"), task="text-generation", do_validation=False)
        onnx.save(store_in_half(onnx.load(hub / "onnx/model.onnx")), out / "onnx/model.onnx")
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            shutil.copy(hub / "torch" / name, out / name)
    write_json(out / "generation_config.json", GENERATION)


def write_hub_model(network, tokenizer, folder):
    network.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    config = json.loads((folder / "config.json").read_text())
    config["use_cache"] = False
    config["transformers.js_config"] = {"dtype": "fp32"}  # the plainly named file, not a smaller variant
    write_json(folder / "config.json", config)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    export(options.work, options.out)


if __name__ == "__main__":
    main()
