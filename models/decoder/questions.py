"""Ask a model the tasks: is the answer its first choice, and by how much does it prefer it to the foil?"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Answers:
    exact: np.ndarray  # [task] the whole answer is the model's first choice, token by token
    difference: np.ndarray  # [task] logit of the answer's first token less that of the foil's

    @property
    def preferred(self):
        return self.difference > 0


def pad(rows):
    """[row, token] of ids; padding stands behind, where no real token can look."""
    width = max(map(len, rows))
    return np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)


def ask(logits_of, tokenizer, tasks, batch=50):
    """`logits_of`: ids [row, token] -> logits [row, token, vocabulary]."""
    exact, difference = [], []
    for first in range(0, len(tasks), batch):
        some = tasks[first : first + batch]
        starts = [len(tokenizer.encode(task.prompt).ids) for task in some]
        rows = [tokenizer.encode(f"{task.prompt} {task.answer}").ids for task in some]
        foils = [tokenizer.encode(f"{task.prompt} {task.foil}").ids[start] for task, start in zip(some, starts)]
        logits = logits_of(pad(rows))
        for of_row, ids, start, foil in zip(logits, rows, starts, foils):
            guesses = of_row[start - 1 : len(ids) - 1].argmax(-1)
            exact.append(guesses.tolist() == ids[start:])
            difference.append(of_row[start - 1, ids[start]] - of_row[start - 1, foil])
    return Answers(np.array(exact), np.array(difference))
