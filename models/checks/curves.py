"""Deletion and insertion: embeddings are replaced by the baseline's, or put back, in given orders."""

import numpy as np
import torch

from .twins import follow


@torch.no_grad()
def curves(twin, orders, baseline, row, identity, against=None):
    """
    The followed number after 0, 1, … tokens of each order, and the mean height under each curve, where 1 is the whole text
    and 0 the baseline.

    `orders`: lists of places, counted through the stacks; `baseline`: the token whose embedding stands in for a word.
    """
    number = follow(twin, row, identity, against)
    whole = {name: twin.table[stack.ids] for name, stack in twin.stacks.items()}

    def without(places):
        rows, start = {}, 0
        for name, own in whole.items():
            rows[name] = own.clone()
            gone = [place - start for place in places if start <= place < start + len(own)]
            rows[name][gone] = twin.table[baseline]
            start += len(own)
        return number(rows).item()

    return [curve(order, without) for order in orders]


def curve(order, without):
    counts = range(len(order) + 1)
    deletion = [without(order[:count]) for count in counts]
    insertion = [without(order[count:]) for count in counts]
    full, empty = deletion[0], deletion[-1]
    height = lambda values: float(np.trapezoid((np.array(values) - empty) / (full - empty), dx=1 / len(order)))  # noqa: E731
    areas = dict(deletion=height(deletion), insertion=height(insertion))
    return dict(order=order, deletion=deletion, insertion=insertion, areas=areas)
