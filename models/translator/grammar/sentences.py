"""The kinds of sentence, and how often each is drawn."""

from . import lexicon as lex
from .clauses import NEGATED, copula, draw_tense, est_ce_que, key, perfect_parts, verb_group, write_verb
from .draft import Draft, finish
from .french import adjective_form
from .phrases import (
    SINGULAR_DETERMINERS,
    adverb,
    clock_time,
    destination,
    draw,
    living_phrase,
    name,
    place,
    pronoun,
    subject,
    thing_phrase,
    two_colours,
)

DEFINITE = {word: weight for word, weight in SINGULAR_DETERMINERS.items() if word != "a"}
ONE_OF = {"a": 1}
COUNTED = {None: 1}


def draw_intransitive(rng):
    """(verb, takes être)"""
    etre = rng.random() < 0.42
    return rng.choice(lex.ETRE_INTRANSITIVE if etre else lex.AVOIR_INTRANSITIVE), etre


def end_of_clause(draft, rng, time, places=True):
    """Sometimes a place, an adverb or a time."""
    r = rng.random()
    if r < 0.18 and places:
        place(draft, rng)
    elif 0.18 <= r < 0.30:
        adverb(draft, rng, time)
    elif 0.30 <= r < 0.33:
        clock_time(draft, rng)


def object_phrase(draft, rng, things, negated):
    """The object of a verb. A negated verb takes no "a": French would need "de"."""
    number = 2 if rng.random() < 0.25 else 1
    options = dict(number=number, adjective_share=0.5)
    if negated and number == 1:
        options["determiners"] = DEFINITE
    phrase = thing_phrase if things else living_phrase
    if not negated and rng.random() < 0.08:
        two_colours(draft, rng, phrase)
    else:
        phrase(draft, rng, **options)


def intransitive(draft, rng, who=subject):
    doer = who(draft, rng)
    verb, etre = draw_intransitive(rng)
    time = verb_group(draft, rng, verb, doer, etre, draw_tense(rng, verb), rng.random() < NEGATED)
    end_of_clause(draft, rng, time)
    return "."


def transitive(draft, rng):
    doer = subject(draft, rng)
    things = rng.random() < 0.6
    verb = rng.choice(lex.TRANSITIVE_THING if things else lex.TRANSITIVE_LIVING)
    negated = rng.random() < NEGATED
    time = verb_group(draft, rng, verb, doer, False, draw_tense(rng, verb), negated)
    object_phrase(draft, rng, things, negated)
    end_of_clause(draft, rng, time)
    return "."


def two_coloured_doers(draft, rng):
    """The black cat and the white dog slept."""
    return intransitive(draft, rng, lambda d, r: two_colours(d, r, living_phrase))


def going(draft, rng):
    """She went to the station -> Elle est allée à la gare."""
    doer = subject(draft, rng)
    time = verb_group(draft, rng, lex.GO, doer, True, draw_tense(rng, lex.GO), rng.random() < NEGATED)
    destination(draft, rng, "to")
    end_of_clause(draft, rng, time, places=False)
    return "."


def draw_predicate(rng, living):
    return rng.choice(
        lex.COLOURS + (lex.LIVING_ADJECTIVES if living else lex.THING_ADJECTIVES) + lex.FRONTED_PREDICATES
    )


def description(draft, rng):
    """The cats are not black. My car was red. She is tired."""
    r = rng.random()
    if r < 0.35:
        about, living = thing_phrase(draft, rng, adjective_share=0.15), False
    elif r < 0.65:
        about, living = living_phrase(draft, rng, adjective_share=0.15), True
    else:
        about, living = (name if r < 0.75 else pronoun)(draft, rng), True
    copula(draft, rng, about, past=rng.random() < 0.4, negated=rng.random() < 0.25)
    predicate = draw_predicate(rng, living) if r < 0.65 else rng.choice(lex.LIVING_ADJECTIVES)
    draft.write(adjective_form(predicate, about.gender, about.number), draft.say(predicate.english), "ADJ")
    return "."


def possession(draft, rng):
    """My sister has three brown dogs."""
    owner = subject(draft, rng)
    at = draft.say("has" if key(owner) == (3, 1) else "have")
    draft.write(lex.AVOIR[key(owner)], at, "V")
    counted_phrase(draft, rng)
    return "."


def counted_phrase(draft, rng):
    number = 2 if rng.random() < 0.75 else 1
    phrase = thing_phrase if rng.random() < 0.5 else living_phrase
    return phrase(draft, rng, number=number, determiners=ONE_OF if number == 1 else COUNTED)


def existence(draft, rng):
    """There are five red flowers in the garden -> Il y a ..."""
    there, be = draft.say("there"), draft.say("?")
    past = rng.random() < 0.3
    for word, source in (("il", there), ("y", there), ("avait" if past else "a", be)):
        draft.write(word, source, "V" if source == be else "PRON")
    found = counted_phrase(draft, rng)
    draft.english[be] = (lex.BE_PAST if past else lex.BE)[key(found)]
    if rng.random() < 0.7:
        place(draft, rng)
    return "."


def ask(draft, rng, auxiliary_of, question_word=None):
    """
    [Question word] auxiliary subject: "Where did the dog", "Est-ce que le chien".
    `auxiliary_of(subject)` gives the English auxiliary. Returns the subject and the auxiliary's position.
    """
    if question_word:
        english, french = question_word
        draft.write(french, draft.say(english), "Q")
    at = draft.say("?")
    est_ce_que(draft, at)
    about = subject(draft, rng)
    draft.english[at] = auxiliary_of(about)
    return about, at


ADVERBIAL_QUESTIONS = [("where", "où"), ("when", "quand"), ("why", "pourquoi")]


def past_question(draft, rng):
    """Did the dog sleep? Where did she go?"""
    question_word = rng.choice(ADVERBIAL_QUESTIONS) if rng.random() < 0.5 else None
    about, did = ask(draft, rng, lambda _: "did", question_word)
    verb, etre = draw_intransitive(rng)
    at = draft.say(verb.base)
    write_verb(draft, perfect_parts(verb, about, etre, {did, at}, {at}))
    return "?"


def present_question(draft, rng):
    """Does the dog sleep? Why is she crying?"""
    question_word = rng.choice(ADVERBIAL_QUESTIONS[1:]) if rng.random() < 0.3 else None
    verb, _ = draw_intransitive(rng)
    progressive = rng.random() < 0.5 and verb.base not in lex.STATIVE
    simple = lambda s: "does" if key(s) == (3, 1) else "do"  # noqa: E731
    about, auxiliary = ask(draft, rng, (lambda s: lex.BE[key(s)]) if progressive else simple, question_word)
    at = draft.say(verb.gerund if progressive else verb.base)
    draft.write(verb.present[key(about)], {auxiliary, at}, "V")
    return "?"


def description_question(draft, rng):
    """Is the car red? Why was she sad?"""
    past = rng.random() < 0.3
    question_word = ("why", "pourquoi") if rng.random() < 0.3 else None
    english, french = (lex.BE_PAST, lex.ETRE_IMPERFECT) if past else (lex.BE, lex.ETRE)
    about, be = ask(draft, rng, lambda s: english[key(s)], question_word)
    draft.write(french[key(about)], be, "V")
    predicate = rng.choice(lex.LIVING_ADJECTIVES)
    draft.write(adjective_form(predicate, about.gender, about.number), draft.say(predicate.english), "ADJ")
    return "?"


def where_question(draft, rng):
    """Where is the cat? -> Où est le chat ?"""
    draft.write("où", draft.say("where"), "Q")
    be = draft.say("?")
    number = 2 if rng.random() < 0.3 else 1
    draft.write("est" if number == 1 else "sont", be, "V")
    draft.english[be] = "is" if number == 1 else "are"
    phrase = thing_phrase if rng.random() < 0.6 else living_phrase
    phrase(draft, rng, number=number, determiners=DEFINITE if number == 1 else None)
    return "?"


def who_question(draft, rng):
    """Who ate the apple? -> Qui a mangé la pomme ?"""
    draft.write("qui", draft.say("who"), "Q")
    things = rng.random() < 0.6
    verb = rng.choice(lex.TRANSITIVE_THING if things else lex.TRANSITIVE_LIVING)
    at = draft.say(verb.past)
    draft.write("a", at, "AUX")
    draft.write(verb.participle, at, "V")
    object_phrase(draft, rng, things, negated=False)
    return "?"


KINDS = {
    intransitive: 0.27, transitive: 0.27, two_coloured_doers: 0.08, going: 0.05, description: 0.14, possession: 0.05,
    existence: 0.04, past_question: 0.03, present_question: 0.02, description_question: 0.02, where_question: 0.015,
    who_question: 0.015,
}  # fmt: skip


def draw_pair(rng):
    """One English–French pair with its gold alignment, drawn with the random generator `rng`."""
    draft = Draft()
    mark = draw(rng, KINDS)(draft, rng)
    return finish(draft, mark)
