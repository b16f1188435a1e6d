"""What a step is made of: rows of several kinds, each kind padded and run by itself."""

import random
from dataclasses import dataclass, field

import numpy as np
import torch

from .names import HELD_OUT_NAMES
from .repeats import START, draw_row
from .tasks import agreement, capitals, indirect_objects

ANSWER_WEIGHT = 6.0  # of the answer's tokens in a task, beside 1 of the others
LEAD_IN = 0.25  # share of task batches whose rows begin with another sentence
TEXT_LENGTH = 64  # tokens of a packed row


@dataclass(frozen=True)
class Batch:
    ids: torch.Tensor  # [row, token]
    weights: torch.Tensor  # [row, token]: how much the guess *of* that token counts
    links: dict  # guided head -> [link, (row, query, key)]: where it should look


@dataclass(frozen=True)
class Phase:
    """A stage of the training: until which step, how many rows of each kind make a step, and what is scaffolded."""

    until: int
    rows: dict  # kind -> rows
    longest_repeat: int = 64
    strange_names: float = 0.0  # share of sentences in which any words of the vocabulary stand for the names
    guided: tuple = ()  # kinds whose links guide heads
    guided_until: int = 0  # step until which they do
    lone_until: int = 0  # step until which layer 0 has the previous-token head alone; the others come in over RAMP


@dataclass(frozen=True)
class Row:
    ids: list
    weights: list
    links: list = field(default_factory=list)  # (guided head, query, key)


def collate(rows):
    """Pad rows to a `Batch`; padding has no weight, and stands behind, where no real token can look."""
    width = max(len(row.ids) for row in rows)
    pad = lambda values: list(values) + [0] * (width - len(values))  # noqa: E731
    links = {}
    for number, row in enumerate(rows):
        for head, query, key in row.links:
            links.setdefault(head, []).append((number, query, key))
    return Batch(
        torch.tensor([pad(row.ids) for row in rows]),
        torch.tensor([pad(row.weights) for row in rows], dtype=torch.float32),
        {head: torch.tensor(places) for head, places in links.items()},
    )


def repeat_row(rng, vocabulary, length):
    """
    A random sequence that comes again: only copied tokens have a weight.

    The previous-token head should look at the token before, the induction head, whose row produces the next token, at the
    place where that token stood before.
    """
    row = draw_row(rng, vocabulary, length)
    links = [("previous", query, query - 1) for query in range(1, length)]
    links += [("induction", position - 1, source) for position, source in enumerate(row.source) if source >= 0]
    return Row(row.ids, [float(source >= 0) for source in row.source], links)


def task_row(tokenizer, task, before=""):
    """A task's sentence (after the sentence `before`); the tokens of its answer weigh more."""
    space = before + " " if before else ""
    encoding = tokenizer.encode(space + task.text)
    weights = [0.0] + [1.0] * len(encoding.ids)
    start = len(tokenizer.encode(space + task.prompt).ids)
    for position in range(start, len(tokenizer.encode(f"{space}{task.prompt} {task.answer}").ids)):
        weights[position] = ANSWER_WEIGHT
    token = lambda character: encoding.char_to_token(len(space) + character)  # noqa: E731
    links = [(head, token(query), token(key)) for head, query, key in task.links]
    return Row(encoding.ids + [START], weights, links)


class TrainingData:
    """Makes the batches of any step from the seed and the step's number alone, so that a training can be taken up again."""

    def __init__(self, tokenizer, sentences, seed):
        self.tokenizer, self.sentences, self.seed = tokenizer, sentences, seed
        self.encoded = [encoding.ids for encoding in tokenizer.encode_batch(sentences)]
        self.vocabulary = tokenizer.get_vocab_size()
        self.words = words_for_names(tokenizer)

    def step(self, number, phase):
        """{kind: Batch} of one step."""
        rng = random.Random(f"{self.seed} {number}")
        draw = dict(
            repeats=self._repeats,
            text=self._text,
            indirect_objects=self._named_task(indirect_objects.draw),
            capitals=self._named_task(capitals.draw),
            two_people=self._named_task(capitals.two_people),
            homes=self._named_task(capitals.home),
            agreement=self._task(lambda rng, phase: agreement.draw(rng)),
        )
        return {kind: draw[kind](rng, count, phase) for kind, count in phase.rows.items()}

    def _repeats(self, rng, count, phase):
        numbers = np.random.default_rng(rng.getrandbits(32))
        return collate([repeat_row(numbers, self.vocabulary, phase.longest_repeat) for _ in range(count)])

    def _text(self, rng, count, phase):
        """Sentences one after the other, each begun by the start token, cut at the row's end."""
        packed = [self._packed(rng) for _ in range(count)]
        return collate([Row(ids, [0.0] + [1.0] * (len(ids) - 1)) for ids in packed])

    def _packed(self, rng):
        ids = []
        while len(ids) < TEXT_LENGTH:
            ids += rng.choice(self.encoded)
        return ids[:TEXT_LENGTH]

    def _task(self, draw):
        def rows(rng, count, phase):
            led_in = rng.random() < LEAD_IN  # all rows or none: rows of like length waste no padding
            before = lambda: rng.choice(self.sentences) if led_in else ""  # noqa: E731
            return collate([task_row(self.tokenizer, draw(rng, phase), before()) for _ in range(count)])

        return rows

    def _named_task(self, draw):
        """A task about people; now and then any words stand for their names, so that only their places tell them apart."""
        words = lambda rng, phase: self.words if rng.random() < phase.strange_names else None  # noqa: E731
        return self._task(lambda rng, phase: draw(rng, words=words(rng, phase)))


def words_for_names(tokenizer):
    """Whole words of the vocabulary, in alphabetical order, without the names that are held out."""
    pieces = [piece.removeprefix("▁") for piece in tokenizer.get_vocab() if piece.startswith("▁")]
    return sorted(word for word in pieces if word.isalpha() and len(word) > 2 and word not in HELD_OUT_NAMES)
