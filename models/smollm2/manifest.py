"""`manifest.json`: what the served folder holds, with sizes and hashes, and a revision that changes with any of them."""

import hashlib
import json

from translator.manifest import describe

NAME = "smollm2-135m"
PLAIN = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"]
LARGEST_TOTAL = 150_000_000
LARGEST_FILE = 95_000_000


def write_manifest(folder, graph_files, parameters):
    """graph_files: names in `onnx`, the graph first."""
    files = [describe(folder, path) for path in [*PLAIN, *(f"onnx/{name}" for name in graph_files), "golden.json"]]
    total = sum(file["bytes"] for file in files)
    if total > LARGEST_TOTAL or any(file["bytes"] > LARGEST_FILE for file in files):
        raise ValueError(f"the served files are too large: {total} bytes together")
    listing = "".join(f"{file['path']} {file['sha256']}\n" for file in files)
    manifest = dict(
        name=NAME,
        revision=hashlib.sha256(listing.encode()).hexdigest()[:16],
        storage="4-bit weights, 8-bit token table, float32 computation",
        parameters=parameters,
        totalBytes=total,
        files=files,
        golden="golden.json",
    )
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf8")


def whole(folder):
    """Whether the folder holds every file of its manifest, unharmed, and the licence, which is written last."""
    path = folder / "manifest.json"
    if not path.exists() or not (folder / "LICENSE.md").exists():
        return False
    files = json.loads(path.read_text())["files"]
    return all((folder / file["path"]).exists() and describe(folder, file["path"]) == file for file in files)
