"""`manifest.json`: what the served folder holds, with sizes and hashes, and a revision that changes with any of them."""

import hashlib
import json

from translator.manifest import describe

NAME = "encoder-minilm"
FILES = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx", "golden.json"]
LARGEST_TOTAL = 24_000_000


def write_manifest(folder, parameters):
    files = [describe(folder, path) for path in FILES]
    total = sum(file["bytes"] for file in files)
    if total > LARGEST_TOTAL:
        raise ValueError(f"the served files take {total} bytes together, more than {LARGEST_TOTAL}")
    listing = "".join(f"{file['path']} {file['sha256']}\n" for file in files)
    manifest = dict(
        name=NAME,
        revision=hashlib.sha256(listing.encode()).hexdigest()[:16],
        storage="int8 weights, float32 computation",
        parameters=parameters,
        totalBytes=total,
        files=files,
        golden="golden.json",
    )
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf8")
