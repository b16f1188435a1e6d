# pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

folder = "google-t5/t5-small"  # or the folder of a model that you trained: models/README.md
tokenizer = AutoTokenizer.from_pretrained(folder)
model = T5ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager").eval()

ids = tokenizer("What is the capital of France?", return_tensors="pt").input_ids
labels = tokenizer(text_target="The capital is Paris.", return_tensors="pt").input_ids
with torch.no_grad():
    output = model(input_ids=ids, labels=labels, output_attentions=True)

# [layer, head, query, key]; row t is the one from which token t of the answer is written.
cross = torch.stack(output.cross_attentions)[:, 0]
source = tokenizer.convert_ids_to_tokens(ids[0])
written = tokenizer.convert_ids_to_tokens(labels[0])

row = next(t for t, piece in enumerate(written) if "Paris" in piece)
for piece, weight in zip(source, cross[:, :, row].amax(dim=(0, 1)).tolist()):
    print(f"{piece:12} {weight:.3f}  {'#' * round(40 * weight)}")
