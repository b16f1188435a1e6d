"""Activation patching with hooks: the clean run's state at one layer and token is put into the corrupted run."""

import torch

from .twins import follow, numbers


@torch.no_grad()
def patch(clean, corrupted, row, identity, against):
    """Followed number of both runs, and for each stack the share that every state brings back: [layer + 1, token]."""
    number = follow(corrupted, row, identity, against)
    values = dict(clean=follow(clean, row, identity, against)().item(), corrupted=number().item())
    spread = values["clean"] - values["corrupted"]
    recovered = {}
    for name, stack in corrupted.stacks.items():
        states = states_of(clean, name)  # [layer + 1, token, width]
        shares = torch.zeros(states.shape[:2], dtype=torch.float64)
        for state, place in torch.cartesian_prod(*map(torch.arange, shares.shape)).tolist():
            with replaced(stack, state, place, states[state, place]):
                shares[state, place] = (number() - values["corrupted"]) / spread
        recovered[name] = dict(shape=list(shares.shape), data=numbers(shares))
    return dict(values=values, recovered=recovered)


def states_of(twin, name):
    """[layer + 1, token, width] of a plain run."""
    stack, kept = twin.stacks[name], {}
    keep = lambda state: lambda found: kept.update({state: found[0].clone()})  # noqa: E731
    hooks = [hook(stack, state, keep(state)) for state in places(stack)]
    twin.logits()
    for each in hooks:
        each.remove()
    return torch.stack([kept[state] for state in places(stack)])


def places(stack):
    return range(len(stack.blocks) + 1)


def hook(stack, state, change):
    """Calls `change` with state `state`, [1, token, width]; what it gives back, if anything, takes the state's place."""
    module, output = stack.place(state)
    if output:
        return module.register_forward_hook(lambda _module, _inputs, found: change(found))

    def before(_module, inputs, named):
        if inputs:
            found = change(inputs[0])
            return None if found is None else ((found, *inputs[1:]), named)
        found = change(named["hidden_states"])
        return None if found is None else (inputs, dict(named, hidden_states=found))

    return module.register_forward_pre_hook(before, with_kwargs=True)


class replaced:
    """While it is entered, one token's state is another one."""

    def __init__(self, stack, state, place, value):
        self.hook = lambda: hook(stack, state, self.put)
        self.place, self.value = place, value

    def put(self, states):
        states = states.clone()
        states[0, self.place] = self.value
        return states

    def __enter__(self):
        self.handle = self.hook()

    def __exit__(self, *_):
        self.handle.remove()
