"""
A small table of characters as SentencePiece compiles it for its normaliser: `charsmap.txt`, in base 64.

    pip install sentencepiece==0.2.3 protobuf
    python tokenizing/charsmap.py

run in `models`. SentencePiece compiles a table only in training; the model trained here is thrown away.
"""

import base64
import io
import tempfile
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

# From, to: code points in hexadecimal, some runs to one, one to some, and one to nothing.
RULES = [
    "FF21\t41", "FF42\t62", "2460\t31", "BD\t31 2044 32", "E9\t65 301", "41 30A\tC5", "200B\t", "A0\t20", "3000\t20",
    "1F469 200D 1F467\t1F46A", "1112 1161 11AB\tD55C",
]  # fmt: skip


def main():
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules.tsv")
        rules.write_text("\n".join(RULES) + "\n", encoding="utf8")
        written = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["the brown dog ran"] * 10),
            model_writer=written,
            vocab_size=30,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(rules),
            minloglevel=2,
        )
    model = sentencepiece_model_pb2.ModelProto.FromString(written.getvalue())
    table = base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode()
    Path(__file__).with_name("charsmap.txt").write_text(table + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
