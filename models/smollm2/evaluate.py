"""Every figure of the card: the served files against PyTorch, in onnxruntime and in onnxruntime-web, and what heads do."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import torch

from decoder import heads

from .fixtures import read_sentences
from .served import ServedModel
from .tokenizer import START
from .trace import trace

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [
    ("paris", "The capital of France is", " Paris"),
    ("mary", "When Mary and John went to the store, John gave a drink to", " Mary"),
]
ALLOWED = 0.05  # difference of the probabilities from PyTorch's
MIDDLE = 15  # index of a hidden state
REPEATS, HALF, FIRST_ORDINARY = 40, 25, 1000


def evaluate(folder, network, tokenizer):
    """(figures by name, details)"""
    served = ServedModel(folder)
    figures = {}
    web = run_in_web(folder, tokenizer)
    for number, (name, text, answer) in enumerate(QUESTIONS):
        figures |= probabilities(served, network, tokenizer, name, text, answer, web and web["probabilities"][number])
    figures |= differences(served, network, tokenizer)
    scores, copied = head_scores(network, tokenizer)
    figures |= head_figures(scores, copied)
    figures |= costs(web)
    return figures, dict(headScores={name: np.round(values, 4).tolist() for name, values in scores.items()})


def probabilities(served, network, tokenizer, name, text, answer, in_web):
    ids, (token, *_) = tokenizer.encode(text).ids, tokenizer.encode(answer).ids
    torch_value = trace(network, ids).logits[-1].softmax(-1)[token].item()
    onnx_value = torch.from_numpy(served.logits([ids])[0, -1]).softmax(-1)[token].item()
    found = {f"{name}_pytorch": torch_value, f"{name}_onnx": onnx_value}
    if in_web is not None:
        found[f"{name}_web"] = in_web
    if any(abs(value - torch_value) > ALLOWED for value in found.values()):
        raise ValueError(f"the served files give other probabilities than PyTorch: {found}")
    return {key: dict(value=round(value, 4)) for key, value in found.items()}


def run_in_web(folder, tokenizer):
    """What `scripts/smollm2-web.mjs` prints; None where Node or the website's packages are missing."""
    node = shutil.which("node", path=f"{ROOT}/node_modules/.bin{os.pathsep}{os.environ.get('PATH', '')}")
    if node is None or not (ROOT / "node_modules/onnxruntime-web").exists():
        return None
    asked = [dict(ids=tokenizer.encode(text).ids, answer=tokenizer.encode(word).ids[0]) for _, text, word in QUESTIONS]
    command = [node, "scripts/smollm2-web.mjs", str(folder), json.dumps(asked)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def differences(served, network, tokenizer):
    """Largest differences over the texts of the fixtures, and what their first tokens draw."""
    attention, hidden, same, rows = 0.0, 0.0, 0, 0
    rest, sizes = [], []
    for _, text in read_sentences(tokenizer):
        ids = tokenizer.encode(text).ids
        if not ids:
            continue
        run = trace(network, ids)
        given, states, logits = served.trace([ids])
        attention = max(attention, np.abs(given[:, 0] - run.attention.numpy()).max())
        largest = np.abs(run.hidden.numpy()).max((1, 2), keepdims=True)
        hidden = max(hidden, (np.abs(states[:, 0] - run.hidden.numpy()) / largest).max())
        same += int((logits[0].argmax(-1) == run.logits.argmax(-1).numpy()).sum())
        rows += len(ids)
        if len(ids) > 1:
            rest.append(run.attention[:, :, 1:, 0].mean().item())
            lengths = run.hidden[MIDDLE].norm(dim=-1)
            sizes.append((lengths[0] / lengths[1:].median()).item())
    return dict(
        attention_difference=dict(value=float(f"{attention:.1e}")),
        hidden_difference=dict(value=float(f"{hidden:.1e}")),
        same_first_choice=dict(value=round(same / rows, 4), n=rows),
        first_token_attention=dict(value=round(float(np.mean(rest)), 2), n=len(rest)),
        first_token_size=dict(value=round(float(np.median(sizes))), n=len(sizes)),
    )


def repeated_rows(tokenizer):
    """[row, 1 + 2 × HALF]: a start token, random ordinary tokens, the same again."""
    rng, ordinary = np.random.default_rng(11), np.arange(FIRST_ORDINARY, tokenizer.get_vocab_size())
    halves = [rng.choice(ordinary, HALF, replace=False) for _ in range(REPEATS)]
    start = [tokenizer.token_to_id(START)]
    return [np.concatenate([start, half, half]).tolist() for half in halves]


def head_scores(network, tokenizer):
    """Scores of every head on random sequences that come twice, [layer, head], and how many tokens were copied."""
    rows = repeated_rows(tokenizer)
    runs = [trace(network, row) for row in rows]
    attention = np.stack([run.attention.numpy() for run in runs], 1)
    queries = heads.second_half(HALF)
    right = [run.logits[queries].argmax(-1).numpy() == np.array(row)[queries + 1] for run, row in zip(runs, rows)]
    scores = dict(
        previous=heads.previous_token(attention),
        duplicate=heads.duplicate_token(attention, HALF),
        induction=heads.induction(attention, HALF),
    )
    return scores, float(np.mean(right))


def head_figures(scores, copied):
    found = {}
    for name in ("previous", "duplicate", "induction"):
        layer, head = heads.best(scores[name])
        best = dict(layer=layer, head=head)
        found[f"best_{name}_head"] = dict(value=round(float(scores[name][layer, head]), 3), **best, n=REPEATS)
    return found | dict(copying_accuracy=dict(value=round(copied, 3), n=REPEATS))


def costs(web):
    if web is None:
        return {}
    return dict(
        web_session_seconds=dict(value=round(web["sessionSeconds"], 1)),
        web_run_seconds=dict(value=round(web["runSeconds"], 2)),
        web_megabytes=dict(value=round(web["megabytes"])),
    )
