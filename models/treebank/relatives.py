"""What may follow a noun: prepositional phrases, relative clauses whole and reduced, appositions, noun complements."""

from . import forms, nouns, verbs
from .clauses import Frameable, choose_frame, clause_of, predicate, with_verb
from .complements import infinitive, that_clause
from .nominals import (
    common,
    noun_followers,
    person_name,
    place_phrase,
    prepositional,
    subject_or_object,
)
from .predicates import NEUTRAL
from .pronouns import relative_that, wh_pronoun
from .verb_groups import Tense
from .words import Phrase, comma, hang

ANIMATE = ("person", "animal")


def simple_tense(draw):
    """Relative clauses are in the past or the present on their own account; mostly simple."""
    kind = draw.weighted({"simple": 6, "perfect": 1, "progressive": 1})
    time = draw.weighted({"past": 3, "present": 2})
    return Tense(time, perfect=kind == "perfect", progressive=kind == "progressive", negated=draw.chance(0.08))


def relative_pronoun(draw, class_, subject):
    if class_ == "person":
        return draw.weighted({"who": 5, "that": 3}) if subject else draw.weighted({"that": 4, "who": 1.5})
    return draw.weighted({"that": 5, "which": 2})


def relative_word(form):
    return relative_that() if form == "that" else wh_pronoun(form, "Rel")


def subject_relative(draw, phrase, class_, depth):
    """the dog that chased the cat, the letters which were signed by Anna"""
    tense = simple_tense(draw)
    clause = predicate(draw, class_, phrase, tense, Frameable(tense.time, depth, subject=phrase))
    word = relative_word(relative_pronoun(draw, class_, True))
    return hang(word, clause.head, clause.subject_relation) + hang(clause.phrase(), phrase.head, "acl:relcl")


def object_relative(draw, phrase, class_, depth):
    """the book (that) the girl read, the man (who) she talked to, the song he wanted to hear"""
    tense = simple_tense(draw)
    clause = clause_of(draw, "person", tense.time, depth, tense=tense, gap=class_, gap_noun=phrase.head.lemma)
    if not clause.gap:
        return None
    if clause.stranded is None and draw.chance(0.45):
        return hang(clause.phrase(), phrase.head, "acl:relcl")
    word = relative_word(relative_pronoun(draw, class_, False))
    if clause.stranded is not None:
        hang(clause.stranded, word, "case")
    return hang(word, *clause.gap) + hang(clause.phrase(), phrase.head, "acl:relcl")


def place_relative(draw, phrase, class_, depth):
    """the house where the painter lived"""
    tense = simple_tense(draw)
    clause = clause_of(draw, "person", tense.time, 0, tense=tense, kinds={"intr", "tr"})
    word = hang(forms.wh_adverb("where", "Rel"), clause.head, "advmod")
    return word + hang(clause.phrase(), phrase.head, "acl:relcl")


def passive_participle(draw, phrase, class_, depth):
    """the letter written by the queen"""
    frames = [f for f in verbs.FRAMES if f.kind == "tr" and class_ in f.objects and "person" in f.subjects]
    frames = [
        f
        for f in frames
        if f.accepts(phrase.head.lemma)
        and f.verb not in verbs.NO_PASSIVE
        and f.verb not in verbs.STATIVE
        and draw.allows(f.verb)
    ]
    if not frames:
        return None
    frame = draw.word(frames, lambda option: option.verb)
    head = forms.nonfinite(frame.verb, "passive")
    words = [head]
    if draw.chance(0.6):
        words += prepositional("by", subject_or_object(draw, "person", "object", 0), head, "obl:agent")
    else:
        words += place_phrase(draw, head, "obl")
    return hang(Phrase(words, head), phrase.head, "acl")


def active_participle(draw, phrase, class_, depth):
    """the girl watching the race"""
    frame = choose_frame(draw, class_, Frameable("present", 0), {"tr", "intr", "prep"})
    if frame is None or frame.verb in verbs.STATIVE:
        return passive_participle(draw, phrase, class_, depth)
    clause = with_verb(draw, class_, frame, None, Tense(shape="progressive"), Frameable("present", 0))
    words = clause.rest if frame.kind != "intr" else clause.rest + place_phrase(draw, clause.head, "obl")
    return hang(Phrase(words, clause.head), phrase.head, "acl")


ABOUT = set("idea question joke opinion law decision lie rule suggestion promise theory".split())
TOPICS = {
    "text": ["person", "event", "animal", "place", "vehicle"],
    "event": ["person"],
    "abstract": ["event", "person"],
}


def prepositional_follower(draw, phrase, class_, depth):
    """the key to the cabinets, a book about the war, the man with the hat, the house near the river"""
    head = phrase.head
    if head.lemma == "key" or (class_ == "text" and draw.chance(0.75)):
        about = common(draw, "artifact" if head.lemma == "key" else draw.one(TOPICS["text"]), depth=depth)
        return prepositional("to" if head.lemma == "key" else "about", about, head, "nmod")
    if class_ == "person" and draw.chance(0.55):
        form = draw.weighted({"with": 4, "like": 0.6, "from": 2})
        if form == "from":
            name = forms.proper(draw.word(nouns.CITIES))
            return prepositional("from", Phrase([name], name), head, "nmod")
        if form == "like":
            return prepositional("like", person_name(draw), head, "nmod")
        return prepositional("with", common(draw, "artifact", depth=0), head, "nmod")
    if class_ == "food" or class_ == "drink":
        return prepositional("with", common(draw, "food", depth=0, definite=False), head, "nmod")
    if class_ == "sound" or (class_ == "abstract" and head.lemma not in ABOUT):
        return prepositional("of", common(draw, "person", depth=0, definite=True), head, "nmod")
    if class_ == "abstract":
        return prepositional("about", common(draw, "event", depth=0), head, "nmod")
    if class_ == "event" and draw.chance(0.4):
        return prepositional("with", common(draw, "person", depth=0), head, "nmod")
    if class_ == "artifact" and draw.chance(0.4):
        return prepositional("of", common(draw, "person", depth=0, definite=True), head, "nmod")
    if class_ == "place":
        return prepositional("near", common(draw, "place", "Sing", depth=0, definite=True), head, "nmod")
    return place_phrase(draw, head, "nmod")


def apposition(draw, phrase, class_, depth):
    """my brother, a doctor, ..."""
    if phrase.number != "Sing" or phrase.head.lemma in nouns.GENDERED:
        return prepositional_follower(draw, phrase, class_, depth)
    other = (
        common(draw, "person", "Sing", depth=0, definite=False, among=NEUTRAL)
        if draw.chance(0.4)
        else person_name(draw)
    )
    if other.head.lemma == phrase.head.lemma:
        return None
    return hang(comma(), other.head, "punct") + hang(other, phrase.head, "appos") + hang(comma(), other.head, "punct")


def noun_complement(draw, phrase, class_, depth):
    """the plan to leave, the claim that the king left"""
    lemma = phrase.head.lemma
    if lemma in nouns.WITH_INFINITIVE:
        return hang(infinitive(draw, Frameable("past", 0), negatable=0), phrase.head, "acl")
    if lemma in nouns.WITH_THAT and phrase.number == "Sing":
        need = Frameable(draw.weighted({"past": 2, "present": 1}), 1)
        return that_clause(draw, phrase.head, None, need, None, rel="acl")
    return prepositional_follower(draw, phrase, class_, depth)


noun_followers.extend([
    (prepositional_follower, 4, ()), (subject_relative, 1.8, ()), (object_relative, 3.4, ()),
    (passive_participle, 0.9, ()), (place_relative, 3, ("place",)), (active_participle, 1.2, ANIMATE),
    (apposition, 1.8, ("person",)), (noun_complement, 4, ("abstract",)),
])  # fmt: skip
