"""Agreement of subject and verb, with or without a noun of the other number between them (an attractor)."""

from translator.grammar import lexicon

from ..names import fingerprint
from .task import Task

NOUNS = list({noun.english: noun for noun in lexicon.ANIMALS + lexicon.PEOPLE + lexicon.THINGS}.values())
ADJECTIVES = [
    a.english for a in lexicon.COLOURS + lexicon.LIVING_ADJECTIVES + lexicon.THING_ADJECTIVES + lexicon.FRONTED
]
PREPOSITIONS = ["near", "behind", "under", "with", "beside", "in front of"]
VERBS = [("is", "are"), ("was", "were"), ("has been", "have been"), ("looks", "look"), ("seems", "seem")]
HELD_OUT_COMBINATIONS = 7  # one combination of subject and other noun in so many is held out
SHARE_WITH_OTHER_NOUN = 0.75


def is_held_out(subject, other):
    return fingerprint(subject.english, other.english) % HELD_OUT_COMBINATIONS == 0


def draw(rng, held_out=False, kind=None):
    """`kind`: "alone", "same number" or "attractor"; drawn when not given."""
    subject, other = rng.sample(NOUNS, 2)
    if is_held_out(subject, other) != held_out:
        return draw(rng, held_out, kind)
    number, kind = rng.randrange(2), kind or draw_kind(rng)
    prompt = f"The {form(subject, number)}"
    if kind != "alone":
        other_number = number if kind == "same number" else 1 - number
        prompt += f" {rng.choice(PREPOSITIONS)} the {form(other, other_number)}"
    verb = rng.choice(VERBS)
    right, *more = verb[number].split()
    wrong = verb[1 - number].split()[0]
    rest = " ".join(["", *more, rng.choice(ADJECTIVES)]) + "."
    return Task(prompt, right, rest, wrong, kind)


def draw_kind(rng):
    if rng.random() >= SHARE_WITH_OTHER_NOUN:
        return "alone"
    return rng.choice(["same number", "attractor"])


def form(noun, number):
    return noun.english_plural if number else noun.english
