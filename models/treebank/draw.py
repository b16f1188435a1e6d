"""Seeded choice, and the words that only the test part may use.

`Draw` is passed through the whole grammar. It picks words of the lexicon so that held-out lemmas never appear in
train and dev, and often in test; all other choices are plain weighted ones.
"""

import random
from dataclasses import dataclass

from . import modifiers, nouns, verbs

HELD_OUT_SHARE = 0.2
HELD_OUT_SEED = 11
HELD_OUT_WEIGHT = 2.4  # how much oftener than another word the test part picks a held-out one

ADJECTIVE_LEMMAS = {word for text in modifiers.ADJECTIVES.values() for word in text.split()}
# Words the grammar cannot do without, and nouns that are also forms of other words (can, saw, hope).
FIXED = set("can saw meeting hope say think know want give make see do tell ask go belong become let".split())


def lexical_parts():
    """Every noun, verb and adjective lemma with the parts of speech it has."""
    parts = {}
    for part, lemmas in (("NOUN", nouns.CLASS_OF), ("VERB", verbs.LEMMAS), ("ADJ", ADJECTIVE_LEMMAS)):
        for lemma in lemmas:
            parts.setdefault(lemma, set()).add(part)
    return parts


PARTS = lexical_parts()
AMBIGUOUS = {lemma for lemma, parts in PARTS.items() if len(parts) > 1}


def hold_out():
    """A fifth of the nouns, verbs, adjectives, manner adverbs and names that have one part of speech."""
    rng = random.Random(HELD_OUT_SEED)
    kept = AMBIGUOUS | FIXED | modifiers.EVERYDAY | set(modifiers.COLORS) | set(nouns.PLACE_PREPOSITION)
    groups = [*nouns.BY_CLASS.values(), verbs.LEMMAS, sorted(ADJECTIVE_LEMMAS), modifiers.MANNER]
    groups += [nouns.MALE[:10], nouns.FEMALE[:10], nouns.SURNAMES[:8], nouns.CITIES]
    held = set()
    for group in groups:
        free = [word for word in group if word not in kept and word not in held]
        held.update(rng.sample(free, round(HELD_OUT_SHARE * len(free))))
    return frozenset(held)


HELD_OUT = hold_out()


@dataclass
class Draw:
    rng: random.Random
    test: bool = False  # may use, and prefers, the held-out words

    def chance(self, share):
        return self.rng.random() < share

    def weighted(self, weights):
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def one(self, options):
        """Any of the options, alike: for words of closed classes and for kinds of phrase."""
        return self.rng.choice(options)

    def allows(self, *lemmas):
        return self.test or not any(lemma in HELD_OUT for lemma in lemmas)

    def word(self, options, lemma=lambda option: option):
        """A word of the lexicon, or anything with a lemma. Ambiguous words are drawn somewhat oftener."""
        options = [option for option in options if self.allows(lemma(option))]
        weights = [self.weight(lemma(option)) for option in options]
        return self.rng.choices(options, weights)[0]

    def weight(self, lemma):
        return HELD_OUT_WEIGHT if lemma in HELD_OUT else 2.8 if lemma in AMBIGUOUS else 1
