"""Scores of heads by where they look, as the engine has them: the mean over sentences of the mean over their rows."""

import torch


def role_scores(attention):
    """
    {role: [layer, head]} of one sentence, attention [layer, head, query, key].

    [CLS] is the first token and [SEP] the last; their own rows do not count, and [CLS] is no token after another one.
    """
    length = attention.shape[-1]
    rows = torch.arange(1, length - 1)
    look = lambda keys: attention[..., rows, keys].mean(-1)  # noqa: E731
    return dict(
        previous=look(rows - 1),
        next=look(rows + 1),
        same=look(rows),
        special=look(torch.zeros_like(rows)) + look(torch.full_like(rows, length - 1)),
    )


def mean_scores(scores):
    """The mean of many sentences' scores."""
    return {role: torch.stack([of[role] for of in scores]).mean(0) for role in scores[0]}
