"""Captum's numbers: one list of tokens for each side."""

import torch
from captum.attr import FeatureAblation, InputXGradient, IntegratedGradients, LayerGradientXActivation, Saliency

STEPS = 32


def by_captum(subject, target):
    number = subject.number(target)
    inputs = tuple(side.clone().requires_grad_() for side in subject.inputs)
    gradients = Saliency(number).attribute(inputs, abs=False)
    return dict(
        saliency1=[side.abs().sum(-1) for side in gradients],
        saliency2=[side.norm(dim=-1) for side in gradients],
        inputXGradient=over_width(InputXGradient(number).attribute(inputs)),
        riemann=path(number, inputs, subject.baselines, "riemann_middle"),
        gaussLegendre=path(number, inputs, subject.baselines, "gausslegendre"),
        occlusion=occlusion(number, subject),
        layers=layers(number, subject, inputs),
    )


def over_width(sides):
    return [side.sum(-1) for side in sides]


def path(number, inputs, baselines, method):
    """Scores, and Captum's convergence delta: the sum of scores less the difference of the numbers."""
    found, delta = IntegratedGradients(number).attribute(
        inputs, baselines, n_steps=STEPS, method=method, internal_batch_size=STEPS, return_convergence_delta=True
    )
    return dict(scores=over_width(found), gap=delta.item())


@torch.no_grad()
def occlusion(number, subject):
    """One feature a token: its whole row is replaced at once."""
    masks, first = [], 0
    for side in subject.inputs:
        masks.append(torch.arange(first, first + side.shape[1])[None, :, None])
        first += side.shape[1]
    found = FeatureAblation(number).attribute(subject.inputs, subject.baselines, feature_mask=tuple(masks))
    return [side[..., 0] for side in found]  # every dimension of a token has its score


def layers(number, subject, inputs):
    """For each side state · gradient of every hidden state: [layer + 1, token]."""
    product = lambda module: LayerGradientXActivation(number, module).attribute(inputs).sum(-1)  # noqa: E731
    return [torch.cat([product(module) for module in modules]) for modules in subject.layers]
