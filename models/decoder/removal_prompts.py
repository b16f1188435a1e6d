"""
Prompts for the page on attention as an explanation: indirect objects and capitals in context that training never showed.

    python -m decoder.removal_prompts --out ../src/stored/removal/prompts.json
"""

import argparse
import json
import random
from pathlib import Path

from .tasks import capitals, indirect_objects

EACH = 30
SEED = 20


def removal_prompts():
    """As many of each task, in turns."""
    rng = random.Random(SEED)
    for _ in range(EACH):
        yield indirect_objects.draw(rng, unseen="pairs")
        yield capitals.in_context(rng, held_out=True, people=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    prompts = [dict(source=task.prompt, answer=task.answer, other=task.foil) for task in removal_prompts()]
    lines = ",\n".join(json.dumps(prompt, ensure_ascii=False) for prompt in prompts)
    options.out.write_text(f"[\n{lines}\n]\n", encoding="utf8")


if __name__ == "__main__":
    main()
