"""`manifest.json`: what the served folder holds, with sizes and hashes, and a revision that changes with any of them."""

import hashlib
import json

NAME = "translator-en-fr"
FILES = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/encoder_model.onnx",
    "onnx/decoder_model_merged.onnx",
    "golden.json",
    "alignment.json",
]
LARGEST_TOTAL = 12_000_000


def describe(folder, path):
    content = (folder / path).read_bytes()
    return dict(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def write_manifest(folder):
    files = [describe(folder, path) for path in FILES]
    total = sum(file["bytes"] for file in files)
    if total > LARGEST_TOTAL:
        raise ValueError(f"the served files take {total} bytes together, more than {LARGEST_TOTAL}")
    listing = "".join(f"{file['path']} {file['sha256']}\n" for file in files)
    revision = hashlib.sha256(listing.encode()).hexdigest()[:16]
    manifest = dict(
        name=NAME,
        revision=revision,
        storage="float16 weights, float32 computation",
        totalBytes=total,
        files=files,
        golden="golden.json",
        alignment="alignment.json",
    )
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf8")
