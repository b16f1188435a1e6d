"""
Scores of heads: where a head looks, and what it copies.

Attention is [layer, row, head, query, key] throughout. Scores are [layer, head]. The sequences are `repeats.repeated`:
a start token, `half` random tokens, the same again. In the second half the token at position q stood at q - half before.
"""

import numpy as np


def previous_token(attention):
    """Mean attention to the token before, over all queries but the first two (whose token before is the start, or none)."""
    queries = np.arange(2, attention.shape[-2])
    return attention[..., queries, queries - 1].mean((1, 3))


def second_half(half):
    """Queries of the second half whose next token is known: all but the last of them."""
    return np.arange(1 + half, 2 * half)


def induction(attention, half):
    """
    Mean attention from a token's second occurrence to the token *after* its first.

    This is the prefix-matching score of Olsson et al. 2022, "In-context Learning and Induction Heads",
    https://arxiv.org/abs/2209.11895 (their measure on repeated random tokens).
    """
    return attention_back(attention, half, half - 1)


def duplicate_token(attention, half):
    """Mean attention from a token's second occurrence to its first."""
    return attention_back(attention, half, half)


def attention_back(attention, half, distance):
    """Mean attention from the second half to the token `distance` positions before."""
    queries = second_half(half)
    return attention[..., queries, queries - distance].mean((1, 3))


def copying(contribution, ids, half):
    """
    What a head copies: the share of second occurrences for which the head, alone, names the token that comes next.

    `contribution`: [layer, row, head, query, candidate], the head's direct contribution to the logit of each of the row's
    `half` tokens, in their order. It names the candidate that it raises most; chance is 1 / half. Where a head looks does
    not enter: a head that looks elsewhere and still brings the right token scores too.
    """
    queries = second_half(half)
    named = contribution[..., queries, :].argmax(-1)  # [layer, row, head, query]
    return (named == queries - half).mean((1, 3))


def best(scores):
    """(layer, head) of the highest score, counted from 0."""
    return tuple(int(i) for i in np.unravel_index(scores.argmax(), scores.shape))


def linked(attention, links):
    """
    Mean attention of every head over given places: [layer, head].

    `attention`: [layer, head, query, key] of one text; `links`: (query, key) pairs.
    """
    queries, keys = np.array(links).T
    return attention[..., queries, keys].mean(-1)
