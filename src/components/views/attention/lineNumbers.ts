/** Numbers of one head's lines that an exercise asks for, and the eye can check in the picture. */
import type { AnyTrace, HeadRef, Token } from "../../../engine/model.ts";
import { attentionOf, rawHead } from "./matrix.ts";

/** From this share of its row on, a line is strong. */
const STRONG = 0.5;

/**
 * For each word of the rows, the share of its weight that lies on special tokens and on the instruction, as `special.<word>`,
 * `instruction.<word>` and, together, `aside.<word>`.
 */
export function asideNumbers(trace: AnyTrace, head: HeadRef): Record<string, number> {
  const { rows, columns, weights } = axesOf(trace, head);
  const numbers: Record<string, number> = {};
  for (const [row, token] of rows.entries()) {
    if (!isWord(token)) continue;
    const on = (holds: (key: Token) => boolean): number =>
      columns.reduce((sum, key, at) => sum + (holds(key) ? (weights[row * columns.length + at] ?? 0) : 0), 0);
    const word = token.text.trim();
    numbers[`special.${word}`] ??= on(({ special }) => special);
    numbers[`instruction.${word}`] ??= on(({ instruction }) => instruction);
    numbers[`aside.${word}`] ??= on((key) => !isWord(key));
  }
  return numbers;
}

/** Pairs of strong lines between words that cross: the row further down leads to the column further up. */
export function crossings(trace: AnyTrace, head: HeadRef): number {
  const { rows, columns, weights } = axesOf(trace, head);
  const ends = rows
    .map((token, row) => (isWord(token) ? strongEnd(columns, weights, row) : -1))
    .filter((end) => end >= 0);
  return ends.reduce((sum, end, at) => sum + ends.slice(at + 1).filter((later) => later < end).length, 0);
}

/** The tokens of a head's rows and columns, with its weights, `[row, column]`. */
function axesOf(trace: AnyTrace, head: HeadRef) {
  return {
    rows: rowTokens(trace, head),
    columns: head.kind === "decoder" ? (trace.target?.read ?? trace.source.tokens) : trace.source.tokens,
    weights: rawHead(attentionOf(trace, head.kind), head.layer, head.head),
  };
}

/** The word that a row's strong line leads to; -1 where it has none. */
function strongEnd(columns: readonly Token[], weights: Float32Array, row: number): number {
  return columns.findIndex((key, at) => isWord(key) && (weights[row * columns.length + at] ?? 0) > STRONG);
}

/** The tokens of the rows: in the cross-attention the one that is being written. */
function rowTokens({ source, target }: AnyTrace, { kind }: HeadRef): readonly Token[] {
  if (target === null || kind === "encoder") return source.tokens;
  return kind === "cross" ? target.written : target.read;
}

function isWord({ special, instruction }: Token): boolean {
  return !special && !instruction;
}
