"""Does cross-attention point at the word that is translated? Measured word by word, for every head of the decoder."""

import re
from dataclasses import dataclass

import numpy as np

from .alignment import words_of_tokens
from .corpus import PREFIX

WORD = re.compile(r"\w+(?:'\w+)*'?|[^\w\s]")
NAME_OR_NUMBER = re.compile(r"[A-Z]\w+|\d+")


@dataclass(frozen=True)
class Question:
    """One sentence pair and the words to ask about."""

    english: str
    french: str
    english_spans: list
    french_spans: list
    gold: dict  # French word -> set of right English words


@dataclass(frozen=True)
class Agreement:
    heads: np.ndarray  # [layer, head], share of words whose strongest English word is right
    diagonal: float  # the same share for "the word at the same relative place"
    words: int


def grammar_questions(pairs):
    return [
        Question(p.english, p.french, p.english_spans, p.french_spans, dict(enumerate(map(set, p.gold)))) for p in pairs
    ]


def name_and_number_questions(pairs):
    """Names and numbers that stand exactly once, spelled alike, on both sides of a real pair."""
    questions = []
    for english, french in pairs:
        spans = [[match.span() for match in WORD.finditer(text)] for text in (english, french)]
        words = [[text[a:b] for a, b in s] for text, s in zip((english, french), spans)]
        gold = {
            words[1].index(word): {words[0].index(word)}
            for word in words[1]
            if NAME_OR_NUMBER.fullmatch(word) and words[0].count(word) == words[1].count(word) == 1
        }
        if gold:
            questions.append(Question(english, french, *spans, gold))
    return questions


def measure(decoder, questions, batch=50):
    """Agreement of every head over all questions; `decoder` is a `served.TappedDecoder`."""
    hits, diagonal, words = 0, 0, 0
    for first in range(0, len(questions), batch):
        some = questions[first : first + batch]
        sources = decoder.served.tokenizer.encode_batch([PREFIX + q.english for q in some])
        targets = decoder.served.tokenizer.encode_batch([q.french for q in some])
        attention, _ = decoder.cross_attention([s.ids for s in sources], [t.ids for t in targets])
        for row, (question, source, target) in enumerate(zip(some, sources, targets)):
            found = strongest_words(attention[:, row], question, source, target)
            for word, right in question.gold.items():
                hits = hits + np.isin(found[word], list(right))
                diagonal += same_place(word, question) in right
                words += 1
    return Agreement(hits / words, diagonal / words, words)


def strongest_words(attention, question, source, target):
    """
    For each French word that has gold, the strongest English word of each head: word -> [layer, head].

    `attention`: [layer, head, query, key]. Rows of a word's tokens are averaged (the rows that produce them), columns of a
    word's tokens are added up. Tokens of the instruction and </s> compete too, each on its own; they count as -1.
    """
    columns = words_of_tokens(source.offsets, question.english_spans, len(PREFIX))
    rows = np.array(words_of_tokens(target.offsets, question.french_spans))
    groups = [[i for i, word in enumerate(columns) if word == w] for w in range(len(question.english_spans))]
    groups += [[i] for i, word in enumerate(columns) if word == -1]
    mass = np.stack([attention[..., group].sum(-1) for group in groups], -1)  # [layer, head, query, group]
    strongest = lambda w: mass[:, :, np.flatnonzero(rows == w)].mean(2).argmax(-1)  # noqa: E731
    clip = lambda found: np.where(found < len(question.english_spans), found, -1)  # noqa: E731
    return {word: clip(strongest(word)) for word in question.gold}


def same_place(word, question):
    """The English word at the same relative place in the sentence."""
    last_english, last_french = len(question.english_spans) - 1, len(question.french_spans) - 1
    return round(word * last_english / max(1, last_french))


def best_head(agreement):
    """(layer, head), counted from 0."""
    return tuple(int(i) for i in np.unravel_index(agreement.heads.argmax(), agreement.heads.shape))
