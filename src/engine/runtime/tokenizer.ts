/**
 * Text to tokens that know which characters they cover. The pieces are transformers.js' own; what it does not keep, the
 * offsets, is followed here step by step: added tokens, normaliser, pre-tokenizer, pieces.
 */
import { PreTrainedTokenizer } from "@huggingface/transformers";
import type { Token } from "../model.ts";
import { addedTokensOf, type Section } from "./text/addedTokens.ts";
import { type Decoder, decoderOf } from "./text/decoders.ts";
import { type Followed, follow, type Span, wellFormed } from "./text/followed.ts";
import { type Framing, framingOf } from "./text/framing.ts";
import { part } from "./text/json.ts";
import { normaliserOf } from "./text/normalisers.ts";
import { type PieceModel, pieceModelOf } from "./text/pieces.ts";
import { type PreTokenizer, preTokenizerOf } from "./text/preTokenizers.ts";
import { unfitTokenizer } from "./text/unfit.ts";
import { wordsOf } from "./words.ts";

/** A text as a model reads it. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** How many tokens were left out at its end. */
  readonly cut: number;
}

/** A token with the range of the text that it covers, the space before it included. */
interface Piece extends Span {
  readonly id: number;
}

/** What melts into the character before it: accents, the later letters of a Korean syllable. */
const MELTED = /^[\p{M}\u1160-\u11ff]+/u;

/** A tokenizer of any kind that `tokenizer.json` describes and that can be followed. */
export class TextTokenizer {
  private readonly tokenizer: PreTrainedTokenizer;
  private readonly framing: Framing;
  private readonly sections: (letters: Followed) => Section[];
  private readonly split: PreTokenizer;
  private readonly pieces: PieceModel;
  private readonly decoder: Decoder;

  /**
   * Throws "graph" for a kind that cannot be followed.
   * @param json `tokenizer.json`
   * @param config `tokenizer_config.json`
   */
  constructor(json: object, config: object) {
    const file = part(json);
    this.tokenizer = made(json, config);
    const { normalizer, pre_tokenizer, decoder } = this.tokenizer._tokenizer;
    this.framing = framingOf(file.post_processor);
    this.sections = addedTokensOf(file.added_tokens, normaliserOf(file.normalizer, normalizer));
    this.split = preTokenizerOf(file.pre_tokenizer, pre_tokenizer);
    this.pieces = pieceModelOf(part(file.model), this.tokenizer);
    // Python cleans up only if the file says so, transformers.js unless it says no.
    this.decoder = decoderOf(file.decoder, decoder, part(config).clean_up_tokenization_spaces === true);
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
    const special = new Set(this.tokenizer.all_special_ids);
    const told = ids.filter((id) => !special.has(id));
    const { text, spans } = this.decoder(told.map((id) => this.piece(id)));
    const pieces = told.map((id, i): Piece => ({ id, ...(spans[i] ?? { start: text.length, end: text.length }) }));
    const tokens = this.tokens(text, pieces, 0)[Symbol.iterator]();
    return { text, tokens: ids.map((id) => (special.has(id) ? undefined : tokens.next().value) ?? this.special(id)) };
  }

  /** A token that the model's format adds. */
  special(id: number): Token {
    return { id, piece: this.piece(id), text: "", start: 0, end: 0, word: -1, special: true, instruction: false };
  }

  /** The piece that an id stands for. */
  piece(id: number): string {
    return this.tokenizer._tokenizer.id_to_token(id) ?? this.tokenizer.unk_token ?? "";
  }

  private framed(tokens: readonly Token[]): Token[] {
    const special = (id: number) => this.special(id);
    return [...this.framing.front.map(special), ...tokens, ...this.framing.behind.map(special)];
  }

  /** Tokens of what someone wrote. */
  private written(text: string, instruction: string): Token[] {
    const told = instruction.trimEnd();
    const toldUntil = told !== "" && text.startsWith(told) ? told.length : 0;
    const pieces = this.sections(follow(text)).flatMap(({ id, letters }) =>
      id === undefined ? this.split(letters).flatMap((chunk) => this.pieces(chunk)) : [{ id, letters }],
    );
    const spans = pieces.map(({ id, letters }): Piece => ({ id, ...spanOf(letters) }));
    return this.tokens(text, spans, toldUntil);
  }

  /** Pieces of a text with their words. */
  private tokens(text: string, pieces: readonly Piece[], toldUntil: number): Token[] {
    const words = wordsOf(text);
    let word = 0;
    return pieces.map((piece, i) => {
      const { start, end } = withoutSpace(piece, text);
      while (word < words.length - 1 && (words[word]?.end ?? 0) <= start) word += 1;
      const shown = shownText(text, { start, end }, pieces[i + 1]?.start ?? text.length);
      const instruction = end <= toldUntil;
      return { id: piece.id, piece: this.piece(piece.id), text: shown, start, end, word, special: false, instruction };
    });
  }
}

/** The tokenizer as transformers.js makes it; it throws errors of its own for parts that it does not know. */
function made(json: object, config: object): PreTrainedTokenizer {
  try {
    return new PreTrainedTokenizer(json, config);
  } catch (error) {
    throw unfitTokenizer(String(error));
  }
}

function spanOf(letters: Followed): Span {
  return { start: letters[0]?.start ?? 0, end: letters.at(-1)?.end ?? 0 };
}

/** The range without the one space in front; a range that is a space alone keeps it. */
function withoutSpace({ start, end }: Span, text: string): Span {
  return end - start > 1 && (text[start] === " " || text[start] === "▁") ? { start: start + 1, end } : { start, end };
}

/** The characters of a range, with what melted into the last of them and is counted to no token. */
function shownText(text: string, { start, end }: Span, next: number): string {
  const melted = end > start ? (MELTED.exec(text.slice(end, Math.max(end, next)))?.[0] ?? "") : "";
  return wellFormed(text.slice(start, end) + melted);
}
