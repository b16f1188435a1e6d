"""
What 8 bits change, and what the heads do: every figure of the card.

    python -m encoder.evaluate --served ../public/models/encoder-minilm --ewt en_ewt-train-subset.conllu

Compares the served files, through onnxruntime, with PyTorch on the 32-bit weights; a few
minutes on one core. Writes the card (`--print-only`: prints).
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from translator.evaluate import figure
from treebank import conllu

from .card import write_card
from .closeness import differences
from .probe import accuracy_by_layer, dictionary_accuracy
from .relations import best_heads, largest_change, tally
from .roles import mean_scores, role_scores
from .served import ServedModel
from .source import full_network, read_tokenizer
from .trace import trace
from .words import between_words, of_words, tokens_of_words

TREEBANK = Path(__file__).resolve().parents[2] / "public/data/treebank"
EWT_HOME = "the 4,000 training sentences of UD English-EWT, or all of them; https://github.com/UniversalDependencies/UD_English-EWT"
CLOSE, SENTENCES = 200, 1000
TRAINED_ON = 0.8  # share of the sentences that the probe learns from; the others are held out


@dataclass(frozen=True)
class Both:
    """The same sentences through the 32-bit network and the served one."""

    sentences: list
    places: list  # positions of each word's tokens
    full: list  # traces
    served: list


def evenly(items, count):
    """`count` items, or all if there are fewer, drawn at even distances."""
    count = min(count, len(items))
    return [items[i * len(items) // count] for i in range(count)]


def read_sentences(path, count, tokenizer):
    """(sentence, positions of its words' tokens) of sentences in which every word has a token."""
    pairs = [(s, tokens_of_words(s, tokenizer.encode(s.text))) for s in evenly(conllu.read(path), count)]
    return [pair for pair in pairs if pair[1] is not None]


def run_both(networks, path, count):
    full, served = networks
    tokenizer = read_tokenizer()
    pairs = read_sentences(path, count, tokenizer)
    return Both(
        [sentence for sentence, _ in pairs],
        [places for _, places in pairs],
        [trace(full, tokenizer, sentence.text) for sentence, _ in pairs],
        [served.trace(sentence.text) for sentence, _ in pairs],
    )


def of_roles(both):
    """{role: {"full", "eight": [layer, head]}}"""
    full, eight = (mean_scores([role_scores(run.attention) for run in runs]) for runs in (both.full, both.served))
    return {role: dict(full=full[role], eight=eight[role]) for role in full}


def of_relations(both):
    """(best head of each relation, largest change of any head's accuracy)."""
    full, eight = (
        tally(both.sentences, (between_words(run.attention, places) for run, places in zip(runs, both.places)))
        for runs in (both.full, both.served)
    )
    return best_heads(full, eight), largest_change(full, eight)


def of_probes(both):
    """Accuracy of the probe by layer on both networks, and what a dictionary reaches."""
    learned = both.sentences[: round(len(both.sentences) * TRAINED_ON)]
    first = sum(len(sentence.rows) for sentence in learned)
    rows = [row for sentence in both.sentences for row in sentence.rows]
    tags = [row.upos for row in rows]
    by_network = {
        name: accuracy_by_layer(torch.cat([of_words(r.hidden, p) for r, p in zip(runs, both.places)], 1), tags, first)
        for name, runs in (("full", both.full), ("eight", both.served))
    }
    return by_network | dict(
        dictionary=dictionary_accuracy([row.form for row in rows], tags, first), n=len(rows) - first
    )


def close_figures(close, name, count):
    attention, hidden, cosine = close["attention"], close["hidden"], close["cosine"]
    return {
        f"attention_largest_{name}": figure(attention["largest"], None, count, 4),
        f"attention_mean_{name}": figure(attention["mean"], None, count, 6),
        f"hidden_largest_{name}": figure(hidden["largest"], None, count, 4),
        f"hidden_mean_{name}": figure(hidden["mean"], None, count, 5),
        f"cosine_mean_{name}": figure(cosine["mean"], None, count, 6),
        f"cosine_least_{name}": figure(cosine["least"], None, count, 6),
    }


def change_figures(name, both, roles, change, probes):
    role = max((of["full"] - of["eight"]).abs().max().item() for of in roles.values())
    probe = max(abs(a - b) for a, b in zip(probes["full"], probes["eight"]))
    return {
        f"role_change_{name}": figure(role, None, len(both.sentences), 4),
        f"relation_change_{name}": figure(change, None, len(both.sentences), 4),
        f"probe_change_{name}": figure(probe, None, probes["n"], 4),
    }


def rounded(values):
    return [[round(value, 3) for value in row] for row in values.tolist()]


def of_corpus(networks, name, path):
    """(figures, details) of one corpus."""
    both = run_both(networks, path, SENTENCES)
    roles, (heads, change), probes = of_roles(both), of_relations(both), of_probes(both)
    return change_figures(name, both, roles, change, probes), dict(
        sentences=len(both.sentences),
        roles={role: {kind: rounded(scores) for kind, scores in of.items()} for role, of in roles.items()},
        relations=heads,
        probe={
            key: [round(v, 4) for v in value] if isinstance(value, list) else round(value, 4)
            for key, value in probes.items()
        },
    )


def evaluate(served, ewt):
    """(figures, details) of the served folder; see `card.py` for what becomes of them."""
    networks = full_network(), ServedModel(served)
    figures, details = {}, dict(closeness={}, corpora={})
    for name, close_to, path in (
        ("treebank", TREEBANK / "dev.conllu", TREEBANK / "train.conllu"),
        ("ewt", ewt, ewt),
    ):
        both = run_both(networks, close_to, CLOSE)
        close = differences(zip(both.full, both.served))
        figures |= close_figures(close, name, len(both.sentences))
        details["closeness"][name] = by_layer(close)
        changes, details["corpora"][name] = of_corpus(networks, name, path)
        figures |= changes
    return figures, details


def by_layer(close):
    """Differences of each layer: of attention, and of hidden states, the embeddings first."""
    digits = lambda values: [float(f"{value:.3g}") for value in values]  # noqa: E731
    return {
        kind: dict(largest=digits(close[kind]["largestByLayer"]), mean=digits(close[kind]["meanByLayer"]))
        for kind in ("attention", "hidden")
    }


def report(figures, details):
    for name, entry in figures.items():
        print(f"{name:28} {entry['value']:>9}  n={entry.get('n')}")
    for name, corpus in details["corpora"].items():
        print(f"{name}: relation, head counted from 0, 32 bits, 8 bits, best offset, arcs")
        for row in corpus["relations"]:
            print(
                f"  {row['measure']:22} {row['layer']}.{row['head']:<3} {row['full']:.3f} {row['eight']:.3f} "
                f"{row['offsetScore']:.3f} ({row['offset']:+d}) {row['n']}"
            )
        print("  probe:", corpus["probe"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--served", type=Path, required=True)
    parser.add_argument("--ewt", type=Path, required=True, help=EWT_HOME)
    parser.add_argument("--print-only", action="store_true", help="no card")
    options = parser.parse_args()
    torch.set_num_threads(1)
    figures, details = evaluate(options.served, options.ewt)
    report(figures, details)
    if not options.print_only:
        write_card(options.served, figures, details)


if __name__ == "__main__":
    main()
