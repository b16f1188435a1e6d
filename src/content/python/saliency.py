# In a notebook; pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
model = T5ForConditionalGeneration.from_pretrained(name).eval()

source = tokenizer("translate English to French: The brown dog ran.", return_tensors="pt")
english = tokenizer.convert_ids_to_tokens(source.input_ids[0])

# What the model writes, and what it has read when it writes it: the same, one place later.
output = model.generate(**source, max_new_tokens=40)
read, written = output[:, :-1], output[0, 1:]
french, so_far = (tokenizer.convert_ids_to_tokens(ids) for ids in (written, read[0]))

# Token ids are no numbers that could move. The rows of the embedding table are: they are what gradients are taken for.
embed = model.get_input_embeddings()
left = embed(source.input_ids).detach().requires_grad_()  # [1, source token, width]
right = embed(read).detach().requires_grad_()  # [1, target token, width]
logits = model(inputs_embeds=left, attention_mask=source.attention_mask, decoder_inputs_embeds=right).logits


def explain(row):
    """Gradients of one written token's logit, by everything that was read for it."""
    return torch.autograd.grad(logits[0, row, written[row]], (left, right), retain_graph=True)


for row, token in enumerate(french):
    d_left, d_right = explain(row)
    print(f"\n{token}: logit {logits[0, row, written[row]].item():.2f}")
    print("   token          saliency   input × gradient")
    for names, states, gradient, length in ((english, left, d_left, None), (so_far, right, d_right, row + 1)):
        saliency = gradient[0].norm(dim=-1)  # how much: no sign
        scores = (states * gradient)[0].sum(dim=-1)  # how much, and in which direction
        for piece, size, score in list(zip(names, saliency.tolist(), scores.tolist()))[:length]:
            print(f"   {piece:<12} {size:9.3f} {score:+11.3f}")


def words(pieces, scores):
    """Scores of sub-words summed to words; "▁" begins one."""
    summed = []
    for piece, score in zip(pieces, scores):
        if piece.startswith("▁") or not summed:
            summed.append([piece, score])
        else:
            summed[-1] = [summed[-1][0] + piece, summed[-1][1] + score]
    return summed


row = len(french) // 2
scores = (left * explain(row)[0])[0].sum(dim=-1).tolist()
print(f"\n{french[row]}, by words:", [(word.strip("▁"), round(score, 3)) for word, score in words(english, scores)])
