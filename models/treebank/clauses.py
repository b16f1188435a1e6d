"""Predicates and clauses: a subject of some class gets a verb it can have, with all that the verb takes.

A clause may have a gap: an object left out because a relative pronoun or question word stands for it further left.
The clause then says which word that pronoun depends on, which may be deep inside ("the book that she wanted to read").
"""

from dataclasses import dataclass, field, replace

from . import modifiers, verbs
from .nominals import prepositional, subject_or_object
from .verb_groups import Tense, draw_tense, laid_out, usable, verb_group
from .words import Phrase, Word, hang


@dataclass
class Clause:
    """A clause in parts, in order: subject, operator (first auxiliary, negation), middle, words from the head on."""

    head: Word
    subject: list = field(default_factory=list)
    operator: list = field(default_factory=list)
    middle: list = field(default_factory=list)
    rest: list = field(default_factory=list)
    kind: str = ""  # frame kind, "passive" or "copula"
    tense: Tense = None
    gap: tuple = None  # (head of the missing word, relation)
    stranded: Word = None  # preposition left behind by the missing word
    subject_relation: str = "nsubj"
    class_: str = ""  # of the subject

    def words(self):
        return self.subject + self.operator + self.middle + self.rest

    def phrase(self):
        return Phrase(self.words(), self.head)


@dataclass(frozen=True)
class Frameable:
    """What a complement needs to know: time of the sentence, how deep it may nest, what is left out, the subject."""

    time: str
    depth: int
    gap: str = ""  # class of the missing object
    gap_noun: str = ""  # its lemma, where it is a noun
    subject: Phrase = None
    eventive: bool = False  # something that happens, not a state
    among: frozenset = frozenset()  # verbs to choose from; empty: any


COMPLEMENTS = {}  # what each kind of frame adds after its verb; see `complements`
PREDICATES = {}  # what stands after a copula; see `predicates`


KIND_WEIGHTS = {
    "intr": 2.6, "tr": 6, "ditr": 1, "prep": 1.7, "prt": 0.9, "prti": 0.6, "ccomp": 3.6, "tellthat": 0.7, "wh": 1.6,
    "inf": 1.5,
    "oinf": 0.5, "ioinf": 0.5, "obare": 0.5, "ing": 0.6, "adj": 0.9, "oadj": 0.5,
}  # fmt: skip
DEEP = {"ccomp", "tellthat", "wh", "inf", "oinf", "ioinf", "obare", "ing"}
GAP_KINDS = {"tr", "prep", "prt", "inf", "ing"}


def choose_frame(draw, class_, need, kinds=None):
    """A frame whose subject may be of the class, and which can have what `need` leaves out."""

    def fits(frame):
        if (need.eventive and frame.verb in verbs.STATIVE) or (need.among and frame.verb not in need.among):
            return False
        if (
            class_ not in frame.subjects
            or (kinds and frame.kind not in kinds)
            or (frame.kind in DEEP and need.depth < 1)
        ):
            return False
        if not need.gap:
            return True
        return frame.kind in GAP_KINDS and (
            frame.kind in DEEP or (need.gap in frame.objects and frame.accepts(need.gap_noun))
        )

    options = [frame for frame in verbs.FRAMES if fits(frame) and draw.allows(frame.verb)]
    if not options:
        return None
    kind = draw.weighted({kind: KIND_WEIGHTS[kind] for kind in sorted({frame.kind for frame in options})})
    return draw.word([frame for frame in options if frame.kind == kind], lambda frame: frame.verb)


def predicate(draw, class_, subject, tense, need, active=False, kinds=None, fronted=False):
    """A clause without its subject words; `subject` is only agreed with. Active, passive or with a copula."""
    voice = "active"
    if not (active or need.gap or kinds):
        voices = dict(VOICES.get(class_, {"active": 6, "passive": 2.5, "copula": 3.5}))
        voice = draw.weighted(voices | ({"copula": 0} if need.eventive else {}))
    if voice == "passive":
        clause = passive(draw, class_, subject, tense, need, fronted)
        if clause:
            return clause
    if voice != "copula":
        frame = choose_frame(draw, class_, need, kinds)
        if frame:
            return with_verb(draw, class_, frame, subject, tense, need, fronted)
    return copular(draw, class_, subject, tense, need, fronted)


VOICES = {
    "person": {"active": 9, "passive": 0.7, "copula": 1.7}, "animal": {"active": 6, "passive": 0.8, "copula": 1.3},
    "artifact": {"active": 1, "passive": 3, "copula": 2.5}, "drink": {"active": 1, "passive": 2, "copula": 2},
}  # fmt: skip


def with_verb(draw, class_, frame, subject, tense, need, fronted=False):
    group = verb_group(draw, frame.verb, usable(tense, frame.verb), subject, fronted=fronted)
    clause = Clause(group.main, kind=frame.kind, tense=usable(tense, frame.verb), class_=class_)
    clause.operator, clause.middle = laid_out(group, group.main)
    clause.rest = [group.main, *COMPLEMENTS[frame.kind](draw, group.main, frame, need, clause)]
    return clause


def passive(draw, class_, subject, tense, need, fronted=False):
    """was opened (by the guard), was given to the boy, was told to leave"""
    noun = subject.head.lemma if subject and subject.head.upos == "NOUN" else ""

    def fits(frame):
        if (
            frame.verb in verbs.NO_PASSIVE
            or (need.eventive and frame.verb in verbs.STATIVE)
            or not draw.allows(frame.verb)
        ):
            return False
        return (frame.kind in ("tr", "ditr", "prt") and class_ in frame.objects and frame.accepts(noun)) or (
            class_ == "person" and frame.kind == "ioinf" and need.depth > 0
        )

    options = [frame for frame in verbs.FRAMES if fits(frame)]
    if not options:
        return None
    frame = draw.word(options, lambda option: option.verb)
    tense = replace(tense, progressive=tense.progressive and frame.verb not in verbs.STATIVE)
    if tense == Tense("present") and draw.chance(0.6):  # "has been signed" sounds better than "is signed"
        tense = Tense("present", perfect=True)
    group = verb_group(draw, frame.verb, tense, subject, "passive", fronted)
    clause = Clause(group.main, kind="passive", tense=tense, subject_relation="nsubj:pass")
    clause.operator, clause.middle = laid_out(group, group.main)
    clause.rest = [group.main]
    if frame.kind == "prt":
        clause.rest += COMPLEMENTS["prti"](draw, group.main, frame, need, clause)
    if frame.kind == "ditr":
        clause.rest += prepositional("to", subject_or_object(draw, "person", "object", 0), group.main, "obl")
    if frame.kind == "ioinf":
        clause.rest += COMPLEMENTS["inf"](draw, group.main, frame, need, clause)
    elif draw.chance(0.4) and frame.kind != "ditr":
        agent = subject_or_object(draw, draw.one(frame.subjects), "object", 0)
        clause.rest += prepositional("by", agent, group.main, "obl:agent")
    return clause


def copular(draw, class_, subject, tense, need, fronted=False):
    """is old, is older than the house, is a teacher, is in the garden"""
    tense = replace(tense, progressive=False)
    kinds = {"adjective": 5}
    if class_ in modifiers.ADJECTIVES:
        kinds["comparative"] = 1
    if class_ == "person":
        kinds |= {
            "noun": 0.8 if subject and subject.head.upos == "NOUN" else 3,
            "complement": 1.5,
            "place": 1,
            "name": 0.3,
        }
    if class_ in ("artifact", "animal", "vehicle", "text"):
        kinds["place"] = 2
    phrase, after = PREDICATES[draw.weighted(kinds)](draw, class_, subject, need)
    group = verb_group(draw, "be", tense, subject, "copula", fronted)
    clause = Clause(phrase.head, kind="copula", tense=tense)
    clause.operator, clause.middle = laid_out(group, phrase.head)
    clause.rest = phrase.words + after
    return clause


SUBJECT_CLASSES = {
    "person": 10, "animal": 1.8, "artifact": 1.6, "text": 1.1, "place": 0.9, "event": 1.6, "abstract": 1.4,
    "vehicle": 0.8,
    "food": 0.5, "drink": 0.3, "sound": 0.7, "task": 0.5,
}  # fmt: skip


def clause_of(
    draw,
    class_,
    time,
    depth,
    tense=None,
    gap="",
    gap_noun="",
    kinds=None,
    fronted=False,
    subject=None,
    eventive=False,
    among=frozenset(),
):
    """A clause with a subject of the class."""
    subject = subject or subject_or_object(draw, class_, "subject", depth)
    tense = tense or draw_tense(draw, time)
    need = Frameable(time, depth, gap, gap_noun, subject, eventive, among)
    clause = predicate(draw, class_, subject, tense, need, kinds=kinds, fronted=fronted)
    clause.subject = hang(subject, clause.head, clause.subject_relation)
    return clause


adjuncts = []  # functions (draw, clause, class, depth) that add to a clause; see `adjuncts`


def declarative(draw, time, depth, class_=None):
    """A whole clause with its adjuncts, as a phrase."""
    class_ = class_ or draw.weighted(SUBJECT_CLASSES)
    clause = clause_of(draw, class_, time, depth)
    for add in adjuncts:
        add(draw, clause, class_, depth)
    return clause.phrase()
