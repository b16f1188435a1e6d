"""Draws the treebank and the minimal pairs, checks every tree, writes the files and their card.

    python -m treebank.make --out ../public/data/treebank

`--compare FILE.conllu` measures another treebank and stores its shares in `real_text.json`, which the card shows
beside ours.
"""

import argparse
import json
import random
import sys
from pathlib import Path

from . import agreement, card, figures
from .checks import problems
from .conllu import read, written
from .splits import draw_treebank


def compare_with(path, treebank):
    """Stores the shares of another treebank; prints which of our combinations of tags and features it lacks."""
    sentences = read(path)
    theirs, ours = (figures.signatures(each) for each in (sentences, sum(treebank.values(), [])))
    print(f"tags and features that {path.name} lacks:", sorted(map(str, ours - theirs)) or "none")
    random.Random(0).shuffle(sentences)
    summary = figures.summary(sentences)
    card.REAL_TEXT.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def files(treebank, pairs):
    """{name: content} of all that is served."""
    texts = {f"{name}.conllu": "".join(map(written, sentences)) for name, sentences in treebank.items()}
    return texts | {"agreement.tsv": agreement.table(pairs), "README.md": card.fill(treebank, pairs)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the served files")
    parser.add_argument("--compare", type=Path, help="a CoNLL-U file to compare with")
    arguments = parser.parse_args()

    treebank, pairs = draw_treebank(), agreement.draw_pairs()
    if arguments.compare:
        compare_with(arguments.compare, treebank)
    wrong = [problem for sentences in treebank.values() for sentence in sentences for problem in problems(sentence)]
    if wrong:
        sys.exit("\n".join(["Nothing written: these trees break a rule.", *wrong[:20]]))

    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, content in files(treebank, pairs).items():
        (arguments.out / name).write_text(content, encoding="utf-8")
    print(f"{sum(map(len, treebank.values())):,} sentences and {len(pairs):,} pairs in {arguments.out}")


if __name__ == "__main__":
    main()
