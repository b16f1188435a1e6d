"""Adjectives before a noun and as a predicate: alone, with a degree, joined, superlative."""

from . import forms, modifiers
from .words import Phrase, Word, comma, hang

# Nothing is "very square" or "the most secret" of all.
UNGRADED = set("square open empty broken secret expert wrong new delicious".split()) | set(modifiers.COLORS) | {"brown"}


def adjective_phrase(draw, class_, attributive=True):
    """red, very old, "old and heavy"; participles: "broken" is an adjective."""
    lemmas = modifiers.ADJECTIVES[class_].split()
    adjective = forms.adjective(draw.word([lemma for lemma in lemmas if attributive or lemma != "expert"]))
    words = [adjective]
    if adjective.lemma not in UNGRADED and draw.chance(0.1 if attributive else 0.25):
        words = (
            hang(forms.adverb(draw.one(modifiers.DEGREE[:1] if attributive else modifiers.DEGREE)), adjective, "advmod")
            + words
        )
    return Phrase(words, adjective)


def superlative(draw, class_, head):
    """the oldest, the most famous"""
    lemma = draw.word([a for a in modifiers.ADJECTIVES[class_].split() if a not in UNGRADED])
    if forms.compares_with_ending(lemma):
        return hang(forms.adjective(lemma, "Sup"), head, "amod")
    adjective = forms.adjective(lemma)
    most = Word("most", "most", "ADV", "RBS", {"Degree": "Sup"})
    return hang(Phrase([*hang(most, adjective, "advmod"), adjective], adjective), head, "amod")


def attributes(draw, class_, head):
    """One adjective, or two: "old and heavy", "old, heavy"."""
    first = adjective_phrase(draw, class_)
    if draw.chance(0.12):
        second = adjective_phrase(draw, class_)
        plain = len(second.words) == len(first.words) == 1 and not UNGRADED & {first.head.lemma, second.head.lemma}
        if plain and second.head.lemma != first.head.lemma:
            if draw.chance(0.5):
                joined, rel, top = hang(forms.conjunction("and"), second.head, "cc"), "conj", first.head
            else:
                joined, rel, top = hang(comma(), second.head, "punct"), "amod", head
            return [*hang(first, head, "amod"), *joined, *hang(second, top, rel)]
    return hang(first, head, "amod")
