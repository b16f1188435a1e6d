# pip install "transformers[torch]" sentencepiece
import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

folder = "google-t5/t5-small"  # or the folder of a model that you trained: models/README.md
tokenizer = AutoTokenizer.from_pretrained(folder)
model = T5ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager").eval()

instruction = "Translate to French:"
sentence = ["The", "brown", "dog", "ran", "."]
translation = ["Le", "chien", "brun", "a", "couru", "."]
gold = [[0], [2], [1], [3], [3], [4]]  # for each word of the translation, the words that it renders

source = f"{instruction} {' '.join(sentence[:-1])}."
target = f"{' '.join(translation[:-1])}."
ids = tokenizer(source, return_tensors="pt").input_ids
labels = tokenizer(text_target=target, return_tensors="pt").input_ids
with torch.no_grad():
    output = model(input_ids=ids, labels=labels, output_attentions=True)
cross = torch.stack(output.cross_attentions)[:, 0]  # [layer, head, query, key]


def spans(pieces, words):
    """For each word the places of its pieces, found from the end, where nothing stands in front of the sentence."""
    found, end = [], len(pieces) - 1  # without </s>
    for word in reversed(words):
        start = end - 1
        while "".join(pieces[start:end]).lstrip("▁") != word:
            start -= 1
        found.insert(0, range(start, end))
        end = start
    return found


read = tokenizer.convert_ids_to_tokens(ids[0])
written = tokenizer.convert_ids_to_tokens(labels[0])
columns = spans(read, sentence)
rows = spans(written, translation)
rest = [[k] for k in range(len(read)) if not any(k in span for span in columns)]  # instruction and </s> compete as well


def agreement(head):
    """The share of words whose largest weight lies on a word that they render. `head` is [query, key]."""
    by_word = torch.stack([head[list(span)].mean(0) for span in rows])
    by_word = torch.stack([by_word[:, list(span)].sum(1) for span in [*columns, *rest]], dim=1)
    hits = [by_word[i].argmax().item() in right for i, right in enumerate(gold) if right]
    return sum(hits) / len(hits)


for layer, heads in enumerate(cross):
    print(f"layer {layer}:", "  ".join(f"{agreement(head):.2f}" for head in heads))
