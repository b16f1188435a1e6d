"""The tokenizer: byte-pair encoding with Metaspace as the translator's, in which every name and number word is one piece."""

import random

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import decoders as tokenizer_decoders
from transformers import PreTrainedTokenizerFast

from translator.capitals import CAPITALS

from .names import NAMES
from .tasks import agreement, capitals, indirect_objects

VOCABULARY = 4000
START = "<|endoftext|>"  # begins every text and ends it, as in GPT-2
SPECIAL = [START, "<unk>"]  # ids 0, 1
LONGEST = 96  # tokens
# Words and marks never share a piece; "Jack's" is Jack | ' | s.
WORDS_AND_MARKS = r"▁?[\p{L}\p{N}]+|▁?[^\p{L}\p{N}▁]|▁"
TASK_SENTENCES = 12000  # of each task
NAME_REPEATS = 300


def training_texts(splits):
    rng = random.Random(7)
    tasks = [
        draw(rng).text for draw in (indirect_objects.draw, capitals.draw, agreement.draw) for _ in range(TASK_SENTENCES)
    ]
    words = NAMES + [word for pair in CAPITALS for word in pair]
    return splits.train + tasks + words * NAME_REPEATS


def empty_tokenizer():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=False))
    tokenizer.normalizer = normalizers.NFC()
    # A text gets a space in front, so that a name is the same piece at the start of a sentence and within it.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(prepend_scheme="always"), pre_tokenizers.Split(Regex(WORDS_AND_MARKS), "isolated")]
    )
    tokenizer.decoder = tokenizer_decoders.Metaspace(prepend_scheme="always")
    return tokenizer


def train_tokenizer(splits):
    tokenizer = empty_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        min_frequency=2,
        limit_alphabet=150,
        show_progress=False,
        initial_alphabet=[chr(code) for code in range(33, 127)] + ["▁"],
    )
    tokenizer.train_from_iterator(training_texts(splits), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{START} $A", special_tokens=[(START, 0)])
    return tokenizer


def save_tokenizer(tokenizer, folder):
    """Write tokenizer.json and tokenizer_config.json for `AutoTokenizer`."""
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=START,
        eos_token=START,
        unk_token="<unk>",
        model_max_length=LONGEST,
        clean_up_tokenization_spaces=False,
    ).save_pretrained(folder)
