"""Noun phrases, subjects, places and adverbs."""

from dataclasses import dataclass

from . import lexicon as lex
from .french import adjective_form, determiner, starts_with_vowel

SINGULAR_DETERMINERS = {"the": 8, "a": 4, "my": 2, "his": 1, "her": 1, "this": 1, "that": 0.5, "our": 1}
PLURAL_DETERMINERS = {"the": 6, "my": 2, "his": 1, "her": 1, "these": 1, "those": 0.5, "our": 1, None: 4}
NUMERAL_AFTER_DETERMINER = 0.15


@dataclass(frozen=True)
class Subject:
    person: int
    number: int
    gender: str


def draw(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]


def draw_adjectives(rng, kinds):
    """(adjective before the noun, adjective after it), either may be None; `kinds` are the adjectives that may follow."""
    r = rng.random()
    if r < 0.62:
        return None, rng.choice(kinds)
    if r < 0.88:
        return rng.choice(lex.FRONTED), None
    return rng.choice(lex.FRONTED), rng.choice(kinds)


def noun_phrase(draft, rng, nouns, kinds, adjective_share=0.55, number=None, determiners=None, adjectives=None):
    """
    Write a noun phrase and return it as a third-person `Subject`.

    `kinds`: adjectives that may follow the noun. `determiners`: restricts the choice (weights by English determiner).
    `adjectives`: a fixed (fronted, following) pair instead of a drawn one.
    """
    noun = rng.choice(nouns)
    number = number or (2 if rng.random() < 0.28 else 1)
    which = draw(rng, determiners or (SINGULAR_DETERMINERS if number == 1 else PLURAL_DETERMINERS))
    numeral = number == 2 and (which is None or rng.random() < NUMERAL_AFTER_DETERMINER)
    counted = rng.choice(list(lex.NUMERALS)) if numeral else None
    if adjectives is None:
        adjectives = draw_adjectives(rng, kinds) if rng.random() < adjective_share else (None, None)
    return write_noun_phrase(draft, noun, number, which, counted, *adjectives)


def write_noun_phrase(draft, noun, number, which, counted, fronted, following):
    """English: determiner, numeral, both adjectives, noun. French: the following adjective stands after the noun."""
    head = noun.english if number == 1 else noun.english_plural
    words = [counted, fronted and fronted.english, following and following.english, head]
    if which == "a":
        which = "an" if next(w for w in words if w)[0].lower() in "aeiou" else "a"
    at_det = draft.say(which) if which else None
    at_counted, at_fronted, at_following, at_noun = (draft.say(w) if w else None for w in words)

    french_noun = noun.french if number == 1 else noun.french_plural
    body = []
    if counted:
        body.append((lex.NUMERALS[counted], at_counted, "NUM"))
    if fronted:
        body.append((adjective_form(fronted, noun.gender, number, french_noun), at_fronted, "ADJ"))
    body.append((french_noun, at_noun, "N"))
    if following:
        body.append((adjective_form(following, noun.gender, number), at_following, "ADJ"))
    if which:
        draft.write(determiner(which, noun.gender, number, body[0][0]), at_det, "DET")
    for word, source, tag in body:
        draft.write(word, source, tag)
    return Subject(3, number, noun.gender)


def living(rng):
    return lex.ANIMALS if rng.random() < 0.55 else lex.PEOPLE


def living_phrase(draft, rng, **options):
    return noun_phrase(draft, rng, living(rng), lex.COLOURS + lex.LIVING_ADJECTIVES, **options)


def thing_phrase(draft, rng, **options):
    return noun_phrase(draft, rng, lex.THINGS, lex.COLOURS + lex.COLOURS + lex.THING_ADJECTIVES, **options)


def two_names(draft, rng):
    one, two = rng.sample(list(lex.NAMES), 2)
    return conjoined(draft, lambda d, r: write_name(d, one), rng, lambda d, r: write_name(d, two))


PRONOUNS = [
    ("I", "je", Subject(1, 1, "m")), ("he", "il", Subject(3, 1, "m")), ("she", "elle", Subject(3, 1, "f")),
    ("we", "nous", Subject(1, 2, "m")), ("they", "ils", Subject(3, 2, "m")),
]  # fmt: skip


def name(draft, rng):
    return write_name(draft, rng.choice(list(lex.NAMES)))


def write_name(draft, word):
    draft.write(word, draft.say(word), "N")
    return Subject(3, 1, lex.NAMES[word])


def pronoun(draft, rng):
    english, french, subject = rng.choice(PRONOUNS)
    draft.write(french, draft.say(english), "PRON")
    return subject


def conjoined(draft, first, rng, second):
    """Two noun phrases joined by "and": plural, feminine only if both are."""
    one = first(draft, rng)
    at = draft.say("and")
    draft.write("et", at, "CONJ")
    two = second(draft, rng)
    return Subject(3, 2, "f" if one.gender == two.gender == "f" else "m")


def two_colours(draft, rng, phrase):
    """Two nouns with two different colours: the black cat and the white dog."""
    colours = rng.sample(lex.COLOURS, 2)
    share = dict(number=1 if rng.random() < 0.8 else 2)
    one, two = (lambda d, r, colour=colour: phrase(d, r, adjectives=(None, colour), **share) for colour in colours)
    return conjoined(draft, one, rng, two)


def subject(draft, rng):
    r = rng.random()
    if r < 0.60:
        return living_phrase(draft, rng)
    if r < 0.66:
        plain = lambda d, g: living_phrase(d, g, adjective_share=0.4)  # noqa: E731
        return conjoined(draft, plain, rng, plain)
    if r < 0.70:
        return two_names(draft, rng)
    return name(draft, rng) if r < 0.80 else pronoun(draft, rng)


ROOM_PREPOSITIONS = [("in", "dans"), ("in", "dans"), ("in", "dans"), ("behind", "derrière"), ("in front of", "devant")]
SURFACE_PREPOSITIONS = [("on", "sur"), ("under", "sous"), ("behind", "derrière")]
ONLY_THE = {"the": 1}
PLACE_DETERMINERS = {"the": 6, "a": 1, "my": 1, "our": 1}


def place(draft, rng):
    """A place: in the garden, under the table, at the station, in Boston."""
    r = rng.random()
    if r < 0.15:
        city(draft, rng, "in")
    elif r < 0.35:
        destination(draft, rng, "at")
    else:
        rooms = r < 0.75
        english, french = rng.choice(ROOM_PREPOSITIONS if rooms else SURFACE_PREPOSITIONS)
        draft.write(french, [draft.say(word) for word in english.split()], "PREP")
        nouns = lex.ROOMS if rooms else lex.SURFACES
        noun_phrase(draft, rng, nouns, lex.COLOURS, adjective_share=0.2, number=1, determiners=PLACE_DETERMINERS)


def city(draft, rng, preposition):
    draft.write("à", draft.say(preposition), "PREP")
    word = rng.choice(lex.CITIES)
    draft.write(word, draft.say(word), "N")


def destination(draft, rng, preposition):
    """à la plage, à l'école, but the masculine article melts into the preposition: au parc."""
    noun = rng.choice(lex.DESTINATIONS)
    at, the = draft.say(preposition), draft.say("the")
    if noun.gender == "m" and not starts_with_vowel(noun.french):
        draft.write("au", {at, the}, "PREP")
    else:
        draft.write("à", at, "PREP")
        draft.write("le" if noun.gender == "m" else "la", the, "DET")
    draft.write(noun.french, draft.say(noun.english), "N")


ADVERBS = {
    "past": [
        ("yesterday", "hier"),
        ("yesterday", "hier"),
        ("here", "ici"),
        ("quickly", "rapidement"),
        ("today", "aujourd'hui"),
    ],
    "present": [("here", "ici"), ("quickly", "rapidement"), ("slowly", "lentement"), ("now", "maintenant")],
}


def adverb(draft, rng, time):
    english, french = rng.choice(ADVERBS[time])
    draft.write(french, draft.say(english), "ADV")


def clock_time(draft, rng):
    """at 7 o'clock -> à 7 heures"""
    hour = str(rng.randint(2, 12))
    draft.write("à", draft.say("at"), "PREP")
    draft.write(hour, draft.say(hour), "NUM")
    draft.write("heures", draft.say("o'clock"), "N")
