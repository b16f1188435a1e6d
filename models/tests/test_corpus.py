import random

import pytest

from translator.capitals import CAPITALS, capital_pairs
from translator.corpus import draw_grammar, make_splits, normalise
from translator.probes import read_probes


@pytest.fixture(scope="module")
def splits(tmp_path_factory):
    """Splits of a made-up file that also holds every probe and doublets in other spelling."""
    rows = [f"Sentence number {i}.\tPhrase numéro {i}.\textra" for i in range(3000)]
    rows += [f"sentence number {i}!\tLa phrase {i} !" for i in range(0, 3000, 3)]
    rows += [f"{probe.english}\tinterdit" for probe in read_probes()]
    path = tmp_path_factory.mktemp("data") / "pairs.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf8")
    return make_splits(path)


def test_held_out_and_training_sentences_are_disjoint(splits):
    trained = {normalise(english) for english, _ in splits.train}
    held = {normalise(english) for english, _ in splits.held_out}
    assert len(held) == len(splits.held_out) == 1000
    assert not trained & held


def test_doublets_become_references(splits):
    assert {len(references) for _, references in splits.held_out} == {1, 2}


def test_probes_and_held_out_grammar_are_banned(splits):
    trained = {normalise(english) for english, _ in splits.train}
    fresh = {normalise(pair.english) for pair in draw_grammar(random.Random(5), 5000, splits.banned)}
    probes = {normalise(probe.english) for probe in read_probes()}
    grammar = {normalise(pair.english) for pair in splits.grammar_held_out}
    assert len(grammar) == 500
    assert not (trained | fresh) & (probes | grammar)
    assert not grammar & probes


def test_splits_are_fixed(splits, tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(f"Sentence number {i}.\tPhrase {i}." for i in range(2000)), encoding="utf8")
    assert make_splits(path) == make_splits(path)


def test_capitals_held_out():
    seen, held = set(capital_pairs(False)), set(capital_pairs(True))
    assert not seen & held
    assert ("What is the capital of France?", "The capital is Paris.") in seen
    assert {answer for _, answer in held} <= {answer for _, answer in seen}
    assert len({country for country, _ in CAPITALS}) == len(CAPITALS)


def test_probes_cover_what_they_should():
    probes = read_probes()
    assert len(probes) == len({probe.english for probe in probes}) == 20
    assert {"adjective", "two colours", "present", "past", "être negation", "numerals", "plural"} <= {
        p.kind for p in probes
    }
