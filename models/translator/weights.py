"""From a checkpoint to the network that is served: averaged weights, rounded to 16 bits, computed in 32."""

import torch

from .network import make_network


def averaged_network(checkpoint, vocabulary):
    """The network with its averaged weights in 32 bits, ready to run."""
    network = make_network(vocabulary)
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return network.eval()


def round_to_half(network):
    """Round every weight to the nearest 16-bit float, in place; the weights stay 32-bit tensors."""
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(weight.half().float())
    return network


def served_network(checkpoint, vocabulary):
    return round_to_half(averaged_network(checkpoint, vocabulary))
