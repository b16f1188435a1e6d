"""
Dependency relations of heads on the treebank's first sentences, scored without the engine's code.

Words' attention comes from a matrix that says which token belongs to which word; the offsets are tried one by one.
"""

from collections import defaultdict

import numpy as np

SENTENCES = 50
OFFSETS = range(-30, 31)


def read(path, count):
    """(text, [(form, head, relation)]) of the first sentences; heads from 0, -1 for the root."""
    for block in path.read_text(encoding="utf8").strip().split("\n\n")[:count]:
        lines = block.split("\n")
        text = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        yield text, [(row[1], int(row[6]) - 1, row[7]) for row in rows]


def spans(text, words):
    at = 0
    for form, _, _ in words:
        at = text.index(form, at)
        yield at, at + len(form)
        at += len(form)


def membership(offsets, text, words):
    """[token, word]: 1 where a token belongs to a word, the one with which it shares most characters."""
    shared = np.array([[min(e, b) - max(s, a) for a, b in spans(text, words)] for s, e in offsets])
    best = shared.argmax(1)
    return (np.arange(shared.shape[1]) == best[:, None]) & (shared > 0)


def word_attention(attention, member):
    """Summed over the tokens of a key word, averaged over those of a query word: [head, word, word]."""
    member = member.astype(float)
    return (member / np.maximum(1, member.sum(0))).T @ attention @ member


def tasks(words, visible):
    """{measure: {query word: set of right words}}"""
    found = defaultdict(lambda: defaultdict(set))
    for word, (_, head, relation) in enumerate(words):
        if head >= 0 and visible[word, head]:
            found[f"head:{relation}"][word].add(head)
        if head >= 0 and visible[head, word]:
            found[f"dependant:{relation}"][head].add(word)
    return found


def score(sentences, causal):
    """
    Means over sentences for each measure.

    `sentences`: (attention [head, token, token], token offsets in the text, text, words).
    """
    shares, rows, offsets = defaultdict(list), defaultdict(int), defaultdict(list)
    for attention, at, text, words in sentences:
        member = membership(at, text, words)
        visible = np.outer(member.any(0), member.any(0)) & ~np.eye(len(words), dtype=bool)
        if causal:
            visible &= np.tri(len(words), dtype=bool)
        links = np.where(visible, word_attention(attention, member), -1).argmax(-1)  # [head, word]
        for measure, asked in tasks(words, visible).items():
            shares[measure].append(np.mean([[row[word] in right for row in links] for word, right in asked.items()], 0))
            offsets[measure].append([np.mean([word + by in right for word, right in asked.items()]) for by in OFFSETS])
            rows[measure] += len(asked)
    return [
        dict(
            measure=measure,
            sentences=len(shares[measure]),
            rows=rows[measure],
            mean=np.mean(shares[measure], 0).round(6).tolist(),
            offset=round(float(np.mean(offsets[measure], 0).max()), 6),
        )
        for measure in sorted(shares)
    ]
