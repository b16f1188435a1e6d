"""A linear probe for parts of speech: logistic regression from the hidden state of a word to its universal tag."""

import warnings
from collections import Counter, defaultdict

from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

STEPS = 200  # of the solver; more changes the third digit


def accuracy_by_layer(words, tags, first_held_out):
    """
    Accuracy on the held-out words after each layer, the embeddings first.

    `words`: [layer + 1, word, width]; `tags`: one a word; words from `first_held_out` on are held out.
    """
    scores = []
    for layer in words.numpy():
        probe = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=STEPS))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            probe.fit(layer[:first_held_out], tags[:first_held_out])
        scores.append(float(probe.score(layer[first_held_out:], tags[first_held_out:])))
    return scores


def dictionary_accuracy(forms, tags, first_held_out):
    """What the most frequent tag of each word form reaches, and of all words for a form never seen."""
    by_form = defaultdict(Counter)
    for form, tag in zip(forms[:first_held_out], tags[:first_held_out]):
        by_form[form.lower()][tag] += 1
    usual = Counter(tags[:first_held_out]).most_common(1)[0][0]
    guess = lambda form: by_form[form.lower()].most_common(1)[0][0] if form.lower() in by_form else usual  # noqa: E731
    held_out = list(zip(forms[first_held_out:], tags[first_held_out:]))
    return sum(guess(form) == tag for form, tag in held_out) / len(held_out)
