"""The rules of the Universal Dependencies validator that a tree of ours could break, in one table.

They restate, for the parts of speech and relations that occur here, levels 1 and 2 (ids, one root, no cycle, known
tags, features and relations, text rebuilt from words) and of level 3: relation against part of speech, function words
without dependents, relations that only point right, at most one subject and object, punctuation and projectivity. Not
covered: enhanced graphs, multiword tokens, and a language's documented lists. For these udtools' `udvalidate --lang
en` is run on the served files; a test does so where the package is installed.
"""

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = set("""
    root nsubj nsubj:pass csubj obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:desc nummod amod appos det
    det:predet case
    mark cc cc:preconj conj aux aux:pass cop xcomp ccomp advcl acl acl:relcl advmod expl compound compound:prt flat
    fixed vocative discourse punct
""".split())  # fmt: skip
FEATURES = {
    "Case": "Nom Acc Gen", "Definite": "Def Ind", "Degree": "Pos Cmp Sup", "ExtPos": "ADP", "Gender": "Masc Fem Neut",
    "Mood": "Ind Imp", "NumForm": "Word", "NumType": "Card", "Number": "Sing Plur", "Person": "1 2 3",
    "Polarity": "Neg Pos",
    "Poss": "Yes", "PronType": "Prs Art Dem Int Rel Ind Tot Neg", "Tense": "Past Pres", "VerbForm": "Fin Inf Part Ger",
    "Voice": "Pass",
}  # fmt: skip
ALLOWED = {  # relation: the parts of speech that may bear it
    "det": "DET", "det:predet": "DET", "nummod": "NUM", "amod": "ADJ", "aux": "AUX", "aux:pass": "AUX", "cop": "AUX",
    "case": "ADP PART", "mark": "SCONJ PART", "cc": "CCONJ", "cc:preconj": "CCONJ", "punct": "PUNCT", "expl": "PRON",
    "compound:prt": "ADP", "discourse": "INTJ", "advmod": "ADV PART", "nmod:poss": "NOUN PROPN PRON", "flat": "PROPN",
    "nsubj": "NOUN PROPN PRON", "nsubj:pass": "NOUN PROPN PRON", "obj": "NOUN PROPN PRON", "iobj": "NOUN PROPN PRON",
}  # fmt: skip
ONLY_AS = {
    "PUNCT": "punct root",
    "DET": "det det:predet",
    "CCONJ": "cc cc:preconj",
    "AUX": "aux aux:pass cop",
    "SCONJ": "mark",
}
CHILDREN = {  # function words: the relations of dependents they may have
    "aux": "", "aux:pass": "", "cop": "", "case": "fixed", "mark": "fixed", "cc": "fixed", "punct": "", "fixed": "",
    "det": "",
    "compound:prt": "", "expl": "", "nummod": "advmod",
}  # fmt: skip
RIGHTWARD = {"conj", "flat", "fixed", "appos"}
ONCE = [("nsubj", "nsubj:pass", "csubj"), ("obj",), ("iobj",), ("cop",), ("aux:pass",)]


def problems(sentence):
    """What is wrong with a sentence, as readable lines; empty when all rules hold."""
    found = [*wrong_shape(sentence)]
    if not found:
        for rule in RULES:
            found += rule(sentence)
    return [f"{sentence.sent_id}: {problem}" for problem in found]


def wrong_shape(sentence):
    rows = sentence.rows
    if [row.id for row in rows] != list(range(1, len(rows) + 1)):
        yield "ids do not count from 1"
    if sum(row.head == 0 for row in rows) != 1 or any((row.head == 0) != (row.rel == "root") for row in rows):
        yield "not exactly one root, or a root with another relation"
    if any(not 0 <= row.head <= len(rows) or row.head == row.id for row in rows):
        yield "a head that is no other word"
    elif any(0 not in path_up(rows, row.id) for row in rows):
        yield "a cycle"


def path_up(rows, id_):
    """The ids from a word to the root and 0, or to where it meets itself."""
    path = [id_]
    while path[-1] != 0 and path.count(path[-1]) == 1:
        path.append(rows[path[-1] - 1].head)
    return path


def unknown_labels(sentence):
    for row in sentence.rows:
        if row.upos not in UPOS or row.rel not in RELATIONS:
            yield f"unknown part of speech or relation at {row.form}: {row.upos} {row.rel}"
        if any(value not in FEATURES.get(name, "").split() for name, value in row.feats):
            yield f"unknown feature at {row.form}: {row.feats}"
        if [name for name, _ in row.feats] != sorted({name for name, _ in row.feats}, key=str.lower):
            yield f"features not sorted at {row.form}"


def text_differs(sentence):
    text = "".join(row.form + " " * row.space_after for row in sentence.rows).rstrip()
    if text != sentence.text:
        yield f"words spell {text!r}"


def wrong_part_of_speech(sentence):
    for row in sentence.rows:
        if row.rel in ALLOWED and row.upos not in ALLOWED[row.rel].split():
            yield f"{row.form}: {row.upos} as {row.rel}"
        if row.upos in ONLY_AS and row.rel not in ONLY_AS[row.upos].split():
            yield f"{row.form}: {row.upos} as {row.rel}"


def children_of_function_words(sentence):
    for row in sentence.rows:
        head = sentence.rows[row.head - 1] if row.head else None
        if head and head.rel in CHILDREN and row.rel not in CHILDREN[head.rel].split():
            yield f"{row.form} hangs as {row.rel} on the {head.rel} {head.form}"


def leftward(sentence):
    return [f"{row.form}: {row.rel} points left" for row in sentence.rows if row.rel in RIGHTWARD and row.head > row.id]


def twice(sentence):
    for row in sentence.rows:
        own = [child.rel for child in sentence.rows if child.head == row.id]
        for group in ONCE:
            if sum(rel in group for rel in own) > 1:
                yield f"{row.form} has more than one of {', '.join(group)}"


def crossing_punctuation(sentence):
    """A mark's arc spans no word from elsewhere in the tree, and does not leave an arc that the mark stands in."""
    rows = sentence.rows
    for row in rows:
        if row.rel != "punct":
            continue
        low, high = sorted((row.id, row.head))
        if any(row.head not in path_up(rows, between) for between in range(low + 1, high)):
            yield f"{row.form} at {row.id} is attached across other words"
        for other in rows:
            start, end = sorted((other.id, other.head))
            if other.head and start < row.id < end and not start <= row.head <= end:
                yield f"{row.form} at {row.id} makes a gap in the arc of {other.form}"


RULES = (
    unknown_labels, text_differs, wrong_part_of_speech, children_of_function_words, leftward, twice,
    crossing_punctuation
)  # fmt: skip
