"""Pronouns and determiners with their features."""

from .words import Word

PRONOUNS = {  # (nominative, accusative, genitive): features
    ("I", "me", "my"): {"Number": "Sing", "Person": "1"},
    ("you", "you", "your"): {"Person": "2"},
    ("he", "him", "his"): {"Gender": "Masc", "Number": "Sing", "Person": "3"},
    ("she", "her", "her"): {"Gender": "Fem", "Number": "Sing", "Person": "3"},
    ("it", "it", "its"): {"Gender": "Neut", "Number": "Sing", "Person": "3"},
    ("we", "us", "our"): {"Number": "Plur", "Person": "1"},
    ("they", "them", "their"): {"Number": "Plur", "Person": "3"},
}
ROW = {forms_of[0]: forms_of for forms_of in PRONOUNS}
INDEFINITE = {
    "someone": {"Number": "Sing", "PronType": "Ind"}, "everyone": {"Number": "Sing", "PronType": "Tot"},
    "nobody": {"Number": "Sing", "PronType": "Neg"}, "somebody": {"Number": "Sing", "PronType": "Ind"},
}  # fmt: skip
DETERMINERS = {
    "the": {"Definite": "Def", "PronType": "Art"}, "a": {"Definite": "Ind", "PronType": "Art"},
    "this": {"Number": "Sing", "PronType": "Dem"}, "that": {"Number": "Sing", "PronType": "Dem"},
    "these": {"Number": "Plur", "PronType": "Dem"}, "those": {"Number": "Plur", "PronType": "Dem"},
    "some": {"PronType": "Ind"}, "every": {"PronType": "Tot"}, "each": {"PronType": "Tot"}, "no": {"PronType": "Neg"},
    "another": {"PronType": "Ind"}, "all": {"PronType": "Tot"}, "both": {"PronType": "Tot"}, "any": {"PronType": "Ind"},
}  # fmt: skip
LEMMA = {"these": "this", "those": "that"}


def pronoun(nominative, case):
    row = ROW[nominative]
    form = row[0 if case == "Nom" else 1]
    return Word(form, nominative, "PRON", "PRP", {"Case": case, "PronType": "Prs"} | PRONOUNS[row])


def possessive(form):
    row = next(row for row in PRONOUNS if row[2] == form)
    return Word(form, form, "PRON", "PRP$", {"Case": "Gen", "Poss": "Yes", "PronType": "Prs"} | PRONOUNS[row])


def determiner(form, xpos="DT"):
    return Word(form, LEMMA.get(form, form), "DET", xpos, dict(DETERMINERS[form]))


def demonstrative(form):
    return Word(form, LEMMA.get(form, form), "PRON", "DT", dict(DETERMINERS[form]))


def relative_that():
    return Word("that", "that", "PRON", "WDT", {"PronType": "Rel"})


def wh_pronoun(form, kind):
    return Word(form, form, "PRON", "WDT" if form == "which" else "WP", {"PronType": kind})
