"""English sentences of Tatoeba: what is trained on and what is held out."""

import random
from dataclasses import dataclass

from translator.corpus import normalise, read_tatoeba

HELD_OUT = 1000
SPLIT_SEED = 17


@dataclass(frozen=True)
class Splits:
    train: list
    held_out: list


def make_splits(path):
    """Fixed splits of the English column: a function of the file alone. Doublets in other spelling stay on one side."""
    by_key = {}
    for english, _ in read_tatoeba(path):
        by_key.setdefault(normalise(english), set()).add(english)
    keys = sorted(by_key)
    random.Random(SPLIT_SEED).shuffle(keys)
    sentences = lambda some: sorted(sentence for key in some for sentence in by_key[key])  # noqa: E731
    return Splits(sentences(keys[HELD_OUT:]), sentences(keys[:HELD_OUT])[:HELD_OUT])
