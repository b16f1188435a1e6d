# pip install "transformers[torch]"
import torch
from transformers import GPT2LMHeadModel

model = GPT2LMHeadModel.from_pretrained("openai-community/gpt2", attn_implementation="eager").eval()

# Random tokens, then the same again, after the start token.
torch.manual_seed(1)
count, length = 50, 20
half = torch.stack([torch.randperm(model.config.vocab_size - 1)[:length] for _ in range(count)])
start = torch.full((count, 1), model.config.bos_token_id)
ids = torch.cat([start, half, half], dim=1)

with torch.no_grad():
    output = model(ids, output_attentions=True)

attention = torch.stack(output.attentions)  # [layer, sequence, head, query, key]
rows = torch.arange(1, 2 * length + 1)
again = rows[rows > length]

# Previous token: the cell to the left of the diagonal, mean over all rows.
previous = attention[:, :, :, rows, rows - 1].mean(dim=(1, 3))
# Induction: in the second half, the token after the earlier occurrence.
induction = attention[:, :, :, again, again - length + 1].mean(dim=(1, 3))
# Chance: an even head puts 1 / (tokens seen) on any one cell.
chance = (1 / (again + 1)).mean()

# Python counts from 0, the figures from 1.
for name, scores in [("previous token", previous), ("induction", induction)]:
    values, places = scores.flatten().topk(5)
    heads = [f"layer {p // 12 + 1} head {p % 12 + 1}: {v:.2f}" for v, p in zip(values.tolist(), places.tolist())]
    print(name, *heads, sep="\n  ")
print(f"induction by chance: {chance:.2f}")

# What each token cost: high for the first half, low once the repeat is under way.
loss = torch.nn.functional.cross_entropy(output.logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none")
print("loss by position:", [round(value, 1) for value in loss.mean(dim=0).tolist()])
