"""The kinds of sentence, and how often each is drawn."""

from itertools import pairwise

from . import complements, predicates, relatives  # noqa: F401 (they fill in the tables of `clauses` and `nominals`)
from .questions import adverb_question, copular_question, object_question, subject_question, yes_no_question
from .statements import (
    command,
    demonstrative_subject,
    existential,
    opened_statement,
    statement,
    two_clauses,
    two_predicates,
)
from .subordination import clausal_subject, conditional, it_clause, with_adverbial_clause, with_participle, with_purpose
from .words import close

KINDS = {
    statement: 44, opened_statement: 6, two_clauses: 6, two_predicates: 5, with_adverbial_clause: 7, conditional: 2.5,
    with_participle: 3, with_purpose: 3, yes_no_question: 4, subject_question: 2, object_question: 3.5,
    adverb_question: 2.5, copular_question: 1.2, existential: 4, it_clause: 3.5, clausal_subject: 1.2,
    command: 4, demonstrative_subject: 3,
}  # fmt: skip


def draw_sentence(draw):
    """One sentence as a list of words; None where chance made it too long, or made it sound wrong."""
    words, mark = draw.weighted(KINDS)(draw)
    words = close(words, mark)
    faulty = says_twice(words) or nested_relatives(words) or nobody_not(words)
    return words if 3 <= len(words) <= 22 and not faulty else None


def says_twice(words):
    """Whether a noun, name, verb, adjective or adverb comes twice, a word follows itself, or two stand for "that"."""
    for parts in (("NOUN", "PROPN"), ("VERB",), ("ADJ",), ("ADV",)):
        lemmas = [word.lemma for word in words if word.upos in parts]
        if len(set(lemmas)) < len(lemmas):
            return True
    if any(first.form.lower() == second.form.lower() for first, second in pairwise(words)):
        return True
    return sum(word.feats.get("PronType") == "Dem" and word.upos == "PRON" for word in words) > 1


def nested_relatives(words):
    """A relative clause within a relative clause: the train that the expert that a boy loved stopped."""
    for word in words:
        above = word.head
        while word.rel == "acl:relcl" and above is not None:
            if above.rel == "acl:relcl":
                return True
            above = above.head
    return False


def nobody_not(words):
    """ "Everyone did not sleep", "nobody has not slept"."""
    negated = [word.head for word in words if word.lemma == "not"]
    words = [word for word in words if word.upos in ("DET", "PRON")]
    vague = [
        word.head for word in words if word.form.lower() in ("everyone", "nobody", "someone", "somebody", "no", "every")
    ]
    return any(head in negated or (head and head.head in negated) for head in vague)
