"""What is trained on and what is held out: Tatoeba pairs, grammar pairs, questions on capitals, probes."""

import random
import re
from dataclasses import dataclass

from .grammar.sentences import draw_pair
from .probes import read_probes

PREFIX = "Translate to French: "
HOME = "Tatoeba pairs as published at https://www.manythings.org/anki/ (fra-eng.zip), columns English and French"
TATOEBA_HELD_OUT = 1000
GRAMMAR_HELD_OUT = 500
SPLIT_SEED = 13
GRAMMAR_SEED = 999


@dataclass(frozen=True)
class Splits:
    train: list  # (English, French)
    held_out: list  # (English, [French references]), one entry for each normalised English sentence
    grammar_held_out: list  # grammar `Pair`s
    banned: frozenset  # normalised English that never enters training


def clean(text):
    """Plain spaces and apostrophes."""
    for strange, plain in (("\u2009", " "), ("\u202f", " "), ("\u00a0", " "), ("’", "'"), ("‘", "'"), ("‐", "-")):
        text = text.replace(strange, plain)
    return re.sub(r"\s+", " ", text).strip()


def normalise(english):
    """Key under which two English sentences count as the same."""
    return re.sub(r"[^\w' ]", "", english.lower()).strip()


def read_tatoeba(path):
    """(English, French) from the first two columns of a tab-separated file."""
    with open(path, encoding="utf8") as lines:
        return [tuple(clean(column) for column in line.rstrip("\n").split("\t")[:2]) for line in lines]


def draw_grammar(rng, count, banned):
    """Fresh grammar pairs none of whose English is banned."""
    pairs = []
    while len(pairs) < count:
        pair = draw_pair(rng)
        if normalise(pair.english) not in banned:
            pairs.append(pair)
    return pairs


def draw_distinct_grammar(rng, count, banned):
    """As `draw_grammar`, without repeating an English sentence."""
    by_key = {}
    while len(by_key) < count:
        pair = draw_grammar(rng, 1, banned)[0]
        by_key.setdefault(normalise(pair.english), pair)
    return list(by_key.values())


def make_splits(path):
    """Fixed splits: a function of the file alone."""
    rows = read_tatoeba(path)
    keys = sorted({normalise(english) for english, _ in rows})
    random.Random(SPLIT_SEED).shuffle(keys)
    held_keys = set(keys[:TATOEBA_HELD_OUT])
    probe_keys = {normalise(probe.english) for probe in read_probes()}

    references = {}
    for english, french in rows:
        if normalise(english) in held_keys:
            references.setdefault(normalise(english), (english, []))[1].append(french)
    held_out = [references[key] for key in sorted(references)]

    grammar = draw_distinct_grammar(random.Random(GRAMMAR_SEED), GRAMMAR_HELD_OUT, probe_keys)
    banned = frozenset(held_keys | probe_keys | {normalise(pair.english) for pair in grammar})
    train = [(english, french) for english, french in rows if normalise(english) not in banned]
    return Splits(train, held_out, grammar, banned)
