/** An attribution's scores on the tokens that a reader sees, single or summed to words. */
import type { Tensor, Token } from "../../../engine/model.ts";
import { type AxisItem, layAxis } from "../tokens/axis.ts";
import { quoted } from "../tokens/face.ts";
import { type ScoreScale, scoreText } from "./scale.ts";

/** A token or a word with its score. */
export interface ScoredItem extends AxisItem {
  /** NaN for a place that the row cannot depend on. */
  readonly score: number;
  /** Standard error, where the method estimates. */
  readonly error: number | null;
}

/** One side of a run in reading order. */
export interface ScoredLine {
  readonly side: "source" | "target";
  /** What the reader calls it. */
  readonly label: string;
  readonly items: readonly ScoredItem[];
}

/** What is needed of an attribution to colour one row's text; a `TokenAttribution` fits. */
export interface Scored {
  readonly source: readonly Token[];
  readonly target: readonly Token[] | null;
  /** `[row, token]`. */
  readonly scores: { readonly source: Tensor; readonly target: Tensor | null };
  readonly error?: { readonly source: Tensor; readonly target: Tensor | null } | null;
}

export interface LineOptions {
  /** The row of the scores; not the place in the text. */
  readonly row: number;
  /** Encoder–decoder: the row's place among the tokens written; what is read after it is left out. Default: all. */
  readonly place?: number;
  /** Sub-words are summed to words. */
  readonly words: boolean;
  /** What the source is called. Default: "source" where there is a target, else "text". */
  readonly label?: string;
}

/** One row of an attribution as coloured text: the source and, of an encoder–decoder, the target so far. */
export function scoredLines(scored: Scored, options: LineOptions): ScoredLine[] {
  const { source, target, scores, error } = scored;
  const { row, words } = options;
  const read = target?.slice(0, (options.place ?? target.length - 1) + 1) ?? null;
  const lines: ScoredLine[] = [
    {
      side: "source",
      label: options.label ?? (read === null ? "text" : "source"),
      items: scoredItems(source, rowOf(scores.source, row), error ? rowOf(error.source, row) : null, words),
    },
  ];
  if (read === null || scores.target === null) return lines;
  const errors = error?.target ? rowOf(error.target, row) : null;
  const items = scoredItems(read, rowOf(scores.target, row), errors, words);
  return [...lines, { side: "target", label: "target so far", items }];
}

/**
 * Tokens with their scores: a word has the sum of its sub-words, and the error of a sum (errors taken as independent).
 *
 * @param scores `[token]`
 * @param errors `[token]`
 */
export function scoredItems(
  tokens: readonly Token[],
  scores: ArrayLike<number>,
  errors: ArrayLike<number> | null,
  words: boolean,
): ScoredItem[] {
  return layAxis(tokens, { words, hideSpecial: false, hideInstruction: false }).map((item) => ({
    ...item,
    score: sum(item, (at) => scores[at] ?? Number.NaN),
    error: errors && Math.sqrt(sum(item, (at) => (errors[at] ?? 0) ** 2)),
  }));
}

function sum({ start, end }: AxisItem, of: (place: number) => number): number {
  let total = 0;
  for (let at = start; at < end; at++) total += of(at);
  return total;
}

/** One row of `[row, token]`, a view without a copy. */
export function rowOf({ data, shape }: Tensor, row: number): Float32Array {
  const width = shape.at(-1) ?? 0;
  return data.subarray(row * width, (row + 1) * width);
}

/** A token's score in words: “dog” +1.24 ± 0.03. */
export function itemText(item: ScoredItem, scale: ScoreScale): string {
  const error = item.error === null ? "" : ` ± ${scoreText(item.error, { ...scale, signed: false })}`;
  const score = Number.isFinite(item.score) ? `${scoreText(item.score, scale)}${error}` : "no score: it comes later";
  return `${quoted(item.piece)} ${score}`;
}
