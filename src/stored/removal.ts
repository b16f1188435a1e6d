/**
 * Stored removal studies: for each model how attention and the effect of removal go together over a corpus, and the rows of
 * one text. Made by `npm run store:removal`; never edited by hand. Shape: `StoredRemoval` (version 1). When the format
 * changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind } from "../engine/model.ts";
import type { RemovalRow } from "../engine/study.ts";

export const VERSION = 1;

/** A figure of every head and, last, of the mean of all: `[head + 1]`, with its 95 % interval over texts. */
export interface Measured {
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** How attention and effect are compared: Spearman's ρ; or the share of outputs whose most-attended token costs most. */
export type Comparison = "rho" | "hit";

/** Every head's weight on the token that matters most, and what switching it off does. */
export interface HeadLevel {
  readonly prompts: number;
  /** Mean weight on the token whose removal costs most: `[head]`. */
  readonly weight: readonly number[];
  /** Fall of the metric without the head, with its interval: `[head]`. */
  readonly fall: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Spearman's ρ between the two. */
  readonly rho: number;
}

interface StoredRow {
  readonly source: string;
  readonly output: string;
  readonly tokens: readonly string[];
  readonly effect: readonly number[];
  /** `[layer × head, token]`, row-major. */
  readonly weights: readonly number[];
  readonly correlation: readonly number[];
}

/** One model's study. `kind` is a plain string because JSON modules type it so. */
export interface StoredRemoval {
  readonly version: number;
  readonly model: string;
  readonly kind: string;
  /** `[layer, head]` */
  readonly shape: readonly number[];
  readonly texts: number;
  readonly outputs: number;
  readonly rho: Measured;
  readonly hit: Measured;
  /** What `hit` would be for a token drawn by lot. */
  readonly chance: number;
  /** Share of the removals that change the output's log-probability by less than a tenth of a nat. */
  readonly still: number;
  readonly shown: readonly StoredRow[];
  readonly heads: HeadLevel | null;
}

/** A study as figures use it. */
export interface Removal extends Omit<StoredRemoval, "version" | "kind" | "shown"> {
  readonly kind: AttentionKind;
  readonly shown: readonly RemovalRow[];
}

/** The study that was stored. */
export function decodeRemoval(stored: StoredRemoval): Removal {
  const { version, kind, shown, ...rest } = stored;
  if (version !== VERSION)
    throw new Error(`${rest.model} is stored in format ${version}, not ${VERSION}: run npm run store:removal`);
  return { ...rest, kind: kind as AttentionKind, shown: shown.map(decodeRow) };
}

/** Rows as they are stored. */
export function encodeRows(rows: readonly RemovalRow[]): StoredRow[] {
  return rows.map((row) => ({
    ...row,
    effect: row.effect.map(rounded),
    weights: Array.from(row.weights.data, rounded),
    correlation: row.correlation.map(rounded),
  }));
}

function decodeRow({ weights, ...row }: StoredRow): RemovalRow {
  const shape = [weights.length / row.tokens.length, row.tokens.length];
  return { ...row, weights: { data: Float32Array.from(weights), shape } };
}

/** Four decimals are more than any picture shows. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
