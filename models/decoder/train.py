"""
Training, on one CPU thread, resumable.

    python -m decoder.train --tatoeba fra.tsv --work build/decoder [--minutes 120]

Ends when the minutes are used up; the learning rate falls along a cosine to that end. Run it again with the same --work
to go on after an interruption, with more --minutes to go on after the end.
"""

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from translator.checkpoint import MovingAverage, load_checkpoint, save_checkpoint
from translator.train import Clock, Curve, mean

from .batches import ANSWER_WEIGHT, Phase, TrainingData
from .checks import Checker
from .corpus import make_splits
from .network import lone_head_mask, make_network, make_optimiser, next_token_loss
from .tokenizer import save_tokenizer, train_tokenizer

MINUTES = 45
PEAK_RATE = 1e-3
WARM_UP_STEPS = 100
STEADY = 0.7  # share of the training before the rate falls
LAST_RATE = 0.02  # share of the peak
GUIDE_WEIGHT = 0.5
RAMP = 100  # steps over which the other heads of layer 0 come in
SAVE_EVERY_S = 120
CHECK_EVERY_S = 180
LOG_EVERY = 50  # steps
PHASES = [
    Phase(until=700, rows=dict(repeats=24), guided=("repeats",), guided_until=400, lone_until=500),
    Phase(until=1140, rows=dict(repeats=7, text=8, indirect_objects=12, capitals=12, agreement=12), longest_repeat=96),
    Phase(until=1732, rows=dict(repeats=4, text=8, indirect_objects=14, capitals=18, agreement=16), longest_repeat=96),
    Phase(
        until=2263,
        rows=dict(repeats=4, text=8, indirect_objects=20, capitals=20, agreement=8),
        longest_repeat=96,
        strange_names=0.4,
    ),
    Phase(
        until=3071,
        rows=dict(repeats=3, text=8, indirect_objects=14, capitals=4, two_people=16, homes=16, agreement=4),
        longest_repeat=96,
        strange_names=0.4,
    ),
    Phase(
        until=10**9,
        rows=dict(repeats=3, text=8, indirect_objects=10, capitals=4, two_people=16, homes=20, agreement=4),
        longest_repeat=96,
        strange_names=0.4,
        guided=("homes", "two_people"),
        guided_until=3571,
    ),
]


@dataclass
class Progress:
    step: int = 0
    seconds: float = 0.0
    tokens: int = 0


def phase_of(step):
    return next(phase for phase in PHASES if step < phase.until)


def learning_rate(step, used):
    """Up over the first steps, steady, then down along a cosine over the last part of the training."""
    falling = max(0.0, min(1.0, used) - STEADY) / (1 - STEADY)
    cosine = 0.5 * (1 + math.cos(math.pi * falling))
    return PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (LAST_RATE + (1 - LAST_RATE) * cosine)


def train_step(network, optimiser, batches, phase, step):
    """One update from a batch of each kind, all counting alike; returns {kind: loss}, with those of the guides."""
    others = (step - phase.lone_until) / RAMP if phase.lone_until else 1.0
    head_mask = lone_head_mask(network.config, max(0.0, others))
    losses = {}
    optimiser.zero_grad(set_to_none=True)
    for kind, batch in batches.items():
        guided = kind in phase.guided and step < phase.guided_until
        loss, guides = next_token_loss(network, batch, head_mask, guided)
        (loss + GUIDE_WEIGHT * sum(guides.values())).backward()
        losses[kind] = loss.item()
        losses |= {f"{head}_guide": guide.item() for head, guide in guides.items()}
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return losses


class Log:
    """The loss curve `training.csv`: one row every LOG_EVERY steps, losses averaged over them."""

    KINDS = [
        "repeats", "text", "indirect_objects", "capitals", "two_people", "homes", "agreement",
        "previous_guide", "induction_guide", "person_guide", "home_guide",
    ]  # fmt: skip

    def __init__(self, path):
        self.curve = Curve(path, ["step", "seconds", "tokens", "rate", *self.KINDS])
        self.losses = []

    def add(self, losses):
        self.losses.append(losses)

    def write(self, progress, rate):
        of_kind = {kind: [losses[kind] for losses in self.losses if kind in losses] for kind in self.KINDS}
        means = {kind: mean(values) if values else "" for kind, values in of_kind.items()}
        position = dict(step=progress.step, seconds=round(progress.seconds), tokens=progress.tokens)
        self.curve.add(**position, rate=round(rate, 6), **means)
        self.losses = []


def load_or_train_tokenizer(work, splits):
    if not (work / "tokenizer.json").exists():
        save_tokenizer(train_tokenizer(splits), work)
    return Tokenizer.from_file(str(work / "tokenizer.json"))


class Training:
    """A training in the folder `work`: starts, or goes on from `work/checkpoint.pt`."""

    def __init__(self, work, tatoeba, minutes=MINUTES, seed=1):
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        work.mkdir(parents=True, exist_ok=True)
        splits = make_splits(tatoeba)
        tokenizer = load_or_train_tokenizer(work, splits)
        self.minutes, self.checkpoint = minutes, work / "checkpoint.pt"
        self.network = make_network(tokenizer.get_vocab_size())
        self.optimiser = make_optimiser(self.network, PEAK_RATE)
        self.average, self.progress = MovingAverage(self.network), Progress()
        if self.checkpoint.exists():
            self.progress = Progress(**load_checkpoint(self.checkpoint, self.network, self.optimiser, self.average))
        self.data = TrainingData(tokenizer, splits.train, seed)
        self.log = Log(work / "training.csv")
        self.checker = Checker(work / "checks.csv", tokenizer, splits)
        record_settings(work / "run.json", self.network, minutes, seed, self.progress.step)

    def run(self):
        """Train until the minutes are used up."""
        if self._used() >= 1:
            return
        self.network.train()
        save, check, self.now = Clock(SAVE_EVERY_S), Clock(CHECK_EVERY_S), time.time()
        while self._used() < 1:
            self._step()
            if check.due():
                self._check()
            if save.due():
                self._save()
        self._check()
        self._save()

    def _used(self):
        return self.progress.seconds / (60 * self.minutes)

    def _step(self):
        progress = self.progress
        phase, rate = phase_of(progress.step), learning_rate(progress.step, self._used())
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        batches = self.data.step(progress.step, phase)
        self.log.add(train_step(self.network, self.optimiser, batches, phase, progress.step))
        self._count(batches)
        if progress.step % MovingAverage.EVERY == 0:
            self.average.update(self.network)
        if progress.step % LOG_EVERY == 0:
            self.log.write(progress, rate)

    def _count(self, batches):
        self.progress.step += 1
        self.progress.tokens += sum(batch.ids.numel() for batch in batches.values())
        now = time.time()
        self.progress.seconds += now - self.now
        self.now = now

    def _check(self):
        self.checker.check(self.network, self.average, self.progress)

    def _save(self):
        save_checkpoint(self.checkpoint, self.network, self.optimiser, self.average, asdict(self.progress))


def record_settings(path, network, minutes, seed, step):
    """Note the settings in `run.json`; a training that goes on with other settings begins a new run in it."""
    run = json.loads(path.read_text()) if path.exists() else dict(parameters=network.num_parameters(), runs=[])
    settings = dict(seed=seed, minutes=minutes, peak_rate=PEAK_RATE, guide_weight=GUIDE_WEIGHT, ramp=RAMP)
    settings |= dict(answer_weight=ANSWER_WEIGHT, phases=[asdict(phase) for phase in PHASES])
    last = {key: value for key, value in (run["runs"] or [{}])[-1].items() if key != "from_step"}
    if settings != last:
        run["runs"].append(dict(from_step=step, **settings))
    path.write_text(json.dumps(run, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tatoeba", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    Training(options.work, options.tatoeba, options.minutes, options.seed).run()


if __name__ == "__main__":
    main()
