# In a notebook; pip install "transformers[torch]" captum
import torch
from captum.attr import LayerIntegratedGradients
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name, attn_implementation="eager").eval()

prompt = "When Mary and John went to the store, John gave a drink to"
ids = tokenizer(prompt, return_tensors="pt").input_ids
answer = model(ids).logits[0, -1].argmax()
tokens = [tokenizer.decode(token) for token in ids[0]]


def logit(ids):
    """The number that is followed: the logit of the answer, one for each row."""
    return model(ids).logits[:, -1, answer]


# A token id is a name, not a quantity: half of id 40 plus half of id 60 is no word at all. So the way runs between
# *rows of the embedding table*: LayerIntegratedGradients takes ids, looks the rows up, and walks between those.
table = model.get_input_embeddings()
walk = LayerIntegratedGradients(logit, table)

# GPT-2 has no padding token; its end token stands in for it.
padding = torch.full_like(ids, tokenizer.pad_token_id or tokenizer.eos_token_id)
padding[ids == tokenizer.bos_token_id] = tokenizer.bos_token_id  # a start token, where there is one, stays

for steps in (8, 32, 128):
    scores, gap = walk.attribute(
        ids,
        baselines=padding,
        n_steps=steps,
        method="riemann_middle",  # the middles of equal parts; "gausslegendre" is Captum's default
        internal_batch_size=32,
        return_convergence_delta=True,
    )
    change = (logit(ids) - logit(padding)).item()
    print(f"{steps:>4} steps: change {change:+.2f}, gap {gap.item():+.3f}, {abs(gap.item() / change):.1%} of it")

# One number for each token: the sum over the width of its embedding.
for token, score in zip(tokens, scores.sum(-1)[0]):
    print(f"{score.item():+7.2f}  {token}")


# Captum's baseline is a row of ids. A baseline that is no token, such as the mean of the table or zeros, takes the walk by hand.
def by_hand(start, steps):
    """[token] scores from the rows `start` [token, width], in the middles of equal parts."""
    end = table(ids)[0].detach()
    total = torch.zeros_like(end)
    for step in range(steps):
        place = (step + 0.5) / steps
        here = (start + place * (end - start)).requires_grad_()
        model(inputs_embeds=here[None]).logits[0, -1, answer].backward()
        total += here.grad / steps
    return (total * (end - start)).sum(-1)


mean = table.weight.detach().mean(0).expand(ids.shape[1], -1)
print("from the mean embedding:", [round(score, 2) for score in by_hand(mean, 64).tolist()])
