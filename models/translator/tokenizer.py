"""The tokenizer: byte-pair encoding with Metaspace, written so that transformers.js reads it the same way."""

import random

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from .capitals import capital_pairs
from .corpus import PREFIX, draw_grammar

VOCABULARY = 5000
SPECIAL = ["<pad>", "</s>", "<unk>"]  # ids 0, 1, 2
FRENCH_LETTERS = "▁éèêëàâçîïôûùœÉÈÊÀÂÇÎÔ«»"
GRAMMAR_SENTENCES = 15000
CAPITAL_REPEATS = 12
# A word keeps the apostrophe that ends it (J' | ai); words and marks never share a piece.
WORDS_AND_MARKS = r"▁?[\p{L}\p{N}]+'?|▁?[^\p{L}\p{N}▁]|▁"


def training_texts(splits):
    """Everything the model reads or writes in training."""
    grammar = draw_grammar(random.Random(1), GRAMMAR_SENTENCES, splits.banned)
    texts = [PREFIX + english for english, _ in splits.train] + [french for _, french in splits.train]
    texts += [PREFIX + pair.english for pair in grammar] + [pair.french for pair in grammar]
    return texts + [text for pair in capital_pairs(held_out=False) for text in pair] * CAPITAL_REPEATS


def empty_tokenizer():
    # One <unk> a character: transformers.js would fuse them across words, this library only within one.
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=False))
    tokenizer.normalizer = normalizers.NFC()
    # Split must be "isolated": the only behaviour that transformers.js repeats exactly.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(prepend_scheme="always"), pre_tokenizers.Split(Regex(WORDS_AND_MARKS), "isolated")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    return tokenizer


def train_tokenizer(splits):
    tokenizer = empty_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        min_frequency=2,
        limit_alphabet=200,
        show_progress=False,
        initial_alphabet=[chr(code) for code in range(33, 127)] + list(FRENCH_LETTERS),
    )
    tokenizer.train_from_iterator(training_texts(splits), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
    )
    return tokenizer


def save_tokenizer(tokenizer, folder):
    """Write tokenizer.json and tokenizer_config.json for `AutoTokenizer`."""
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        model_max_length=512,
        clean_up_tokenization_spaces=False,  # French keeps its space before "?" and "!"
    ).save_pretrained(folder)
