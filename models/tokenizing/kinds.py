"""Small tokenizers, one of each kind that the Hub's models use, trained on the odd texts themselves."""

import base64
import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

BERT_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
# Llama 3's pattern, to which the ones of Qwen and of GPT-4 are close.
WORDS_NUMBERS_MARKS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PIECES = 700
CHARSMAP = Path(__file__).with_name("charsmap.txt")
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def train(tokenizer, trainer, texts, **settings):
    tokenizer.train_from_iterator(texts, trainer(vocab_size=PIECES, show_progress=False, **settings))
    return tokenizer


def bert(texts, lowercase):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=40))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase, strip_accents=None)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(cleanup=True)
    # A small alphabet, so that some words stay unknown.
    train(tokenizer, trainers.WordPieceTrainer, texts, special_tokens=BERT_SPECIAL, limit_alphabet=150)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer, dict(tokenizer_class="BertTokenizer", unk_token="[UNK]", clean_up_tokenization_spaces=True)


def bert_uncased(texts):
    return bert(texts, lowercase=True)


def bert_cased(texts):
    return bert(texts, lowercase=False)


def byte_level(texts, pre_tokenizer, special):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    return train(
        tokenizer,
        trainers.BpeTrainer,
        texts,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )


def smollm(texts):
    digits = pre_tokenizers.Digits(individual_digits=True)
    before = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer = byte_level(texts, before, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    return tokenizer, dict(unk_token="<|endoftext|>", clean_up_tokenization_spaces=False)


def roberta(texts):
    special = ["<s>", "<pad>", "</s>", "<unk>", AddedToken("<mask>", lstrip=True, special=True)]
    tokenizer = byte_level(texts, pre_tokenizers.ByteLevel(add_prefix_space=True), special)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=False)
    return tokenizer, dict(unk_token="<unk>", clean_up_tokenization_spaces=True)


def llama3(texts):
    split = pre_tokenizers.Split(Regex(WORDS_NUMBERS_MARKS), "isolated")
    before = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer = byte_level(texts, before, ["<|begin_of_text|>", "<|end_of_text|>"])
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.model.ignore_merges = True
    template = processors.TemplateProcessing(
        single="<|begin_of_text|> $A", special_tokens=[("<|begin_of_text|>", 0)]
    )
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), template])
    return tokenizer, dict(clean_up_tokenization_spaces=True)


def llama2(texts):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    train(tokenizer, trainers.BpeTrainer, texts, special_tokens=["<unk>", "<s>", "</s>", *BYTES], limit_alphabet=150)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return without_added_bytes(tokenizer), dict(unk_token="<unk>", clean_up_tokenization_spaces=False)


def without_added_bytes(tokenizer):
    """The trainer adds the bytes as special tokens, which a text might hold; in Llama they are ordinary pieces."""
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] not in BYTES]
    return Tokenizer.from_str(json.dumps(content))


def t5(texts):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Precompiled(base64.b64decode(CHARSMAP.read_text()))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="first")
    short = [text[:40] for text in texts]
    train(tokenizer, trainers.UnigramTrainer, short, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>")
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return tokenizer, dict(unk_token="<unk>", clean_up_tokenization_spaces=False)


def unigram(texts):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    train(
        tokenizer,
        trainers.UnigramTrainer,
        [text[:40] for text in texts],
        special_tokens=["<pad>", "</s>", "<unk>"],
        unk_token="<unk>",
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return tokenizer, dict(unk_token="<unk>", clean_up_tokenization_spaces=False)


def marks_apart(texts):
    """Pre-tokenizers that no model above has, on top of normal form KD without accents."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Strip(), normalizers.Replace(Regex("e+"), "e")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Whitespace(),
            pre_tokenizers.Punctuation("merged_with_previous"),
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.Split("b", "merged_with_next"),
            pre_tokenizers.Split(Regex("x{2}"), "contiguous"),
            pre_tokenizers.Split("z", "removed"),
        ]
    )
    train(tokenizer, trainers.BpeTrainer, texts, special_tokens=["<unk>", "<s>"], limit_alphabet=150)
    tokenizer.add_tokens([AddedToken("Café", single_word=True, normalized=True), AddedToken("dog", rstrip=True)])
    tokenizer.post_processor = processors.BertProcessing(("<s>", 1), ("<s>", 1))
    return tokenizer, dict(unk_token="<unk>", clean_up_tokenization_spaces=False)


KINDS = [bert_uncased, bert_cased, smollm, roberta, llama3, llama2, t5, unigram, marks_apart]
