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

# Position t reads what was written before it and writes token t.
english = tokenizer.convert_ids_to_tokens(source.input_ids[0])
written = tokenizer.convert_ids_to_tokens(target.input_ids[0])
read = [tokenizer.pad_token] + written[:-1]

model_view(encoder_attention=output.encoder_attentions, encoder_tokens=english)

# The decoder looks at what it has read, so rows and columns are named by that.
model_view(decoder_attention=output.decoder_attentions, decoder_tokens=read)

# Cross-attention is named by the token that it helps to write.
model_view(cross_attention=output.cross_attentions, encoder_tokens=english, decoder_tokens=written)
