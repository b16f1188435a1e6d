"""The model card: `card.json` for the website and `README.md` for people, both filled in from measured figures."""

import json
import shutil
from pathlib import Path
from string import Template

from translator.card import table

TEMPLATE = Path(__file__).with_name("card_template.md")
COMMITTED = Path(__file__).with_name("card")  # a copy for the page that is served without the model
LICENCE_FILE = COMMITTED / "LICENSE.md"
LICENCE = "Apache-2.0"
ATTRIBUTION = "SmolLM2-135M-Instruct by Hugging Face (HuggingFaceTB), Apache License 2.0"

LABELS = dict(
    paris_pytorch="P(“ Paris” | “The capital of France is”), PyTorch",
    paris_onnx="The same, served files in onnxruntime",
    paris_web="The same, served files in onnxruntime-web (WASM)",
    mary_pytorch="P(“ Mary” | “When Mary and John went to the store, John gave a drink to”), PyTorch",
    mary_onnx="The same, served files in onnxruntime",
    mary_web="The same, served files in onnxruntime-web (WASM)",
    attention_difference="Largest difference of an attention weight from PyTorch, 11 texts",
    hidden_difference="Largest difference of a hidden state from PyTorch, in parts of its layer's largest number",
    same_first_choice="Rows with PyTorch's first choice of the next token",
    first_token_attention="Mean attention of all heads and later tokens to the first token",
    first_token_size="Length of the first token's hidden state to the median of the others', half-way through",
    best_previous_head="Best previous-token head: attention to the token before, random tokens",
    best_duplicate_head="Best duplicate-token head: attention to the first occurrence",
    best_induction_head="Best induction head: attention to the token after the first occurrence",
    copying_accuracy="Copying: repeated random tokens guessed right",
    web_session_seconds="onnxruntime-web, one thread, Node: processor seconds until it can run",
    web_run_seconds="The same: processor seconds for a run of 16 tokens",
    web_megabytes="The same: memory of the whole process, MB",
)


def write_card(folder, figures, details):
    manifest = json.loads((folder / "manifest.json").read_text())
    card = dict(
        name=manifest["name"],
        revision=manifest["revision"],
        bytes=manifest["totalBytes"],
        licence=LICENCE,
        attribution=ATTRIBUTION,
        parameters=manifest["parameters"],
        figures={name: dict(label=LABELS[name], **figure) for name, figure in figures.items()},
        **details,
    )
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False) + "\n", encoding="utf8")
    (folder / "README.md").write_text(render(card), encoding="utf8")
    shutil.copy(LICENCE_FILE, folder)


def keep_card(folder):
    """Copy card, manifest and golden numbers to where they are committed."""
    for name in ("card.json", "README.md", "manifest.json", "golden.json"):
        shutil.copy(folder / name, COMMITTED)


def take_card(folder):
    """The committed card beside files that are the same."""
    for name in ("card.json", "README.md", "LICENSE.md"):
        shutil.copy(COMMITTED / name, folder)


def render(card):
    rows = [[figure["label"], figure["value"], place(figure), figure.get("n", "")] for figure in card["figures"].values()]
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        revision=card["revision"],
        megabytes=f"{card['bytes'] / 1e6:.1f}",
        attribution=card["attribution"],
        parameters=f"{card['parameters'] / 1e6:.1f}",
        figures=table(["figure", "measured", "layer.head", "items"], rows),
        heads=heads_table(card["headScores"]),
    )


def place(figure):
    return f"{figure['layer']}.{figure['head']}" if "layer" in figure else ""


def heads_table(scores, count=5):
    """The strongest heads of each score."""
    rows = []
    for name, layers in scores.items():
        ranked = sorted(((value, i, j) for i, row in enumerate(layers) for j, value in enumerate(row)), reverse=True)
        rows.append([name, *(f"{layer}.{head}: {value:.2f}" for value, layer, head in ranked[:count])])
    return table(["score", *map(str, range(1, count + 1))], rows)
