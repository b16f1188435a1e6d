"""Minimal pairs for subject–verb agreement: two sentences that differ in one verb, by its number alone.

An attractor is a noun between the subject and its verb (or, in `within_relative`, before both) that is not what the
verb agrees with; its number is chosen apart from the subject's.
"""

import random
from dataclasses import astuple, dataclass, fields

from . import forms, nouns
from .draw import HELD_OUT

SEED = 7
PER_CONDITION = 20
NUMBERS = ("Sing", "Plur")
OTHER = {"Sing": "Plur", "Plur": "Sing"}

THINGS = """
    key box cup bag bottle basket chair table knife coat hat picture clock candle mirror toy suitcase vase lamp ring
    watch plate
""".split()
INTRANSITIVE = "sleep laugh sing leave swim wait smile dance work travel complain vote".split()
HELPING = "see help thank follow love hate admire guide know trust blame".split()
TAKEN = "find sell buy steal hide".split()
ADJECTIVES = "old new heavy red clean cheap small green broken beautiful".split()
PEOPLE_ADJECTIVES = "happy tired young brave hungry famous sad angry calm rich".split()


@dataclass(frozen=True)
class Pair:
    id: str
    construction: str
    subject_number: str
    attractor_number: str  # "-" where there is none
    held_out: str  # "yes" where a lemma occurs in test alone
    position: int  # of the verb, from 1
    good: str
    bad: str
    grammatical: str
    ungrammatical: str


class Words:
    """Words drawn for one pair, none of them twice."""

    def __init__(self, rng):
        self.rng, self.lemmas = rng, []

    def lemma(self, options):
        lemma = self.rng.choice([option for option in options if option not in self.lemmas])
        self.lemmas.append(lemma)
        return lemma

    def the(self, options, number):
        """the guards"""
        noun = self.lemma(options)
        return f"the {forms.noun(noun, number).form}"

    def person(self, number):
        return self.the([word for word in nouns.BY_CLASS["person"] if word not in ("king", "queen", "mayor")], number)

    def thing(self, number):
        return self.the(THINGS, number)

    def with_or_near(self, number):
        """with the cups, near the guards"""
        return f"with {self.thing(number)}" if self.rng.random() < 0.5 else f"near {self.person(number)}"

    def predicate(self, number, of_person=True):
        """(verb, other number's verb, what follows): laughs / laugh; is old / are old; has left / have left."""
        kind = self.rng.choice(["verb", "present", "past", "perfect"] if of_person else ["present", "past", "passive"])
        adjective = " " + self.lemma(PEOPLE_ADJECTIVES if of_person else ADJECTIVES)
        if kind == "verb":
            return *both_forms(self.lemma(INTRANSITIVE), number), ""
        if kind == "perfect":
            return *both_forms("have", number), " " + forms.participle(self.lemma(INTRANSITIVE))
        if kind == "passive":
            return *both_forms("be", number), " " + forms.participle(self.lemma(TAKEN))
        return *both_forms("be", number, "present" if kind == "present" else "past"), adjective

    def transitive(self, number):
        return both_forms(self.lemma(HELPING), number)


def both_forms(lemma, number, time="present"):
    """The form that agrees with the number, and the one that does not."""
    return tuple(forms.finite(lemma, time, 3, n).form for n in (number, OTHER[number]))


# Each construction: (words, subject's number, attractor's number) -> (before, verb, other verb, after).


def simple(w, subject, _):
    return w.person(subject), *w.predicate(subject)


def prepositional(w, subject, attractor):
    if w.rng.random() < 0.5:
        before = f"{w.person(subject)} {w.with_or_near(attractor)}"
        return before, *w.predicate(subject)
    before = f"{w.thing(subject)} {w.rng.choice(['of', 'behind', 'near'])} {w.person(attractor)}"
    return before, *w.predicate(subject, of_person=False)


def two_prepositional(w, subject, attractor):
    """The two nouns between have the same number."""
    before = f"{w.thing(subject)} of {w.person(attractor)} with {w.thing(attractor)}"
    return before, *w.predicate(subject, of_person=False)


def subject_relative(w, subject, attractor):
    before = w.person(subject)
    verb, _ = w.transitive(subject)
    return f"{before} who {verb} {w.person(attractor)}", *w.predicate(subject)


def object_relative(w, subject, attractor):
    before, attracting = w.person(subject), w.person(attractor)
    verb, _ = w.transitive(attractor)
    return f"{before} that {attracting} {verb}", *w.predicate(subject)


def object_relative_without_that(w, subject, attractor):
    before, attracting = w.person(subject), w.person(attractor)
    verb, _ = w.transitive(attractor)
    return f"{before} {attracting} {verb}", *w.predicate(subject)


def within_relative(w, subject, attractor):
    """The verb inside the relative clause: its subject stands before it, the attractor is the noun outside."""
    outer, inner = w.person(attractor), w.person(subject)
    verb, other = w.transitive(subject)
    return f"{outer} that {inner}", verb, other, f" {w.rng.choice(['left', 'laughed', 'arrived', 'waited'])}"


def participle(w, subject, attractor):
    before = (
        f"{w.person(subject)} {w.rng.choice(['watching', 'helping', 'following', 'guiding'])} {w.person(attractor)}"
    )
    return before, *w.predicate(subject)


def passive_participle(w, subject, attractor):
    before = f"{w.thing(subject)} {forms.participle(w.lemma(TAKEN))} by {w.person(attractor)}"
    return before, *w.predicate(subject, of_person=False)


def second_verb(w, subject, attractor):
    """The attractor is the object of the first of two verbs."""
    before = w.person(subject)
    verb, _ = w.transitive(subject)
    return f"{before} {verb} {w.person(attractor)} and", *both_forms(w.lemma(INTRANSITIVE), subject), ""


def complement_clause(w, subject, attractor):
    before = w.person(attractor)
    verb, _ = both_forms(w.rng.choice(["think", "know", "say"]), attractor)
    return f"{before} {verb} that {w.person(subject)}", *w.predicate(subject)


def existential(w, subject, _):
    verb, other = both_forms("be", subject, w.rng.choice(["present", "past"]))
    noun = w.lemma([word for word in THINGS if word[0] not in "aeiou"])
    found = f" {'a' if subject == 'Sing' else w.rng.choice(['two', 'three', 'four'])} {forms.noun(noun, subject).form}"
    return "there", verb, other, f"{found} behind {w.person(w.rng.choice(NUMBERS))}"


WITHOUT_ATTRACTOR = (simple, existential)
CONSTRUCTIONS = (
    simple, prepositional, two_prepositional, subject_relative, object_relative, object_relative_without_that,
    within_relative,
    participle, passive_participle, second_verb, complement_clause, existential,
)  # fmt: skip


def written(before, verb, after):
    text = f"{before} {verb}{after}."
    return text[0].upper() + text[1:]


def draw_pair(rng, construction, subject, attractor):
    words = Words(rng)
    before, verb, other, after = construction(words, subject, attractor)
    held = "yes" if any(lemma in HELD_OUT for lemma in words.lemmas) else "no"
    texts = (written(before, verb, after), written(before, other, after))
    return construction.__name__, subject, attractor or "-", held, len(before.split()) + 1, verb, other, *texts


def draw_pairs(per_condition=PER_CONDITION):
    """All constructions × numbers of the subject × numbers of the attractor, no sentence twice."""
    rng, pairs, seen = random.Random(SEED), [], set()
    for construction in CONSTRUCTIONS:
        for subject in NUMBERS:
            for attractor in (None,) if construction in WITHOUT_ATTRACTOR else NUMBERS:
                wanted = len(pairs) + per_condition
                while len(pairs) < wanted:
                    pair = Pair(f"agreement-{len(pairs) + 1:04d}", *draw_pair(rng, construction, subject, attractor))
                    if pair.grammatical not in seen:
                        seen.add(pair.grammatical)
                        pairs.append(pair)
    return pairs


def table(pairs):
    """Tab-separated, with a header."""
    rows = [[field.name for field in fields(Pair)]] + [[str(value) for value in astuple(pair)] for pair in pairs]
    return "".join("\t".join(row) + "\n" for row in rows)
