"""
Reference gradients for the engine: PyTorch's autograd on the served weights.

    python -m gradients.make --public ../public --out ../tests/fixtures/gradients

Of every run the gradients of each followed number by the looked-up rows, every hidden state, every attention probability
and a switch on every head. `--models` makes some only; SmolLM2 needs what its own recipe needs.
"""

import argparse
from pathlib import Path

import torch

from translator.fixtures import Binary, versions, write_json

from . import networks
from .texts import TEXTS

MAKERS = {
    "translator-en-fr": networks.translator,
    "decoder-small": networks.decoder,
    "encoder-minilm": networks.encoder,
    "smollm2-135m": networks.smollm2,
}
SAMPLES = 600


class Sampled(Binary):
    """Of every larger tensor a seeded sample; of each, its largest number as well."""

    def add(self, tensor):
        flat = tensor.flatten()
        place = dict(shape=list(tensor.shape), offset=len(self.values), largest=flat.abs().max().item())
        if flat.numel() > SAMPLES:
            at = torch.randint(flat.numel(), (SAMPLES,), generator=self.generator).sort().values
            place["indices"], flat = at.tolist(), flat[at]
        place["count"] = flat.numel()
        self.values.extend(flat.tolist())
        return place


def describe(network, text, binary):
    switches, handles = switched(network)
    targets = []
    for target in text["targets"]:
        value, points = run(network, text, target)
        tensors = dict(points, gates=switches)
        flat = [(part, key, tensor) for part, by in tensors.items() for key, tensor in by.items()]
        leaves = [leaf for _, _, tensor in flat for leaf in (tensor if isinstance(tensor, tuple) else (tensor,))]
        found = iter(torch.autograd.grad(value, leaves, allow_unused=True))
        gradients = {}
        for part, key, tensor in flat:
            parts = tensor if isinstance(tensor, tuple) else (tensor,)
            rows = [torch.zeros_like(leaf) if grad is None else grad for leaf, grad in zip(parts, found)]
            stack = torch.stack([row[0] for row in rows]) if isinstance(tensor, tuple) else rows[0]
            gradients.setdefault(part, {})[key] = binary.add(stack.squeeze(0) if part == "embeddings" else stack)
        ids = {name: network.tokenizer.token_to_id(target[name]) for name in ("token", "against") if name in target}
        targets.append(dict(target, ids=ids, value=value.item(), gradients=gradients))
    for handle in handles:
        handle.remove()
    return {**text, "targets": targets}


def run(network, text, target):
    """The followed number and, by part and by stack or kind, what it is differentiated by."""
    table, source = networks.table_of(network), network.tokenizer.encode(text["source"]).ids
    rows = lambda ids: table[ids][None].clone().requires_grad_()  # noqa: E731
    asked = dict(output_attentions=True, output_hidden_states=True)
    if text["target"] is not None:
        written = network.tokenizer.encode(text["target"]).ids
        read = [network.run.config.decoder_start_token_id, *written[:-1]]
        embeddings = dict(encoder=rows(source), decoder=rows(read))
        out = network.run(
            inputs_embeds=embeddings["encoder"], decoder_inputs_embeds=embeddings["decoder"], use_cache=False, **asked
        )
        hidden = dict(encoder=out.encoder_hidden_states, decoder=out.decoder_hidden_states)
        attention = dict(encoder=out.encoder_attentions, decoder=out.decoder_attentions, cross=out.cross_attentions)
        return number(out.logits[0], target, network), dict(embeddings=embeddings, hidden=hidden, attention=attention)
    stack = "encoder" if "to" in target else "decoder"
    embeddings = rows(source)
    out = network.run(inputs_embeds=embeddings, **asked, **({} if "to" in target else dict(use_cache=False)))
    points = dict(embeddings={stack: embeddings}, hidden={stack: out.hidden_states}, attention={stack: out.attentions})
    if stack == "decoder":
        return number(out.logits[0], target, network), points
    with torch.no_grad():
        other = network.run(torch.tensor([network.tokenizer.encode(target["to"]).ids])).last_hidden_state.mean(1)
    # The last hidden state is another tensor than the last of the list in some models: it has to be the same here.
    return (networks.unit(out.hidden_states[-1].mean(1)) * networks.unit(other)).sum(), points


def number(logits, target, network):
    scales = {"logit": lambda x: x, "log-probability": lambda x: x.log_softmax(-1), "probability": lambda x: x.softmax(-1)}
    row = scales[target["scale"]](logits[target["row"]])
    against = row[network.tokenizer.token_to_id(target["against"])] if "against" in target else 0
    return row[network.tokenizer.token_to_id(target["token"])] - against


def switched(network):
    """A switch on every head, by kind [layer, head], and the hooks that weigh the heads' results by them."""
    switches = {
        kind: torch.ones(len(modules), network.heads, requires_grad=True) for kind, modules in network.mixes.items()
    }

    def weigh(switch, layer):
        def before(_module, inputs):
            parts = inputs[0].unflatten(-1, (network.heads, -1))
            return ((parts * switch[layer][:, None]).flatten(-2),)

        return before

    handles = [
        module.register_forward_pre_hook(weigh(switches[kind], layer))
        for kind, modules in network.mixes.items()
        for layer, module in enumerate(modules)
    ]
    return switches, handles


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", nargs="*", default=list(MAKERS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.models:
        binary = Sampled(seed=7)
        described = describe(MAKERS[name](options.public / "models" / name), TEXTS[name], binary)
        write_json(options.out / f"{name}.json", dict(model=name, versions=versions(), run=described))
        binary.write(options.out / f"{name}.bin")
        print(name, [target["value"] for target in described["targets"]])


if __name__ == "__main__":
    main()
