"""From the words of a treebank to the tokens of a text, and back."""

import torch


def tokens_of_words(sentence, encoding):
    """
    The positions of each word's tokens, in the order of `sentence.rows`; None if a word has none.

    Words are looked for in the text one after the other, so that any spaces between them will do.
    """
    places, at = [], 0
    for row in sentence.rows:
        start = sentence.text.find(row.form, at)
        if start < 0:
            return None
        at = start + len(row.form)
        places.append(tokens_between(encoding, start, at))
    return places if all(places) else None


def tokens_between(encoding, start, end):
    """Positions of the tokens that hold some character of [start, end); [CLS] and [SEP] hold none."""
    return [i for i, (first, last) in enumerate(encoding.offsets) if first < last and first < end and last > start]


def membership(places, tokens):
    """[word, token]: 1 where a token belongs to a word."""
    matrix = torch.zeros(len(places), tokens)
    for word, positions in enumerate(places):
        matrix[word, positions] = 1
    return matrix


def between_words(attention, places):
    """
    Attention from word to word, [layer, head, word, word]: summed over the tokens of the word looked at, averaged over
    those of the word that looks (Clark et al. 2019, "What Does BERT Look at?", https://arxiv.org/abs/1906.04341).
    """
    member = membership(places, attention.shape[-1])
    mean = member / member.sum(1, keepdim=True)
    return mean @ attention @ member.T


def of_words(hidden, places):
    """Mean hidden state of each word's tokens, [layer + 1, word, width]."""
    member = membership(places, hidden.shape[1])
    return member / member.sum(1, keepdim=True) @ hidden
