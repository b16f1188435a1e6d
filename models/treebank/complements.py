"""What each kind of frame adds after its verb: functions (draw, head, frame, need, clause) -> words."""

from . import forms, modifiers, verbs
from .adjectives import adjective_phrase
from .clauses import COMPLEMENTS, Frameable, clause_of, declarative, predicate
from .nominals import common, prepositional, subject_or_object
from .pronouns import wh_pronoun
from .verb_groups import Tense, draw_tense
from .words import Phrase, hang


def an_object(draw, head, frame, need, clause, rel="obj"):
    if need.gap:
        clause.gap = (head, rel)
        return []
    return hang(
        subject_or_object(draw, draw.one(frame.objects), "object", need.depth, verbs.ONLY.get(frame.verb)), head, rel
    )


def two_objects(draw, head, frame, need, clause):
    """give the boy a book, give a book to the boy, give him a book"""
    thing = common(draw, draw.one(frame.objects), depth=0, among=verbs.ONLY.get(frame.verb))
    person = subject_or_object(draw, "person", "object", 0)
    if draw.chance(0.6):
        return hang(person, head, "iobj") + hang(thing, head, "obj")
    return hang(thing, head, "obj") + prepositional("to", person, head, "obl")


def prepositional_object(draw, head, frame, need, clause):
    if need.gap:
        clause.gap, clause.stranded = (head, "obl"), forms.adposition(frame.particle)
        return [clause.stranded]
    return prepositional(
        frame.particle, subject_or_object(draw, draw.one(frame.objects), "object", need.depth), head, "obl"
    )


def particle_object(draw, head, frame, need, clause):
    """pick up the box, pick the box up, pick it up"""
    particle = hang(forms.adposition(frame.particle, "RP"), head, "compound:prt")
    if need.gap:
        clause.gap = (head, "obj")
        return particle
    thing = subject_or_object(draw, draw.one(frame.objects), "object", 0, verbs.ONLY.get(frame.verb))
    after = hang(thing, head, "obj")
    is_pronoun = thing.head.upos == "PRON"
    return after + particle if is_pronoun or (len(after) < 4 and draw.chance(0.4)) else particle + after


def particle_only(draw, head, frame, need, clause):
    return hang(forms.adposition(frame.particle, "RP"), head, "compound:prt")


def that_clause(draw, head, frame, need, clause, rel="ccomp"):
    inner = declarative(draw, need.time, need.depth - 1)
    always = rel != "ccomp" or frame.verb in ALWAYS_THAT
    marker = hang(forms.subordinator("that"), inner.head, "mark") if always or draw.chance(0.7) else []
    return marker + hang(inner, head, rel)


ALWAYS_THAT = {"answer", "explain", "doubt", "suggest", "fear", "forget", "notice", "report", "warn", "remind", "prove"}


def told_that(draw, head, frame, need, clause):
    return hang(subject_or_object(draw, "person", "object", 0), head, "iobj") + that_clause(
        draw, head, frame, need, clause
    )


def embedded_question(draw, head, frame, need, clause):
    """whether she left, where the key was, what he bought, who broke the lamp"""
    kind = draw.weighted({"whether": 3, "adverb": 3, "what": 1.5, "who": 1.2})
    if kind == "whether":
        inner = declarative(draw, need.time, need.depth - 1)
        return hang(forms.subordinator(draw.one(["whether", "if"])), inner.head, "mark") + hang(inner, head, "ccomp")
    if kind == "adverb":
        inner = clause_of(draw, "person", need.time, 0, kinds={"intr", "tr", "prt"})
        word = hang(forms.wh_adverb(draw.one(["where", "when", "why", "how"])), inner.head, "advmod")
        return word + hang(inner.phrase(), head, "ccomp")
    if kind == "who":
        inner = predicate(
            draw, "person", None, draw_tense(draw, need.time, 0.05), Frameable(need.time, 0), kinds={"tr", "prt"}
        )
        return hang(wh_pronoun("who", "Int"), inner.head, "nsubj") + hang(inner.phrase(), head, "ccomp")
    inner = clause_of(draw, "person", need.time, 0, gap=draw.one(["artifact", "text", "food"]), kinds={"tr", "prt"})
    return hang(wh_pronoun("what", "Int"), *inner.gap) + hang(inner.phrase(), head, "ccomp")


def infinitive(draw, need, subject=None, bare=False, negatable=0.04, clause=None):
    """to read the book; the missing object of the outer clause, if any, is missing here"""
    tense = Tense(need.time, shape="inf", negated=draw.chance(negatable))
    inner = predicate(
        draw,
        "person",
        subject,
        tense,
        Frameable(need.time, need.depth - 1, need.gap, need.gap_noun, eventive=True),
        active=True,
    )
    if clause is not None and inner.gap:
        clause.gap, clause.stranded = inner.gap, inner.stranded
    to = [] if bare else hang(forms.infinitive_to(), inner.head, "mark")
    return Phrase(inner.operator + to + inner.middle + inner.rest, inner.head)


def to_infinitive(draw, head, frame, need, clause):
    return hang(infinitive(draw, need, clause=clause), head, "xcomp")


def object_infinitive(draw, head, frame, need, clause):
    person = subject_or_object(draw, "person", "object", 0)
    rel = "iobj" if frame.kind == "ioinf" else "obj"
    return hang(person, head, rel) + hang(infinitive(draw, need), head, "xcomp")


def object_bare_infinitive(draw, head, frame, need, clause):
    class_ = draw.one(frame.objects)
    someone = subject_or_object(draw, class_, "object", 0)
    tense = Tense(need.time, shape="inf")
    inner = predicate(draw, class_, None, tense, Frameable(need.time, 0), active=True, kinds={"intr", "tr", "prep"})
    return hang(someone, head, "obj") + hang(inner.phrase(), head, "xcomp")


def gerund(draw, head, frame, need, clause):
    inner = predicate(
        draw,
        "person",
        None,
        Tense(need.time, shape="gerund"),
        Frameable(need.time, 0, need.gap, need.gap_noun),
        active=True,
        kinds={"intr", "tr", "prep"},
    )
    clause.gap, clause.stranded = inner.gap, inner.stranded
    return hang(inner.phrase(), head, "xcomp")


def predicative(draw, head, frame, need, clause):
    return hang(adjective_phrase(draw, clause.class_, attributive=False), head, "xcomp")


def object_predicative(draw, head, frame, need, clause):
    """keep the house clean, paint the door green"""
    class_ = draw.one(frame.objects)
    thing = common(draw, class_, depth=0)
    if frame.verb == "paint":
        adjective = forms.adjective(draw.one(modifiers.COLORS))
        return hang(thing, head, "obj") + hang(adjective, head, "xcomp")
    return hang(thing, head, "obj") + hang(adjective_phrase(draw, class_), head, "xcomp")


COMPLEMENTS.update({
    "intr": lambda *_: [], "tr": an_object, "ditr": two_objects, "prep": prepositional_object, "prt": particle_object,
    "prti": particle_only, "ccomp": that_clause, "tellthat": told_that, "wh": embedded_question, "inf": to_infinitive,
    "oinf": object_infinitive, "ioinf": object_infinitive, "obare": object_bare_infinitive, "ing": gerund,
    "adj": predicative,
    "oadj": object_predicative,
})  # fmt: skip
