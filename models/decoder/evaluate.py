"""
Evaluate the served files and write the model card.

    python -m decoder.evaluate --tatoeba fra.tsv --served ../public/models/decoder-small

Everything runs through onnxruntime on one core in a minute or two.
"""

import argparse
import random
from pathlib import Path

import numpy as np

from translator.evaluate import figure

from . import heads
from .batches import task_row
from .card import write_card
from .checks import packed
from .corpus import make_splits
from .network import GUIDED_HEADS
from .questions import ask
from .repeats import repeated
from .served import ServedModel
from .tasks import agreement, capitals, indirect_objects

HALF = 25  # random tokens before they are repeated
ROWS = 100
TASKS = 500
SEED = 2024
PROMPTS = [
    "When Mary and John went to the store, John gave a drink to",
    "When Mary and John went to the store, Mary gave a drink to",
    "Jack lives in France. The capital of his country is",
    "Jack lives in Japan. Anna lives in Italy. The capital of Jack's country is",
    "The dogs near the house",
    "The capital of Germany is",
    "I don't know",
    "She went to",
]


def head_scores(model):
    """Scores of every head on random repeated sequences and, for the previous token, on sentences; copying accuracy."""
    ids = np.array(repeated(np.random.default_rng(SEED), model.config["vocab_size"], HALF, ROWS))
    attention = model.attention(ids)
    known = heads.second_half(HALF)
    right = model.logits(ids)[:, known].argmax(-1) == ids[:, known + 1]
    scores = dict(
        previous=heads.previous_token(attention),
        induction=heads.induction(attention, HALF),
        duplicate=heads.duplicate_token(attention, HALF),
        copying=heads.copying(model.contributions(ids, ids[:, 1 : 1 + HALF]), ids, HALF),
    )
    return scores, right


def previous_on_text(model, sentences):
    """The previous-token score on sentences, each by itself."""
    encoded = [encoding.ids for encoding in model.tokenizer.encode_batch(sentences)]
    scores = [heads.previous_token(model.attention([ids])) for ids in encoded if len(ids) > 4]
    return np.mean(scores, 0)


def link_scores(model, tasks):
    """Mean attention of every head over the tasks' links, {guided head: [layer, head]}."""
    scores = {}
    for task in tasks:
        row = task_row(model.tokenizer, task)
        attention = model.attention([row.ids])[:, 0]
        for name in {head for head, _, _ in row.links}:
            places = [(query, key) for head, query, key in row.links if head == name]
            scores.setdefault(name, []).append(heads.linked(attention, places))
    return {name: np.mean(of_head, 0) for name, of_head in scores.items()}


def link_figures(links):
    """What became of the two heads that were shown which country is whose."""
    return {f"{name}_head": figure(links[name][GUIDED_HEADS[name]], None, ROWS) for name in ("person", "home")}


def look_figures(scores, right, on_text):
    previous, induction, copying = (heads.best(scores[name]) for name in ("previous", "induction", "copying"))
    return dict(
        previous_token_head=figure(scores["previous"][previous], 0.8, ROWS),
        previous_token_head_text=figure(on_text[previous], None, len(right)),
        induction_head=figure(scores["induction"][induction], 0.6, ROWS),
        induction_head_copies=figure(scores["copying"][induction], None, right.size),
        best_copying_head=figure(scores["copying"][copying], None, right.size),
        copying_accuracy=figure(right.mean(), 0.9, right.size),
    )


def object_figures(model):
    figures = {}
    for unseen in ("names", "pairs", "template"):
        rng = random.Random(SEED)
        tasks = [indirect_objects.draw(rng, unseen) for _ in range(TASKS)]
        answers = ask(model.logits, model.tokenizer, tasks)
        goals = (None, None) if unseen == "template" else (0.9, 2.0)
        figures[f"objects_{unseen}"] = figure(answers.exact.mean(), goals[0], TASKS)
        figures[f"objects_{unseen}_preferred"] = figure(answers.preferred.mean(), None, TASKS)
        figures[f"objects_{unseen}_difference"] = figure(answers.difference.mean(), goals[1], TASKS, 2)
    return figures


def capital_figures(model):
    figures, rng = {}, random.Random(SEED)
    for people, name in ((1, "capitals_one_person"), (2, "capitals_two_people")):
        tasks = [capitals.in_context(rng, True, people) for _ in range(TASKS)]
        figures[name] = figure(ask(model.logits, model.tokenizer, tasks).exact.mean(), 0.9, TASKS)
    facts = ask(model.logits, model.tokenizer, capitals.every_fact()).exact
    return figures | dict(capital_facts=figure(facts.mean(), None, facts.size))


def agreement_figures(model):
    figures, rng = {}, random.Random(SEED)
    for kind, goal in (("attractor", 0.95), ("same number", None), ("alone", None)):
        tasks = [agreement.draw(rng, True, kind) for _ in range(TASKS)]
        preferred = ask(model.logits, model.tokenizer, tasks).preferred
        figures[f"agreement_{kind.replace(' ', '_')}"] = figure(preferred.mean(), goal, TASKS)
    return figures


def text_loss(model, sentences, length=64):
    """Mean cross-entropy of a token on held-out sentences, packed as in training."""
    ids = packed(model.tokenizer, sentences, length).numpy()
    logits = model.logits(ids)[:, :-1].astype(np.float64)
    logits -= logits.max(-1, keepdims=True)
    surprise = np.log(np.exp(logits).sum(-1)) - np.take_along_axis(logits, ids[:, 1:, None], -1)[..., 0]
    return surprise.mean(), surprise.size


def evaluate(served, splits):
    """(figures, details) of the served folder; see `card.py` for what becomes of them."""
    model = ServedModel(served)
    scores, right = head_scores(model)
    on_text = previous_on_text(model, splits.held_out[:ROWS])
    rng = random.Random(SEED)
    links = link_scores(model, [capitals.in_context(rng, True, 2) for _ in range(ROWS)])
    loss, tokens = text_loss(model, splits.held_out)
    figures = look_figures(scores, right, on_text)
    figures |= link_figures(links)
    figures |= object_figures(model) | capital_figures(model) | agreement_figures(model)
    figures["text_perplexity"] = figure(np.exp(loss), None, tokens, 1)
    table = {name: values.round(3).tolist() for name, values in (scores | links | dict(previous_text=on_text)).items()}
    picked = {name: heads.best(scores[name]) for name in ("previous", "induction", "copying")}
    return figures, dict(
        headScores=table,
        heads={name: dict(layer=layer, head=head) for name, (layer, head) in picked.items()},
        samples=[dict(prompt=prompt, text=model.complete(prompt)) for prompt in PROMPTS],
    )


def report(figures, details):
    for name, entry in figures.items():
        goal = entry.get("goal")
        verdict = "" if goal is None else f"  goal {goal}  {'reached' if entry['value'] >= goal else 'MISSED'}"
        print(f"{name:34} {entry['value']:>8}  n={entry.get('n')}{verdict}")
    print("heads picked:", details["heads"])
    for name, table in details["headScores"].items():
        print(f"{name:14}", " ; ".join(" ".join(f"{value:.2f}" for value in row) for row in table))
    for sample in details["samples"]:
        print(sample["text"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tatoeba", type=Path, required=True)
    parser.add_argument("--served", type=Path, required=True)
    parser.add_argument("--print-only", action="store_true", help="no card")
    options = parser.parse_args()
    figures, details = evaluate(options.served, make_splits(options.tatoeba))
    report(figures, details)
    if not options.print_only:
        write_card(options.served, figures, details)


if __name__ == "__main__":
    main()
