"""Statements of one or two clauses, and commands: functions (draw) -> (words, final mark)."""

from . import forms, modifiers
from .adjuncts import time_words
from .clauses import Frameable, clause_of, declarative, predicate
from .nominals import common, person_name, place_phrase, subject_or_object, with_followers
from .pronouns import demonstrative
from .verb_groups import Tense, draw_time, verb_group
from .words import Phrase, Word, comma, hang

DEPTH = 2


def interjection(form):
    polarity = {"yes": {"Polarity": "Pos"}, "no": {"Polarity": "Neg"}}.get(form, {})
    return Word(form, form, "INTJ", "UH", dict(polarity))


def statement(draw):
    return declarative(draw, draw_time(draw), DEPTH).words, "."


def opened_statement(draw):
    """Yesterday the teacher ..., Perhaps ..., In the morning, ..., Yes, ..., Well, ..."""
    time = draw_time(draw)
    clause = clause_of(draw, draw.weighted({"person": 5, "animal": 1, "event": 1, "artifact": 1}), time, 1)
    kind = draw.weighted({"time": 4, "stance": 2, "interjection": 1})
    if kind == "time" and clause.kind != "copula":
        opening = time_words(draw, clause.tense, clause.head)
        top = next(word for word in opening if word.head is clause.head)
        if opening[0].form not in ("soon", "again"):
            opening += hang(comma(), top, "punct") if len(opening) > 2 or draw.chance(0.3) else []
            return opening + clause.words(), "."
    if kind == "interjection":
        word = interjection(draw.one(["yes", "no", "well"]))
        return hang(word, clause.head, "discourse") + hang(comma(), word, "punct") + clause.words(), "."
    word = forms.adverb(draw.one(modifiers.STANCE))
    pause = hang(comma(), word, "punct") if word.form.endswith("ely") else []
    return hang(word, clause.head, "advmod") + pause + clause.words(), "."


def two_clauses(draw):
    """The dog barked, but the boy was asleep."""
    time = draw_time(draw)
    first, second = declarative(draw, time, 0), declarative(draw, time, 1)
    join = hang(comma(), second.head, "punct") if draw.chance(0.8) else []
    join += hang(forms.conjunction(draw.weighted({"and": 5, "but": 4, "or": 0.4})), second.head, "cc")
    return first.words + join + hang(second, first.head, "conj"), "."


def two_predicates(draw):
    """The man opened the box and took the coin."""
    time, class_ = draw_time(draw), draw.weighted({"person": 6, "animal": 1.5})
    subject = subject_or_object(draw, class_, "subject", 1)
    simple = {"intr", "tr", "prep", "prt", "prti", "ditr"}
    parts = [
        predicate(draw, class_, subject, Tense(time), Frameable(time, 1, subject=subject), kinds=simple)
        for _ in range(2)
    ]
    if parts[0].head.lemma == parts[1].head.lemma:
        return two_predicates(draw)
    first, second = parts
    words = hang(subject, first.head, "nsubj") + first.words()
    join = hang(forms.conjunction(draw.weighted({"and": 6, "but": 0.7, "or": 0.3})), second.head, "cc")
    return words + join + hang(second.phrase(), first.head, "conj"), "."


def existential(draw):
    """There are two letters on the table. There was a dog that barked."""
    time = draw_time(draw)
    class_ = draw.weighted(
        {"person": 2, "animal": 2, "artifact": 3, "text": 1, "event": 0.7, "food": 0.7, "vehicle": 0.8}
    )
    depth = 1 if draw.chance(0.4) else 0
    found = common(draw, class_, depth=0, definite=False)
    if found.number == "Plur" and draw.chance(0.3):
        found.words = hang(forms.numeral(draw.one(forms.NUMERALS)), found.head, "nummod") + [
            word for word in found.words if word.form not in ("some", "many", "several")]  # fmt: skip
    found = with_followers(draw, found, class_, 1) if depth else found
    be = forms.finite("be", time, 3, found.number)
    there = hang(Word("there", "there", "PRON", "EX"), be, "expl")
    negation = hang(Word("not", "not", "PART", "RB", {"Polarity": "Neg"}), be, "advmod") if draw.chance(0.06) else []
    where = place_phrase(draw, be, "obl") if not depth or draw.chance(0.3) else []
    return [*there, be, *negation, *hang(found, be, "nsubj"), *where], "."


def demonstrative_subject(draw):
    """That was the answer. This is the book that she wrote. Those are my keys. That surprised the king."""
    time = draw_time(draw)
    if draw.chance(0.25):
        word = demonstrative(draw.weighted({"that": 4, "this": 1}))
        clause = predicate(draw, "event", Phrase([word], word), Tense(time), Frameable(time, 0), kinds={"tr"})
        return hang(word, clause.head, "nsubj") + clause.words(), "."
    class_ = draw.weighted({"artifact": 2, "text": 2, "abstract": 1.5, "person": 1.5, "place": 1, "vehicle": 0.7})
    plural = draw.chance(0.25)
    named = with_followers(
        draw,
        common(
            draw, class_, "Plur" if plural else "Sing", depth=0, definite=True if plural or draw.chance(0.7) else False
        ),
        class_,
        1,
    )
    if any(word.form in ("this", "that", "these", "those") and word.head is named.head for word in named.words):
        return demonstrative_subject(draw)
    form = draw.weighted({"those": 2, "these": 1} if named.number == "Plur" else {"that": 3, "this": 1})
    word = demonstrative(form)
    group = verb_group(
        draw, "be", Tense(time, negated=draw.chance(0.12)), Phrase([word], word, 3, named.number), "copula"
    )
    be = [hang(w, named.head, rel)[0] for w, rel in group.auxiliaries] + [
        hang(w, named.head, "advmod")[0] for w in group.negation
    ]
    return [*hang(word, named.head, "nsubj"), *be, *named.words], "."


def command(draw):
    """Please close the door. Anna, open the window. Don't touch the cake."""
    tense = Tense("present", shape="imperative", negated=draw.chance(0.2))
    kinds = {"tr", "prt", "ditr", "prep", "oadj", "prti"}
    clause = predicate(draw, "person", None, tense, Frameable("present", 0), kinds=kinds)
    words = clause.operator + clause.middle + clause.rest
    if clause.head.lemma in UNCOMMANDED:
        return command(draw)
    if draw.chance(0.3):
        words = hang(interjection("please"), clause.head, "discourse") + words
    elif draw.chance(0.3):
        name = person_name(draw)
        called = hang(name, clause.head, "vocative") + hang(comma(), name.head, "punct")
        words = called + words
    return words, draw.weighted({".": 5, "!": 1})


UNCOMMANDED = set(
    "love hate know own like need doubt meet miss regret lose want understand see dream wonder agree "
    "notice bark".split()
)
