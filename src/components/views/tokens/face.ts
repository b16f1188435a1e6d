import { bytesIn } from "../../../lib/byteAlphabet.ts";

/** Marks by which tokenizers write the space before a word: Metaspace; byte-level BPE once its bytes are read. */
const SPACE_MARK = /^[▁ ]/;
/** What WordPiece puts in front of a piece that goes on with a word: the joint is drawn instead. */
const CONTINUES = /^##(?=.)/su;

/** Control characters other than tab and line end. */
const CONTROL = /[^\P{Cc}\t\n]/u;

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

/** What is needed of a token to show it. */
export interface Face {
  /** As the tokenizer writes it. */
  readonly piece: string;
  /** The characters that it covers, where they are known. */
  readonly text?: string;
}

/**
 * A piece as a reader sees it: bytes read as text, without the mark of its space or of its joint, with what is invisible made
 * visible.
 */
export function visiblePiece(piece: string): string {
  const bare = barePiece(piece);
  const spaces = /^[▁ ]*/.exec(bare)?.[0].length ?? 0;
  return spaces === bare.length ? "␣".repeat(spaces + 1) : "␣".repeat(spaces) + visible(bare.slice(spaces));
}

/** A piece exactly as the tokenizer writes it; only what is invisible is made visible. */
export function writtenPiece(piece: string): string {
  return visible(piece);
}

/**
 * The piece to show for a token. A piece of byte-level BPE may end within a character: it then shows the characters that
 * its bytes are part of.
 */
export function shownPiece({ piece, text }: Face): string {
  return text && isCutByte(piece) && !piece.includes(text) ? text : piece;
}

/** A piece without the mark of its space or of its joint. */
export function barePiece(piece: string): string {
  const text = readPiece(piece);
  return SPACE_MARK.test(text) ? text.slice(1) : text.replace(CONTINUES, "");
}

/** A piece with its bytes read as text, where they are text. */
export function readPiece(piece: string): string {
  return asText(piece) ?? piece;
}

/** The piece in quotation marks, for sentences. */
export function quoted(piece: string): string {
  return `“${visiblePiece(piece)}”`;
}

function visible(text: string): string {
  return Array.from(text.toWellFormed(), (letter) => UNSEEN[letter] ?? letter).join("");
}

/**
 * The text of a piece in the alphabet of bytes ("Ġcafé" is written "ĠcafÃ©"); undefined for one that is no such text, or
 * that would be a control character: "č" is a letter more often than a carriage return.
 */
function asText(piece: string): string | undefined {
  if (/^[ -~]*$/.test(piece)) return undefined;
  const bytes = bytesIn(piece);
  if (!bytes) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
    return CONTROL.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Bytes that cannot be told to be text by themselves. */
function isCutByte(piece: string): boolean {
  return !/^[ -~]*$/.test(piece) && bytesIn(piece) !== undefined && asText(piece) === undefined;
}
