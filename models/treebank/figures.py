"""Counts and shares for the card: tags, relations, distances, overlap of words, how far a word tells its tag."""

from collections import Counter, defaultdict

from .draw import HELD_OUT

CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")


def words(sentences):
    return [row for sentence in sentences for row in sentence.rows]


def signatures(sentences):
    """Every combination of Penn tag, part of speech and features."""
    return {(row.xpos, row.upos, row.feats) for row in words(sentences)}


def shares(items):
    counts = Counter(items)
    return {item: count / counts.total() for item, count in counts.most_common()}


def mean_length(sentences):
    return len(words(sentences)) / len(sentences)


def tags_of_forms(sentences):
    tags = defaultdict(Counter)
    for row in words(sentences):
        tags[row.form.lower()][row.upos] += 1
    return tags


def word_identity(train, test):
    """Accuracy of each word's most frequent tag in train (ties: by name); unseen words get the most frequent of all."""
    tags = tags_of_forms(train)
    common = Counter(row.upos for row in words(train)).most_common(1)[0][0]
    best = {form: min(counts, key=lambda tag: (-counts[tag], tag)) for form, counts in tags.items()}
    seen = [(best[row.form.lower()] == row.upos) for row in words(test) if row.form.lower() in best]
    unseen = [row.upos == common for row in words(test) if row.form.lower() not in best]
    return {
        "accuracy": sum(seen + unseen) / len(seen + unseen),
        "accuracy_seen": sum(seen) / len(seen),
        "unseen_share": len(unseen) / len(seen + unseen),
        "majority": sum(row.upos == common for row in words(test)) / len(words(test)),
    }


def ambiguous_forms(train, test, at_least=2):
    """Forms (lower case) with two or more tags in both parts, each tag `at_least` so often in train, once in test."""
    in_train, in_test = tags_of_forms(train), tags_of_forms(test)
    found = {}
    for form in sorted(in_train):
        tags = sorted(tag for tag, count in in_train[form].items() if count >= at_least and in_test[form][tag])
        if len(tags) > 1:
            found[form] = tags
    return found


def held_out_figures(treebank):
    """How many content lemmas and words of test never occur in train or dev."""
    known = {row.lemma for name in ("train", "dev") for row in words(treebank[name]) if row.upos in CONTENT}
    content = [row.lemma for row in words(treebank["test"]) if row.upos in CONTENT]
    new = {lemma for lemma in content if lemma not in known}
    return {
        "lemmas": len(set(content)),
        "new_lemmas": len(new),
        "held_out_lemmas": len(new & HELD_OUT),
        "new_words": sum(lemma in new for lemma in content) / len(content),
    }


def distance_shares(sentences):
    """Head distance of all words but roots and punctuation, in bins; sign left out."""
    bins = [(1, 1), (2, 2), (3, 3), (4, 5), (6, 9), (10, 99)]
    distances = [abs(row.head - row.id) for row in words(sentences) if row.head and row.rel != "punct"]
    return {
        (str(low) if low == high else f"{low}–{high}" if high < 99 else f"{low} and more"): sum(
            low <= d <= high for d in distances
        )
        / len(distances)
        for low, high in bins
    }


def offset_table(sentences, least=100):
    """For each relation: how many, mean distance, and the offset (head − word) that is right most often, its share."""
    offsets = defaultdict(Counter)
    for row in words(sentences):
        if row.head:
            offsets[row.rel][row.head - row.id] += 1
    table = []
    for rel, counts in sorted(offsets.items(), key=lambda item: -item[1].total()):
        if counts.total() >= least:
            best, count = counts.most_common(1)[0]
            mean = sum(abs(offset) * n for offset, n in counts.items()) / counts.total()
            table.append((rel, counts.total(), mean, best, count / counts.total()))
    return table


def summary(sentences):
    """What is kept of another treebank to compare with: shares, not text."""
    cut = len(sentences) * 4 // 5
    return {
        "sentences": len(sentences),
        "mean_length": mean_length(sentences),
        "upos": shares(row.upos for row in words(sentences)),
        "relations": shares(row.rel for row in words(sentences)),
        "distances": distance_shares(sentences),
        "word_identity": word_identity(sentences[:cut], sentences[cut:]),
    }
