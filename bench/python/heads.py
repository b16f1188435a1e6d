"""Scores every head, and switches every head off, in eager PyTorch, one thread, one request a line.

Reads JSON lines from standard input, answers each with one line on standard output:
    {"config": "<folder>"}        builds the architecture; answers {"parameters": n}
    {"scores": [[ids], ...]}      mean role scores of all heads over the texts; answers {"milliseconds": t}
    {"sweep": [[ids], ...]}       last logits with every head off by itself; answers {"milliseconds": t}

The weights are random: they decide what comes out, not how long it takes.
"""

import json
import sys
import time

import torch
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, PreTrainedModel


def build(folder: str) -> PreTrainedModel:
    config = AutoConfig.from_pretrained(folder)
    torch.manual_seed(0)
    kind = AutoModelForCausalLM if config.model_type == "gpt2" else AutoModel
    return kind.from_config(config, attn_implementation="eager").eval()


def roles(ids: torch.Tensor, causal: bool) -> torch.Tensor:
    """The cells that each role names, `[role, query, key]`."""
    place = torch.arange(len(ids))
    query, key = place[:, None], place[None, :]
    same = ids[:, None] == ids[None, :]
    after = torch.zeros_like(same)
    after[:, 1:] = same[:, :-1]
    cells = [key == query - 1, key == query, key.eq(0).expand_as(same), same & (key != query), after & (key != query)]
    if not causal:
        cells.append(key == query + 1)
    cells = torch.stack(cells)
    return cells & (key <= query) if causal else cells


def scores(model: PreTrainedModel, texts: list[list[int]]) -> float:
    """Previous, same, first, duplicate, induction (and next), entropy, distance, special tokens: means over sentences."""
    causal = model.config.model_type == "gpt2"
    start = time.perf_counter()
    total: torch.Tensor | float = 0.0
    with torch.inference_mode():
        for text in texts:
            ids = torch.tensor(text)
            output = model(input_ids=ids[None], output_attentions=True, use_cache=False)
            attention = torch.cat(output.attentions)
            mass = torch.einsum("lhqk,rqk->rlh", attention, roles(ids, causal).float()) / len(text)
            entropy = -(attention * attention.clamp_min(1e-30).log()).sum(-1).mean(-1)
            place = torch.arange(len(text))
            distance = (attention * (place[:, None] - place[None, :]).abs()).sum(-1).mean(-1)
            special = attention[..., 0].mean(-1)
            total = total + torch.cat([mass, torch.stack([entropy, distance, special])])
    _ = total / len(texts)
    return 1000 * (time.perf_counter() - start)


def sweep(model: PreTrainedModel, texts: list[list[int]]) -> float:
    """Every head's slice of the output projection's input is set to zero, one head at a time."""
    heads = model.config.n_head
    width = model.config.n_embd // heads
    start = time.perf_counter()
    with torch.inference_mode():
        for block in model.transformer.h:
            for head in range(heads):

                def off(_module: torch.nn.Module, args: tuple[torch.Tensor], head: int = head) -> tuple[torch.Tensor]:
                    (mixed,) = args
                    mixed = mixed.clone()
                    mixed[..., head * width : (head + 1) * width] = 0
                    return (mixed,)

                handle = block.attn.c_proj.register_forward_pre_hook(off)
                for text in texts:
                    _ = model(input_ids=torch.tensor([text]), use_cache=False).logits[0, -1]
                handle.remove()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    torch.set_num_threads(1)
    model = None
    for line in sys.stdin:
        request = json.loads(line)
        if "config" in request:
            model = build(request["config"])
            answer = {"parameters": sum(weight.numel() for weight in model.parameters())}
        elif "scores" in request:
            answer = {"milliseconds": scores(model, request["scores"])}
        else:
            answer = {"milliseconds": sweep(model, request["sweep"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
