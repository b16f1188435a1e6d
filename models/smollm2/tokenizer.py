"""
The tokenizer, mended.

What transformers rebuilds from a GGUF file has the right vocabulary and merges, and all else of a Llama: it puts
`<|im_start|>` in front of every text, ends a text with it, and joins digits. SmolLM2 was trained otherwise.
"""

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import GPT2TokenizerFast
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

from .source import FILE, package_folder

START, END, UNKNOWN = "<|im_start|>", "<|im_end|>", "<|endoftext|>"  # ids 1, 2, 0
CONTROL = 3  # the type that a GGUF file gives to tokens that stand for no text
LONGEST = 8192  # tokens


def load_tokenizer():
    """As the model was trained: byte-level BPE, digits one by one, nothing put around a text."""
    parts = load_gguf_checkpoint(package_folder() / FILE)["tokenizer"]
    vocabulary = {piece: index for index, piece in enumerate(parts["tokens"])}
    merges = [tuple(merge.split(" ")) for merge in parts["merges"]]
    special = [piece for piece, kind in zip(parts["tokens"], parts["token_type"]) if kind == CONTROL]
    return build(vocabulary, merges, special)


def build(vocabulary, merges, special):
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(piece, normalized=False, special=True) for piece in special])
    return tokenizer


def save_tokenizer(tokenizer, folder, chat_template=None):
    """Write tokenizer.json and tokenizer_config.json for `AutoTokenizer`."""
    GPT2TokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=START,
        eos_token=END,
        pad_token=END,
        unk_token=UNKNOWN,
        model_max_length=LONGEST,
        clean_up_tokenization_spaces=False,
        chat_template=chat_template,
    ).save_pretrained(folder)
