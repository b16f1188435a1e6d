# In a notebook; pip install "transformers[torch]"
import math

import torch
from transformers import AutoModel, AutoTokenizer

SENTENCE = "The brown dog ran."


def show(name, kind, tokens, row, by_hand, query):
    """One row of weights, as worked out here and as the model gave it."""
    print(f"\n{name}: {kind}")
    for token, ours, theirs in zip(tokens, by_hand[query], row[query]):
        print(f"  {token:>14}  {ours.item():.6f}  {theirs.item():.6f}")
    print(f"  largest difference over the whole head: {(by_hand - row).abs().max().item():.1e}")


def load(name):
    tokenizer = AutoTokenizer.from_pretrained(name)
    return tokenizer, AutoModel.from_pretrained(name, attn_implementation="eager").eval()


def keep(store, name):
    """A hook that keeps what a module gives back."""
    return lambda module, inputs, output: store.__setitem__(name, output)


# BERT: divided by the square root of the head's width, every token sees every other.
tokenizer, bert = load("google-bert/bert-base-uncased")
layer, head, query, kept = 2, 0, 3, {}
attention = bert.encoder.layer[layer].attention.self
hooks = [getattr(attention, part).register_forward_hook(keep(kept, part)) for part in ("query", "key")]
inputs = tokenizer(SENTENCE, return_tensors="pt")
with torch.no_grad():
    output = bert(**inputs, output_attentions=True)
width = bert.config.hidden_size // bert.config.num_attention_heads
q, k = (kept[part][0, :, head * width : (head + 1) * width] for part in ("query", "key"))  # [token, width]
by_hand = (q @ k.T / math.sqrt(width)).softmax(-1)
tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
show("BERT", f"q · k ÷ √{width}", tokens, output.attentions[layer][0, head], by_hand, query)

# GPT-2: divided too, and whatever comes later is struck out before the softmax.
tokenizer, gpt2 = load("openai-community/gpt2")
kept = {}
gpt2.h[layer].attn.c_attn.register_forward_hook(keep(kept, "qkv"))
inputs = tokenizer(SENTENCE, return_tensors="pt")
with torch.no_grad():
    output = gpt2(**inputs, output_attentions=True)
width = gpt2.config.n_embd // gpt2.config.n_head
q, k, v = (part[0, :, head * width : (head + 1) * width] for part in kept["qkv"].chunk(3, dim=-1))
scores = q @ k.T / math.sqrt(width)
later = torch.ones_like(scores).triu(1).bool()
by_hand = scores.masked_fill(later, -math.inf).softmax(-1)
tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
show("GPT-2", f"q · k ÷ √{width}, later tokens struck out", tokens, output.attentions[layer][0, head], by_hand, query)
print("  first numbers of the output:", (by_hand @ v)[query, :4].tolist())

# T5: not divided; a learned bias for the distance is added. Layer 1 holds the bias for all layers.
tokenizer, t5 = load("google-t5/t5-small")
kept = {}
first = t5.encoder.block[0].layer[0].SelfAttention
hooks = [getattr(first, part).register_forward_hook(keep(kept, part)) for part in "qk"]
inputs = tokenizer(SENTENCE, return_tensors="pt")
with torch.no_grad():
    output = t5.encoder(**inputs, output_attentions=True)
    bias = first.compute_bias(inputs.input_ids.shape[1], inputs.input_ids.shape[1])[0, head]
width = t5.config.d_kv
q, k = (kept[part][0, :, head * width : (head + 1) * width] for part in "qk")
by_hand = (q @ k.T + bias).softmax(-1)
tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
show("T5", "q · k + bias", tokens, output.attentions[0][0, head], by_hand, query)
