"""French agreement, determiners and elision."""

VOWELS = set("aeiouhéèêâîôœAEIOUHÉÈÊÂÎÔŒ")  # every h in the lexicon is mute
ELIDED = {"je": "j'", "ne": "n'", "le": "l'", "la": "l'", "que": "qu'", "de": "d'"}
PLURAL_DETERMINERS = {
    "the": "les", "my": "mes", "his": "ses", "her": "ses", "our": "nos", "these": "ces", "those": "ces",
}  # fmt: skip
POSSESSIVE_INITIALS = {"my": "m", "his": "s", "her": "s"}


def starts_with_vowel(word):
    return word[0] in VOWELS and word not in {"huit"}


def adjective_form(adjective, gender, number, following=None):
    """The form that agrees; `following` is the next French word, which asks for "vieil", "bel", "nouvel"."""
    if number == 2:
        return adjective.mp if gender == "m" else adjective.fp
    if gender == "m" and following and starts_with_vowel(following):
        return adjective.before_vowel
    return adjective.m if gender == "m" else adjective.f


def agree_participle(participle, gender, number):
    """Participle after être: parti, partie, partis, parties."""
    feminine = participle + ("e" if gender == "f" else "")
    return feminine + ("s" if number == 2 and not feminine.endswith("s") else "")


def determiner(english, gender, number, following):
    """French determiner before the word `following` (not yet elided: "le" and "la" stay)."""
    vowel = starts_with_vowel(following)
    if number == 2:
        return PLURAL_DETERMINERS[english]
    if english == "the":
        return "le" if gender == "m" else "la"
    if english in ("a", "an"):
        return "un" if gender == "m" else "une"
    if english in ("this", "that"):
        masculine = "cet" if vowel else "ce"
        return masculine if gender == "m" else "cette"
    if english == "our":
        return "notre"
    return POSSESSIVE_INITIALS[english] + ("on" if gender == "m" or vowel else "a")


def elide(words):
    """Apply elision to a list of French words: je ai -> j' ai. The list keeps its length."""
    return [
        ELIDED[w.lower()] if w.lower() in ELIDED and nxt and starts_with_vowel(nxt) and nxt not in {"y"} else w
        for w, nxt in zip(words, words[1:] + [""])
    ]
