from collections import Counter
from pathlib import Path

import pytest

from treebank import agreement, figures, forms
from treebank.checks import problems
from treebank.conllu import Row, Sentence, read
from treebank.constructions import CONSTRUCTIONS
from treebank.draw import HELD_OUT
from treebank.make import files
from treebank.splits import draw_treebank

SERVED = Path(__file__).parents[2] / "public" / "data" / "treebank"
TREEBANK = {name: read(SERVED / f"{name}.conllu") for name in ("train", "dev", "test")}
EVERY = [sentence for sentences in TREEBANK.values() for sentence in sentences]


@pytest.fixture(scope="module")
def pairs():
    lines = [line.split("\t") for line in (SERVED / "agreement.tsv").read_text(encoding="utf-8").splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def feats(row):
    return dict(row.feats)


def children(sentence, row, *relations):
    return [other for other in sentence.rows if other.head == row.id and other.rel in relations]


def test_the_served_files_are_what_the_grammar_draws():
    for name, content in files(draw_treebank(), agreement.draw_pairs()).items():
        assert (SERVED / name).read_text(encoding="utf-8") == content, name


def test_sizes_and_lengths():
    assert len(TREEBANK["train"]) >= 3000 and len(TREEBANK["dev"]) >= 500 and len(TREEBANK["test"]) >= 500
    assert all(3 <= len(sentence.rows) <= 22 for sentence in EVERY)
    assert 9 <= figures.mean_length(EVERY) <= 12


def test_no_sentence_twice_within_or_across_parts():
    assert len({sentence.text.lower() for sentence in EVERY}) == len(EVERY)
    assert len({sentence.sent_id for sentence in EVERY}) == len(EVERY)


def test_held_out_lemmas_are_in_test_alone():
    for name in ("train", "dev"):
        assert not {row.lemma for row in figures.words(TREEBANK[name]) if row.upos in figures.CONTENT} & HELD_OUT
    shares = figures.held_out_figures(TREEBANK)
    assert shares["held_out_lemmas"] >= 80 and shares["new_words"] > 0.1


def test_every_tree_keeps_the_rules():
    assert [problem for sentence in EVERY for problem in problems(sentence)] == []


def test_the_official_validator_finds_no_error():
    udtools = pytest.importorskip("udtools")
    for name in TREEBANK:
        state = udtools.Validator(lang="en", output=None).validate_files([str(SERVED / f"{name}.conllu")])
        assert state.passed(), name


def broken(**changes):
    """ "The dog barked." with one column of one word changed, as {word number: {column: value}}."""
    rows = [
        Row(1, "The", "the", "DET", "DT", (("Definite", "Def"), ("PronType", "Art")), 2, "det", True),
        Row(2, "dog", "dog", "NOUN", "NN", (("Number", "Sing"),), 3, "nsubj", True),
        Row(3, "barked", "bark", "VERB", "VBD", (), 0, "root", False),
        Row(4, ".", ".", "PUNCT", ".", (), 3, "punct", True),
    ]
    for position, columns in changes.items():
        index = int(position[1:]) - 1
        rows[index] = Row(**{**rows[index].__dict__, **columns})
    return Sentence("x", "The dog barked.", tuple(rows))


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({}, None),
        ({"w2": {"head": 0, "rel": "root"}}, "not exactly one root"),
        ({"w1": {"head": 2}, "w2": {"head": 1}}, "cycle"),
        ({"w1": {"rel": "amod"}}, "DET as amod"),
        ({"w2": {"rel": "subject"}}, "unknown part of speech or relation"),
        ({"w2": {"feats": (("Number", "Dual"),)}}, "unknown feature"),
        ({"w4": {"head": 1}}, "attached across"),
        ({"w2": {"form": "cat"}}, "words spell"),
        ({"w2": {"head": 1}, "w1": {"head": 3}}, "hangs as nsubj on the det"),
        ({"w1": {"head": 3, "rel": "obj", "upos": "PRON"}, "w2": {"rel": "obj"}}, "more than one of obj"),
    ],
)
def test_the_rules_see_what_is_wrong(changes, complaint):
    found = problems(broken(**changes))
    assert any(complaint in problem for problem in found) if complaint else found == []


def test_finite_verbs_agree_with_their_subjects():
    checked = Counter()
    for sentence in EVERY:
        for subject in sentence.rows:
            if (
                subject.rel not in ("nsubj", "nsubj:pass")
                or ("PronType", "Rel") in subject.feats
                or ("PronType", "Int") in subject.feats
            ):
                continue
            head = sentence.rows[subject.head - 1]
            finite = [
                row
                for row in [*children(sentence, head, "aux", "aux:pass", "cop"), head]
                if feats(row).get("Number") and feats(row).get("VerbForm") == "Fin"
            ]
            joined = any(row.upos in ("NOUN", "PROPN") for row in children(sentence, subject, "conj"))
            number = "Plur" if joined else feats(subject).get("Number", "Sing")
            for verb in finite:
                checked[number] += 1
                assert (feats(verb)["Number"], feats(verb)["Person"]) == (number, feats(subject).get("Person", "3")), (
                    sentence.text
                )
    assert min(checked.values()) > 500


def test_verb_forms_show_their_features():
    for sentence in EVERY:
        for row in sentence.rows:
            if row.xpos in ("VBZ", "VBP", "VBD"):
                time = "past" if feats(row)["Tense"] == "Past" else "present"
                person, number = int(feats(row)["Person"]), feats(row)["Number"]
                if person == 2:
                    number = "Plur"  # "you are": singular in the features only
                assert row.form.lower() == forms.finite(row.lemma, time, person, number).form, sentence.text


def test_relative_clauses_agree_with_their_noun():
    """the dogs that bark, the dog that barks"""
    checked = 0
    for sentence in EVERY:
        for row in sentence.rows:
            if row.rel in ("nsubj", "nsubj:pass") and ("PronType", "Rel") in row.feats:
                head = sentence.rows[row.head - 1]
                noun = sentence.rows[head.head - 1]
                finite = [
                    r
                    for r in [*children(sentence, head, "aux", "aux:pass", "cop"), head]
                    if feats(r).get("Number") and feats(r).get("VerbForm") == "Fin"
                ]
                for verb in finite:
                    joined = any(c.id < row.id for c in children(sentence, noun, "conj"))
                    assert joined or feats(verb)["Number"] == feats(noun)["Number"], sentence.text
                    checked += 1
    assert checked > 100


def test_ambiguous_words_have_their_tags_in_train_and_test():
    found = figures.ambiguous_forms(TREEBANK["train"], TREEBANK["test"])
    assert len(found) >= 60
    assert found["that"] == ["DET", "PRON", "SCONJ"] and found["to"] == ["ADP", "PART"]
    for tags, least in (({"NOUN", "VERB"}, 30), ({"ADJ", "VERB"}, 4), ({"ADJ", "NOUN"}, 3), ({"ADP", "SCONJ"}, 3)):
        assert sum(tags <= set(of_form) for of_form in found.values()) >= least, tags


def test_word_identity_does_not_solve_the_tags():
    identity = figures.word_identity(TREEBANK["train"], TREEBANK["test"])
    assert identity["accuracy"] < 0.92 and identity["accuracy_seen"] < 0.945


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_every_construction_occurs_in_train_and_test(name):
    for part, least in (("train", 5), ("test", 1)):
        assert sum(map(CONSTRUCTIONS[name], TREEBANK[part])) >= least, part


def test_minimal_pairs_differ_in_one_verb(pairs):
    assert len(pairs) >= 600 and len({pair["grammatical"] for pair in pairs}) == len(pairs)
    for pair in pairs:
        good, bad = pair["grammatical"].rstrip(".").split(), pair["ungrammatical"].rstrip(".").split()
        different = [i for i, (a, b) in enumerate(zip(good, bad), 1) if a != b]
        assert len(good) == len(bad) and different == [int(pair["position"])]
        assert (good[different[0] - 1], bad[different[0] - 1]) == (pair["good"], pair["bad"])


def test_minimal_pairs_are_balanced(pairs):
    counts = Counter((pair["construction"], pair["subject_number"], pair["attractor_number"]) for pair in pairs)
    assert set(counts.values()) == {agreement.PER_CONDITION}
    singular = {"is", "was", "has"}
    for pair in pairs:
        verb = pair["good"]
        is_singular = verb in singular or (verb.endswith("s") and verb not in singular)
        assert is_singular == (pair["subject_number"] == "Sing"), pair


@pytest.mark.parametrize(
    "made, expected",
    [
        (forms.plural("thief"), "thieves"),
        (forms.plural("party"), "parties"),
        (forms.plural("watch"), "watches"),
        (forms.past("plan"), "planned"),
        (forms.past("carry"), "carried"),
        (forms.participle("write"), "written"),
        (forms.ing("lie"), "lying"),
        (forms.ing("stop"), "stopping"),
        (forms.third_person("catch"), "catches"),
        (forms.adjective("happy", "Cmp").form, "happier"),
        (forms.adjective("big", "Sup").form, "biggest"),
        (forms.adjective("good", "Sup").form, "best"),
    ],
)
def test_inflection(made, expected):
    assert made == expected
