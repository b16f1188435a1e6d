"""Inflection, and words with Universal Dependencies' features as the English treebanks write them."""

from .words import Word

PLURALS = {
    "child": "children", "woman": "women", "man": "men", "mouse": "mice", "sheep": "sheep", "fish": "fish",
    "wolf": "wolves", "thief": "thieves", "knife": "knives", "tomato": "tomatoes", "potato": "potatoes",
    "goose": "geese",
}  # fmt: skip

IRREGULAR = {  # lemma: (past, participle)
    entry.split()[0]: (entry.split()[1], entry.split()[-1])
    for entry in """
    be was been; have had; do did done; sleep slept; run ran run; swim swam swum; sing sang sung; leave left; fight
    fought; read read; write wrote written; lose lost; find found; send sent; see saw seen; meet met; know knew
    known; feed fed; catch caught; hear heard; ride rode ridden; eat ate eaten; buy bought; break broke broken; hide
    hid hidden; hold held; sell sold; steal stole stolen; light lit; drive drove driven; understand understood;
    forget forgot forgotten; fall fell fallen; ring rang rung; give gave given; lend lent; bring brought; teach
    taught; tell told; show showed shown; think thought; say said; feel felt; keep kept; stand stood; sit sat; take
    took taken; put put; throw threw thrown; wake woke woken; get got; grow grew grown; come came come; begin began
    begun; become became become; make made; pay paid; build built; draw drew drawn; drink drank drunk; mean meant;
    hurt hurt; cut cut; shake shook shaken; choose chose chosen; spend spent; win won; hang hung; go went gone; rise
    rose risen; speak spoke spoken; sink sank sunk; cost cost; shine shone; bite bit bitten; tear tore torn; wear
    wore worn; hit hit; set set; shut shut; let let; lay laid
    """.split(";")
}
DOUBLED = set("""
    run swim stop plan drop hug cut sit get put begin forget jog chat grab win set shut hit refer admit shop slip
    rub nod regret wrap let trip
""".split())  # fmt: skip
BE = {("Sing", 1): ("am", "was"), ("Sing", 3): ("is", "was")}  # all others: are, were
VOWELS = "aeiou"


def sibilant(base):
    return base.endswith(("s", "sh", "ch", "x", "z"))


def plural(noun):
    if noun in PLURALS:
        return PLURALS[noun]
    if sibilant(noun):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in VOWELS else noun + "s"


def third_person(verb):
    if verb == "have":
        return "has"
    if sibilant(verb) or verb.endswith("o"):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in VOWELS else verb + "s"


def regular_past(verb):
    if verb in DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in VOWELS else verb + "ed"


def past(verb):
    return IRREGULAR[verb][0] if verb in IRREGULAR else regular_past(verb)


def participle(verb):
    return IRREGULAR[verb][1] if verb in IRREGULAR else regular_past(verb)


def ing(verb):
    if verb in DOUBLED:
        return verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith(("ee", "be")) else verb + "ing"


def noun(lemma, number="Sing"):
    form = lemma if number == "Sing" else plural(lemma)
    return Word(form, lemma, "NOUN", "NN" if number == "Sing" else "NNS", {"Number": number})


def proper(name):
    return Word(name, name, "PROPN", "NNP", {"Number": "Sing"})


def adposition(form, xpos="IN"):
    return Word(form, form, "ADP", xpos)


def subordinator(form):
    return Word(form, form, "SCONJ", "IN")


def infinitive_to():
    return Word("to", "to", "PART", "TO")


def conjunction(form):
    return Word(form, form, "CCONJ", "CC")


def modal(form):
    lemma = {"would": "would", "could": "could", "should": "should"}.get(form, form)
    return Word(form, lemma, "AUX", "MD", {"VerbForm": "Fin"})


def finite(lemma, time, person, number, upos="VERB"):
    """Past or present form that agrees: was, were, has, run, runs."""
    third = person == 3 and number == "Sing"
    if lemma == "be":
        form = BE.get((number, person), ("are", "were"))[time == "past"]
    else:
        form = past(lemma) if time == "past" else third_person(lemma) if third else lemma
    xpos = "VBD" if time == "past" else "VBZ" if third else "VBP"
    feats = {"Mood": "Ind", "Number": number, "Person": str(person), "VerbForm": "Fin"}
    return Word(form, lemma, upos, xpos, feats | {"Tense": "Past" if time == "past" else "Pres"})


NONFINITE = {
    "inf": (lambda verb: verb, "VB", {"VerbForm": "Inf"}),
    "imperative": (lambda verb: verb, "VB", {"Mood": "Imp", "VerbForm": "Fin"}),
    "gerund": (ing, "VBG", {"VerbForm": "Ger"}),
    "progressive": (ing, "VBG", {"Tense": "Pres", "VerbForm": "Part"}),
    "perfect": (participle, "VBN", {"Tense": "Past", "VerbForm": "Part"}),
    "passive": (participle, "VBN", {"Tense": "Past", "VerbForm": "Part", "Voice": "Pass"}),
}


def nonfinite(lemma, kind, upos="VERB"):
    inflect, xpos, feats = NONFINITE[kind]
    return Word(inflect(lemma), lemma, upos, xpos, dict(feats))


def adjective(lemma, degree="Pos"):
    form = {"Pos": lemma, "Cmp": COMPARED.get(lemma, (None,))[0] or graded(lemma, "r"),
            "Sup": COMPARED.get(lemma, (None, None))[1] if lemma in COMPARED else graded(lemma,
            "st")}[degree]  # fmt: skip
    return Word(form, lemma, "ADJ", {"Pos": "JJ", "Cmp": "JJR", "Sup": "JJS"}[degree], {"Degree": degree})


COMPARED = {"good": ("better", "best"), "bad": ("worse", "worst")}


def graded(adjective_lemma, ending):
    """old -> older, brave -> braver, happy -> happier, big -> bigger"""
    if adjective_lemma.endswith("e"):
        return adjective_lemma + ending
    if adjective_lemma.endswith("y"):
        return adjective_lemma[:-1] + "ie" + ending
    doubled = adjective_lemma in ("big", "hot", "sad", "thin", "wet", "fat")
    return adjective_lemma + (adjective_lemma[-1] if doubled else "") + "e" + ending


def compares_with_ending(lemma):
    """Whether "-er" is used and not "more": short adjectives, and those in -y."""
    if lemma in COMPARED:
        return True
    return lemma in SHORT or lemma.endswith("y")


SHORT = set("""
    old young kind brave quiet poor rich strong fresh hot cold sweet warm cheap dry long short new clean light small
    fast slow
    big dark clear hard loud soft strange simple wet thin tall calm great safe cool deep late wide sad clever narrow
    gentle weak bright brief shy faint fierce
""".split())  # fmt: skip


ADVERB_FEATS = {
    "always": {"PronType": "Tot"}, "never": {"PronType": "Neg"}, "sometimes": {"PronType": "Ind"},
    "here": {"PronType": "Dem"}, "there": {"PronType": "Dem"}, "now": {"PronType": "Dem"}, "then": {"PronType": "Dem"},
    "soon": {"Degree": "Pos"}, "early": {"Degree": "Pos"}, "late": {"Degree": "Pos"}, "well": {"Degree": "Pos"},
    "fast": {"Degree": "Pos"}, "hard": {"Degree": "Pos"},
}  # fmt: skip


def adverb(form):
    return Word(form, form, "ADV", "RB", dict(ADVERB_FEATS.get(form, {})))


def wh_adverb(form, kind="Int"):
    return Word(form, form, "ADV", "WRB", {"PronType": kind})


NUMERALS = "two three four five six seven eight nine ten twelve twenty".split()


def numeral(form):
    return Word(form, form, "NUM", "CD", {"NumForm": "Word", "NumType": "Card"})
