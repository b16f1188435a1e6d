# In a notebook; pip install "transformers[torch]"
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name).eval()

text = "When Mary and John went to the store, John gave a drink to"
answer, moved, goal = " Mary", " Mary", " John"

ids = tokenizer(text, return_tensors="pt").input_ids[0]
tokens = tokenizer.convert_ids_to_tokens(ids)
answer_id, moved_id, goal_id = (tokenizer.encode(word)[0] for word in (answer, moved, goal))
place = ids.tolist().index(moved_id)
table = model.get_input_embeddings().weight.detach()  # [vocabulary, width]


def followed(embeddings):
    """The answer's logit after the last token, for embeddings [point, token, width]."""
    return model(inputs_embeds=embeddings).logits[:, -1, answer_id]


# One pass backward: the slope along every number of every embedding. The weights need no gradient.
model.requires_grad_(False)
embeddings = table[ids].clone().requires_grad_()
value = followed(embeddings[None])[0]
value.backward()
gradient = embeddings.grad  # [token, width]
print(f"logit of {answer!r}: {value:.3f}")
for token, steepest in zip(tokens, gradient.norm(dim=-1)):
    print(f"{token:>10}  length of its gradient {steepest:.3f}")

# The way from one word to the other, and what the gradient says of it.
way = table[goal_id] - table[moved_id]
slope = gradient[place] @ way


def nudged(shares):
    """The followed logit with the token moved by shares of the way."""
    points = table[ids].repeat(len(shares), 1, 1)
    points[:, place] += torch.tensor(shares)[:, None] * way
    with torch.no_grad():
        return followed(points)


step = 0.01
behind, before = nudged([-step, step])
print(f"slope by the gradient {slope:+.4f}, by two runs {(before - behind) / (2 * step):+.4f}")

shares = [share / 10 for share in range(-10, 11)]
for share, model_says in zip(shares, nudged(shares)):
    print(f"{share:+.1f}  model {model_says:8.3f}  straight line {value + slope * share:8.3f}")
