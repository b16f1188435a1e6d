"""A switch on every head: the gradient along it, and the change when it is off."""

import torch
from scipy.stats import pearsonr, spearmanr

from .twins import follow, numbers


def check(twin, row, identity, against=None):
    """
    For every kind of attention minus the gradient of a switch that multiplies each head's result, and the change of the
    followed number with the head set to zero: [layer, head]; with the correlations over all heads.
    """
    number = follow(twin, row, identity, against)
    switches = {
        kind: torch.ones(len(modules), twin.heads, requires_grad=True)
        for stack in twin.stacks.values()
        for kind, modules in stack.mixes.items()
    }
    handles = [
        module.register_forward_pre_hook(weigh(switches[kind], layer))
        for stack in twin.stacks.values()
        for kind, modules in stack.mixes.items()
        for layer, module in enumerate(modules)
    ]
    value = number()
    slopes = dict(zip(switches, torch.autograd.grad(value, list(switches.values()))))
    changes = {kind: changes_of(number, switch, value.item()) for kind, switch in switches.items()}
    for handle in handles:
        handle.remove()

    foretold, true = [torch.cat([each.double().ravel() for each in by_kind.values()]) for by_kind in (slopes, changes)]
    return dict(
        value=value.item(),
        foretold={kind: numbers(-slope) for kind, slope in slopes.items()},
        true={kind: numbers(change) for kind, change in changes.items()},
        pearson=float(pearsonr(-foretold, true).statistic),
        spearman=float(spearmanr(-foretold, true).statistic),
    )


def weigh(switch, layer):
    """Multiplies each head's part of what the output projection reads by its switch."""

    def before(_module, inputs):
        (mixed,) = inputs
        parts = mixed.unflatten(-1, (switch.shape[1], -1))
        return ((parts * switch[layer][:, None]).flatten(-2),)

    return before


@torch.no_grad()
def changes_of(number, switch, value):
    changes = torch.zeros_like(switch)
    for layer, head in torch.cartesian_prod(*map(torch.arange, switch.shape)).tolist():
        switch[layer, head] = 0
        changes[layer, head] = number().item() - value
        switch[layer, head] = 1
    return changes
