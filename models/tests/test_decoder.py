"""The decoder's tasks and their splits, its repeats, its scores of heads, its losses."""

import random

import numpy as np
import pytest
import torch

from decoder import heads
from decoder.batches import ANSWER_WEIGHT, Phase, Row, TrainingData, collate, repeat_row, task_row, words_for_names
from decoder.corpus import make_splits
from decoder.names import HELD_OUT_NAMES, NAMES, SEEN_NAMES, his_or_her, pair_is_held_out
from decoder.network import PREVIOUS_TOKEN_HEAD, guides, lone_head_mask, make_config, make_network, next_token_loss
from decoder.questions import ask
from decoder.repeats import draw_row, repeated
from decoder.tasks import agreement, capitals, indirect_objects
from decoder.tokenizer import empty_tokenizer, train_tokenizer
from decoder.train import PHASES, learning_rate, phase_of
from translator.capitals import CAPITALS
from translator.corpus import normalise


@pytest.fixture(scope="module")
def splits(tmp_path_factory):
    """Splits of a made-up file with doublets in other spelling."""
    rows = [f"Sentence number {i}.\tPhrase {i}." for i in range(3000)]
    rows += [f"sentence number {i}!\tPhrase {i} !" for i in range(0, 3000, 3)]
    path = tmp_path_factory.mktemp("data") / "pairs.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf8")
    return make_splits(path)


@pytest.fixture(scope="module")
def tokenizer(splits):
    return train_tokenizer(splits)


def draws(draw, count=400, seed=5):
    rng = random.Random(seed)
    return [draw(rng) for _ in range(count)]


def names_in(prompt):
    return [name for name in NAMES if name in prompt.replace(".", " ").replace("'", " ").split()]


def test_held_out_text_is_disjoint(splits):
    held = {normalise(sentence) for sentence in splits.held_out}
    assert len(splits.held_out) == 1000
    assert not held & {normalise(sentence) for sentence in splits.train}


def test_names_are_named_once():
    assert len(set(NAMES)) == len(NAMES) >= 80
    assert set(HELD_OUT_NAMES) <= set(NAMES) and not set(HELD_OUT_NAMES) & set(SEEN_NAMES)
    assert his_or_her("Mary") == "her" and his_or_her("John") == "his"


def test_indirect_objects_keep_held_out_names_pairs_and_frame_out():
    frame = indirect_objects.HELD_OUT_TEMPLATE.split(" ")[0]
    for task in draws(indirect_objects.draw):
        assert not {task.answer, task.foil} & set(HELD_OUT_NAMES)
        assert not pair_is_held_out(*names_in(task.prompt)[:2]) or not pair_is_held_out(*_in_order(task))
        assert not task.prompt.startswith(frame)
    assert all(t.answer in HELD_OUT_NAMES for t in draws(lambda r: indirect_objects.draw(r, "names")))
    assert all(pair_is_held_out(*_in_order(t)) for t in draws(lambda r: indirect_objects.draw(r, "pairs")))
    assert all(t.prompt.startswith(frame) for t in draws(lambda r: indirect_objects.draw(r, "template")))


def _in_order(task):
    return sorted([task.answer, task.foil], key=task.prompt.replace(".", " ").split().index)


def test_the_indirect_object_is_the_name_said_once():
    for task in draws(indirect_objects.draw):
        words = task.prompt.split()
        assert words.count(task.foil) == 2 and words.count(task.answer) == 1
        assert task.text.endswith(f"to {task.answer}.")


def test_capitals_in_context_answer_by_the_person_asked_for():
    capital = dict(CAPITALS)
    for people in (1, 2):
        for task in draws(lambda r, people=people: capitals.in_context(r, people=people)):
            *homes, _ = task.prompt.split(". ")
            countries = [next(c for c in sorted(capital, key=len, reverse=True) if home.endswith(c)) for home in homes]
            assert len(homes) == people and task.answer in {capital[c] for c in countries}
            if people == 2:
                assert {task.answer, task.foil} == {capital[c] for c in countries}
                asked = task.prompt.split("'s")[0].split(" ")[-1]
                assert homes[[capital[c] for c in countries].index(task.answer)].startswith(asked + " ")


def test_capitals_hold_combinations_out():
    for held_out in (True, False):
        for task in draws(lambda r, h=held_out: capitals.in_context(r, h, 1)):
            country = next(c for c, city in CAPITALS if city == task.answer)
            assert capitals.is_held_out(task.prompt.split()[0], country) == held_out


def test_homes_ask_for_the_country_of_the_person_named():
    for task in draws(capitals.home):
        *told, question = task.prompt.split(". ")
        person = next(name for name in names_in(question))
        assert any(t.startswith(person + " ") and t.endswith(task.answer) for t in told)
        assert not capitals.is_held_out(person, task.answer)


def test_words_can_stand_for_names(tokenizer):
    words = words_for_names(tokenizer)
    assert len(words) > 100 and not set(words) & set(HELD_OUT_NAMES)
    for draw in (indirect_objects.draw, capitals.two_people, capitals.home):
        assert all(
            set(words) & set(task.prompt.replace("'", " ").split())
            for task in draws(lambda r, d=draw: d(r, words=words), 50)
        )


def test_agreement_has_the_number_of_the_subject():
    plural_verbs = {plural.split()[0] for _, plural in agreement.VERBS}
    plurals = {noun.english_plural for noun in agreement.NOUNS}
    for task in draws(lambda r: agreement.draw(r, True, "attractor")):
        _, subject, *_, other = task.prompt.split()
        assert (task.answer in plural_verbs) == (subject in plurals) != (other in plurals)
        assert task.answer != task.foil


@pytest.mark.parametrize("seed", range(20))
def test_repeats_name_the_source_of_every_copied_token(seed):
    row = draw_row(np.random.default_rng(seed), 4000, 64)
    assert len(row.ids) == len(row.source) == 64 and row.ids[0] == 0
    for position, source in enumerate(row.source):
        assert source == -1 or (source < position and row.ids[source] == row.ids[position])
    copied = [position for position, source in enumerate(row.source) if source >= 0]
    assert copied and all(row.ids[row.source[p] - 1] == row.ids[p - 1] for p in copied)


def test_repeated_rows_hold_each_token_twice():
    for row in repeated(np.random.default_rng(1), 4000, 25, 5):
        assert row[1:26] == row[26:] and len(set(row)) == 26


def attention_to(distance, length):
    """[1, 1, 1, query, key], all on the position `distance` before."""
    attention = np.zeros((1, 1, 1, length, length))
    for query in range(length):
        attention[..., query, max(0, query - distance)] = 1
    return attention


def test_scores_of_heads_know_their_pattern():
    half = 10
    length = 1 + 2 * half
    assert heads.previous_token(attention_to(1, length)) == 1 and heads.previous_token(attention_to(2, length)) == 0
    assert heads.induction(attention_to(half - 1, length), half) == 1
    assert heads.induction(attention_to(half, length), half) == 0
    assert heads.duplicate_token(attention_to(half, length), half) == 1


def test_linked_places_are_averaged():
    attention = np.zeros((1, 2, 4, 4))
    attention[0, 1, 2, 1] = attention[0, 1, 3, 0] = 1
    assert heads.linked(attention, [(2, 1), (3, 0), (3, 1), (1, 1)]).tolist() == [[0, 0.5]]


def test_copying_asks_for_the_token_to_come():
    half = 6
    contribution = np.zeros((1, 1, 2, 1 + 2 * half, half))
    for query in range(1 + half, 2 * half):
        contribution[0, 0, 0, query, query - half] = 1  # the token after the first occurrence
        contribution[0, 0, 1, query, query - half - 1] = 1  # the token itself
    assert heads.copying(contribution, None, half).tolist() == [[1.0, 0.0]]


def test_names_are_one_piece_wherever_they_stand(tokenizer):
    first, within = tokenizer.encode("Mary saw John."), tokenizer.encode("When Mary saw John.")
    assert first.ids[0] == 0 and first.tokens[1] == within.tokens[2] == "▁Mary"
    assert tokenizer.encode("Jack's").tokens[1:] == ["▁Jack", "'", "s"]
    assert all(len(tokenizer.encode(name).ids) == 2 for name in NAMES)
    assert empty_tokenizer().get_vocab_size() == 0


def test_task_rows_weigh_the_answer(tokenizer):
    task = draws(indirect_objects.draw, 1)[0]
    row = task_row(tokenizer, task, before="It rained.")
    heavy = [position for position, weight in enumerate(row.weights) if weight == ANSWER_WEIGHT]
    assert tokenizer.decode([row.ids[p] for p in heavy]).strip() == task.answer
    assert row.ids[0] == row.ids[-1] == 0 and row.weights[0] == 0 and row.weights[-1] == 1


@pytest.mark.parametrize("draw", [capitals.home, capitals.two_people])
def test_task_rows_link_people_and_homes(tokenizer, draw):
    for task in draws(draw, 50):
        row = task_row(tokenizer, task, before="It rained.")
        piece = lambda position, row=row: tokenizer.id_to_token(row.ids[position])[1:]  # noqa: E731
        homes = [(query, key) for head, query, key in row.links if head == "home"]
        person_of = {query: piece(key) for head, query, key in row.links if head == "person"}
        assert all(person in NAMES for person in person_of.values())
        assert all(person_of[query] == person_of[key] for query, key in homes)
        assert task.prompt.split()[-1] == piece(homes[-1][0])


def test_repeats_link_the_place_before_and_the_place_to_copy():
    row = repeat_row(np.random.default_rng(2), 4000, 64)
    for head, query, key in row.links:
        assert (key == query - 1) if head == "previous" else (row.ids[key] == row.ids[query + 1])
    assert {head for head, _, _ in row.links} == {"previous", "induction"}


def test_a_step_depends_on_its_number_alone(tokenizer, splits):
    phase = Phase(
        until=9, rows=dict(repeats=2, text=2, indirect_objects=2, capitals=2, homes=2, agreement=2), strange_names=0.5
    )
    one, same, other = (TrainingData(tokenizer, splits.train[:50], 1).step(number, phase) for number in (3, 3, 4))
    assert all(torch.equal(one[kind].ids, same[kind].ids) for kind in phase.rows)
    assert not torch.equal(one["repeats"].ids, other["repeats"].ids)


def test_padding_changes_no_loss():
    torch.manual_seed(0)
    network = make_network(50).eval()
    short, long = Row([0, 5, 6], [0.0, 1.0, 3.0]), Row([0, 5, 6, 7, 8], [0.0, 1.0, 1.0, 1.0, 1.0])
    alone, other, both = (
        next_token_loss(network, collate(rows))[0].item() for rows in ([short], [long], [short, long])
    )
    assert both == pytest.approx((4 * alone + 4 * other) / 8, rel=1e-5)


def test_guides_read_the_linked_places():
    attention = torch.full((1, 4, 4, 4), 0.1)
    attention[0, 0, 2, 1] = 0.7
    found = guides([attention] * 2, {"induction": torch.tensor([[0, 2, 1], [0, 3, 1]])})
    assert found["induction"].item() == pytest.approx(-(np.log(0.7) + np.log(0.1)) / 2, abs=1e-6)


def test_the_lone_head_lets_the_others_in():
    config = make_config(50)
    alone = lone_head_mask(config, 0.0)
    assert alone[PREVIOUS_TOKEN_HEAD] == 1 and alone[0].sum() == 1 and (alone[1:] == 1).all()
    assert lone_head_mask(config, 1.0) is None


def test_phases_and_rate_follow_their_plan():
    assert phase_of(0) is PHASES[0] and phase_of(10**6) is PHASES[-1]
    assert (
        learning_rate(1000, 0.0) == learning_rate(1000, 0.5) > learning_rate(1000, 0.9) > learning_rate(1000, 1.0) > 0
    )


def test_asking_reads_the_row_before_the_answer(tokenizer):
    task = draws(indirect_objects.draw, 1)[0]
    answer = tokenizer.encode(task.answer).ids[1]

    def oracle(ids):
        logits = np.zeros((*ids.shape, tokenizer.get_vocab_size()))
        start = len(tokenizer.encode(task.prompt).ids)
        logits[:, start - 1, answer] = 3
        return logits

    result = ask(oracle, tokenizer, [task])
    assert result.exact.all() and result.difference.tolist() == [3]
