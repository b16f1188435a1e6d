"""The model card: `card.json` for the website and `README.md` for people, both filled in from measured figures."""

import csv
import json
from pathlib import Path
from string import Template

CURVE = Path(__file__).with_name("curve")  # log and settings of the training that made the served weights
TEMPLATE = Path(__file__).with_name("card_template.md")
LICENCE = "CC BY 2.0 FR"
ATTRIBUTION = "Trained on sentences from tatoeba.org (CC BY 2.0 FR)"

LABELS = dict(
    must_sentences="The two sentences of the course's first exercise, exact",
    tatoeba_bleu="Tatoeba held out: BLEU, one reference",
    tatoeba_bleu_several="Tatoeba held out: BLEU, all references",
    tatoeba_chrf="Tatoeba held out: chrF, one reference",
    tatoeba_exact="Tatoeba held out: exactly one of the references",
    tatoeba_bleu_unseen="Tatoeba held out: BLEU, only sentences whose French occurs nowhere in training",
    grammar_exact="Grammar held out: exact",
    grammar_bleu="Grammar held out: BLEU",
    capitals_seen="Capitals, questions seen in training: exact",
    capitals_held_out="Capitals, country and wording never seen together: exact",
    probes_right="Binding and agreement probes right",
    attention_grammar="Alignment head on grammar pairs: strongest word is the gold word",
    attention_grammar_mean_of_heads="The same, mean over all 12 cross-attention heads",
    attention_grammar_diagonal="The same, baseline: word at the same relative place",
    attention_names="Alignment head on names and numbers of Tatoeba pairs",
    attention_names_mean_of_heads="The same, mean over all 12 cross-attention heads",
    attention_names_diagonal="The same, baseline: word at the same relative place",
    storage_identical="16-bit against 32-bit storage: identical outputs",
    storage_bleu_change="16-bit against 32-bit storage: change of BLEU",
)


def training_summary():
    """Settings and extent of the training, from the kept log."""
    run = json.loads((CURVE / "run.json").read_text())
    with (CURVE / "training.csv").open() as lines:
        last = list(csv.DictReader(lines))[-1]
    return dict(
        parameters=run["parameters"],
        minutes=round(float(last["seconds"]) / 60),
        tokens=int(last["tokens"]),
        steps=int(last["step"]),
        threads=1,
        phases=run["phases"],
    )


def write_card(folder, figures, details):
    manifest = json.loads((folder / "manifest.json").read_text())
    card = dict(
        name=manifest["name"],
        revision=manifest["revision"],
        bytes=manifest["totalBytes"],
        licence=LICENCE,
        attribution=ATTRIBUTION,
        training=training_summary(),
        figures={name: dict(label=LABELS[name], **entry) for name, entry in figures.items()},
        **details,
    )
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf8")
    (folder / "README.md").write_text(render(card), encoding="utf8")


def render(card):
    training = card["training"]
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        revision=card["revision"],
        megabytes=f"{card['bytes'] / 1e6:.1f}",
        attribution=card["attribution"],
        parameters=f"{training['parameters'] / 1e6:.2f}",
        minutes=training["minutes"],
        tokens=f"{training['tokens'] / 1e6:.1f}",
        phases=phases_text(training["phases"]),
        layer=card["head"]["layer"],
        head=card["head"]["head"],
        figures=figures_table(card["figures"]),
        heads=heads_table(card["head"]["agreementByHead"]),
        probes=probes_table(card["probes"]),
        samples=samples_table(card["samples"]),
    )


def phases_text(phases):
    """One line a phase: from which step on, and what an epoch holds."""
    return "\n".join(
        f"- From step {p['from_step']}: {p['mix']['grammar']:,} fresh grammar pairs an epoch beside all Tatoeba pairs, each question on "
        f"capitals {p['mix']['capital_repeats']} times, dropout {p['dropout']}, seed {p['seed']}."
        for p in phases
    )


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def figures_table(figures):
    rows = [[f["label"], f["value"], f.get("goal", ""), verdict(f), f.get("n", "")] for f in figures.values()]
    return table(["figure", "measured", "goal", "", "items"], rows)


def verdict(figure):
    if "goal" not in figure:
        return ""
    return "reached" if figure["value"] >= figure["goal"] else "**missed**"


def heads_table(agreement):
    heads = len(agreement["grammar"][0])
    rows = [
        [f"layer {i}", *(f"{g:.2f} / {n:.2f}" for g, n in zip(grammar, names))]
        for i, (grammar, names) in enumerate(zip(agreement["grammar"], agreement["names"]))
    ]
    return table(["grammar / names", *(f"head {i}" for i in range(heads))], rows)


def probes_table(probes):
    rows = [[p["kind"], p["english"], p["answer"], "yes" if p["right"] else f"no: {p['expected']}"] for p in probes]
    return table(["kind", "English", "answer", "right"], rows)


def samples_table(samples):
    return table(["English", "answer", "reference"], [[s["english"], s["answer"], s["reference"]] for s in samples])
