"""Writes the card beside the data: `card_template.md` with the tables computed from the sentences."""

import json
from collections import Counter
from pathlib import Path

from . import figures
from .constructions import CONSTRUCTIONS
from .draw import HELD_OUT

HERE = Path(__file__).parent
REAL_TEXT = HERE / "real_text.json"


def percent(share):
    return f"{100 * share:.1f}"


def markdown(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def count_table(treebank, pairs):
    rows = []
    for name, sentences in treebank.items():
        words = figures.words(sentences)
        lengths = [len(sentence.rows) for sentence in sentences]
        rows.append([f"`{name}.conllu`", f"{len(sentences):,}", f"{len(words):,}", f"{len(words) / len(sentences):.2f}",
                     f"{min(lengths)}–{max(lengths)}", f"{len({word.form.lower() for word in words}):,}",
                     f"{len({word.lemma for word in words}):,}"])  # fmt: skip
    return markdown(["part", "sentences", "words", "mean length", "lengths", "forms", "lemmas"], rows) + (
        f"\n\n`agreement.tsv`: {len(pairs):,} minimal pairs."
    )


def comparison(ours, theirs, least=0.001):
    labels = [label for label in {**ours, **theirs} if max(ours.get(label, 0), theirs.get(label, 0)) >= least]
    labels.sort(key=lambda label: -max(ours.get(label, 0), theirs.get(label, 0)))
    return [[f"`{label}`", percent(ours.get(label, 0)), percent(theirs.get(label, 0))] for label in labels]


def pair_table(pairs):
    counts = Counter((pair.construction, pair.subject_number, pair.attractor_number) for pair in pairs)
    examples = {
        pair.construction: pair
        for pair in reversed(pairs)
        if pair.subject_number == "Sing" and pair.attractor_number != "Sing"
    }
    rows = []
    for construction in dict.fromkeys(pair.construction for pair in pairs):
        total = sum(count for key, count in counts.items() if key[0] == construction)
        pair = examples[construction]
        words = pair.grammatical.split()
        words[pair.position - 1] = f"**{pair.good}** / {pair.bad}" + "." * (pair.position == len(words))
        rows.append([f"`{construction}`", total, " ".join(words)])
    return markdown(["construction", "pairs", "example (singular subject, plural attractor where there is one)"], rows)


def identity_table(identity, real):
    rows = [
        ["most frequent tag for every word", percent(identity["majority"]), percent(real["majority"])],
        [
            "most frequent tag of each word (unseen: most frequent of all)",
            percent(identity["accuracy"]),
            percent(real["accuracy"]),
        ],
        ["the same, words seen in training only", percent(identity["accuracy_seen"]), percent(real["accuracy_seen"])],
        ["share of words not seen in training", percent(identity["unseen_share"]), percent(real["unseen_share"])],
    ]
    return markdown(["UPOS on test, %", "this treebank", "EWT sample"], rows)


def construction_table(sentences):
    rows = [[name, percent(sum(map(test, sentences)) / len(sentences))] for name, test in CONSTRUCTIONS.items()]
    return markdown(["construction", "% of sentences"], rows)


def offsets(sentences):
    rows = [
        [f"`{rel}`", f"{count:,}", f"{mean:.2f}", f"{best:+d}", percent(share)]
        for rel, count, mean, best, share in figures.offset_table(sentences)
    ]
    return markdown(["relation", "words", "mean distance", "best fixed offset", "% it is right"], rows)


def fill(treebank, pairs):
    """The card's text."""
    every = [sentence for sentences in treebank.values() for sentence in sentences]
    real = json.loads(REAL_TEXT.read_text(encoding="utf-8"))
    ours = figures.summary(every)
    ambiguous = figures.ambiguous_forms(treebank["train"], treebank["test"])
    held = figures.held_out_figures(treebank)
    tables = {
        "COUNTS": count_table(treebank, pairs),
        "PAIRS": pair_table(pairs),
        "IDENTITY": identity_table(figures.word_identity(treebank["train"], treebank["test"]), real["word_identity"]),
        "AMBIGUOUS_COUNT": str(len(ambiguous)),
        "AMBIGUOUS": ", ".join(f"{form} ({'/'.join(tags)})" for form, tags in ambiguous.items()),
        "HELD_COUNT": str(len(HELD_OUT)),
        "HELD": ", ".join(sorted(HELD_OUT, key=str.lower)),
        "NEW_LEMMAS": f"{held['held_out_lemmas']} of {held['lemmas']}",
        "ALL_NEW_LEMMAS": str(held["new_lemmas"]),
        "NEW_WORDS": percent(held["new_words"]),
        "CONSTRUCTIONS": construction_table(every),
        "REAL": f"{real['sentences']:,} sentences, {real['mean_length']:.1f} words on average",
        "UPOS": markdown(["UPOS, % of words", "this treebank", "EWT sample"], comparison(ours["upos"], real["upos"])),
        "RELATIONS": markdown(
            ["relation, % of words", "this treebank", "EWT sample"], comparison(ours["relations"], real["relations"])
        ),
        "DISTANCES": markdown(
            ["distance to the head, % of words", "this treebank", "EWT sample"],
            comparison(ours["distances"], real["distances"], 0),
        ),
        "OFFSETS": offsets(every),
    }
    text = (HERE / "card_template.md").read_text(encoding="utf-8")
    for name, table in tables.items():
        text = text.replace("{{" + name + "}}", table)
    return text
