"""Auxiliaries: modal, perfect, progressive, passive, copula, do-support, negation; each form set by the one before."""

from dataclasses import dataclass

from . import forms, verbs
from .words import Word, hang

CONTRACTS = {"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "would", "should"}
GOVERNS = {"modal": "inf", "do": "inf", "perfect": "perfect", "progressive": "progressive", "passive": "passive"}


@dataclass(frozen=True)
class Tense:
    """How a clause stands in time; `shape` is "finite", "imperative", or one of the other keys of `NONFINITE`."""

    time: str = "past"  # or "present"
    modal: str = ""
    perfect: bool = False
    progressive: bool = False
    negated: bool = False
    shape: str = "finite"


@dataclass
class Group:
    """Auxiliaries in order, the lexical verb (None after a copula, whose predicate is the head), and negation."""

    auxiliaries: list  # (word, relation)
    main: Word | None
    negation: list


def draw_time(draw):
    return draw.weighted({"past": 6, "present": 4})


MODALS = {"past": {"could": 3, "would": 2, "should": 1, "might": 1},
          "present": {"can": 3, "will": 4, "should": 1.5, "must": 1.5, "may": 1, "might": 0.7}}  # fmt: skip


def draw_tense(draw, time, negatable=0.13):
    kind = draw.weighted({"simple": 6, "modal": 1.7, "perfect": 1, "progressive": 1.2})
    return Tense(
        time,
        modal=draw.weighted(MODALS[time]) if kind == "modal" else "",
        perfect=kind == "perfect",
        progressive=kind == "progressive",
        negated=draw.chance(negatable),
    )


def agreement_of(subject):
    """(person, number) as the verb shows them. "you" is singular on verbs, as the English treebanks have it."""
    if subject is None:
        return 3, "Sing"
    return subject.person, "Sing" if subject.person == 2 else subject.number


def finite_form(lemma, tense, subject, upos):
    person, number = agreement_of(subject)
    if person == 2 and lemma == "be":
        word = forms.finite("be", tense.time, 3, "Plur", upos)
        word.feats |= {"Number": "Sing", "Person": "2"}
        return word
    return forms.finite(lemma, tense.time, person, number, upos)


def chain_of(tense, main_role, fronted):
    """Roles from left to right: modal, perfect, progressive, passive, then the verb or the copula."""
    chain = ["modal"] if tense.modal else []
    chain += ["perfect"] if tense.perfect else []
    chain += ["progressive"] if tense.progressive else []
    chain += ["passive"] if main_role == "passive" else []
    last = "copula" if main_role == "copula" else "verb"
    needs_do = last == "verb" and not chain and (tense.negated or fronted) and tense.shape in ("finite", "imperative")
    return ["do", *chain, last] if needs_do else [*chain, last]


LEMMA = {"perfect": "have", "progressive": "be", "passive": "be", "do": "do", "copula": "be"}
RELATION = {"passive": "aux:pass", "copula": "cop"}


def verb_group(draw, lemma, tense, subject, main_role="active", fronted=False):
    """The verb with its auxiliaries. `main_role`: "active", "passive" or "copula" (then `lemma` is not used)."""
    chain = chain_of(tense, main_role, fronted)
    words, shape = [], tense.shape
    for role in chain:
        word_lemma = lemma if role == "verb" else LEMMA.get(role, "")
        upos = "VERB" if role == "verb" else "AUX"
        if role == "modal":
            word = forms.modal(tense.modal)
        elif shape == "finite":
            word = finite_form(word_lemma, tense, subject, upos)
        else:
            word = forms.nonfinite(word_lemma, shape, upos)
        words.append((word, role))
        shape = GOVERNS.get(role, shape)
    main = words.pop()[0] if chain[-1] == "verb" else None
    auxiliaries = [(word, RELATION.get(role, "aux")) for word, role in words]
    return Group(auxiliaries, main, negation(draw, auxiliaries, tense))


def negation(draw, auxiliaries, tense):
    if not tense.negated:
        return []
    contracted = auxiliaries and tense.shape == "finite" and auxiliaries[0][0].form in CONTRACTS and draw.chance(0.5)
    form = "n't" if contracted else "not"
    return [Word(form, "not", "PART", "RB", {"Polarity": "Neg"}, glued=bool(contracted))]


def laid_out(group, head):
    """(operator with its negation, other auxiliaries), hung on `head`, ready to be put in order."""
    hung = [hang(word, head, rel)[0] for word, rel in group.auxiliaries]
    negation = [hang(word, head, "advmod")[0] for word in group.negation]
    return hung[:1] + negation, hung[1:]


def usable(tense, verb):
    """The tense without the progressive where the verb has none."""
    return (
        Tense(tense.time, tense.modal, tense.perfect, False, tense.negated, tense.shape)
        if verb in verbs.STATIVE
        else tense
    )
