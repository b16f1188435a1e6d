"""
From the package's weights to served files in one command: export, check against PyTorch, card.

    python -m smollm2.recipe

Files that are whole already are left as they are. The engine's fixtures and the committed card are written with --renew.
"""

import argparse
import json
from pathlib import Path

from .card import COMMITTED, keep_card, take_card, write_card
from .evaluate import evaluate
from .export import export
from .fixtures import write_fixtures
from .manifest import whole
from .source import load_network
from .tokenizer import load_tokenizer

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "public/models/smollm2-135m"
FIXTURES = ROOT / "tests/fixtures/smollm2-135m"


def revision(folder):
    return json.loads((folder / "manifest.json").read_text())["revision"]


def build(out, renew):
    network, tokenizer = load_network(), load_tokenizer()
    export(network, tokenizer, out, None if renew else COMMITTED / "golden.json")
    figures, details = evaluate(out, network, tokenizer)
    print("\n".join(f"{name}: {figure['value']}" for name, figure in figures.items()))
    if renew:
        write_card(out, figures, details)
        keep_card(out)
        write_fixtures(network, tokenizer, FIXTURES, revision(out))
    elif revision(out) == revision(COMMITTED):
        take_card(out)
    else:
        print("The files differ from those of the committed card: other versions of packages made them.")
        write_card(out, figures, details)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SERVED)
    parser.add_argument("--renew", action="store_true", help="write fixtures and committed card too")
    options = parser.parse_args()
    if whole(options.out) and not options.renew:
        print(f"{options.out} is whole: nothing to do.")
        return
    options.out.parent.mkdir(parents=True, exist_ok=True)
    build(options.out.resolve(), options.renew)


if __name__ == "__main__":
    main()
