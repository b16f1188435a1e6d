"""
From the package to served files in one command: export, fixtures, evaluation, card.

    python -m encoder.recipe --ewt en_ewt-train-subset.conllu

Nothing is trained. Without --ewt the card stays as it is. See README.md.
"""

import argparse
import json
from pathlib import Path

import torch

from .card import write_card
from .evaluate import EWT_HOME, evaluate, report
from .export import export
from .fixtures import write_fixtures

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "public/models/encoder-minilm"
FIXTURES = ROOT / "tests/fixtures/encoder-minilm"


def publish(ewt):
    export(SERVED)
    revision = json.loads((SERVED / "manifest.json").read_text())["revision"]
    write_fixtures(FIXTURES, revision)
    if ewt is not None:
        figures, details = evaluate(SERVED, ewt)
        report(figures, details)
        write_card(SERVED, figures, details)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ewt", type=Path, help=EWT_HOME)
    options = parser.parse_args()
    torch.set_num_threads(1)
    publish(options.ewt)


if __name__ == "__main__":
    main()
