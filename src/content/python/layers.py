# In a notebook; pip install "transformers[torch]"
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
# Attention weights are kept by the plain implementation alone.
model = AutoModelForCausalLM.from_pretrained(name, attn_implementation="eager").eval()

ids = tokenizer("When Mary and John went to the store, John gave a drink to", return_tensors="pt").input_ids
pieces = [tokenizer.decode(token).strip() for token in ids[0]]

output = model(ids, output_hidden_states=True, output_attentions=True)
states, attention = output.hidden_states, output.attentions  # [1, token, width], [1, head, query, key], one a layer
answer = output.logits[0, -1].argmax()
logit = output.logits[0, -1, answer]
print("explained:", tokenizer.decode(answer), f"{logit.item():.2f}")

# One pass back gives the gradient at every state and at every attention weight.
d_states = torch.autograd.grad(logit, states, retain_graph=True)
d_attention = torch.autograd.grad(logit, attention)

print("\nlength of the gradient, last layer on top")
print(" " * 9, *(f"{piece:>6.6}" for piece in pieces))
for layer in reversed(range(len(states))):
    print(f"state {layer:>2} ", *(f"{length:6.2f}" for length in d_states[layer][0].norm(dim=-1).tolist()))

# State × gradient: after the last norm the logit is a plain product with the word's row, so it is all there.
print("\nstate × gradient at the top:", f"{(states[-1] * d_states[-1]).sum().item():.2f}")

# Attention × gradient: what pushes up, mean over heads, queries and layers.
pushes = [(weights * slope).clamp(min=0)[0].mean(dim=(0, 1)) for weights, slope in zip(attention, d_attention)]
grad_sam = torch.stack(pushes).mean(dim=0)

# Rollout: half of every state is what it was, half is what attention brings; layer after layer.
rollout = torch.eye(ids.shape[1])
for weights in attention:
    rollout = (weights[0].mean(dim=0) + torch.eye(ids.shape[1])) / 2 @ rollout

print("\ntoken    attention × gradient  rollout")
for piece, one, other in zip(pieces, grad_sam.tolist(), rollout[-1].tolist()):
    print(f"{piece:<9}{one:20.4f} {other:8.3f}")
