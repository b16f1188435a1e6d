"""Words that know their heads, and phrases: words in order with one of them on top.

A tree is made by hanging phrases on words; a sentence is the list of its words. Since order and heads are independent,
a fronted question word may depend on a verb far to its right (a non-projective tree) without special treatment.
"""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict = field(default_factory=dict)
    head: "Word | None" = None
    rel: str = "root"
    glued: bool = False  # no space before it: the comma, 's, n't


@dataclass
class Phrase:
    """Words in order and the one on top; person and number are those of a subject."""

    words: list
    head: Word
    person: int = 3
    number: str = "Sing"


def hang(part, head, rel):
    """Make `part` (a word or a phrase) a dependent of `head`; returns its words, to be put in order."""
    top = part.head if isinstance(part, Phrase) else part
    top.head, top.rel = head, rel
    return part.words if isinstance(part, Phrase) else [part]


def comma():
    return Word(",", ",", "PUNCT", ",", glued=True)


def text_of(words):
    return "".join(("" if i == 0 or word.glued else " ") + word.form for i, word in enumerate(words))


def close(words, mark):
    """Add the final mark, hung on the root, and write the first letter in upper case. "a" before a vowel is "an".

    Word order is final here, so this is also where doubled commas go.
    """
    root = next(word for word in words if word.rel == "root")
    words = [word for word, following in zip(words, [*words[1:], None]) if not spare_comma(word, following)]
    stop = Word(mark, mark, "PUNCT", ".", glued=True)
    words = words + hang(stop, root, "punct")
    for word, following in zip(words, words[1:]):
        if word.form == "a":
            word.form = "an" if starts_with_vowel_sound(following.form) else "a"
    words[0].form = words[0].form[0].upper() + words[0].form[1:]
    return words


def spare_comma(word, following):
    """The comma that closes an apposition is not written before another comma or at the end."""
    return word.form == "," and (following is None or following.form == ",")


def starts_with_vowel_sound(form):
    return form[0] in "aeiou" and not form.startswith(("uni", "use", "one")) or form.startswith(("hour", "honest"))
