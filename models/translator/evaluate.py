"""
Evaluate the served files and write the model card.

    python -m translator.evaluate --tatoeba fra.tsv --served ../public/models/translator-en-fr [--full build/full]

Everything runs through onnxruntime on one core in about a minute. `--full` is the folder with 32-bit storage that the
export leaves behind; with it the loss by 16-bit storage is measured.
"""

import argparse
from pathlib import Path

import sacrebleu

from .attention_measures import best_head, grammar_questions, measure, name_and_number_questions
from .capitals import capital_pairs
from .card import write_card
from .corpus import PREFIX, make_splits
from .probes import read_probes
from .served import ServedModel, TappedDecoder

MUST = {
    PREFIX + "The brown dog ran.": "Le chien brun a couru.",
    "What is the capital of France?": "The capital is Paris.",
}
FEWER = 250  # Tatoeba sentences with --quick


def share(answers, accepted):
    """Share of answers that are exactly one of the accepted texts."""
    return sum(answer in texts for answer, texts in zip(answers, accepted)) / len(answers)


def figure(value, goal=None, count=None, digits=3):
    """One number of the card: measured value, the goal it has to reach, on how many items."""
    rounded = round(float(value), digits) if digits else int(value)
    return {k: v for k, v in dict(value=rounded, goal=goal, n=count).items() if v is not None}


def must_figures(model):
    answers = model.translate(list(MUST))
    return dict(must_sentences=figure(share(answers, [[text] for text in MUST.values()]), 1.0, len(MUST)))


def tatoeba_figures(held_out, answers):
    first = [[references[0] for _, references in held_out]]
    most = max(len(references) for _, references in held_out)
    several = [[r[k] if k < len(r) else None for _, r in held_out] for k in range(most)]
    count = len(held_out)
    return dict(
        tatoeba_bleu=figure(sacrebleu.corpus_bleu(answers, first).score, 25, count, 1),
        tatoeba_bleu_several=figure(sacrebleu.corpus_bleu(answers, several).score, None, count, 1),
        tatoeba_chrf=figure(sacrebleu.corpus_chrf(answers, first).score, 45, count, 1),
        tatoeba_exact=figure(share(answers, [references for _, references in held_out]), None, count),
    )


def unseen_reference_figures(splits, held_out, answers):
    """The same without sentences whose French, as the translation of another English, stands in the training data."""
    seen = {french for _, french in splits.train}
    kept = [(refs[0], a) for (_, refs), a in zip(held_out, answers) if not seen.intersection(refs)]
    bleu = sacrebleu.corpus_bleu([answer for _, answer in kept], [[reference for reference, _ in kept]]).score
    return dict(tatoeba_bleu_unseen=figure(bleu, None, len(kept), 1))


def grammar_figures(pairs, answers):
    french = [pair.french for pair in pairs]
    return dict(
        grammar_exact=figure(share(answers, [[text] for text in french]), 0.90, len(pairs)),
        grammar_bleu=figure(sacrebleu.corpus_bleu(answers, [french]).score, None, len(pairs), 1),
    )


def capital_figures(model):
    figures = {}
    for name, held_out, goal in (("capitals_seen", False, 0.99), ("capitals_held_out", True, 0.94)):
        pairs = capital_pairs(held_out)
        answers = model.translate([question for question, _ in pairs])
        figures[name] = figure(share(answers, [[answer] for _, answer in pairs]), goal, len(pairs))
    return figures


def probe_results(model):
    probes = read_probes()
    answers = model.translate([PREFIX + probe.english for probe in probes])
    return [
        dict(kind=p.kind, english=p.english, expected=p.accepted[0], answer=answer, right=answer in p.accepted)
        for p, answer in zip(probes, answers)
    ]


def attention_figures(model, splits):
    """The head is picked on one half of the grammar pairs; every figure is measured elsewhere."""
    decoder = TappedDecoder(model)
    half = len(splits.grammar_held_out) // 2
    picked = best_head(measure(decoder, grammar_questions(splits.grammar_held_out[:half])))
    grammar = measure(decoder, grammar_questions(splits.grammar_held_out[half:]))
    real = measure(decoder, name_and_number_questions([(e, references[0]) for e, references in splits.held_out]))
    figures = dict(
        attention_grammar=figure(grammar.heads[picked], 0.95, grammar.words),
        attention_grammar_mean_of_heads=figure(grammar.heads.mean(), None, grammar.words),
        attention_grammar_diagonal=figure(grammar.diagonal, None, grammar.words),
        attention_names=figure(real.heads[picked], 0.80, real.words),
        attention_names_mean_of_heads=figure(real.heads.mean(), None, real.words),
        attention_names_diagonal=figure(real.diagonal, None, real.words),
    )
    by_head = dict(grammar=grammar.heads.round(3).tolist(), names=real.heads.round(3).tolist())
    return figures, dict(layer=picked[0], head=picked[1], agreementByHead=by_head)


def storage_figures(full, held_out, answers):
    """What 16-bit storage costs against 32-bit storage."""
    whole = ServedModel(full).translate([PREFIX + english for english, _ in held_out])
    first = [[references[0] for _, references in held_out]]
    change = sacrebleu.corpus_bleu(answers, first).score - sacrebleu.corpus_bleu(whole, first).score
    return dict(
        storage_identical=figure(share(answers, [[text] for text in whole]), None, len(held_out), 4),
        storage_bleu_change=figure(change, None, len(held_out), 2),
    )


def evaluate(served, splits, full=None, quick=False):
    """(figures, details) of the served folder; see `card.py` for what becomes of them."""
    model = ServedModel(served)
    held_out = splits.held_out[:FEWER] if quick else splits.held_out
    tatoeba = model.translate([PREFIX + english for english, _ in held_out])
    grammar = model.translate([PREFIX + pair.english for pair in splits.grammar_held_out])
    probes = probe_results(model)
    attention, head = attention_figures(model, splits)

    figures = must_figures(model)
    figures |= tatoeba_figures(held_out, tatoeba)
    figures |= unseen_reference_figures(splits, held_out, tatoeba)
    figures |= grammar_figures(splits.grammar_held_out, grammar)
    figures |= capital_figures(model)
    figures["probes_right"] = figure(sum(probe["right"] for probe in probes), 18, len(probes), 0)
    figures |= attention
    if full:
        figures |= storage_figures(full, held_out, tatoeba)
    misses = [
        dict(english=p.english, expected=p.french, answer=a)
        for p, a in zip(splits.grammar_held_out, grammar)
        if a != p.french
    ]
    samples = [dict(english=e, answer=a, reference=r[0]) for (e, r), a in list(zip(held_out, tatoeba))[::50]]
    return figures, dict(probes=probes, head=head, grammarMisses=misses[:10], samples=samples)


def report(figures, details):
    for name, entry in figures.items():
        goal = entry.get("goal")
        verdict = "" if goal is None else f"  goal {goal}  {'reached' if entry['value'] >= goal else 'MISSED'}"
        print(f"{name:34} {entry['value']:>8}  n={entry.get('n')}{verdict}")
    for probe in details["probes"]:
        if not probe["right"]:
            print(f"probe missed: {probe['english']} -> {probe['answer']} (expected {probe['expected']})")
    for miss in details["grammarMisses"]:
        print(f"grammar missed: {miss['english']} -> {miss['answer']} (expected {miss['expected']})")
    print("head picked:", details["head"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tatoeba", type=Path, required=True)
    parser.add_argument("--served", type=Path, required=True)
    parser.add_argument("--full", type=Path)
    parser.add_argument("--quick", action="store_true", help="fewer Tatoeba sentences, no card")
    options = parser.parse_args()
    figures, details = evaluate(options.served, make_splits(options.tatoeba), options.full, options.quick)
    report(figures, details)
    if not options.quick:
        write_card(options.served, figures, details)


if __name__ == "__main__":
    main()
