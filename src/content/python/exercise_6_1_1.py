# pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

folder = "google-t5/t5-small"  # or the folder of a model that you trained: models/README.md
tokenizer = AutoTokenizer.from_pretrained(folder)
model = T5ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager").eval()


def attention(source, target):
    """Tokens of both sides, and each kind of attention as [layer, head, query, key]."""
    ids = tokenizer(source, return_tensors="pt").input_ids
    labels = tokenizer(text_target=target, return_tensors="pt").input_ids
    with torch.no_grad():
        output = model(input_ids=ids, labels=labels, output_attentions=True)
    kinds = ("encoder", "decoder", "cross")
    weights = (output.encoder_attentions, output.decoder_attentions, output.cross_attentions)
    read = tokenizer.convert_ids_to_tokens(ids[0])
    written = tokenizer.convert_ids_to_tokens(labels[0])
    return read, written, {kind: torch.stack(layers)[:, 0] for kind, layers in zip(kinds, weights)}


def best(scores):
    """The head with the highest score, counted from 1 like on the page."""
    layer, head = divmod(scores.argmax().item(), scores.shape[1])
    return f"layer {layer + 1}, head {head + 1}: {scores.max().item():.2f}"


# a) Layers, heads, and the heads whose pattern is named: mean weight on the cells of the pattern, over the rows
#    of the sentence, those of the instruction and of </s> left out, like on the page.
read, written, kinds = attention("Translate to French: The brown dog ran.", "Le chien brun a couru.")
for kind, weights in kinds.items():
    print(kind, tuple(weights.shape), "[layer, head, query, key]")
encoder = kinds["encoder"]
start = next(i for i, piece in enumerate(read) if piece.endswith(":")) + 1
rows = torch.arange(start, len(read) - 1)
print("same token     ", best(encoder[:, :, rows, rows].mean(-1)))
print("previous token ", best(encoder[:, :, rows, rows - 1].mean(-1)))
print("next token     ", best(encoder[:, :, rows, rows + 1].mean(-1)))
print("end token      ", best(encoder[:, :, rows, -1].mean(-1)))

# b) While "Paris" is written: the most that any head of the cross-attention puts on each source token.
read, written, kinds = attention("What is the capital of France?", "The capital is Paris.")
row = next(i for i, piece in enumerate(written) if "Paris" in piece)
for piece, weight in zip(read, kinds["cross"][:, :, row].amax(dim=(0, 1)).tolist()):
    print(f"{piece:12} {weight:.2f}")

# c) Cells of the decoder that are 0 in every head: exactly those above the diagonal.
zero = (kinds["decoder"] == 0).all(dim=0).all(dim=0)
above = torch.ones_like(zero).triu(diagonal=1)
print(zero.int(), "only above the diagonal:", torch.equal(zero, above))
