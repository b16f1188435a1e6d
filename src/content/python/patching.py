# In a notebook; pip install "transformers[torch]"
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name).eval()

# The giver is swapped, so the answer is the other name. Both texts need as many tokens.
clean = tokenizer("When Mary and John went to the store, John gave a drink to", return_tensors="pt").input_ids
corrupted = tokenizer("When Mary and John went to the store, Mary gave a drink to", return_tensors="pt").input_ids
assert clean.shape == corrupted.shape
mary, john = (tokenizer(word).input_ids[0] for word in (" Mary", " John"))

# State i is what block i reads: 0 is the embedding. The last one goes into the final norm.
readers = [*model.transformer.h, model.transformer.ln_f]


@torch.no_grad()
def lead(ids, layer=None, token=None, state=None):
    """Logit of Mary − logit of John; with one state replaced, if asked."""

    def put_back(_, args):
        hidden = args[0].clone()
        hidden[0, token] = state
        return (hidden, *args[1:])

    hook = None if layer is None else readers[layer].register_forward_pre_hook(put_back)
    logits = model(ids, use_cache=False).logits[0, -1]
    if hook:
        hook.remove()
    return (logits[mary] - logits[john]).item()


# The clean run's states.
states = {}
hooks = [
    reader.register_forward_pre_hook(lambda _, args, layer=layer: states.update({layer: args[0][0].detach()}))
    for layer, reader in enumerate(readers)
]
whole = lead(clean)
for hook in hooks:
    hook.remove()

broken = lead(corrupted)
print(f"clean {whole:+.2f}, corrupted {broken:+.2f}")

pieces = [tokenizer.decode(token) for token in clean[0]]
print(" " * 9, *(f"{piece.strip():>6.6}" for piece in pieces))
for layer in reversed(range(len(readers))):
    row = [
        (lead(corrupted, layer, token, states[layer][token]) - broken) / (whole - broken)
        for token in range(len(pieces))
    ]
    print(f"state {layer:>2} ", *(f"{100 * share:6.0f}" for share in row))
