from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """A sentence in three parts, and the wrong answer that lies nearest."""

    prompt: str  # "When Mary and John went to the store, John gave a drink to"
    answer: str  # "Mary"; the next word
    rest: str  # what follows the answer without a space: "."
    foil: str  # "John"
    kind: str
    links: tuple = ()  # (guided head, character of the prompt that looks, character that it looks at)

    @property
    def text(self):
        return f"{self.prompt} {self.answer}{self.rest}"
