"""Noun phrases: names, and nouns with determiners, numerals, adjectives, compounds, owners and what follows.

`role` is "subject" or "object". `depth` says how much may be nested inside; relative clauses and the like are added by
`noun_followers`, which `relatives` fills in.
"""

from . import forms, nouns
from .adjectives import attributes, superlative
from .pronouns import DETERMINERS, INDEFINITE, PRONOUNS, ROW, demonstrative, determiner, possessive, pronoun
from .words import Phrase, Word, comma, hang

SINGULAR = {"the": 10, "a": 7, "this": 1, "that": 1.3, "my": 1, "his": 0.8, "her": 1.3, "our": 0.7, "their": 0.7,
            "every": 0.4, "another": 0.4, "no": 0.2, "owner": 1.5, "your": 0.3, "its": 0}  # fmt: skip
PLURAL = {"the": 9, "these": 1, "those": 1, "my": 0.6, "his": 0.6, "her": 1, "our": 0.6, "their": 0.6, "some": 1.2,
          "": 6, "owner": 1.2, "all the": 0.6, "both": 0.4, "no": 0.2, "many": 0.8, "several": 0.7,
          "few": 0.4}  # fmt: skip
MASS = {"the": 8, "some": 3, "my": 1, "this": 0.6, "that": 0.6, "her": 0.7, "his": 0.5, "": 2, "no": 0.2, "owner": 1}
QUANTITIES = ("many", "several", "few")


def personal(nominative, role):
    word = pronoun(nominative, "Nom" if role == "subject" else "Acc")
    feats = PRONOUNS[ROW[nominative]]
    number = feats.get("Number", "Plur")  # "you" agrees like a plural; its feature on verbs is set in `agreement_of`
    return Phrase([word], word, int(feats["Person"]), number)


def person_name(draw):
    """Anna, Anna Keller, Mrs. Keller."""
    female = draw.chance(0.5)
    first = forms.proper(draw.word(nouns.FEMALE if female else nouns.MALE))
    if draw.chance(0.2):
        last = forms.proper(draw.word(nouns.SURNAMES))
        return Phrase([first, *hang(last, first, "flat")], first)
    if draw.chance(0.15):
        title = forms.proper(draw.one(["Mrs.", "Ms."] if female else ["Mr.", "Dr."]))
        last = forms.proper(draw.word(nouns.SURNAMES))
        return Phrase([*hang(title, last, "nmod:desc"), last], last)
    return Phrase([first], first)


def owner(draw):
    """the teacher 's, Anna 's: hung as nmod:poss by the caller."""
    phrase = person_name(draw) if draw.chance(0.45) else common(draw, "person", "Sing", depth=0, bare=True)
    clitic = Word("'s", "'s", "PART", "POS", glued=True)
    return Phrase([*phrase.words, *hang(clitic, phrase.head, "case")], phrase.head)


def opening(draw, head, number, depth, definite=None, noun_lemma=""):
    """Determiner, owner or quantity, hung on the noun `head`."""
    weights = MASS if noun_lemma in nouns.MASS else SINGULAR if number == "Sing" else PLURAL
    if definite is not None:
        kept = (
            ("the", "this", "that", "these", "those", "my", "his", "her", "our")
            if definite
            else ("a", "some", "many", "several", "")
        )
        weights = {word: weight for word, weight in weights.items() if word in kept}
    if depth < 0:
        weights = {word: weight for word, weight in weights.items() if word != "owner"}
    if not may_be_owned(noun_lemma):
        weights = {word: weight for word, weight in weights.items() if word not in OWNERS}
    choice = draw.weighted(weights)
    if choice == "":
        return []
    if choice == "owner":
        return hang(owner(draw), head, "nmod:poss")
    if choice == "all the":
        return hang(determiner("all", "PDT"), head, "det:predet") + hang(determiner("the"), head, "det")
    if choice in QUANTITIES:
        return hang(forms.adjective(choice), head, "amod")
    if choice in DETERMINERS:
        return hang(determiner(choice), head, "det")
    return hang(possessive(choice), head, "nmod:poss")


def may_be_owned(lemma):
    class_ = nouns.CLASS_OF.get(lemma)
    return class_ not in OWNED or lemma in OWNED[class_].split()


ALWAYS_ONE = {"king", "queen", "mayor"}
OWNED = {  # what "my" and "Anna's" may stand before, where not all of a class may
    "person": "teacher doctor lawyer neighbor child friend brother sister mother father uncle aunt cousin manager "
    "tailor gardener landlord guide cook coach nurse host guest customer",
    "place": "garden kitchen house office village cabin bakery restaurant farm shop school hotel cellar",
    "sound": "voice cry shout laugh cough whisper smile yawn",
    "animal": "dog cat horse cow sheep goat rabbit donkey puppy kitten parrot pony duck",
}
OWNERS = {"my", "his", "her", "our", "their", "your", "its", "owner"}


def noun_core(draw, class_, number, among):
    """The noun, or a compound: (words before it, noun)."""
    if not among and class_ in nouns.COMPOUNDS and number != "Mass" and draw.chance(0.1):
        pairs = [pair.split() for pair in nouns.COMPOUNDS[class_].split(",")]
        pairs = [pair for pair in pairs if draw.allows(*pair)]
        first, second = draw.one(pairs)
        head = forms.noun(second, "Sing" if second in nouns.MASS else number)
        return hang(forms.noun(first), head, "compound"), head
    words = nouns.BY_CLASS[class_]
    narrow = [word for word in words if word in (among or words) and draw.allows(word)]
    lemma = draw.word(narrow or words)
    return [], forms.noun(lemma, "Sing" if lemma in nouns.MASS | ALWAYS_ONE else number)


def common(draw, class_, number=None, depth=1, bare=False, definite=None, among=None):
    """A noun with what stands before it. `bare`: without owner or adjective. `among`: the nouns to choose from."""
    number = number or ("Plur" if draw.chance(0.38) else "Sing")
    before, head = noun_core(draw, class_, number, among)
    number = head.feats["Number"]
    if bare:
        return Phrase([*opening(draw, head, number, -1, True, head.lemma), *before, head], head, 3, number)
    if depth > 0 and definite is not False and head.lemma not in nouns.MASS and draw.chance(0.04):
        words = [*hang(determiner("the"), head, "det"), *superlative(draw, class_, head)]
        return Phrase([*words, *before, head], head, 3, number)
    words = opening(draw, head, number, depth, definite, head.lemma)
    quantified = any(word.form in (*QUANTITIES, "both", "some", "no", "all") for word in words)
    if number == "Plur" and not quantified and draw.chance(0.15):
        words += hang(forms.numeral(draw.one(forms.NUMERALS)), head, "nummod")
    if draw.chance(0.26):
        words += attributes(draw, class_, head)
    return Phrase([*words, *before, head], head, 3, number)


def subject_or_object(draw, class_, role, depth, among=None):
    """Any noun phrase of the class, sometimes a pronoun, a name, or several joined."""
    if class_ == "person" and draw.chance(0.4 if role == "subject" else 0.3):
        return someone(draw, role)
    if class_ != "person" and draw.chance(0.1 if role == "object" else 0.06):
        return personal("they" if draw.chance(0.3) else "it", role)
    if class_ in ("abstract", "event") and draw.chance(0.12):
        word = demonstrative(draw.weighted({"that": 3, "this": 1}))
        return Phrase([word], word)
    if depth > 0 and draw.chance(0.09):
        return joined(draw, class_, among)
    return with_followers(draw, common(draw, class_, depth=depth, among=among), class_, depth)


def someone(draw, role):
    kind = draw.weighted({"pronoun": 5, "name": 5, "indefinite": 0.5})
    if kind == "name":
        return person_name(draw)
    if kind == "indefinite":
        form = draw.one(list(INDEFINITE) if role == "subject" else ["someone", "somebody"])
        word = Word(form, form, "PRON", "NN", dict(INDEFINITE[form]))
        return Phrase([word], word)
    nominatives = (
        {"I": 2, "he": 3, "she": 3, "we": 2, "they": 2.5, "you": 1}
        if role == "subject"
        else {"he": 2, "she": 3, "they": 2}
    )
    return personal(draw.weighted(nominatives), role)


def joined(draw, class_, among=None):
    """the cat and the dog; both Anna and the boy; bread, cheese and milk"""

    def part():
        return (
            person_name(draw) if class_ == "person" and draw.chance(0.4) else common(draw, class_, depth=0, among=among)
        )

    parts = [part() for _ in range(3 if draw.chance(0.2) else 2)]
    if len({part.head.lemma for part in parts}) < len(parts):
        return common(draw, class_, depth=0, among=among)
    first = parts[0]
    words = list(first.words)
    if len(parts) == 2 and draw.chance(0.1):
        words = hang(forms.conjunction("both"), first.head, "cc:preconj") + words
    for part_ in parts[1:-1]:
        words += hang(comma(), part_.head, "punct") + hang(part_, first.head, "conj")
    words += hang(forms.conjunction("and"), parts[-1].head, "cc") + hang(parts[-1], first.head, "conj")
    return Phrase(words, first.head, 3, "Plur")


def prepositional(form, phrase, head, rel):
    """A noun phrase hung on `head` with its preposition."""
    return [*hang(forms.adposition(form), phrase.head, "case"), *hang(phrase, head, rel)]


def place_phrase(draw, head, rel, depth=0):
    """in the kitchen, at the station, near the old bridge, in Paris, to the market"""
    if draw.chance(0.12):
        name = forms.proper(draw.word(nouns.CITIES))
        return prepositional("in", Phrase([name], name), head, rel)
    place = common(draw, "place", "Sing" if draw.chance(0.95) else "Plur", depth=0, definite=True)
    if depth > 0 and draw.chance(0.5):
        place = with_followers(draw, place, "place", depth)
    usual = nouns.PLACE_PREPOSITION.get(place.head.lemma, "in")
    form = draw.weighted({usual: 6, "near": 1.2, "behind": 0.7, "outside": 0.6, "inside": 0.4})
    return prepositional(form, place, head, rel)


noun_followers = []  # (function (draw, phrase, class, depth) -> words or None, weight, classes or ()); see `relatives`


def with_followers(draw, phrase, class_, depth):
    """Sometimes a prepositional phrase, a relative clause, an apposition after the noun, unless it has an owner."""
    owned = any(word.rel == "nmod:poss" and word.head is phrase.head for word in phrase.words)
    if depth <= 0 or owned or not draw.chance(0.5):
        return phrase
    follower = draw.weighted(
        {add: weight for add, weight, classes in noun_followers if not classes or class_ in classes}
    )
    words = follower(draw, phrase, class_, depth - 1)
    return Phrase(phrase.words + words, phrase.head, phrase.person, phrase.number) if words else phrase
