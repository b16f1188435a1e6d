# pip install "transformers[torch]"
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name).eval()

prompt = "When Mary and John went to the store, John gave a drink to"
answer, other = " Mary", " John"

inputs = tokenizer(prompt, return_tensors="pt")
right, wrong = (tokenizer(word).input_ids[0] for word in (answer, other))
width = model.config.n_embd // model.config.n_head


def without(heads):
    """Logits of the next token with some heads off; a head is (layer, head), counted from 0."""
    hooks = []
    for layer in {layer for layer, _ in heads}:
        mine = [head for at, head in heads if at == layer]

        # c_proj receives the outputs of all heads side by side, one stretch of numbers for each head.
        def silence(module, arguments, mine=mine):
            mixed = arguments[0].clone()
            for head in mine:
                mixed[..., head * width : (head + 1) * width] = 0
            return (mixed,)

        hooks.append(model.transformer.h[layer].attn.c_proj.register_forward_pre_hook(silence))
    with torch.no_grad():
        logits = model(**inputs).logits[0, -1]
    for hook in hooks:
        hook.remove()
    return logits


def report(label, logits):
    gap = (logits[right] - logits[wrong]).item()
    chance = logits.softmax(-1)[right].item()
    said = tokenizer.decode([logits.argmax().item()])
    print(f"{label}: P({answer.strip()}) {chance:.3f}, logit difference {gap:+.2f}, says {said!r}")
    return gap


whole = report("all heads on", without([]))

# Every head by itself. Python counts from 0, the figures from 1.
effects = {}
for layer in range(model.config.n_layer):
    for head in range(model.config.n_head):
        logits = without([(layer, head)])
        effects[layer, head] = (logits[right] - logits[wrong]).item() - whole

ranked = sorted(effects, key=effects.get)
for layer, head in ranked[:5] + ranked[-5:]:
    print(f"layer {layer + 1} head {head + 1}: {effects[layer, head]:+.2f}")

# The strongest together: their effects need not add up.
for k in range(1, 6):
    report(f"{k} strongest off", without(ranked[:k]))
