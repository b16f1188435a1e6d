"""Held-out figures along the way, in PyTorch: the curve `checks.csv`."""

import random

import numpy as np
import torch
import torch.nn.functional as F

from translator.train import Curve

from . import heads
from .questions import ask
from .repeats import repeated
from .tasks import agreement, capitals, indirect_objects

HALF = 25  # tokens of a random sequence before it is repeated
ROWS, TASKS, SENTENCES = 32, 100, 300


def packed(tokenizer, sentences, length):
    """[row, token]: sentences one after the other, each begun by the start token."""
    ids = [i for encoding in tokenizer.encode_batch(sentences) for i in encoding.ids]
    return torch.tensor(ids[: len(ids) // length * length]).view(-1, length)


class Checker:
    FIELDS = [
        "step", "tokens", "text", "copying", "induction", "induction_head", "previous", "previous_head", "objects_names",
        "objects_names_difference", "objects_pairs", "capitals_one", "capitals_two", "facts", "attractor",
    ]  # fmt: skip

    def __init__(self, path, tokenizer, splits):
        self.curve, self.tokenizer = Curve(path, self.FIELDS), tokenizer
        self.text = packed(tokenizer, splits.held_out[:SENTENCES], 64)
        self.repeats = np.array(repeated(np.random.default_rng(3), tokenizer.get_vocab_size(), HALF, ROWS))
        rng = random.Random(11)
        some = lambda draw: [draw(rng) for _ in range(TASKS)]  # noqa: E731
        self.tasks = dict(
            objects_names=some(lambda r: indirect_objects.draw(r, "names")),
            objects_pairs=some(lambda r: indirect_objects.draw(r, "pairs")),
            capitals_one=some(lambda r: capitals.in_context(r, True, 1)),
            capitals_two=some(lambda r: capitals.in_context(r, True, 2)),
            facts=capitals.every_fact(),
            attractor=some(lambda r: agreement.draw(r, True, "attractor")),
        )

    @torch.no_grad()
    def check(self, network, average, progress):
        """Measure the averaged weights, then put the training weights back."""
        training = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average.weights)
        network.eval()
        figures = self._looks(network) | self._answers(network) | dict(text=self._text_loss(network))
        rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()}
        self.curve.add(step=progress.step, tokens=progress.tokens, **rounded)
        network.load_state_dict(training)
        network.train()

    def _looks(self, network):
        out = network(torch.tensor(self.repeats), output_attentions=True, use_cache=False)
        attention = torch.stack(out.attentions).numpy()
        known = heads.second_half(HALF)
        right = out.logits.argmax(-1).numpy()[:, known] == self.repeats[:, known + 1]
        figures = dict(copying=float(right.mean()))
        for name, scores in (
            ("induction", heads.induction(attention, HALF)),
            ("previous", heads.previous_token(attention)),
        ):
            layer, head = heads.best(scores)
            figures |= {name: float(scores[layer, head]), f"{name}_head": f"{layer}.{head}"}
        return figures

    def _answers(self, network):
        logits = lambda ids: network(torch.tensor(ids), use_cache=False).logits.numpy()  # noqa: E731
        answers = {name: ask(logits, self.tokenizer, tasks) for name, tasks in self.tasks.items()}
        figures = {name: float(answer.exact.mean()) for name, answer in answers.items()}
        figures["attractor"] = float(answers["attractor"].preferred.mean())
        figures["objects_names_difference"] = float(answers["objects_names"].difference.mean())
        return figures

    def _text_loss(self, network):
        logits = network(self.text, use_cache=False).logits[:, :-1]
        return F.cross_entropy(logits.flatten(0, 1), self.text[:, 1:].flatten()).item()
