"""From words to tokens: which token belongs to which word."""

from .corpus import PREFIX


def words_of_tokens(offsets, spans, shift=0):
    """
    Index of the word that each token overlaps most, or -1.

    `offsets`: (start, end) of each token. `spans`: (start, end) of each word, `shift` characters further on.
    """
    return [_best_word(start - shift, end - shift, spans) for start, end in offsets]


def _best_word(start, end, spans):
    overlaps = [min(end, word_end) - max(start, word_start) for word_start, word_end in spans]
    best = max(range(len(spans)), key=overlaps.__getitem__, default=-1)
    return best if spans and overlaps[best] > 0 else -1


def gold_token_alignment(pair, source, target):
    """
    (target token, [source tokens]) for each target token of a grammar pair that belongs to a word.

    `source` encodes the prefix and the English, `target` the French (both `tokenizers.Encoding`).
    """
    source_words = words_of_tokens(source.offsets, pair.english_spans, len(PREFIX))
    target_words = words_of_tokens(target.offsets, pair.french_spans)
    tokens_of_word = {}
    for token, word in enumerate(source_words):
        tokens_of_word.setdefault(word, []).append(token)
    return [
        (token, [t for english in pair.gold[word] for t in tokens_of_word.get(english, [])])
        for token, word in enumerate(target_words)
        if word >= 0
    ]
