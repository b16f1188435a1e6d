"""Sentences with a clause before, after or as part of the main one: functions (draw) -> (words, final mark)."""

from . import forms, modifiers
from .clauses import Frameable, clause_of, declarative, predicate
from .complements import infinitive
from .nominals import subject_or_object
from .pronouns import pronoun
from .verb_groups import Tense, draw_tense, draw_time, verb_group
from .words import Phrase, comma, hang

SUBORDINATORS = {
    "because": 4,
    "when": 5,
    "while": 2,
    "although": 2,
    "before": 2.5,
    "after": 2.5,
    "until": 1,
    "since": 1.2,
    "as": 1.2,
}


def with_adverbial_clause(draw):
    """Because it rained, she left. She left when the bell rang."""
    time = draw_time(draw)
    form = draw.weighted(SUBORDINATORS)
    main_tense = Tense(time, negated=draw.chance(0.1))
    eventive = form not in ("because", "although", "since")
    main = clause_of(
        draw,
        draw.weighted({"person": 7, "animal": 1.5, "event": 0.7, "vehicle": 0.7}),
        time,
        1,
        tense=main_tense,
        eventive=eventive,
    )
    inner_tense = Tense(time, progressive=form in ("while", "as", "when") and draw.chance(0.5))
    inner = clause_of(
        draw,
        draw.weighted({"person": 7, "animal": 1.5, "event": 1, "vehicle": 1}),
        time,
        0,
        tense=inner_tense,
        eventive=eventive,
    )
    return arranged(draw, main, marked(form, inner), inner.head), "."


def marked(form, inner):
    """The clause with its subordinator; "when" is an adverb, as the English treebanks have it."""
    if form == "when":
        return hang(forms.wh_adverb("when"), inner.head, "advmod") + inner.words()
    return hang(forms.subordinator(form), inner.head, "mark") + inner.words()


def arranged(draw, main, words, head, first_share=0.45):
    """The adverbial clause before the main one with a comma, or after it."""
    hang(head, main.head, "advcl")
    if draw.chance(first_share):
        return words + hang(comma(), head, "punct") + main.words()
    return main.words() + words


def conditional(draw):
    """If the train stops, the driver will leave."""
    inner = clause_of(draw, draw.weighted({"person": 5, "vehicle": 1, "event": 1, "animal": 1}), "present", 0,
                      tense=Tense("present", negated=draw.chance(0.2)))  # fmt: skip
    modal = draw.weighted({"will": 5, "can": 1.5, "should": 1, "must": 0.6, "": 1})
    main = clause_of(draw, "person", "present", 0, tense=Tense("present", modal=modal, negated=draw.chance(0.15)))
    words = hang(forms.subordinator(draw.weighted({"if": 8, "unless": 1})), inner.head, "mark") + inner.words()
    return arranged(draw, main, words, inner.head, 0.6), "."


def with_participle(draw):
    """Carrying the box, the man left. After reading the letter, she wept. He left without closing the door."""
    time = draw_time(draw)
    subject = subject_or_object(draw, "person", "subject", 0)
    main = clause_of(draw, "person", time, 0, tense=Tense(time), subject=subject, eventive=True,
                     kinds={"intr", "tr", "prep", "prt", "ditr"})  # fmt: skip
    inner = predicate(
        draw,
        "person",
        None,
        Tense(time, shape="progressive"),
        Frameable(time, 0, eventive=True),
        active=True,
        kinds={"tr", "prep", "prt"},
    )
    form = draw.weighted({"": 2, "after": 2, "before": 2, "by": 1, "without": 1.5, "while": 1})
    words = (hang(forms.subordinator(form), inner.head, "mark") if form else []) + inner.words()
    if form in ("", "after", "before", "while"):
        return arranged(draw, main, words, inner.head, 1 if form == "" else 0.5), "."
    return arranged(draw, main, words, inner.head, 0), "."


def with_purpose(draw):
    """She went to the station to meet her brother."""
    time = draw_time(draw)
    main = clause_of(
        draw,
        "person",
        time,
        0,
        tense=draw_tense(draw, time, 0.04),
        kinds={"intr", "prep", "tr", "prti"},
        among=PURPOSEFUL,
    )
    inner = infinitive(draw, Frameable(time, 0), negatable=0)
    return main.words() + hang(inner, main.head, "advcl"), "."


PURPOSEFUL = frozenset(
    "leave travel return wait work run march walk go come enter visit drive stand get call open write buy meet".split()
)


def it_clause(draw):
    """It is clear that the dog was hungry. It was hard (for Anna) to find the key."""
    time = draw_time(draw)
    with_that = draw.chance(0.55)
    head = forms.adjective(draw.word(modifiers.PROPOSITIONAL if with_that else modifiers.EFFORT))
    it = hang(pronoun("it", "Nom"), head, "expl")
    group = verb_group(draw, "be", Tense(time, negated=draw.chance(0.15)), Phrase(it, it[0]), "copula")
    be = [hang(word, head, rel)[0] for word, rel in group.auxiliaries] + [
        hang(word, head, "advmod")[0] for word in group.negation
    ]
    degree = hang(forms.adverb(draw.one(["very", "quite"])), head, "advmod") if draw.chance(0.2) else []
    if with_that:
        inner = declarative(draw, time, 1)
        return [
            *it,
            *be,
            *degree,
            head,
            *hang(forms.subordinator("that"), inner.head, "mark"),
            *hang(inner, head, "csubj"),
        ], "."
    inner = infinitive(draw, Frameable(time, 1), negatable=0)
    words = inner.words
    if draw.chance(0.4):
        who = subject_or_object(draw, "person", "object", 0)
        words = hang(forms.subordinator("for"), inner.head, "mark") + hang(who, inner.head, "nsubj") + words
    hang(inner, head, "csubj")
    return [*it, *be, *degree, head, *words], "."


def clausal_subject(draw):
    """Reading the book was easy. That the king left surprised the guards."""
    time = draw_time(draw)
    if draw.chance(0.5):
        inner = predicate(
            draw,
            "person",
            None,
            Tense(time, shape="gerund"),
            Frameable(time, 0),
            active=True,
            kinds={"tr", "prep", "prt"},
        )
        marker = []
        main = predicate(draw, "task", None, Tense(time), Frameable(time, 0))
        while main.subject_relation != "nsubj":
            main = predicate(draw, "task", None, Tense(time), Frameable(time, 0))
    else:
        inner = clause_of(draw, "person", time, 0)
        marker = hang(forms.subordinator("that"), inner.head, "mark")
        main = predicate(draw, "event", None, Tense(time), Frameable(time, 0), kinds={"tr"})
        if main.head.lemma in ("cause", "change"):
            return clausal_subject(draw)
    return marker + hang(inner.phrase(), main.head, "csubj") + main.words(), "."
