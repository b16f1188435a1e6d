"""
How often a head's strongest word is the syntactic head, or the dependant, of the word that looks.

A guess is the word with most attention, the word itself left out. Beside it stands the best fixed offset ("always the
word before"), chosen and measured in the same way: chosen on every second sentence, measured on the others.
"""

from collections import defaultdict

import torch

OFFSETS = [offset for offset in range(-10, 11) if offset != 0]
LEAST = 100  # measured arcs of a relation
LEFT_OUT = {"root", "punct"}


def arcs(sentence):
    """(measure, word that looks, word that it should look at), counted from 0; both directions of every relation."""
    for word, row in enumerate(sentence.rows):
        if row.rel in LEFT_OUT or row.head == 0:
            continue
        yield f"head:{row.rel}", word, row.head - 1
        yield f"dependant:{row.rel}", row.head - 1, word


class Tally:
    """Right guesses of every head and of every offset, by measure."""

    def __init__(self):
        self.count = defaultdict(int)
        self.heads = defaultdict(lambda: 0)  # measure -> [layer, head]
        self.offsets = defaultdict(lambda: torch.zeros(len(OFFSETS), dtype=torch.int64))

    def add(self, sentence, attention):
        """`attention`: [layer, head, word, word]."""
        itself = torch.eye(attention.shape[-1], dtype=torch.bool)
        guesses = attention.masked_fill(itself, -1).argmax(-1)
        for measure, looks, aim in arcs(sentence):
            self.count[measure] += 1
            self.heads[measure] = self.heads[measure] + (guesses[..., looks] == aim).long()
            if aim - looks in OFFSETS:
                self.offsets[measure][OFFSETS.index(aim - looks)] += 1

    def accuracy(self, measure):
        """Share of right guesses, [layer, head]."""
        return self.heads[measure] / self.count[measure]

    def offset_accuracy(self, measure):
        return self.offsets[measure] / self.count[measure]


def tally(sentences, attentions):
    """(chosen on, measured on): every second sentence, and the others."""
    halves = Tally(), Tally()
    for number, (sentence, attention) in enumerate(zip(sentences, attentions)):
        halves[number % 2].add(sentence, attention)
    return halves


def best_heads(full, eight):
    """
    For each relation the direction and the head that are furthest ahead of the best offset, and what they measure.

    `full`, `eight`: `tally` of the 32-bit and of the 8-bit network over the same sentences. Direction, head and offset
    are chosen on the first half of the 32-bit one.
    """
    found = {}
    for measure in sorted(full[1].count):
        if full[1].count[measure] < LEAST or full[0].count[measure] == 0:
            continue
        row = best_head(full, eight, measure)
        relation = measure.split(":", 1)[1]
        if relation not in found or row["lead"] > found[relation]["lead"]:
            found[relation] = row
    rows = sorted(found.values(), key=lambda row: -row["n"])
    return [{key: value for key, value in row.items() if key != "lead"} for row in rows]


def best_head(full, eight, measure):
    chosen = full[0].accuracy(measure)
    layer, head = divmod(int(chosen.argmax()), chosen.shape[1])
    by = int(full[0].offset_accuracy(measure).argmax())
    return dict(
        measure=measure,
        layer=layer,
        head=head,
        full=round(float(full[1].accuracy(measure)[layer, head]), 3),
        eight=round(float(eight[1].accuracy(measure)[layer, head]), 3),
        offset=OFFSETS[by],
        offsetScore=round(float(full[1].offset_accuracy(measure)[by]), 3),
        n=full[1].count[measure],
        lead=float(chosen.max() - full[0].offset_accuracy(measure)[by]),
    )


def largest_change(full, eight):
    """The largest difference of accuracy of any head on any relation with LEAST arcs, both halves together."""
    changes = []
    for measure in full[0].count:
        count = full[0].count[measure] + full[1].count[measure]
        if count >= LEAST:
            right = [half[0].heads[measure] + half[1].heads[measure] for half in (full, eight)]
            changes.append((right[0] - right[1]).abs().max().item() / count)
    return max(changes)
