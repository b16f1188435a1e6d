/** A model's pieces of a chunk of text, each with the characters that it covers. The pieces are transformers.js' own. */
import type { PreTrainedTokenizer } from "@huggingface/transformers";
import { bytesOf } from "./bytes.ts";
import { type Followed, textOf } from "./followed.ts";
import { type Json, textIn } from "./json.ts";
import { unfitTokenizer } from "./unfit.ts";

/** A piece by its id, on a part of the chunk. */
export interface ChunkPiece {
  readonly id: number;
  readonly letters: Followed;
}

/** Finds the pieces of a chunk. */
export type PieceModel = (chunk: Followed) => ChunkPiece[];

/** A model with what is needed to follow it. */
interface Vocabulary {
  readonly idOf: (piece: string) => number | undefined;
  readonly piecesOf: (text: string) => string[];
  /** Id of the unknown token, if the model has one. */
  readonly unknown: number | undefined;
  readonly json: Json;
}

/**
 * The model of a `tokenizer.json`. Throws "graph" for one that cannot be followed.
 * @param tokenizer the same as transformers.js read it
 */
export function pieceModelOf(json: Json, { _tokenizer: inner }: PreTrainedTokenizer): PieceModel {
  const { model } = inner;
  if (!model) throw unfitTokenizer("it has no model");
  const vocabulary: Vocabulary = {
    idOf: (piece) => inner.token_to_id(piece),
    piecesOf: (text) => model._call([text]),
    unknown: model.unk_token_id,
    json,
  };
  switch (kindOf(json)) {
    case "BPE":
      return bytePairs(vocabulary);
    case "WordPiece":
      return wordPieces(vocabulary);
    case "Unigram":
      return unigrams(vocabulary);
    default:
      throw unfitTokenizer(`its model is a ${String(json.type)}`);
  }
}

/** Older files do not name the kind. */
function kindOf(json: Json): string {
  if (typeof json.type === "string") return json.type;
  if (Array.isArray(json.vocab)) return "Unigram";
  if (Array.isArray(json.merges)) return "BPE";
  return "continuing_subword_prefix" in json ? "WordPiece" : "";
}

/** Longest pieces from the left; a word with an unknown rest is unknown as a whole. */
function wordPieces({ json, idOf, piecesOf, unknown }: Vocabulary): PieceModel {
  const prefix = textIn(json.continuing_subword_prefix, "##");
  return (chunk) => {
    const pieces = piecesOf(textOf(chunk));
    if (pieces.length === 1) return [{ id: known(idOf(pieces[0] ?? "") ?? unknown), letters: chunk }];
    let at = 0;
    return pieces.map((piece) => {
      const start = at;
      at += Array.from(piece).length - (start === 0 ? 0 : prefix.length);
      return { id: known(idOf(piece)), letters: chunk.slice(start, at) };
    });
  };
}

/** The likeliest pieces; what is unknown comes as it is written, and as its bytes where the model has those. */
function unigrams({ json, idOf, piecesOf, unknown }: Vocabulary): PieceModel {
  const fallsBack = json.byte_fallback === true;
  return (chunk) => {
    let at = 0;
    return piecesOf(textOf(chunk)).flatMap((piece): ChunkPiece[] => {
      const letters = chunk.slice(at, at + Array.from(piece).length);
      at += letters.length;
      const id = idOf(piece);
      const bytes = id === undefined && fallsBack ? byteIds(piece, idOf) : [];
      if (bytes.length > 0) return bytes.map((byte) => ({ id: byte, letters }));
      return [{ id: known(id ?? unknown), letters }];
    });
  };
}

function byteIds(text: string, idOf: Vocabulary["idOf"]): number[] {
  const ids = bytesOf(text).map((byte) => idOf(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`));
  return ids.every((id) => id !== undefined) ? ids : [];
}

/**
 * Pieces by merges. A character that has no piece of its own becomes its bytes, one unknown token (together with the next
 * such ones, if the file says so), or nothing.
 */
function bytePairs({ json, idOf, piecesOf, unknown }: Vocabulary): PieceModel {
  if (textIn(json.continuing_subword_prefix, "") !== "") throw unfitTokenizer("it marks pieces within a word");
  const suffix = textIn(json.end_of_word_suffix, "");
  const fallsBack = json.byte_fallback === true;
  const fuses = json.fuse_unk === true;

  return (chunk) => {
    const text = textOf(chunk);
    const pieces = piecesOf(text);
    if (pieces.length === 1 && pieces[0] === text) return [{ id: known(idOf(text)), letters: chunk }];
    const hasPiece = (at: number) => {
      const { character = "" } = chunk[at] ?? {};
      return idOf(at === chunk.length - 1 ? character + suffix : character) !== undefined;
    };
    const isLost = (at: number) => at < chunk.length && !hasPiece(at);

    const found: ChunkPiece[] = [];
    let [at, bytesLeft] = [0, 0];
    for (const piece of pieces) {
      const id = known(idOf(piece));
      const start = at;
      if (!isLost(at)) at += lengthOf(piece, suffix);
      else if (fallsBack && id !== unknown) {
        bytesLeft = (bytesLeft || bytesOf(chunk[at]?.character ?? "").length) - 1;
        if (bytesLeft === 0) at += 1;
        found.push({ id, letters: chunk.slice(start, start + 1) });
        continue;
      } else {
        at += 1;
        while (fuses && isLost(at)) at += 1;
      }
      found.push({ id, letters: chunk.slice(start, at) });
    }
    return found;
  };
}

function lengthOf(piece: string, suffix: string): number {
  return Array.from(suffix !== "" && piece.endsWith(suffix) ? piece.slice(0, -suffix.length) : piece).length;
}

function known(id: number | undefined): number {
  if (id === undefined) throw unfitTokenizer("it has no id for one of its pieces");
  return id;
}
