"""What constructions a sentence has, read off its tree: one table, name → a function of the sentence."""


def children(sentence, row):
    return [other for other in sentence.rows if other.head == row.id]


def has_rel(*relations):
    return lambda s: any(row.rel in relations for row in s.rows)


def has_word(form, upos, *relations):
    return lambda s: any(
        row.form.lower() == form and row.upos == upos and (not relations or row.rel in relations) for row in s.rows
    )


def has_feature(name, value, *relations):
    return lambda s: any((name, value) in row.feats and (not relations or row.rel in relations) for row in s.rows)


def relative_on(*relations):
    """A relative clause whose pronoun has one of the relations."""
    return lambda s: any(("PronType", "Rel") in row.feats and row.rel in relations for row in s.rows)


def bare_relative(s):
    """A relative clause without a relative word: the book the girl read."""
    relative = {row.id for row in s.rows if row.rel == "acl:relcl"}
    return any(
        not any(("PronType", "Rel") in row.feats and id_ in ancestors(s, row) for row in s.rows) for id_ in relative
    )


def ancestors(s, row):
    path = []
    while row.head:
        path.append(row.head)
        row = s.rows[row.head - 1]
    return path


def conjoined(*upos):
    return lambda s: any(row.rel == "conj" and row.upos in upos for row in s.rows)


def joined_clauses(s):
    """Two clauses joined, each with a subject."""
    return any(row.rel == "conj" and any("nsubj" in child.rel for child in children(s, row)) for row in s.rows)


def attractor(s):
    """A noun of another number between a subject and the finite verb that agrees with it."""
    for subject in s.rows:
        if subject.rel not in ("nsubj", "nsubj:pass") or subject.upos not in ("NOUN", "PROPN"):
            continue
        number = dict(subject.feats).get("Number")
        head = s.rows[subject.head - 1]
        finite = [row for row in [head, *children(s, head)] if ("VerbForm", "Fin") in row.feats and row.id > subject.id]
        if any(row.rel == "conj" and row.head == subject.id for row in s.rows) or not finite:
            continue
        between = s.rows[subject.id : min(row.id for row in finite) - 1]
        if any(row.upos == "NOUN" and dict(row.feats).get("Number") != number for row in between):
            return True
    return False


def question(kind):
    def asked(s):
        if s.rows[-1].form != "?":
            return False
        words = [row for row in s.rows if ("PronType", "Int") in row.feats]
        first = next((row for row in words if row.id <= 2), None)
        if kind == "yes/no":
            return first is None
        if first is None:
            return False
        top = first
        while (
            top.rel in ("det", "advmod", "amod")
            and s.rows[top.head - 1].upos in ("NOUN", "ADJ")
            and top.head > top.id
            and top.upos != "ADV"
        ):
            top = s.rows[top.head - 1]
        if first.upos == "ADV" and s.rows[first.head - 1].lemma == "many":
            top = s.rows[s.rows[first.head - 1].head - 1]
        return {"adverb": top.upos == "ADV" and top.rel == "advmod", "subject": top.rel.startswith("nsubj"),
                "object": top.rel in ("obj", "obl"), "predicate": top.rel == "root"}[kind]  # fmt: skip

    return asked


def non_projective(s):
    for row in s.rows:
        low, high = sorted((row.id, row.head))
        if row.head and any(row.head not in ancestors(s, s.rows[i - 1]) for i in range(low + 1, high)):
            return True
    return False


CONSTRUCTIONS = {
    "that, conjunction (SCONJ)": has_word("that", "SCONJ"),
    "that, relative pronoun": lambda s: any(r.form == "that" and ("PronType", "Rel") in r.feats for r in s.rows),
    "that, demonstrative determiner": has_word("that", "DET"),
    "that, demonstrative pronoun": lambda s: any(
        r.form.lower() == "that" and r.upos == "PRON" and ("PronType", "Dem") in r.feats for r in s.rows
    ),
    "attractor between subject and verb": attractor,
    "relative clause on a subject": relative_on("nsubj", "nsubj:pass"),
    "relative clause on an object": relative_on("obj", "obl"),
    "relative clause with where": relative_on("advmod"),
    "relative clause without a relative word": bare_relative,
    "participle or infinitive after a noun (acl)": has_rel("acl"),
    "nouns joined": conjoined("NOUN", "PROPN"),
    "verbs joined": conjoined("VERB"),
    "clauses joined": joined_clauses,
    "passive": has_rel("nsubj:pass"),
    "passive with by": has_rel("obl:agent"),
    "question, yes/no": question("yes/no"),
    "question about the subject": question("subject"),
    "question about the object": question("object"),
    "question with an adverb": question("adverb"),
    "question about the predicate": question("predicate"),
    "embedded question": lambda s: any(
        row.rel == "ccomp"
        and any(("PronType", "Int") in c.feats or c.form.lower() in ("whether", "if") for c in children(s, row))
        for row in s.rows
    ),
    "negation": has_feature("Polarity", "Neg", "advmod"),
    "modal": lambda s: any(row.xpos == "MD" for row in s.rows),
    "perfect or progressive": lambda s: any(row.rel == "aux" and row.lemma in ("have", "be") for row in s.rows),
    "do-support": lambda s: any(row.rel == "aux" and row.lemma == "do" for row in s.rows),
    "open complement (xcomp)": has_rel("xcomp"),
    "clausal complement (ccomp)": has_rel("ccomp"),
    "adverbial clause (advcl)": has_rel("advcl"),
    "clausal subject (csubj)": has_rel("csubj"),
    "possessor (nmod:poss)": has_rel("nmod:poss"),
    "prepositional phrase on a noun (nmod)": has_rel("nmod"),
    "prepositional phrase on a verb (obl)": has_rel("obl"),
    "copula": has_rel("cop"),
    "existential there": has_word("there", "PRON", "expl"),
    "it as an expletive": has_word("it", "PRON", "expl"),
    "particle (compound:prt)": has_rel("compound:prt"),
    "compound": has_rel("compound"),
    "two objects (iobj)": has_rel("iobj"),
    "numeral (nummod)": has_rel("nummod"),
    "proper name": lambda s: any(row.upos == "PROPN" for row in s.rows),
    "apposition": has_rel("appos"),
    "comparative or superlative": lambda s: any(dict(row.feats).get("Degree") in ("Cmp", "Sup") for row in s.rows),
    "imperative": has_feature("Mood", "Imp"),
    "vocative": has_rel("vocative"),
    "non-projective tree": non_projective,
}
