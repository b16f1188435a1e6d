/**
 * Text to tokens that know which characters they cover. The pieces are transformers.js' own; what it does not keep, the
 * offsets, is followed here step by step: added tokens, normal form, pre-tokenizer, pieces.
 */
import { PreTrainedTokenizer } from "@huggingface/transformers";
import type { Token } from "../model.ts";
import { type Framing, framingOf } from "./framing.ts";
import { normaliseWithOrigin, type Span, wellFormed } from "./offsets.ts";
import { unfitTokenizer as unfit } from "./unfit.ts";
import { wordsOf } from "./words.ts";

const SPACE = "▁";

/** A piece with its id and the range of the text that it covers, the space before it included. */
interface Piece extends Span {
  readonly id: number;
  readonly piece: string;
  /** The characters as the tokenizer read them, in normal form. */
  readonly read: string;
}

/** A text as a model reads it. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** How many tokens were left out at its end. */
  readonly cut: number;
}

/** A BPE tokenizer with Metaspace, as transformers.js reads it from a model's folder. */
export class TextTokenizer {
  private readonly tokenizer: PreTrainedTokenizer;
  private readonly added: readonly string[];
  private readonly unknown: string;
  private readonly framing: Framing;

  /**
   * @param json `tokenizer.json`
   * @param config `tokenizer_config.json`
   */
  constructor(json: object, config: object) {
    this.tokenizer = new PreTrainedTokenizer(json, config);
    const inner = this.tokenizer._tokenizer;
    const added = Array.from(inner.get_added_tokens_decoder().values(), ({ content }) => content);
    this.added = added.sort((a, b) => b.length - a.length);
    this.unknown = this.tokenizer.unk_token ?? "";
    this.framing = framingOf(Object(json).post_processor);
  }

  /** Tokens of a text with those of the format around it; `instruction` is the text in front that is to be marked. */
  encode(text: string, instruction = ""): Token[] {
    return this.framed(this.written(text, instruction));
  }

  /** Tokens of a text as far as a model reads them, and how many of its own were cut off; the format's stay. */
  within(text: string, limit: number, instruction = ""): ReadText {
    const written = this.written(text, instruction);
    const { front, behind } = this.framing;
    const room = Math.max(0, limit - front.length - behind.length);
    return { text, tokens: this.framed(written.slice(0, room)), cut: Math.max(0, written.length - room) };
  }

  /** The text that some ids stand for, with their tokens; special ones stand for no text. */
  decode(ids: readonly number[]): { readonly text: string; readonly tokens: readonly Token[] } {
    const known = new Set(this.tokenizer.all_special_ids);
    let text = "";
    const pieces = ids.map((id): Piece => {
      const piece = this.piece(id);
      const read = known.has(id) ? "" : piece.replaceAll(SPACE, " ");
      const start = text.length;
      text += start === 0 && read.startsWith(" ") ? read.slice(1) : read;
      return { id, piece, read: bare(text.slice(start)), start, end: text.length };
    });
    const tokens = this.tokens(text, pieces, 0);
    return { text, tokens: tokens.map((token) => (known.has(token.id) ? this.special(token.id) : token)) };
  }

  /** A token that the model's format adds. */
  special(id: number): Token {
    return { id, piece: this.piece(id), text: "", start: 0, end: 0, word: -1, special: true, instruction: false };
  }

  /** The piece that an id stands for. */
  piece(id: number): string {
    return this.tokenizer._tokenizer.id_to_token(id) ?? this.unknown;
  }

  private framed(tokens: readonly Token[]): Token[] {
    const special = (id: number) => this.special(id);
    return [...this.framing.front.map(special), ...tokens, ...this.framing.behind.map(special)];
  }

  /** Tokens of what someone wrote. */
  private written(text: string, instruction: string): Token[] {
    const told = instruction.trimEnd();
    const toldUntil = told !== "" && text.startsWith(told) ? told.length : 0;
    return this.tokens(text, this.pieces(text), toldUntil);
  }

  /** Pieces of a text with their words. */
  private tokens(text: string, pieces: readonly Piece[], toldUntil: number): Token[] {
    const words = wordsOf(text);
    let word = 0;
    return pieces.map((piece) => {
      const { start, end } = withoutSpace(piece, text);
      while (word < words.length - 1 && (words[word]?.end ?? 0) <= start) word += 1;
      const instruction = end <= toldUntil;
      return { id: piece.id, piece: piece.piece, text: piece.read, start, end, word, special: false, instruction };
    });
  }

  private pieces(text: string): Piece[] {
    return this.sections(wellFormed(text)).flatMap(({ start, content, added }) => {
      if (!added) return this.textPieces(content, start);
      const id = this.idOf(content);
      return [{ id, piece: content, read: content, start, end: start + content.length }];
    });
  }

  /** Parts of a text between added tokens, and those that are written in it. */
  private sections(text: string): { start: number; content: string; added: boolean }[] {
    const pattern = this.added.map((content) => content.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
    if (pattern === "") return [{ start: 0, content: text, added: false }];
    let start = 0;
    return text.split(new RegExp(`(${pattern})`, "u")).flatMap((content, i) => {
      const section = { start, content, added: i % 2 === 1 };
      start += content.length;
      return content === "" ? [] : [section];
    });
  }

  /** Pieces of a part that holds no added token and starts at `offset` of the whole text. */
  private textPieces(part: string, offset: number): Piece[] {
    const { pre_tokenizer: preTokenizer, model } = this.tokenizer._tokenizer;
    if (!preTokenizer || !model) throw unfit("it has no pre-tokenizer or no model");
    const normal = normaliseWithOrigin(part);
    const chunks = preTokenizer.pre_tokenize(normal.text);
    // Metaspace writes a space in front of a text that has none.
    const inFront = chunks.reduce((sum, chunk) => sum + chunk.length, 0) - normal.text.length;
    if (inFront !== 0 && inFront !== 1) throw unfit("its pre-tokenizer changes the text");

    let at = -inFront;
    return chunks.flatMap((chunk) =>
      // One chunk at a time: unknown characters are joined within a chunk, never across two, as in Python.
      this.align(chunk, model._call([chunk])).map(({ piece, length }): Piece => {
        const from = Math.max(0, at);
        at += length;
        const { start, end } = normal.origin(from, at);
        const read = normal.text.slice(from, at);
        return { id: this.idOf(piece), piece, read: bare(read), start: offset + start, end: offset + end };
      }),
    );
  }

  /** How many UTF-16 units of its chunk each piece covers; an unknown piece covers the characters without a token. */
  private align(chunk: string, pieces: readonly string[]): { piece: string; length: number }[] {
    let at = 0;
    return pieces.map((piece) => {
      let length = piece.length;
      if (piece === this.unknown && !chunk.startsWith(piece, at)) {
        length = 0;
        for (const character of chunk.slice(at)) {
          if (this.tokenizer._tokenizer.token_to_id(character) !== undefined) break;
          length += character.length;
          if (!this.tokenizer._tokenizer.model?.fuse_unk) break;
        }
      }
      at += length;
      return { piece, length };
    });
  }

  private idOf(piece: string): number {
    const id = this.tokenizer._tokenizer.token_to_id(piece);
    if (id === undefined) throw unfit(`it has no id for ${piece}`);
    return id;
  }
}

/** The characters of a piece without the space before them; a piece that is a space alone keeps it. */
function bare(read: string): string {
  return read.length > 1 && (read.startsWith(" ") || read.startsWith(SPACE)) ? read.slice(1) : read;
}

function withoutSpace({ start, end }: Span, text: string): Span {
  return end - start > 1 && (text[start] === " " || text[start] === SPACE) ? { start: start + 1, end } : { start, end };
}
