"""What stands after a copula: functions (draw, class, subject, need) -> (phrase, words after it)."""

from . import forms, modifiers, nouns
from .adjectives import UNGRADED, adjective_phrase
from .clauses import PREDICATES
from .complements import infinitive
from .nominals import common, person_name, place_phrase, prepositional, subject_or_object
from .words import Phrase, Word, hang


def predicate_adjective(draw, class_, subject, need):
    phrase = adjective_phrase(draw, class_, attributive=False)
    if len(phrase.words) == 1 and draw.chance(0.12):
        other = adjective_phrase(draw, class_)
        if len(other.words) == 1 and other.head.lemma != phrase.head.lemma:
            join = hang(forms.conjunction("and"), other.head, "cc")
            return phrase, join + hang(other, phrase.head, "conj")
    return phrase, []


def comparative(draw, class_, subject, need):
    """older than the house, more careful than Anna"""
    lemma = draw.word([a for a in modifiers.ADJECTIVES[class_].split() if a not in UNGRADED])
    if forms.compares_with_ending(lemma):
        head = forms.adjective(lemma, "Cmp")
        words = [head]
    else:
        head = forms.adjective(lemma)
        words = [*hang(Word("more", "more", "ADV", "RBR", {"Degree": "Cmp"}), head, "advmod"), head]
    standard = (
        person_name(draw) if class_ == "person" and draw.chance(0.4) else common(draw, class_, depth=0, definite=True)
    )
    return Phrase(words, head), prepositional("than", standard, head, "obl")


NEUTRAL = [word for word in nouns.BY_CLASS["person"] if word not in nouns.GENDERED]


def predicate_noun(draw, class_, subject, need):
    number = subject.number if subject and subject.person != 2 else "Sing"
    definite = number == "Sing" and draw.chance(0.3)
    if number == "Plur":
        noun = forms.noun(draw.word(NEUTRAL), "Plur")
        words = hang(adjective_phrase(draw, "person"), noun, "amod") if draw.chance(0.4) else []
        return Phrase([*words, noun], noun), []
    return common(draw, "person", "Sing", depth=0, bare=definite, definite=definite, among=NEUTRAL), []


def adjective_with_complement(draw, class_, subject, need):
    """proud of the child, ready to leave"""
    if need.depth > 0 and draw.chance(0.5):
        head = forms.adjective(draw.word(modifiers.WITH_INFINITIVE))
        return Phrase([head], head), hang(infinitive(draw, need, negatable=0), head, "xcomp")
    lemma = draw.word(list(modifiers.FEELINGS))
    head = forms.adjective(lemma)
    thing = subject_or_object(draw, draw.one(["person", "animal", "event", "abstract"]), "object", 0)
    return Phrase([head], head), prepositional(modifiers.FEELINGS[lemma], thing, head, "obl")


def predicate_place(draw, class_, subject, need):
    dummy = Word("", "", "X", "X")
    words = place_phrase(draw, dummy, "root")
    head = next(word for word in words if word.head is dummy)
    head.head, head.rel = None, "root"
    return Phrase(words, head), []


def predicate_name(draw, class_, subject, need):
    if (
        subject is None
        or subject.number != "Sing"
        or subject.head.upos != "NOUN"
        or subject.head.lemma in nouns.GENDERED
    ):
        return predicate_adjective(draw, class_, subject, need)
    return person_name(draw), []


PREDICATES.update({
    "adjective": predicate_adjective, "comparative": comparative, "noun": predicate_noun,
    "complement": adjective_with_complement,
    "place": predicate_place, "name": predicate_name,
})  # fmt: skip
