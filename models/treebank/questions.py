"""Questions: functions (draw) -> (words, "?")."""

from . import forms, nouns
from .clauses import Frameable, clause_of, predicate
from .nominals import common
from .pronouns import wh_pronoun
from .verb_groups import Tense, draw_tense, draw_time, verb_group
from .words import Phrase, Word, hang


def inverted(clause):
    """Question order: the operator before the subject; a full "not" stays after it."""
    operator, after = clause.operator[:1], clause.operator[1:]
    if after and after[0].glued:
        operator, after = clause.operator, []
    return operator + clause.subject + after + clause.middle + clause.rest


def yes_no_question(draw):
    time = draw_time(draw)
    class_ = draw.weighted({"person": 8, "animal": 1, "event": 1, "artifact": 1, "place": 0.5})
    clause = clause_of(draw, class_, time, 1, tense=draw_tense(draw, time, 0.08), fronted=True)
    return inverted(clause), "?"


def subject_question(draw):
    """Who broke the lamp? Which dog barked? What surprised the king?"""
    time = draw_time(draw)
    kind = draw.weighted({"who": 4, "what": 1.5, "which": 2.5})
    class_ = {"who": "person", "what": "event"}.get(kind) or draw.one(["person", "animal", "vehicle"])
    subject = Phrase([word := wh_pronoun(kind, "Int")], word) if kind != "which" else which_phrase(draw, class_)
    if kind == "what":
        clause = predicate(draw, class_, subject, Tense(time), Frameable(time, 0), kinds={"tr"})
    else:
        clause = predicate(draw, class_, subject, draw_tense(draw, time, 0.08), Frameable(time, 1))
    return hang(subject, clause.head, clause.subject_relation) + clause.words(), "?"


def which_phrase(draw, class_):
    """which book, what books, how many books"""
    noun = common_bare(draw, class_)
    if noun.number == "Plur" and draw.chance(0.5):
        many = forms.adjective("many")
        how = hang(forms.wh_adverb("how"), many, "advmod")
        return Phrase([*how, *hang(many, noun.head, "amod"), noun.head], noun.head, 3, "Plur")
    form = draw.weighted({"which": 3, "what": 1})
    word = Word(form, form, "DET", "WDT", {"PronType": "Int"})
    return Phrase([*hang(word, noun.head, "det"), noun.head], noun.head, 3, noun.number)


def common_bare(draw, class_):
    lemma = draw.word([word for word in nouns.BY_CLASS[class_] if word not in nouns.MASS])
    number = "Plur" if draw.chance(0.35) else "Sing"
    return Phrase([word := forms.noun(lemma, number)], word, 3, number)


def object_question(draw):
    """What did she buy? Which book did the boy want to read? Who did they talk to?"""
    time = draw_time(draw)
    class_ = draw.weighted({"artifact": 3, "text": 2, "person": 2.5, "food": 1, "event": 1, "animal": 0.6})
    if draw.chance(0.6):
        asked = Phrase([word := wh_pronoun("who" if class_ == "person" else "what", "Int")], word)
    else:
        asked = which_phrase(draw, class_)
    noun = asked.head.lemma if asked.head.upos == "NOUN" else ""
    clause = clause_of(
        draw, "person", time, 1, tense=draw_tense(draw, time, 0.08), gap=class_, gap_noun=noun, fronted=True
    )
    if clause.stranded is not None:
        hang(clause.stranded, asked.head, "case")
    return hang(asked, *clause.gap) + inverted(clause), "?"


def adverb_question(draw):
    """Where did the girl find the key? Why is the dog barking?"""
    time = draw_time(draw)
    class_ = draw.weighted({"person": 6, "animal": 1.5, "vehicle": 0.7})
    clause = clause_of(
        draw, class_, time, 1, tense=draw_tense(draw, time, 0), fronted=True, kinds={"intr", "tr", "prt", "inf"}
    )
    return hang(forms.wh_adverb(draw.one(["where", "when", "why", "how"])), clause.head, "advmod") + inverted(
        clause
    ), "?"


def copular_question(draw):
    """Where are the keys? Who is that girl? What was the problem?"""
    time = draw_time(draw)
    form = draw.weighted({"where": 3, "who": 2, "what": 2})
    class_ = {"who": "person", "what": "abstract"}.get(form) or draw.one(
        ["person", "artifact", "text", "vehicle", "animal"]
    )
    word = forms.wh_adverb("where") if form == "where" else wh_pronoun(form, "Int")
    subject = common(draw, class_, None if form == "where" else "Sing", depth=1, definite=True)
    group = verb_group(draw, "be", Tense(time), subject, "copula")
    be = hang(group.auxiliaries[0][0], word, "cop")
    return [word, *be, *hang(subject, word, "nsubj")], "?"
