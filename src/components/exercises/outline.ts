/** What an exercise needs of a run to draw its controls: sizes and tokens, small enough to stand in the page's HTML. */
import type { AnyTrace, AttentionKind, Token } from "../../engine/model.ts";
import { keyTokens, queryTokens, shapeOf, tensorOf } from "./axes.ts";

/** A token as it is shown. */
export interface Face {
  readonly piece: string;
  /** The characters covered, or the piece where it covers none. */
  readonly text: string;
  readonly special: boolean;
  readonly instruction: boolean;
  /** Continues the word of the token before. */
  readonly joins: boolean;
}

export interface Outline {
  readonly layers: Readonly<Record<AttentionKind, number>>;
  readonly heads: number;
  readonly source: readonly Face[];
  readonly read: readonly Face[];
  readonly written: readonly Face[];
}

const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** The outline of a run. A model with one stack reads its only text and writes none: all three lists are that text. */
export function outlineOf(trace: AnyTrace): Outline {
  const layers = (kind: AttentionKind): number => shapeOf(tensorOf(trace, kind)).layers;
  return {
    layers: { encoder: layers("encoder"), decoder: layers("decoder"), cross: layers("cross") },
    heads: Math.max(...KINDS.map((kind) => shapeOf(tensorOf(trace, kind)).heads)),
    source: facesOf(trace.source.tokens),
    read: facesOf(keyTokens(trace, "decoder")),
    written: facesOf(queryTokens(trace, "cross")),
  };
}

function facesOf(tokens: readonly Token[]): Face[] {
  return tokens.map((token, position) => ({
    piece: token.piece,
    text: token.text.trim() || token.piece,
    special: token.special,
    instruction: token.instruction,
    joins: token.word >= 0 && token.word === tokens[position - 1]?.word,
  }));
}

/** Whether a token is an ordinary word of the text: nothing that the model's format adds, no mark. */
export function isWord({ special, instruction, text }: Pick<Face, "special" | "instruction" | "text">): boolean {
  return !special && !instruction && /[\p{L}\p{N}]/u.test(text);
}

/** The tokens of the query rows, named as the figures name them: written in cross-attention, else read. */
export function queriesOf(outline: Outline, kind: AttentionKind): readonly Face[] {
  if (kind === "cross") return outline.written;
  return kind === "decoder" ? outline.read : outline.source;
}

/** The tokens of the key columns. */
export function keysOf(outline: Outline, kind: AttentionKind): readonly Face[] {
  return kind === "decoder" ? outline.read : outline.source;
}
