"""
Pairs of the grammar with gold alignment, held out from training, for the page on which heads are scored.

    python -m translator.gold_pairs --out ../src/stored/gold-pairs.json
"""

import argparse
import json
import random
from pathlib import Path

from .corpus import GRAMMAR_SEED, draw_distinct_grammar, normalise
from .probes import read_probes

PAIRS = 200


def gold_pairs():
    """The first of the pairs that `make_splits` holds out."""
    banned = {normalise(probe.english) for probe in read_probes()}
    return draw_distinct_grammar(random.Random(GRAMMAR_SEED), PAIRS, banned)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pairs = [
        dict(english=pair.english, french=pair.french, words=len(pair.english_spans), gold=pair.gold)
        for pair in gold_pairs()
    ]
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False, separators=(",", ":")) for pair in pairs)
    options.out.write_text(f"[\n{lines}\n]\n", encoding="utf8")


if __name__ == "__main__":
    main()
