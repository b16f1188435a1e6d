"""CoNLL-U, written and read: ten columns, comments `sent_id` and `text`, an empty line after each sentence."""

from dataclasses import dataclass

from .words import text_of


@dataclass(frozen=True)
class Row:
    """A word as it stands in the file; `head` counts from 1, 0 is the root."""

    id: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: tuple  # of (name, value), sorted
    head: int
    rel: str
    space_after: bool


@dataclass(frozen=True)
class Sentence:
    sent_id: str
    text: str
    rows: tuple


def rows_of(words):
    position = {id(word): i for i, word in enumerate(words, 1)}
    spaces = [not following.glued for following in words[1:]] + [True]
    return tuple(
        Row(
            i,
            w.form,
            w.lemma,
            w.upos,
            w.xpos,
            tuple(sorted(w.feats.items())),
            0 if w.head is None else position[id(w.head)],
            w.rel,
            space,
        )
        for i, (w, space) in enumerate(zip(words, spaces), 1)
    )


def sentence_of(sent_id, words):
    return Sentence(sent_id, text_of(words), rows_of(words))


def written(sentence):
    lines = [f"# sent_id = {sentence.sent_id}", f"# text = {sentence.text}"]
    for row in sentence.rows:
        feats = "|".join(f"{name}={value}" for name, value in row.feats) or "_"
        misc = "_" if row.space_after else "SpaceAfter=No"
        lines.append(
            "\t".join([str(row.id), row.form, row.lemma, row.upos, row.xpos, feats, str(row.head), row.rel, "_", misc])
        )
    return "\n".join(lines) + "\n\n"


def read(path):
    """All sentences of a file; lines of multiword tokens and empty nodes are passed over."""
    sentences = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().splitlines()
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = tuple(read_row(line) for line in lines if line[:1].isdigit() and line.split("\t")[0].isdigit())
        if rows:
            sentences.append(Sentence(comments.get("sent_id", ""), comments.get("text", ""), rows))
    return sentences


def read_row(line):
    id_, form, lemma, upos, xpos, feats, head, rel, _, misc = line.split("\t")
    pairs = () if feats == "_" else tuple(tuple(pair.split("=", 1)) for pair in feats.split("|"))
    return Row(int(id_), form, lemma, upos, xpos, pairs, int(head), rel, "SpaceAfter=No" not in misc)
