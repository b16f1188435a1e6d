"""From the package's weights to the served folder (Hub layout, as transformers.js reads it)."""

import json
import shutil
import tempfile
from pathlib import Path

import onnx
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

from .golden import write_golden
from .graph import build_graph
from .manifest import write_manifest
from .shards import save_in_shards
from .source import FILE, check_blocks, load_blocks, package_folder
from .tokenizer import save_tokenizer

GENERATION = dict(
    bos_token_id=1, eos_token_id=2, pad_token_id=2, max_new_tokens=24, do_sample=False, num_beams=1, use_cache=False
)


def export(network, tokenizer, out, golden=None):
    """
    Write every file of the served folder except the card and the licence; nothing is at `out` before all is written.

    golden: a file to take the golden numbers from. Computed anew, their last digits depend on the processor.
    """
    with tempfile.TemporaryDirectory(dir=out.parent) as work:
        folder = Path(work) / out.name
        (folder / "onnx").mkdir(parents=True)
        write_settings(network, tokenizer, folder)
        blocks = load_blocks(network.config)
        check_blocks(network, blocks)
        model = build_graph(network, blocks)
        files = save_in_shards(model, folder / "onnx/model.onnx")
        onnx.checker.check_model(str(folder / "onnx/model.onnx"))
        write_config(network, folder, len(files) - 1)
        if golden is None:
            write_golden(folder / "golden.json", network, tokenizer)
        else:
            shutil.copy(golden, folder / "golden.json")
        write_manifest(folder, files, network.num_parameters())
        shutil.rmtree(out, ignore_errors=True)
        folder.rename(out)


def write_settings(network, tokenizer, folder):
    template = load_gguf_checkpoint(package_folder() / FILE)["tokenizer_config"].get("chat_template")
    save_tokenizer(tokenizer, folder, template)
    for name in ("special_tokens_map.json", "vocab.json", "merges.txt", "chat_template.jinja"):
        (folder / name).unlink(missing_ok=True)
    write_json(folder / "generation_config.json", GENERATION)


def write_config(network, folder, shards):
    config = network.config.to_diff_dict()
    config.pop("_name_or_path", None)
    config |= {"architectures": ["LlamaForCausalLM"], "use_cache": False, "head_dim": network.config.head_dim}
    # The plainly named file, not a smaller variant, and how many files of weights lie beside it.
    config["transformers.js_config"] = {"dtype": "fp32", "use_external_data_format": {"model.onnx": shards}}
    write_json(folder / "config.json", config)


def write_json(path, content):
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf8")
