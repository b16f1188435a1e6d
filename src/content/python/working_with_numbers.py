# pip install "transformers[torch]" sentencepiece scipy
import re

import numpy as np
import torch
from scipy.spatial.distance import jensenshannon
from scipy.stats import bootstrap, entropy, spearmanr
from transformers import AutoModel, AutoTokenizer, T5ForConditionalGeneration

SENTENCES = [
    "The brown dog ran.",
    "The old man reads a long letter in the garden.",
    "She has a red car and a black hat.",
    "The children who live here sing every morning.",
    "A small bird sat on the tall tree.",
    "My brother never drinks cold milk.",
]

name = "sentence-transformers/all-MiniLM-L6-v2"
tokenizer = AutoTokenizer.from_pretrained(name)
encoder = AutoModel.from_pretrained(name, attn_implementation="eager").eval()


def attention_of(sentence):
    """Attention [layer × head, query, key], tokens, and which of them are special."""
    inputs = tokenizer(sentence, return_tensors="pt", return_special_tokens_mask=True)
    special = inputs.pop("special_tokens_mask")[0].bool().numpy()
    with torch.no_grad():
        layers = encoder(**inputs, output_attentions=True).attentions
    tokens = tokenizer.convert_ids_to_tokens(inputs.input_ids[0])
    return torch.cat(layers, 1)[0].numpy(), tokens, special


runs = [attention_of(sentence) for sentence in SENTENCES]
heads = encoder.config.num_attention_heads
place = lambda head: f"layer {head // heads + 1}, head {head % heads + 1}"  # noqa: E731


def over_sentences(measure):
    """[sentence, head]: the mean over the rows of the sentence's words. `measure` gives [head, query]."""
    return np.stack([measure(a, special)[:, ~special].mean(1) for a, _, special in runs])


def far(attention, _):
    positions = np.arange(attention.shape[-1])
    return (attention * np.abs(positions[:, None] - positions)).sum(-1)


measures = {
    "entropy": over_sentences(lambda attention, _: entropy(attention, axis=-1)),
    "distance": over_sentences(far),
    "special": over_sentences(lambda attention, special: attention[..., special].sum(-1)),
}
for name, values in measures.items():
    # Sentences are drawn anew; with so few of them the intervals are wide.
    interval = bootstrap((values,), np.mean, axis=0, method="percentile", n_resamples=1000, rng=1).confidence_interval
    mean = values.mean(0)
    for what, head in (("lowest", mean.argmin()), ("highest", mean.argmax())):
        print(f"{name}, {what}: {place(head)} {mean[head]:.2f} ({interval.low[head]:.2f} to {interval.high[head]:.2f})")

rho = spearmanr(measures["entropy"].mean(0), measures["special"].mean(0)).statistic
print(f"entropy against weight on special tokens: {rho:.2f}")

# How differently two heads look: the mean Jensen–Shannon distance of their rows.
distances = np.mean(
    [
        [jensenshannon(one[~special], attention[:, ~special], axis=-1).mean(-1) for one in attention]
        for attention, _, special in runs
    ],
    axis=0,
)
np.fill_diagonal(distances, np.inf)
one, other = np.unravel_index(distances.argmin(), distances.shape)
print(f"most alike: {place(one)} and {place(other)}, {distances[one, other]:.2f}")

# Classical scaling: a map on which near heads are alike, as far as two axes go.
np.fill_diagonal(distances, 0)
centring = np.eye(len(distances)) - 1 / len(distances)
values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
plane = vectors[:, -2:] * np.sqrt(values[-2:])  # [head, 2]
print(f"two axes keep {values[-2:].sum() / values[values > 0].sum():.0%}; first head at {plane[0].round(2)}")

# Against dependencies: from a word to the word that it depends on.
ARCS = [("the", "dog"), ("brown", "dog"), ("dog", "ran")]
attention, tokens, special = runs[0]
looks = attention.copy()
looks[..., special] = -1
looks[:, np.arange(len(tokens)), np.arange(len(tokens))] = -1
hits = [looks[:, tokens.index(word)].argmax(-1) == tokens.index(head) for word, head in ARCS]
print("heads right on all three arcs:", ", ".join(map(place, np.flatnonzero(np.all(hits, 0)))) or "none")

# Against a gold alignment: for each French word, the English words that it renders.
ENGLISH, FRENCH = "The brown dog ran.", "Le chien brun a couru."
GOLD = [[0], [2], [1], [3], [3], [4]]
PREFIX = "translate English to French: "
name = "google-t5/t5-small"
tokenizer = AutoTokenizer.from_pretrained(name)
translator = T5ForConditionalGeneration.from_pretrained(name, attn_implementation="eager").eval()


def words_of(encoding, text, shift=0):
    """For each token the word that it lies in, or −1."""
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    # A piece may begin with the space before its word; its last character is the word's own.
    lasts = [end - 1 - shift if end > start else -1 for start, end in encoding.offset_mapping[0].tolist()]
    return np.array([next((word for word, (a, b) in enumerate(spans) if a <= last < b), -1) for last in lasts])


source = tokenizer(PREFIX + ENGLISH, return_tensors="pt", return_offsets_mapping=True)
target = tokenizer(text_target=FRENCH, return_tensors="pt", return_offsets_mapping=True)
with torch.no_grad():
    output = translator(input_ids=source.input_ids, labels=target.input_ids, output_attentions=True)
cross = torch.cat(output.cross_attentions, 1)[0].numpy()  # [layer × head, query, key]; row t writes token t
columns, rows = words_of(source, ENGLISH, len(PREFIX)), words_of(target, FRENCH)

# A word gets the sum of what its tokens get; tokens of the instruction and </s> compete one by one and are never right.
groups = [np.flatnonzero(columns == word) for word in range(columns.max() + 1)] + [[i] for i in np.flatnonzero(columns < 0)]
between = np.stack([cross[..., group].sum(-1) for group in groups], -1)
strongest = np.stack([between[:, rows == word].mean(1).argmax(-1) for word in range(len(GOLD))])  # [word, head]
shares = np.mean([np.isin(strongest[word], right) for word, right in enumerate(GOLD)], axis=0)
heads = translator.config.num_heads
diagonal = np.mean([round(word * columns.max() / (len(GOLD) - 1)) in right for word, right in enumerate(GOLD)])
print(f"aligns best: {place(shares.argmax())}, {shares.max():.0%} of the words; the same place gets {diagonal:.0%}")
