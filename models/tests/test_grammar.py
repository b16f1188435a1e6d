import random

import pytest

from translator.grammar import lexicon as lex
from translator.grammar.french import adjective_form, agree_participle, determiner, elide
from translator.grammar.sentences import KINDS, draw_pair

PAIRS = [draw_pair(random.Random(seed)) for seed in range(3000)]


def word(text, span):
    return text[slice(*span)]


def test_spans_cover_the_words_in_order():
    for pair in PAIRS:
        for text, spans in ((pair.english, pair.english_spans), (pair.french, pair.french_spans)):
            assert all(a < b <= c for (a, b), (c, _) in zip(spans, spans[1:]))
            uncovered = "".join(text[b:c] for (_, b), (c, _) in zip(spans, spans[1:]))
            assert uncovered.strip() == "" and spans[-1][1] == len(text)


def test_every_word_is_aligned_on_both_sides():
    for pair in PAIRS:
        assert len(pair.gold) == len(pair.french_spans) == len(pair.tags)
        assert all(pair.gold)
        assert {i for sources in pair.gold for i in sources} == set(range(len(pair.english_spans))), pair.english


def test_nouns_and_names_are_aligned_with_their_translation():
    nouns = lex.ANIMALS + lex.PEOPLE + lex.THINGS
    plural = {n.english_plural: n.french_plural for n in nouns}
    singular = {n.english: n.french for n in nouns}
    for pair in PAIRS:
        for (span, sources), tag in zip(zip(pair.french_spans, pair.gold), pair.tags):
            english = word(pair.english, pair.english_spans[sources[0]]).lower()
            if tag == "N" and english in singular | plural:
                assert word(pair.french, span).lower() in (singular.get(english), plural.get(english))


def test_texts_are_well_formed():
    for pair in PAIRS:
        assert pair.english[0].isupper() and pair.french[0].isupper()
        assert "  " not in pair.english + pair.french
        assert pair.english[-1] == pair.french[-1]
        assert (pair.french[-2] == " ") == (pair.french[-1] == "?")


def test_every_kind_of_sentence_is_drawn():
    from translator.grammar.draft import Draft, finish

    for kind in KINDS:
        draft = Draft()
        assert finish(draft, kind(draft, random.Random(1))).french


@pytest.mark.parametrize(
    "participle, gender, number, expected",
    [("parti", "m", 1, "parti"), ("parti", "f", 1, "partie"), ("parti", "f", 2, "parties"), ("mis", "m", 2, "mis")],
)
def test_participles_agree(participle, gender, number, expected):
    assert agree_participle(participle, gender, number) == expected


def test_adjectives_agree():
    old = next(a for a in lex.FRONTED if a.english == "old")
    assert adjective_form(old, "m", 1, "homme") == "vieil"
    assert adjective_form(old, "m", 1, "chien") == "vieux"
    assert adjective_form(old, "f", 2) == "vieilles"
    grey = next(a for a in lex.COLOURS if a.english == "grey")
    assert adjective_form(grey, "m", 2) == "gris"


def test_determiners():
    assert determiner("my", "f", 1, "école") == "mon"
    assert determiner("my", "f", 1, "maison") == "ma"
    assert determiner("this", "m", 1, "homme") == "cet"
    assert determiner("the", "f", 2, "filles") == "les"


def test_elision():
    assert elide(["je", "ai", "vu", "le", "ours"]) == ["j'", "ai", "vu", "l'", "ours"]
    assert elide(["les", "huit", "ours"]) == ["les", "huit", "ours"]
    assert elide(["que", "elle", "ne", "est"]) == ["qu'", "elle", "n'", "est"]


def test_english_forms():
    assert [lex.gerund(v) for v in ("run", "dance", "see", "die", "cry")] == [
        "running",
        "dancing",
        "seeing",
        "dying",
        "crying",
    ]
    assert [lex.third_person(v) for v in ("cry", "play", "wash", "go")] == ["cries", "plays", "washes", "goes"]
