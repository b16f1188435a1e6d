"""What training needs to go on after an interruption."""

import torch


class MovingAverage:
    """Exponential moving average of the weights; it is what is exported."""

    EVERY = 10  # steps
    DECAY = 0.967  # a memory of about 300 steps

    def __init__(self, network):
        self.updates = 0
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    def update(self, network):
        self.updates += 1
        keep = min(self.DECAY, self.updates / (10 + self.updates))
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value, 1 - keep)


def save_checkpoint(path, network, optimiser, average, progress):
    """Write everything to `path` at once (through a temporary file)."""
    temporary = path.with_suffix(".part")
    torch.save(
        dict(
            network=network.state_dict(),
            optimiser=optimiser.state_dict(),
            average=average.weights,
            updates=average.updates,
            progress=progress,
            random=torch.get_rng_state(),
        ),
        temporary,
    )
    temporary.replace(path)


def load_checkpoint(path, network, optimiser, average):
    """Restore in place; returns the stored progress."""
    stored = torch.load(path, weights_only=True)
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    average.weights, average.updates = stored["average"], stored["updates"]
    torch.set_rng_state(stored["random"])
    return stored["progress"]
