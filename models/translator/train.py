"""
Training, on one CPU thread, resumable.

    python -m translator.train --tatoeba fra.tsv --work build [--minutes 120] [--tokens N]

Ends when the tokens or the minutes are used up; the learning rate falls along a cosine to that end. Run it again with
the same --work to go on after an interruption.
"""

import argparse
import csv
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .batches import Mix, TrainingData, collate, encode_grammar, encode_pairs
from .checkpoint import MovingAverage, load_checkpoint, save_checkpoint
from .corpus import PREFIX, make_splits
from .network import GUIDE_WEIGHT, LABEL_SMOOTHING, make_network, make_optimiser, set_rate, translation_loss
from .tokenizer import save_tokenizer, train_tokenizer

PEAK_RATE = 2e-3
WARM_UP_STEPS = 200
LAST_RATE = 0.02  # share of the peak
TOKENS_PER_BATCH = 2000
SAVE_EVERY_S = 120
CHECK_EVERY_S = 420
LOG_EVERY = 50  # steps


@dataclass
class Progress:
    step: int = 0
    epoch: int = 0
    position: int = 0  # batch within the epoch
    seconds: float = 0.0
    tokens: int = 0


@dataclass(frozen=True)
class Budget:
    minutes: float = 120
    tokens: int = 20_000_000

    def used(self, progress):
        """Share of the budget that is used up, by time or by tokens, whichever is further."""
        return max(progress.seconds / (60 * self.minutes), progress.tokens / self.tokens)


def learning_rate(step, used):
    cosine = 0.5 * (1 + math.cos(math.pi * min(1, used)))
    return PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (LAST_RATE + (1 - LAST_RATE) * cosine)


class Curve:
    """A CSV file that grows by one row at a time; the header is written when the file is new."""

    def __init__(self, path, fields):
        self.path, self.fields = path, fields
        if not path.exists():
            self._append(fields)

    def _append(self, row):
        with self.path.open("a", newline="") as lines:
            csv.writer(lines).writerow(row)

    def add(self, **row):
        self._append([row[field] for field in self.fields])
        print(row, flush=True)


def mean(values):
    return round(sum(values) / max(1, len(values)), 4)


class Log:
    """The loss curve `training.csv`: one row every LOG_EVERY steps, losses averaged over them."""

    FIELDS = ["step", "epoch", "seconds", "tokens", "loss", "guide", "rate", "tokens_per_second"]

    def __init__(self, path, progress):
        self.curve = Curve(path, self.FIELDS)
        self._begin(progress)

    def _begin(self, progress):
        self.since, self.losses, self.guides = (progress.seconds, progress.tokens), [], []

    def add(self, loss, guide):
        self.losses.append(loss)
        if guide is not None:
            self.guides.append(guide)

    def write(self, progress, rate):
        speed = (progress.tokens - self.since[1]) / max(1e-9, progress.seconds - self.since[0])
        self.curve.add(
            step=progress.step,
            epoch=progress.epoch,
            seconds=round(progress.seconds),
            tokens=progress.tokens,
            loss=mean(self.losses),
            guide=mean(self.guides),
            rate=round(rate, 6),
            tokens_per_second=round(speed),
        )
        self._begin(progress)


class Checker:
    """The curve `checks.csv`: held-out cross-entropy of the averaged weights, and two sentences translated by them."""

    FIELDS = ["step", "tokens", "tatoeba", "grammar", "first", "second"]
    SENTENCES = dict(first=PREFIX + "The brown dog ran.", second="What is the capital of France?")
    TATOEBA, GRAMMAR = 400, 200  # pairs

    def __init__(self, path, tokenizer, splits):
        self.curve, self.tokenizer = Curve(path, self.FIELDS), tokenizer
        tatoeba = [(PREFIX + english, references[0]) for english, references in splits.held_out[: self.TATOEBA]]
        grammar = splits.grammar_held_out[: self.GRAMMAR]
        self.sets = dict(tatoeba=encode_pairs(tokenizer, tatoeba), grammar=encode_grammar(tokenizer, grammar))

    @torch.no_grad()
    def check(self, network, average, progress):
        """Measure the averaged weights, then put the training weights back."""
        training = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average.weights)
        network.eval()
        losses = {name: self._loss(network, examples) for name, examples in self.sets.items()}
        answers = {name: self._answer(network, text) for name, text in self.SENTENCES.items()}
        self.curve.add(step=progress.step, tokens=progress.tokens, **losses, **answers)
        network.load_state_dict(training)
        network.train()

    def _loss(self, network, examples, batch=100):
        batches = [collate(examples[first : first + batch]) for first in range(0, len(examples), batch)]
        return mean([translation_loss(network, some)[0].item() for some in batches])

    def _answer(self, network, text):
        ids = torch.tensor([self.tokenizer.encode(text).ids])
        return self.tokenizer.decode(network.generate(ids, max_new_tokens=24, do_sample=False)[0].tolist())


def train_step(network, optimiser, batch):
    """One update; returns (translation loss, guide loss or None)."""
    loss, guide = translation_loss(network, batch, LABEL_SMOOTHING)
    total = loss
    if guide is not None:
        guided_share = min(1, len(batch.gold) / int((batch.target >= 0).sum()))
        total = loss + GUIDE_WEIGHT * guide * guided_share
    optimiser.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.item(), None if guide is None else guide.item()


def load_or_train_tokenizer(work, splits):
    if not (work / "tokenizer.json").exists():
        save_tokenizer(train_tokenizer(splits), work)
    return Tokenizer.from_file(str(work / "tokenizer.json"))


class Clock:
    """True once every `seconds`."""

    def __init__(self, seconds):
        self.seconds, self.last = seconds, time.time()

    def due(self):
        if time.time() - self.last < self.seconds:
            return False
        self.last = time.time()
        return True


class Training:
    """A training in the folder `work`: starts, or goes on from `work/checkpoint.pt`."""

    def __init__(self, work, tatoeba, budget, mix, seed):
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        work.mkdir(parents=True, exist_ok=True)
        splits = make_splits(tatoeba)
        tokenizer = load_or_train_tokenizer(work, splits)
        self.budget, self.checkpoint = budget, work / "checkpoint.pt"
        self.network = make_network(tokenizer.get_vocab_size())
        self.optimiser = make_optimiser(self.network, PEAK_RATE)
        self.average, self.progress = MovingAverage(self.network), Progress()
        if self.checkpoint.exists():
            stored = load_checkpoint(self.checkpoint, self.network, self.optimiser, self.average)
            self.progress = Progress(**stored)
        self.data = TrainingData(tokenizer, splits, mix, TOKENS_PER_BATCH, seed)
        self.log = Log(work / "training.csv", self.progress)
        self.checker = Checker(work / "checks.csv", tokenizer, splits)
        record_settings(work / "run.json", self.network, budget, mix, seed, self.progress.step)

    def run(self):
        """Train until the budget is used up."""
        if self._finished():
            return
        self.network.train()
        self.save_clock, self.check_clock, self.now = Clock(SAVE_EVERY_S), Clock(CHECK_EVERY_S), time.time()
        while not self._finished():
            batches = self.data.epoch(self.progress.epoch)
            while self.progress.position < len(batches) and not self._finished():
                self._step(collate(batches[self.progress.position]))
            if not self._finished():
                self.progress.epoch, self.progress.position = self.progress.epoch + 1, 0
        self._check()
        self._save()

    def _finished(self):
        return self.budget.used(self.progress) >= 1

    def _step(self, batch):
        progress = self.progress
        rate = learning_rate(progress.step, self.budget.used(progress))
        set_rate(self.optimiser, rate)
        self.log.add(*train_step(self.network, self.optimiser, batch))
        self._count(batch)
        if progress.step % MovingAverage.EVERY == 0:
            self.average.update(self.network)
        if progress.step % LOG_EVERY == 0:
            self.log.write(progress, rate)
        if self.check_clock.due():
            self._check()
        if self.save_clock.due():
            self._save()

    def _count(self, batch):
        """Steps, real tokens of both sides, and seconds."""
        self.progress.step += 1
        self.progress.position += 1
        self.progress.tokens += int((batch.source != 0).sum() + (batch.target >= 0).sum())
        now = time.time()
        self.progress.seconds += now - self.now
        self.now = now

    def _check(self):
        self.checker.check(self.network, self.average, self.progress)

    def _save(self):
        save_checkpoint(self.checkpoint, self.network, self.optimiser, self.average, asdict(self.progress))


def record_settings(path, network, budget, mix, seed, step):
    """Note the settings in `run.json`; a training that goes on with other settings begins a new phase."""
    run = json.loads(path.read_text()) if path.exists() else dict(parameters=network.num_parameters(), phases=[])
    settings = dict(seed=seed, budget=asdict(budget), mix=asdict(mix), dropout=network.config.dropout_rate)
    settings |= dict(tokens_per_batch=TOKENS_PER_BATCH, peak_rate=PEAK_RATE)
    last = {key: value for key, value in (run["phases"] or [{}])[-1].items() if key != "from_step"}
    if settings != last:
        run["phases"].append(dict(from_step=step, **settings))
    path.write_text(json.dumps(run, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tatoeba", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=Budget.minutes)
    parser.add_argument("--tokens", type=int, default=Budget.tokens)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grammar", type=int, default=Mix.grammar, help="grammar pairs an epoch")
    options = parser.parse_args()
    budget = Budget(options.minutes, options.tokens)
    Training(options.work, options.tatoeba, budget, Mix(options.grammar), options.seed).run()


if __name__ == "__main__":
    main()
