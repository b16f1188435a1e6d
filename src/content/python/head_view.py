# In a notebook; pip install "transformers[torch]" sentencepiece bertviz
import torch
from bertviz import head_view
from transformers import AutoTokenizer, T5ForConditionalGeneration

name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
model = T5ForConditionalGeneration.from_pretrained(name, attn_implementation="eager").eval()

source = tokenizer("Translate to French: The brown dog ran.", return_tensors="pt")
target = tokenizer(text_target="Le chien brun a couru.", return_tensors="pt")

with torch.no_grad():
    output = model(**source, labels=target.input_ids, output_attentions=True)

english = tokenizer.convert_ids_to_tokens(source.input_ids[0])
french = tokenizer.convert_ids_to_tokens(target.input_ids[0])

# Inside the encoder.
head_view(encoder_attention=output.encoder_attentions, encoder_tokens=english)

# From French back to English. Position t reads what was written before it and writes token t; that names its row.
head_view(cross_attention=output.cross_attentions, encoder_tokens=english, decoder_tokens=french)

# The same as numbers: for every head, where the row that writes "chien" looks most.
# Python counts from 0, the figures from 1.
row = next(i for i, piece in enumerate(french) if "chi" in piece)
for layer, heads in enumerate(output.cross_attentions):
    for head, weights in enumerate(heads[0]):
        top = weights[row].argmax().item()
        print(f"layer {layer + 1} head {head + 1}: {english[top]} {weights[row, top].item():.2f}")
