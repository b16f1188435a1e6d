/** Marks by which tokenizers write the space before a word: Metaspace, byte-level BPE. */
const SPACE_MARKS = /^[▁Ġ]/;

/** Characters that would leave a hole or break a line: shown by a stand-in from Unicode's control pictures. */
const UNSEEN: Readonly<Record<string, string>> = {
  "\n": "↵",
  "\r": "␍",
  "\t": "⇥",
  "\u0000": "␀",
  "\u00a0": "⍽",
  "\u200b": "∅",
  "\u200c": "∅",
  "\u200d": "⁀",
  "\ufeff": "∅",
};

/** A piece as a reader sees it: without the mark of its space, with what is invisible made visible. */
export function visiblePiece(piece: string): string {
  const bare = piece.replace(SPACE_MARKS, "");
  if (bare === "") return "␣";
  return Array.from(bare.toWellFormed(), (letter) => UNSEEN[letter] ?? letter).join("");
}

/** The piece in quotation marks, for sentences. */
export function quoted(piece: string): string {
  return `“${visiblePiece(piece)}”`;
}
