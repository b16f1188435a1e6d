# In a notebook; pip install "transformers[torch]" captum scipy
import torch
from captum.attr import FeatureAblation
from scipy.stats import spearmanr
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name, attn_implementation="eager").eval()

prompt = "When Kate and Paul went to the store, Paul gave a drink to"
ids = tokenizer(prompt, return_tensors="pt").input_ids
kate, paul = (tokenizer.encode(word)[0] for word in (" Kate", " Paul"))
table = model.get_input_embeddings()
rows = table(ids).detach()  # [1, token, width]
padding = table(torch.tensor(tokenizer.pad_token_id or tokenizer.eos_token_id)).detach()


def lead(rows):
    """The number that is followed: the logit of one name less that of the other, one for each row of the batch."""
    logits = model(inputs_embeds=rows).logits[:, -1]
    return logits[:, kate] - logits[:, paul]


# Input × gradient: one run forward, one back.
here = rows.clone().requires_grad_()
lead(here).sum().backward()
slope = (here.grad * rows).sum(-1)[0]  # [token]

# Occlusion: each token by itself is replaced by padding. All numbers of a token's row belong together.
tokens = torch.arange(ids.shape[1])
together = tokens[None, :, None].expand_as(rows)
with torch.no_grad():
    fall = FeatureAblation(lead).attribute(rows, baselines=padding.expand_as(rows), feature_mask=together)[0, :, 0]
    whole = lead(rows).item()

print(f"lead {whole:+.2f}")
for token in tokens:
    turned = "  <- turns the answer round" if (whole - fall[token]) * whole < 0 else ""
    print(f"{slope[token]:+8.2f} {fall[token]:+8.2f}  {tokenizer.decode(ids[0, token])}{turned}")
print(f"rank correlation of the sizes: {spearmanr(slope.abs(), fall.abs()).statistic:.2f}")
