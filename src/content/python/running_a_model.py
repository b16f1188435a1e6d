# pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
# Attention weights are only returned by the plain ("eager") implementation.
model = T5ForConditionalGeneration.from_pretrained(name, attn_implementation="eager").eval()

source = tokenizer("Translate to French: The brown dog ran.", return_tensors="pt")
target = tokenizer(text_target="Le chien brun a couru.", return_tensors="pt")

with torch.no_grad():
    output = model(
        **source,
        labels=target.input_ids,
        output_attentions=True,
        output_hidden_states=True,
    )

print("source:", tokenizer.convert_ids_to_tokens(source.input_ids[0]))
print("target:", tokenizer.convert_ids_to_tokens(target.input_ids[0]))
print("loss:", round(output.loss.item(), 3))
for key in output.keys():
    value = output[key]
    if isinstance(value, tuple) and torch.is_tensor(value[0]):
        print(f"{key}: {len(value)} x {tuple(value[0].shape)}")
    elif torch.is_tensor(value):
        print(f"{key}: {tuple(value.shape)}")

# The target can also be what the model itself writes.
written = model.generate(**source, max_new_tokens=64)
print("written:", tokenizer.decode(written[0], skip_special_tokens=True))
