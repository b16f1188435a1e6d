"""How far the served network is from the one in 32 bits."""

import torch


def differences(pairs):
    """
    Largest and mean absolute differences over (full, served) traces of the same texts, in all and by layer, and the
    cosine of the sentence embeddings (mean of the last hidden states).
    """
    attention, hidden, cosines = Spread(), Spread(), []
    for full, served in pairs:
        attention.add(served.attention - full.attention)
        hidden.add(served.hidden - full.hidden)
        ends = (full.hidden[-1].mean(0), served.hidden[-1].mean(0))
        cosines.append(torch.cosine_similarity(*ends, dim=0).item())
    return dict(
        attention=attention.result(),
        hidden=hidden.result(),
        cosine=dict(mean=sum(cosines) / len(cosines), least=min(cosines)),
    )


class Spread:
    """Absolute differences by layer, the first axis."""

    def __init__(self):
        self.largest, self.sum, self.count = 0, 0, 0

    def add(self, difference):
        by_layer = difference.abs().flatten(1)
        self.largest = torch.maximum(by_layer.amax(1), torch.as_tensor(self.largest))
        self.sum = self.sum + by_layer.double().sum(1)
        self.count += by_layer.shape[1]

    def result(self):
        mean = self.sum / self.count
        return dict(
            largest=self.largest.max().item(),
            mean=mean.mean().item(),
            largestByLayer=self.largest.tolist(),
            meanByLayer=mean.tolist(),
        )
