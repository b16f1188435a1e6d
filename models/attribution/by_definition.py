"""What Captum does not have, written down from the definitions: exact Shapley values, Grad-SAM, rollout."""

from math import factorial

import numpy as np
import torch

BATCH = 256


def by_definition(subject, target):
    return dict(
        shapley=shapley(subject, target),
        attentionXGradient=grad_sam(subject, target),
        rollout=rollout(subject, target),
    )


@torch.no_grad()
def shapley(subject, target):
    """Over all coalitions of the tokens that the number can depend on and that the baseline replaces."""
    players = [
        (side, place)
        for side, places in enumerate(subject.places(target))
        for place in places
        if not torch.equal(subject.inputs[side][0, place], subject.baselines[side][0, place])
    ]
    count = len(players)
    worth = np.concatenate([worths(subject, target, players, first) for first in range(0, 2**count, BATCH)])
    sets = np.arange(2**count)
    sizes = np.array([int(members).bit_count() for members in sets])
    found = [np.zeros(side.shape[1]) for side in subject.inputs]
    for player, (side, place) in enumerate(players):
        without = sets[(sets >> player) & 1 == 0]
        shares = np.array([factorial(size) * factorial(count - size - 1) / factorial(count) for size in sizes[without]])
        found[side][place] = (shares * (worth[without | (1 << player)] - worth[without])).sum()
    return found


def worths(subject, target, players, first):
    """The followed number of the coalitions first, first + 1, …; a member's bit is set."""
    some = range(first, min(first + BATCH, 2 ** len(players)))
    embeddings = [side.repeat(len(some), 1, 1) for side in subject.baselines]
    for side, inputs in enumerate(subject.inputs):  # what is no player stays as it is
        others = [place for place in range(inputs.shape[1]) if (side, place) not in players]
        embeddings[side][:, others] = inputs[:, others]
    for player, (side, place) in enumerate(players):
        members = [row for row, members in enumerate(some) if members >> player & 1]
        embeddings[side][members, place] = subject.inputs[side][0, place]
    return subject.number(target)(*embeddings).double().numpy()


def kinds(output):
    """For each side the attention with its tokens as keys, and that of the first stack joined: [layer, head, query, key]."""
    join = lambda layers: torch.cat(layers)  # noqa: E731
    if "cross_attentions" in output and output.cross_attentions is not None:
        return [output.cross_attentions, output.decoder_attentions], join(output.encoder_attentions)
    return [output.attentions], join(output.attentions)


def grad_sam(subject, target):
    """Barkan et al. 2021: mean over layers, heads and queries of A * relu(dA), by key."""
    output = subject.run(*(side.clone().requires_grad_() for side in subject.inputs))
    number = subject.follow(output, target).sum()
    found = []
    for layers in kinds(output)[0]:
        slopes = torch.autograd.grad(number, layers, retain_graph=True)
        weighed = torch.cat([(a * g.relu()).detach() for a, g in zip(layers, slopes)])
        found.append(weighed.double().mean((0, 1, 2)))
    return found


@torch.no_grad()
def rollout(subject, target):
    """Abnar and Zuidema 2020, each layer half residual; of an encoder–decoder block by block, over all inputs."""
    output = subject.run(*subject.inputs)
    (keyed, mixing) = kinds(output)
    rolled = np.eye(mixing.shape[-1])
    for layer in mixing.double().mean(1).numpy():
        rolled = (layer @ rolled + rolled) / 2
    if len(keyed) == 1:
        row = rolled[target["row"]] if "row" in target else rolled.mean(0)
        return [row]
    cross, own = (torch.cat(layers).double().mean(1).numpy() for layers in keyed)
    source = np.hstack([rolled, np.zeros((len(rolled), own.shape[-1]))])  # [source token, input]
    states = np.hstack([np.zeros((own.shape[-1], len(rolled))), np.eye(own.shape[-1])])  # [target token, input]
    for self_attention, cross_attention in zip(own, cross):
        states = (states + self_attention @ states) / 2
        states = (states + cross_attention @ source) / 2
    row = states[target["row"]]
    return [row[: len(rolled)], row[len(rolled) :]]
