"""Times PyTorch's eager forward with all attentions, one thread, one request a line.

Reads JSON lines from standard input, answers each with one line on standard output:
    {"config": "<folder>"}                      builds the architecture; answers {"parameters": n}
    {"source": [ids], "labels": [ids]}          one forward; answers {"milliseconds": t}

The weights are random: they decide what comes out, not how long it takes.
"""

import json
import sys
import time

import torch
from transformers import AutoConfig, T5ForConditionalGeneration


def build(folder: str) -> T5ForConditionalGeneration:
    config = AutoConfig.from_pretrained(folder)
    torch.manual_seed(0)
    return T5ForConditionalGeneration._from_config(config, attn_implementation="eager").eval()


def forward(model: T5ForConditionalGeneration, source: list[int], labels: list[int]) -> float:
    input_ids = torch.tensor([source])
    target = torch.tensor([labels])
    start = time.perf_counter()
    with torch.inference_mode():
        model(input_ids=input_ids, labels=target, output_attentions=True, use_cache=False)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    torch.set_num_threads(1)
    model = None
    for line in sys.stdin:
        request = json.loads(line)
        if "config" in request:
            model = build(request["config"])
            answer = {"parameters": sum(weight.numel() for weight in model.parameters())}
        else:
            answer = {"milliseconds": forward(model, request["source"], request["labels"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
