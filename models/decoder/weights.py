"""From a checkpoint to the network that is served: averaged weights, rounded to 16 bits, computed in 32."""

import torch

from translator.weights import round_to_half

from .network import make_network


def averaged_network(checkpoint, vocabulary):
    """The network with its averaged weights in 32 bits, ready to run."""
    network = make_network(vocabulary)
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return network.eval()


def served_network(checkpoint, vocabulary):
    return round_to_half(averaged_network(checkpoint, vocabulary))
