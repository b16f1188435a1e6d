"""
Random sequences that come again: the only way to guess a token is to look where it came before.

Two kinds. *Periods*: a stretch of random tokens, repeated until the row is full. *Pieces*: short pieces of two to four
tokens that come again and again in a fresh order each time, so that only the token just before tells what follows.
"""

from dataclasses import dataclass

START = 0  # id of the token that begins every row
FIRST = 2  # smallest id of a random token; below it stand the special tokens
SHARE_OF_PIECES = 0.5


@dataclass(frozen=True)
class Row:
    ids: list
    source: list  # position where the copied token stood before, -1 where nothing is copied


def draw_row(rng, vocabulary, length):
    """A row of either kind; `rng` is a NumPy generator."""
    pairs = _pieces(rng, vocabulary, length) if rng.random() < SHARE_OF_PIECES else _period(rng, vocabulary, length)
    ids, source = [START], [-1]
    while len(ids) < length:
        token, came_from = next(pairs)
        ids.append(token)
        source.append(came_from)
    return Row(ids, source)


def _period(rng, vocabulary, length):
    """(token, position of its source) without end. The first token of a second round cannot be known."""
    period, before = int(rng.integers(4, length // 2)), int(rng.integers(0, 6))
    tokens = rng.integers(FIRST, vocabulary, size=before + period).tolist()
    for token in tokens:
        yield token, -1
    position = 1 + before + period
    while True:
        for step, token in enumerate(tokens[before:]):
            yield token, -1 if position == 1 + before + period and step == 0 else position + step - period
        position += period


def _pieces(rng, vocabulary, length):
    """As `_period`. The first token of a piece cannot be known."""
    count = int(rng.integers(3, 9))
    tokens = rng.choice(vocabulary - FIRST, size=4 * count, replace=False) + FIRST
    pieces = [tokens[4 * i : 4 * i + int(rng.integers(2, 5))].tolist() for i in range(count)]
    last_seen, position = {}, 1
    while True:
        for which in rng.permutation(count).tolist():
            before = last_seen.get(which)
            for step, token in enumerate(pieces[which]):
                yield token, -1 if before is None or step == 0 else before + step
            last_seen[which] = position
            position += len(pieces[which])


def repeated(rng, vocabulary, length, rows):
    """The rows of the evaluation: start, `length` distinct random tokens, the same again. [row][1 + 2 * length]"""
    halves = [(rng.choice(vocabulary - FIRST, size=length, replace=False) + FIRST).tolist() for _ in range(rows)]
    return [[START] + half + half for half in halves]
