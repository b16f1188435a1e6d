"""Train, dev and test: drawn once with fixed seeds, no text twice, held-out lemmas in test alone."""

import random

from .conllu import sentence_of
from .draw import Draw
from .sentences import draw_sentence

SIZES = {"train": 3200, "dev": 500, "test": 700}
SEED = 20


def draw_split(name, size, seen):
    draw = Draw(random.Random(f"{SEED}-{name}"), test=name == "test")
    sentences = []
    while len(sentences) < size:
        words = draw_sentence(draw)
        sentence = words and sentence_of(f"{name}-{len(sentences) + 1:04d}", words)
        if sentence and sentence.text.lower() not in seen:
            seen.add(sentence.text.lower())
            sentences.append(sentence)
    return sentences


def draw_treebank(sizes=SIZES):
    """{"train": sentences, "dev": ..., "test": ...}"""
    seen = set()
    return {name: draw_split(name, size, seen) for name, size in sizes.items()}
