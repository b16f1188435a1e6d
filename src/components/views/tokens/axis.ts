/**
 * One axis of an attention picture: which tokens stand on it, single or merged into words, in runs of positions.
 */
import type { AnyTrace, AttentionKind, Token } from "../../../engine/model.ts";
import { barePiece, readPiece, shownPiece } from "./face.ts";
import type { TokenFace } from "./TokenChip.tsx";

/** What a row of decoder and cross-attention is called by: the token it reads, or the one it then writes. */
export type RowNames = "read" | "written";

/** One place on an axis: a token, or a word merged from several. */
export interface AxisItem extends TokenFace {
  /** First position in the model's sequence, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Continues the word of the item before it (never when words are merged). */
  readonly joinsBefore: boolean;
  readonly joinsAfter: boolean;
}

export interface AxisOptions {
  readonly words: boolean;
  readonly hideSpecial: boolean;
  readonly hideInstruction: boolean;
}

/** The tokens that name the rows and the columns of one kind of attention. A model with one stack has one text. */
export function axisTokens(
  trace: AnyTrace,
  kind: AttentionKind,
  names: RowNames,
): { rows: readonly Token[]; columns: readonly Token[] } {
  const source = trace.source.tokens;
  if (kind === "encoder" || trace.target === null) return { rows: source, columns: source };
  const rows = names === "written" ? trace.target.written : trace.target.read;
  return { rows, columns: kind === "cross" ? source : trace.target.read };
}

/** Lays tokens out on an axis; hidden ones are left out, so positions may have gaps. */
export function layAxis(tokens: readonly Token[], options: AxisOptions): AxisItem[] {
  const items = tokens.map((token, position) => single(tokens, token, position));
  const laid = options.words ? mergeWords(items, tokens) : items;
  return laid.filter(
    (item) => !(options.hideSpecial && item.special) && !(options.hideInstruction && item.instruction),
  );
}

function single(tokens: readonly Token[], token: Token, position: number): AxisItem {
  const { special, instruction } = token;
  return {
    piece: shownPiece(token),
    special,
    instruction,
    start: position,
    end: position + 1,
    joinsBefore: sameWord(tokens[position - 1], token),
    joinsAfter: sameWord(token, tokens[position + 1]),
  };
}

function sameWord(first: Token | undefined, second: Token | undefined): boolean {
  return first !== undefined && second !== undefined && first.word >= 0 && first.word === second.word;
}

function mergeWords(items: readonly AxisItem[], tokens: readonly Token[]): AxisItem[] {
  const merged: AxisItem[] = [];
  for (const item of items) {
    const last = merged.at(-1);
    if (last === undefined || !item.joinsBefore) merged.push({ ...item, joinsAfter: false });
    else merged[merged.length - 1] = { ...last, end: item.end, piece: readPiece(last.piece) + joined(item, tokens) };
  }
  return merged.map((item) => ({ ...item, joinsBefore: false }));
}

/** What a token adds to its word: of a character that lies across two tokens only the first shows it. */
function joined({ piece, start }: AxisItem, tokens: readonly Token[]): string {
  const [before, token] = [tokens[start - 1], tokens[start]];
  const isCut = token !== undefined && token.piece !== piece;
  return isCut ? piece.slice(Math.max(0, (before?.end ?? 0) - token.start)) : barePiece(piece);
}

/** The item that holds a position of the model's sequence; −1 where it is hidden. */
export function itemAt(axis: readonly AxisItem[], position: number): number {
  return axis.findIndex((item) => item.start <= position && position < item.end);
}
