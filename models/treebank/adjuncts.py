"""Where, when, how and how often: what a clause may have besides what its verb takes."""

from . import forms, modifiers, nouns
from .clauses import adjuncts
from .nominals import common, determiner, person_name, place_phrase, prepositional
from .words import Phrase, Word, hang

CLOSED_BY = {"ccomp", "tellthat", "wh", "inf", "oinf", "ioinf", "obare", "ing", "adj", "oadj"}  # nothing after these


def frequency(draw, clause, class_, depth):
    """often reads, has never read; also "even", "still" ..."""
    if not draw.chance(0.2) or clause.tense.shape != "finite":
        return
    form = (
        draw.word(modifiers.FREQUENCY)
        if clause.kind != "copula" or draw.chance(0.5)
        else draw.one(["still", "already", "also"])
    )
    if clause.tense.progressive or clause.tense.perfect or draw.chance(0.3):
        form = draw.one(["still", "already", "also"]) if not clause.tense.negated else "still"
    if clause.tense.negated and form not in ("always", "often"):
        return
    clause.middle = hang(forms.adverb(form), clause.head, "advmod") + clause.middle


def manner(draw, clause, class_, depth):
    """walked slowly, worked hard"""
    lemma = clause.head.lemma
    if class_ != "person" or clause.kind not in ("intr", "tr", "prep") or lemma not in modifiers.MANNER_BY_VERB:
        return
    if draw.chance(0.45):
        form = modifiers.FLAT.get(lemma) if draw.chance(0.5) and clause.kind == "intr" else None
        clause.rest = clause.rest + hang(
            forms.adverb(form or draw.word(modifiers.MANNER_BY_VERB[lemma])), clause.head, "advmod"
        )


def place(draw, clause, class_, depth):
    """in the kitchen, at the station, here"""
    if clause.kind in CLOSED_BY | {"copula", "ccomp", "prep"} or class_ in (
        "place",
        "abstract",
        "sound",
        "text",
        "task",
        "event",
    ):
        return
    if clause.head.lemma in PLACELESS or not draw.chance(0.24):
        return
    if draw.chance(0.15):
        clause.rest = clause.rest + hang(forms.adverb(draw.one(modifiers.PLACE)), clause.head, "advmod")
    else:
        clause.rest = clause.rest + place_phrase(draw, clause.head, "obl", depth=depth)


PLACELESS = set(
    "love hate know like want need trust admire doubt believe understand own visit enter leave regret interest matter "
    "return arrive".split()
)


def companion(draw, clause, class_, depth):
    """danced with his sister"""
    if (
        class_ == "person"
        and clause.kind == "intr"
        and clause.head.lemma in ("dance", "talk", "work", "walk", "travel", "swim", "run")
        and draw.chance(0.2)
    ):
        who = person_name(draw) if draw.chance(0.4) else common(draw, "person", depth=0)
        clause.rest = clause.rest + prepositional("with", who, clause.head, "obl")


PAST_TIMES = ["yesterday", "last week", "last night", "last year"]
PRESENT_TIMES = ["every day", "every week", "every morning"]
FUTURE_TIMES = ["tomorrow", "tonight", "next week", "next year"]


def unmarked_time(text, head):
    """yesterday, last week, every day: nouns without a preposition (obl:unmarked)"""
    *before, noun = text.split()
    top = forms.noun(noun)
    words = []
    for form in before:
        word = determiner(form) if form == "every" else forms.adjective(form)
        words += hang(word, top, "det" if form == "every" else "amod")
    return [*words, *hang(top, head, "obl:unmarked")]


def times_for(tense):
    if tense.perfect or tense.modal in ("could", "would", "might", "must", "may", "should", "can"):
        return []
    if tense.modal == "will":
        return FUTURE_TIMES
    if tense.time == "past":
        return PAST_TIMES
    return [] if tense.progressive else PRESENT_TIMES


def time_words(draw, tense, head):
    """Any phrase of time that suits the tense."""
    kind = draw.weighted({"unmarked": 4, "event": 2, "day": 1.6, "part": 1.6, "adverb": 1, "cause": 1.2})
    if kind == "unmarked" and times_for(tense):
        return unmarked_time(draw.one(times_for(tense)), head)
    if kind == "event":
        event = common(draw, "event", "Sing", depth=0, definite=True)
        return prepositional(draw.weighted({"after": 3, "before": 3, "during": 2}), event, head, "obl")
    if kind == "cause":
        return because_of(common(draw, draw.one(["event", "sound"]), "Sing", depth=0, definite=True), head)
    if kind == "part":
        part = forms.noun(draw.one(["morning", "evening", "afternoon", "summer", "winter"]))
        return prepositional("in", Phrase([*hang(determiner("the"), part, "det"), part], part), head, "obl")
    if kind == "day" and not tense.perfect:
        day = forms.proper(draw.one(nouns.DAYS))
        return prepositional("on", Phrase([day], day), head, "obl")
    form = draw.one(["again", "soon"] if tense.time == "present" and tense.modal == "will" else ["again"])
    return hang(forms.adverb(form), head, "advmod")


def because_of(phrase, head):
    """Two words that are one preposition: "of" is fixed to "because"."""
    because = Word("because", "because", "ADP", "IN", {"ExtPos": "ADP"})
    of = hang(forms.adposition("of"), because, "fixed")
    return [*hang(because, phrase.head, "case"), *of, *hang(phrase, head, "obl")]


def time(draw, clause, class_, depth):
    stative = clause.head.lemma in PLACELESS or clause.kind in CLOSED_BY | {"copula"}
    if not stative and clause.tense.shape == "finite" and draw.chance(0.14):
        clause.rest = clause.rest + time_words(draw, clause.tense, clause.head)


adjuncts.extend([frequency, manner, companion, place, time])
