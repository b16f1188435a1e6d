# In a notebook; pip install "transformers[torch]" sentencepiece scipy
import torch
from scipy.stats import spearmanr
from transformers import AutoTokenizer, T5ForConditionalGeneration

name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
model = T5ForConditionalGeneration.from_pretrained(name, attn_implementation="eager").eval()

instruction, sentence = "translate English to French: ", "The brown dog ran."
source = tokenizer(instruction + sentence, return_tensors="pt")
english = tokenizer.convert_ids_to_tokens(source.input_ids[0])

# What the model itself writes, without the start token; the end token is the last.
written = model.generate(**source, max_new_tokens=40)[:, 1:]
french = tokenizer.convert_ids_to_tokens(written[0])


def run(mask):
    """Log-probability of each written token, and the cross-attention of the row that writes it."""
    with torch.no_grad():
        output = model(input_ids=source.input_ids, attention_mask=mask, labels=written, output_attentions=True)
    log_probability = output.logits[0].log_softmax(-1).gather(-1, written[0, :, None])[:, 0]  # [output]
    return log_probability, torch.stack(output.cross_attentions)[:, 0]  # [layer, head, output, token]


# The sentence's own tokens: neither the instruction nor the end.
first = len(tokenizer(instruction).input_ids) - 1
tokens = range(first, len(english) - 1)

whole, attention = run(source.attention_mask)
falls = []
for token in tokens:
    mask = source.attention_mask.clone()
    mask[0, token] = 0  # nobody, in no layer, may look at it
    falls.append(whole - run(mask)[0])
falls = torch.stack(falls, dim=1)  # [output, token]

outputs = range(len(french) - 1)
weights = attention[..., first : len(english) - 1]  # [layer, head, output, token]
together = weights.mean(dim=(0, 1))  # [output, token]


def agreement(of):
    """Spearman's ρ between weights and falls, mean over the outputs; 0 where all weights are equal."""
    found = [spearmanr(of[output], falls[output]).statistic for output in outputs]
    return sum(0.0 if value != value else value for value in found) / len(found)


for output in outputs:
    most, costliest = together[output].argmax().item(), falls[output].argmax().item()
    print(
        f"{french[output]:>10}: looks most at {english[first + most]}, "
        f"misses {english[first + costliest]} most ({falls[output, costliest]:.2f} nats)"
    )

print(f"mean of all heads: ρ = {agreement(together):.2f}")
# Python counts from 0, the figures from 1.
for layer in range(weights.shape[0]):
    row = " ".join(f"{agreement(weights[layer, head]):6.2f}" for head in range(weights.shape[1]))
    print(f"layer {layer + 1}: {row}")
