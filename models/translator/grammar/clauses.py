"""Verb groups: tense, auxiliary, agreement and negation, in English and French together.

Each function continues a draft whose subject stands already. `etre` says that the verb forms its passé composé with être.
"""

from . import lexicon as lex
from .french import agree_participle

TENSES = {"past": 0.52, "present": 0.24, "progressive": 0.24}
NEGATED = 0.2


def key(subject):
    return (subject.person, subject.number)


def draw_tense(rng, verb):
    tense = rng.choices(list(TENSES), list(TENSES.values()))[0]
    return "present" if tense == "progressive" and verb.base in lex.STATIVE else tense


def say_not(draft, auxiliary, rng):
    """Say "did not" or "didn't": (positions of the auxiliary, positions of the negation)."""
    if auxiliary != "am" and rng.random() < 0.5:
        at = draft.say("aren't" if auxiliary == "are" else auxiliary + "n't")
        return {at}, {at}
    return {draft.say(auxiliary)}, {draft.say("not")}


def write_verb(draft, parts, negation=None):
    """French verb: `parts` are (word, sources, tag); the first is the conjugated one, which the negation surrounds."""
    if negation:
        draft.write("ne", negation, "NEG")
    draft.write(*parts[0])
    if negation:
        draft.write("pas", negation, "NEG")
    for part in parts[1:]:
        draft.write(*part)


def perfect_parts(verb, subject, etre, auxiliary_sources, verb_sources):
    """Passé composé: auxiliary and participle, which agrees with the subject after être."""
    auxiliary = (lex.ETRE if etre else lex.AVOIR)[key(subject)]
    participle = agree_participle(verb.participle, subject.gender, subject.number) if etre else verb.participle
    return [(auxiliary, auxiliary_sources, "AUX"), (participle, verb_sources, "V")]


def past_verb(draft, rng, verb, subject, etre, negated):
    if not negated:
        at = draft.say(verb.past)
        write_verb(draft, perfect_parts(verb, subject, etre, {at}, {at}))
        return
    did, negation = say_not(draft, "did", rng)
    at = draft.say(verb.base)
    write_verb(draft, perfect_parts(verb, subject, etre, did | {at}, {at}), negation)


def present_verb(draft, rng, verb, subject, negated):
    third = key(subject) == (3, 1)
    french = verb.present[key(subject)]
    if not negated:
        at = draft.say(verb.third if third else verb.base)
        write_verb(draft, [(french, {at}, "V")])
        return
    does, negation = say_not(draft, "does" if third else "do", rng)
    at = draft.say(verb.base)
    write_verb(draft, [(french, {at} if does == negation else does | {at}, "V")], negation)


def progressive_verb(draft, rng, verb, subject, negated):
    """is running -> court; is not running -> ne court pas"""
    auxiliary = lex.BE[key(subject)]
    be, negation = say_not(draft, auxiliary, rng) if negated else ({draft.say(auxiliary)}, None)
    at = draft.say(verb.gerund)
    write_verb(draft, [(verb.present[key(subject)], {at} if be == negation else be | {at}, "V")], negation)


def verb_group(draft, rng, verb, subject, etre, tense, negated):
    """Any tense; returns "past" or "present" for the adverbs that may follow."""
    if tense == "past":
        past_verb(draft, rng, verb, subject, etre, negated)
        return "past"
    verb_of_tense = present_verb if tense == "present" else progressive_verb
    verb_of_tense(draft, rng, verb, subject, negated)
    return "present"


def copula(draft, rng, subject, past, negated):
    """is, was, is not, wasn't -> est, était, n'est pas, n'était pas"""
    auxiliary = (lex.BE_PAST if past else lex.BE)[key(subject)]
    french = (lex.ETRE_IMPERFECT if past else lex.ETRE)[key(subject)]
    be, negation = say_not(draft, auxiliary, rng) if negated else ({draft.say(auxiliary)}, None)
    write_verb(draft, [(french, be, "V")], negation)


def est_ce_que(draft, sources):
    draft.write("est-ce", sources, "Q")
    draft.write("que", sources, "Q")
