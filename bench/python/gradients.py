"""Gradients and activation patching in eager PyTorch and Captum, one thread, one request a line.

Reads JSON lines from standard input, answers each with one line on standard output:
    {"config": "<folder>"}                          builds the architecture; answers {"parameters": n}
    {"forward": [ids]}                              one forward; answers {"milliseconds": t}
    {"gradient": [ids]}                             forward, and backward to the embeddings; answers {"milliseconds": t}
    {"integrated": [ids], "baseline": id, "steps": n}   Captum's LayerIntegratedGradients; answers {"milliseconds": t}
    {"patching": [[clean ids], [corrupted ids]]}    every layer and token put back, one at a time; answers {"milliseconds": t}
    {"product": [rows, inner, columns]}             one product of two matrices; answers {"milliseconds": t}

A decoder's followed number is the last token's logit of its likeliest next token, an encoder's the cosine of its mean state
with a fixed direction. The weights are random: they decide what comes out, not how long it takes.
"""

import json
import sys
import time
from collections.abc import Callable

import torch
from captum.attr import LayerIntegratedGradients
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, PreTrainedModel


class Followed:
    """A model with the number that is followed."""

    def __init__(self, folder: str) -> None:
        config = AutoConfig.from_pretrained(folder)
        torch.manual_seed(0)
        self.decoder = config.model_type == "gpt2"
        kind = AutoModelForCausalLM if self.decoder else AutoModel
        self.model: PreTrainedModel = kind.from_config(config, attn_implementation="eager").eval()
        self.embeddings = self.model.get_input_embeddings()
        self.direction = torch.nn.functional.normalize(torch.randn(config.hidden_size), dim=0)

    def of_ids(self, ids: torch.Tensor) -> torch.Tensor:
        return self.number(self.model(input_ids=ids))

    def of_rows(self, rows: torch.Tensor) -> torch.Tensor:
        return self.number(self.model(inputs_embeds=rows))

    def number(self, output) -> torch.Tensor:
        """`[batch]`."""
        if self.decoder:
            return output.logits[:, -1, 1]
        return torch.nn.functional.cosine_similarity(output.last_hidden_state.mean(1), self.direction[None], dim=-1)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def forward(followed: Followed, ids: list[int]) -> float:
    with torch.inference_mode():
        return timed(lambda: followed.of_ids(torch.tensor([ids])))


def gradient(followed: Followed, ids: list[int]) -> float:
    def once() -> None:
        rows = followed.embeddings(torch.tensor([ids])).detach().requires_grad_()
        torch.autograd.grad(followed.of_rows(rows).sum(), rows)

    return timed(once)


def integrated(followed: Followed, ids: list[int], baseline: int, steps: int) -> float:
    method = LayerIntegratedGradients(followed.of_ids, followed.embeddings)
    inputs = torch.tensor([ids])
    return timed(
        lambda: method.attribute(inputs, torch.full_like(inputs, baseline), n_steps=steps, method="gausslegendre")
    )


def patching(followed: Followed, clean: list[int], corrupted: list[int]) -> float:
    """Hidden states of the clean run, put into the corrupted one with a hook: one run a layer and token."""
    blocks = followed.model.transformer.h

    def all_cells() -> None:
        states = followed.model(input_ids=torch.tensor([clean]), output_hidden_states=True).hidden_states
        inputs = torch.tensor([corrupted])
        followed.of_ids(inputs)
        for layer, block in enumerate(blocks):
            for token in range(len(clean)):

                def put_back(_module, args, kwargs, layer: int = layer, token: int = token):
                    hidden = args[0].clone()
                    hidden[:, token] = states[layer][:, token]
                    return (hidden, *args[1:]), kwargs

                handle = block.register_forward_pre_hook(put_back, with_kwargs=True)
                followed.of_ids(inputs)
                handle.remove()

    with torch.inference_mode():
        return timed(all_cells)


def product(rows: int, inner: int, columns: int) -> float:
    left, right = torch.rand(rows, inner), torch.rand(inner, columns)
    return timed(lambda: left @ right)


def main() -> None:
    torch.set_num_threads(1)
    followed = None
    for line in sys.stdin:
        request = json.loads(line)
        if "config" in request:
            followed = Followed(request["config"])
            answer = {"parameters": sum(weight.numel() for weight in followed.model.parameters())}
        elif "product" in request:
            answer = {"milliseconds": product(*request["product"])}
        elif "forward" in request:
            answer = {"milliseconds": forward(followed, request["forward"])}
        elif "gradient" in request:
            answer = {"milliseconds": gradient(followed, request["gradient"])}
        elif "integrated" in request:
            answer = {"milliseconds": integrated(followed, request["integrated"], request["baseline"], request["steps"])}
        else:
            answer = {"milliseconds": patching(followed, *request["patching"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
