"""The model card: `card.json` for the website and `README.md` for people, both filled in from measured figures."""

import csv
import json
from pathlib import Path
from string import Template

from translator.card import figures_table, table

CURVE = Path(__file__).with_name("curve")  # log and settings of the training that made the served weights
TEMPLATE = Path(__file__).with_name("card_template.md")
LICENCE = "CC BY 2.0 FR"
ATTRIBUTION = "Trained on sentences from tatoeba.org (CC BY 2.0 FR)"

LABELS = dict(
    previous_token_head="Previous-token head: attention to the token before, random tokens",
    previous_token_head_text="The same head on held-out sentences",
    induction_head="Induction head: attention to the token after the first occurrence",
    induction_head_copies="The same head: share of tokens that it names by itself",
    best_copying_head="Head that names most of the repeated tokens by itself",
    copying_accuracy="Copying: repeated random tokens guessed right",
    person_head="Guided head, two people named: attention from a country, or the end, to the person",
    home_head="Another guided head, two people named: attention from the end to the country of the person asked for",
    objects_names="Indirect objects, names never in such a sentence: exact",
    objects_names_preferred="The same: answer before the other name",
    objects_names_difference="The same: mean logit difference",
    objects_pairs="Indirect objects, names never together: exact",
    objects_pairs_preferred="The same: answer before the other name",
    objects_pairs_difference="The same: mean logit difference",
    objects_template="Indirect objects, a sentence frame never seen: exact",
    objects_template_preferred="The same: answer before the other name",
    objects_template_difference="The same: mean logit difference",
    capitals_one_person="Capitals in context, one person named, who was never asked about with that country: exact",
    capitals_two_people="The same, two people named: exact",
    capital_facts="Capitals asked outright (seen in training): exact",
    agreement_attractor="Agreement with an attractor, nouns never together",
    agreement_same_number="Agreement with a noun of the same number between",
    agreement_alone="Agreement without a noun between",
    text_perplexity="Held-out Tatoeba sentences: perplexity of a token (lower is better)",
)
SCORES = dict(
    previous="token before, random tokens",
    previous_text="token before, sentences",
    duplicate="first occurrence of the same token",
    induction="token after the first occurrence",
    copying="names the token to come",
    person="from country or end to the person",
    home="from the end to the person's country",
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
        runs=run["runs"],
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
    first, *others = training["runs"][-1]["phases"]
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        revision=card["revision"],
        megabytes=f"{card['bytes'] / 1e6:.1f}",
        attribution=card["attribution"],
        parameters=f"{training['parameters'] / 1e6:.2f}",
        minutes=training["minutes"],
        steps=f"{training['steps']:,}",
        tokens=f"{training['tokens'] / 1e6:.1f}",
        repeats_until=first["until"],
        guided_until=first["guided_until"],
        lone_until=first["lone_until"],
        binding_since=others[-2]["until"],
        binding_until=others[-1]["guided_until"],
        mix=mix_text(others),
        figures=figures_table(card["figures"]),
        heads=heads_table(card["headScores"]),
        samples=table(
            ["prompt", "prompt and greedy continuation"], [[s["prompt"], s["text"]] for s in card["samples"]]
        ),
    )


def mix_text(phases):
    """One line a phase: what a step holds."""
    lines = []
    for phase in phases:
        rows = ", ".join(f"{count} of {kind.replace('_', ' ')}" for kind, count in phase["rows"].items())
        until = f"Until step {phase['until']:,}" if phase["until"] < 10**8 else "From then on"
        line = f"- {until}, a step held so many rows: {rows}. Every kind counts alike in the loss."
        if phase["strange_names"]:
            share = f"{phase['strange_names']:.0%}"
            line += f" In {share} of the sentences about people any words of the vocabulary stood for the names."
        lines.append(line)
    return "\n".join(lines)


def heads_table(scores):
    """One row a head, one column a score."""
    rows = [
        [f"{layer}.{head}", *(f"{scores[name][layer][head]:.2f}" for name in SCORES)]
        for layer in range(len(scores["induction"]))
        for head in range(len(scores["induction"][0]))
    ]
    return table(["layer.head", *SCORES.values()], rows)
