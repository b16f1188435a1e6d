"""Token batches of an epoch: tokenised once where possible, sorted by length, cut to a token budget, shuffled."""

import random
from dataclasses import dataclass

import torch

from .alignment import gold_token_alignment
from .capitals import capital_pairs
from .corpus import PREFIX, draw_grammar

IGNORED = -100  # label of padding


@dataclass(frozen=True)
class Example:
    source: list
    target: list
    gold: tuple = ()  # (target token, [source tokens])


@dataclass(frozen=True)
class Batch:
    source: torch.Tensor  # [row, source token], 0 = padding
    target: torch.Tensor  # [row, target token], -100 = padding
    gold: list  # (row, target token, [source tokens])


@dataclass(frozen=True)
class Mix:
    """How much of each kind an epoch holds."""

    grammar: int = 36000
    capital_repeats: int = 20


def encode_pairs(tokenizer, pairs):
    sources = tokenizer.encode_batch([source for source, _ in pairs])
    targets = tokenizer.encode_batch([target for _, target in pairs])
    return [Example(s.ids, t.ids) for s, t in zip(sources, targets)]


def encode_grammar(tokenizer, pairs):
    sources = tokenizer.encode_batch([PREFIX + pair.english for pair in pairs])
    targets = tokenizer.encode_batch([pair.french for pair in pairs])
    return [
        Example(s.ids, t.ids, tuple((t_, s_) for t_, s_ in gold_token_alignment(pair, s, t) if s_))
        for pair, s, t in zip(pairs, sources, targets)
    ]


class TrainingData:
    """Makes the batches of any epoch from the seed alone, so that an interrupted epoch can be taken up again."""

    def __init__(self, tokenizer, splits, mix, tokens_per_batch, seed):
        self.tokenizer, self.splits, self.mix = tokenizer, splits, mix
        self.tokens_per_batch, self.seed = tokens_per_batch, seed
        self.tatoeba = encode_pairs(tokenizer, [(PREFIX + english, french) for english, french in splits.train])
        self.capitals = encode_pairs(tokenizer, capital_pairs(held_out=False))

    def epoch(self, number):
        """All batches of epoch `number`, as lists of examples."""
        rng = random.Random(f"{self.seed} {number}")
        grammar = encode_grammar(self.tokenizer, draw_grammar(rng, self.mix.grammar, self.splits.banned))
        examples = self.tatoeba + grammar + self.capitals * self.mix.capital_repeats
        jitter = {id(e): rng.random() * 1.5 for e in examples}
        ordered = sorted(examples, key=lambda e: (len(e.source) + jitter[id(e)], len(e.target)))
        batches = cut(ordered, self.tokens_per_batch)
        rng.shuffle(batches)
        return batches


def cut(examples, tokens):
    """Consecutive examples together while their padded size stays within `tokens`."""
    batches, current, longest_source, longest_target = [], [], 0, 0
    for example in examples:
        source = max(longest_source, len(example.source))
        target = max(longest_target, len(example.target))
        if current and (source + target) * (len(current) + 1) > tokens:
            batches.append(current)
            current, source, target = [], len(example.source), len(example.target)
        current.append(example)
        longest_source, longest_target = source, target
    return batches + [current]


def collate(examples):
    """Pad a list of examples to a `Batch`."""
    source = pad([example.source for example in examples], 0)
    target = pad([example.target for example in examples], IGNORED)
    gold = [(row, token, tokens) for row, example in enumerate(examples) for token, tokens in example.gold]
    return Batch(source, target, gold)


def pad(rows, value):
    width = max(len(row) for row in rows)
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])
