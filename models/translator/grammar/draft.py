"""A sentence under construction: English words, and French words that each know the English words they come from."""

from dataclasses import dataclass, field

from .french import elide


@dataclass
class Draft:
    english: list = field(default_factory=list)
    french: list = field(default_factory=list)  # (word, frozenset of English positions, tag)

    def say(self, word):
        """Append an English word; returns its position."""
        self.english.append(word)
        return len(self.english) - 1

    def write(self, word, sources, tag):
        """Append a French word that translates the English positions `sources` (one position or several)."""
        positions = {sources} if isinstance(sources, int) else set(sources)
        self.french.append((word, frozenset(positions), tag))


@dataclass(frozen=True)
class Pair:
    english: str
    french: str
    english_spans: list  # (start, end) of each word, in code points
    french_spans: list
    gold: list  # for each French word, the sorted positions of its English words
    tags: list  # for each French word


def join(words):
    """Words to text and spans. French puts a space before "?", never before ".", never after an apostrophe."""
    text, spans = "", []
    for i, word in enumerate(words):
        glued = i == 0 or word == "." or words[i - 1].endswith("'")
        text += "" if glued else " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def join_english(words):
    """As `join`, but "?" follows the word directly."""
    text, spans = join(words[:-1])
    return text + words[-1], spans + [(len(text), len(text) + len(words[-1]))]


def capitalise(word):
    return word[0].upper() + word[1:]


def finish(draft, mark):
    """Close a draft with "." or "?", elide, capitalise, and lay out both texts."""
    position = draft.say(mark)
    draft.write(mark, position, "PUNCT")
    english = [capitalise(draft.english[0])] + draft.english[1:]
    french = elide([word for word, _, _ in draft.french])
    french[0] = capitalise(french[0])
    english_text, english_spans = join_english(english)
    french_text, french_spans = join(french)
    gold = [sorted(sources) for _, sources, _ in draft.french]
    return Pair(english_text, french_text, english_spans, french_spans, gold, [tag for _, _, tag in draft.french])
