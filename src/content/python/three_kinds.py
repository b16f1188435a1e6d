# In a notebook; pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoModel, AutoTokenizer

sentence = "The brown dog ran."


def load(name):
    """The eager implementation is the one that hands its attention out."""
    tokenizer = AutoTokenizer.from_pretrained(name)
    return tokenizer, AutoModel.from_pretrained(name, attn_implementation="eager").eval()


def show(kind, attentions, queries, keys):
    """Which cells are 0 in every head of every layer: those that the mask forbids."""
    weights = torch.stack(attentions)[:, 0]  # [layer, head, query, key]
    forbidden = (weights == 0).all(dim=(0, 1))  # [query, key]
    layers, heads = weights.shape[:2]
    print(f"\n{kind}: {layers} layers × {heads} heads, {int(forbidden.sum())} of {forbidden.numel()} cells forbidden")
    print(" " * 14 + " ".join(f"{key:>7.7}" for key in keys))
    for query, row in zip(queries, forbidden):
        print(f"{query:>13.13} " + " ".join(f"{'/////' if cell else '·':>7}" for cell in row))


# Encoder only: every token looks at every other.
tokenizer, bert = load("google-bert/bert-base-uncased")
inputs = tokenizer(sentence, return_tensors="pt")
tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
with torch.no_grad():
    output = bert(**inputs, output_attentions=True)
show("BERT", output.attentions, tokens, tokens)

# Beside a longer text in one batch, the places that fill up are forbidden, in an encoder too.
batch = tokenizer([sentence, "A much longer sentence about a brown dog."], padding=True, return_tensors="pt")
filled = tokenizer.convert_ids_to_tokens(batch.input_ids[0])
with torch.no_grad():
    output = bert(**batch, output_attentions=True)
show("BERT, filled up", output.attentions, filled, filled)

# Decoder only: the same block, but nothing ahead is visible.
tokenizer, gpt = load("openai-community/gpt2")
inputs = tokenizer(sentence, return_tensors="pt")
tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
with torch.no_grad():
    output = gpt(**inputs, output_attentions=True)
show("GPT-2", output.attentions, tokens, tokens)

# Encoder–decoder: three kinds of attention. Only the decoder's own is masked.
tokenizer, t5 = load("google-t5/t5-small")
source = tokenizer("translate English to French: " + sentence, return_tensors="pt")
written = tokenizer(text_target="Le chien brun a couru.", return_tensors="pt").input_ids
read = torch.cat([torch.tensor([[t5.config.decoder_start_token_id]]), written[:, :-1]], dim=1)
english = tokenizer.convert_ids_to_tokens(source.input_ids[0])
french = tokenizer.convert_ids_to_tokens(read[0])
with torch.no_grad():
    output = t5(**source, decoder_input_ids=read, output_attentions=True)
show("T5, encoder", output.encoder_attentions, english, english)
show("T5, decoder", output.decoder_attentions, french, french)
show("T5, cross", output.cross_attentions, french, english)
