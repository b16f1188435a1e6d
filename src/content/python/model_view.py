# In a notebook; pip install "transformers[torch]" sentencepiece bertviz
import torch
from bertviz import model_view
from transformers import AutoTokenizer, T5ForConditionalGeneration

name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
model = T5ForConditionalGeneration.from_pretrained(name, attn_implementation="eager").eval()

source = tokenizer("Translate to French: The brown dog ran.", return_tensors="pt")
target = tokenizer(text_target="Le chien brun a couru.", return_tensors="pt")

with torch.no_grad():
    output = model(**source, labels=target.input_ids, output_attentions=True)

# The rows of decoder and cross-attention write these tokens.
written = tokenizer.convert_ids_to_tokens(target.input_ids[0])

model_view(
    encoder_attention=output.encoder_attentions,
    decoder_attention=output.decoder_attentions,
    cross_attention=output.cross_attentions,
    encoder_tokens=tokenizer.convert_ids_to_tokens(source.input_ids[0]),
    decoder_tokens=written,
)
