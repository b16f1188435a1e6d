"""
From data to served files in one command: train, export, fixtures, evaluation, card.

    python -m decoder.recipe --tatoeba fra.tsv

Stop it and start it again as you like: training goes on from its last checkpoint. With more --minutes it goes on from
where it ended. Get the data first; see ../README.md.
"""

import argparse
import json
import shutil
from pathlib import Path

from translator.corpus import HOME

from .card import CURVE, write_card
from .corpus import make_splits
from .evaluate import evaluate, report
from .export import export
from .fixtures import write_fixtures
from .train import MINUTES, Training

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "public/models/decoder-small"
FIXTURES = ROOT / "tests/fixtures/decoder-small"
WORK = ROOT / "models/build/decoder"


def keep_curve(work):
    """Copy the log, the checks and the settings of a training to where they are committed."""
    CURVE.mkdir(exist_ok=True)
    for name in ("training.csv", "checks.csv", "run.json"):
        shutil.copy(work / name, CURVE / name)


def publish(work, tatoeba):
    """Everything after training: served files, fixtures that belong to them, figures and card."""
    keep_curve(work)
    export(work, SERVED)
    revision = json.loads((SERVED / "manifest.json").read_text())["revision"]
    write_fixtures(work, FIXTURES, revision)
    figures, details = evaluate(SERVED, make_splits(tatoeba))
    report(figures, details)
    write_card(SERVED, figures, details)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tatoeba", type=Path, required=True, help=HOME)
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints and logs, not committed")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--publish-only", action="store_true", help="take the checkpoint as it is")
    options = parser.parse_args()
    if not options.publish_only:
        Training(options.work, options.tatoeba, options.minutes, options.seed).run()
    publish(options.work, options.tatoeba)


if __name__ == "__main__":
    main()
