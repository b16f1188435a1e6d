"""
Test fixtures for the engine's tokenizer: what the Python library says about a hundred odd texts.

    python tokenizing/make.py --out ../tests/fixtures/tokenizers [--train] [--real encoder-minilm=FOLDER ...]

run in `models`. The tokenizers of `kinds.py` are kept as they lie in the folder: the library's trainer breaks ties by chance.
`--train` makes them anew. `--real` writes the answers alone of a model's own tokenizer, which the tests read from
`public/models/NAME`.
"""

import argparse
import json
import random
from pathlib import Path

import tokenizers
import transformers
from kinds import KINDS
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

TEXTS = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf8"))
DRAWN = 40  # runs of random ids, to be decoded
LONGEST_RUN = 12


def utf16_offsets(text, offsets):
    """Offsets in code points to offsets in UTF-16 code units, which JavaScript counts."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [[units[start], units[end]] for start, end in offsets]


def describe(tokenizer, decode, text):
    """The text as tokens and back."""
    encoding = tokenizer.encode(text)
    return dict(
        ids=encoding.ids,
        pieces=[tokenizer.id_to_token(id) for id in encoding.ids],
        offsets=utf16_offsets(text, encoding.offsets),
        decoded=decode(encoding.ids),
    )


def drawn_ids(tokenizer, decode):
    rng = random.Random(7)
    size = tokenizer.get_vocab_size()
    runs = [[rng.randrange(size) for _ in range(rng.randint(1, LONGEST_RUN))] for _ in range(DRAWN)]
    return [dict(ids=ids, decoded=decode(ids)) for ids in runs]


def decoding(tokenizer, config):
    """Ids to text as transformers does it: it may clean up spaces after the library."""
    special = {key: value for key, value in config.items() if key.endswith("_token")}
    spaces = config.get("clean_up_tokenization_spaces", False)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, clean_up_tokenization_spaces=spaces, **special)
    return lambda ids: fast.decode(ids, skip_special_tokens=True)


def untrimmed(processor):
    """The post-processor without its trimming of offsets: the engine counts spaces by a rule of its own."""
    if processor is None:
        return None
    changed = dict(processor)
    if "trim_offsets" in processor:
        changed["trim_offsets"] = False
    if "processors" in processor:
        changed["processors"] = [untrimmed(each) for each in processor["processors"]]
    return changed


def answers(content, config):
    whole = dict(content, truncation=None, padding=None, post_processor=untrimmed(content["post_processor"]))
    tokenizer = Tokenizer.from_str(json.dumps(whole))
    decode = decoding(Tokenizer.from_str(json.dumps(whole)), config)
    return dict(
        versions=dict(tokenizers=tokenizers.__version__, transformers=transformers.__version__),
        texts=[describe(tokenizer, decode, text) for text in TEXTS],
        drawn=drawn_ids(tokenizer, decode),
    )


def kept(path):
    fixture = json.loads(path.read_text(encoding="utf8"))
    return fixture["tokenizer"], fixture["config"]


def trained(kind):
    tokenizer, config = kind(TEXTS)
    return json.loads(tokenizer.to_str()), config


def write(path, content):
    path.write_text(json.dumps(content, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf8")
    print(path, path.stat().st_size)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--train", action="store_true", help="make the small tokenizers anew")
    parser.add_argument("--real", nargs="*", default=[], metavar="NAME=FOLDER")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    write(options.out / "texts.json", TEXTS)
    for kind in KINDS:
        path = options.out / f"{kind.__name__.replace('_', '-')}.json"
        content, config = kept(path) if path.exists() and not options.train else trained(kind)
        write(path, dict(tokenizer=content, config=config, **answers(content, config)))
    for name, folder in (real.split("=", 1) for real in options.real):
        config = json.loads(Path(folder, "tokenizer_config.json").read_text(encoding="utf8"))
        content = json.loads(Path(folder, "tokenizer.json").read_text(encoding="utf8"))
        write(options.out / f"{name}.json", answers(content, config))


if __name__ == "__main__":
    main()
