/** The page's measures in the shape of the reader's lists; each is computed by the engine's own function. */
import { alignmentScore } from "../../engine/attention/alignment.ts";
import { distance as distanceOf } from "../../engine/attention/distance.ts";
import { entropy as entropyOf } from "../../engine/attention/entropy.ts";
import { specialWeight as specialWeightOf } from "../../engine/attention/specialWeight.ts";
import { spearman as spearmanOf } from "../../engine/attention/statistics.ts";
import { groupWords, mergeWords, type WordGroup } from "../../engine/attention/words.ts";
import type { Alignment, Tensor, Token } from "../../engine/model.ts";
import { type Matrix, matrixOf, type Row } from "./lists.ts";
import { listOf } from "./show.ts";

/** Numbers, or lists of them, however deep. */
export type Numbers = number | readonly Numbers[];

/** Entropy in nats: of a row one number, of a matrix one for each row, and so on. */
export function entropy(weights: unknown): Numbers {
  return rowWise(weights, (row) => entropyOf(tensorOf([row])).data[0] ?? 0, "entropy");
}

/** How far each row of a matrix looks, in tokens. */
export function distance(weights: unknown): Numbers {
  return matrixWise(weights, (matrix) => Array.from(distanceOf(tensorOf(matrix)).data), "distance");
}

/** How much of each row of a matrix lies on special tokens. */
export function specialWeight(weights: unknown, keys: readonly Token[]): Numbers {
  const measure = (matrix: Matrix): Numbers => Array.from(specialWeightOf(tensorOf(matrix), keys).data);
  return matrixWise(weights, measure, "specialWeight");
}

/** The place of the largest number, counted from 0; the first of equals, −1 of none. */
export function argmax(numbers: unknown): number {
  const list = numbersOf(numbers, "argmax");
  return list.reduce((best, value, at) => (value > (list[best] ?? Number.NEGATIVE_INFINITY) ? at : best), -1);
}

/** The mean of some numbers; NaN of none. */
export function mean(numbers: unknown): number {
  const list = numbersOf(numbers, "mean");
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

/** Spearman's rank correlation. */
export function spearman(a: unknown, b: unknown): number {
  return spearmanOf(numbersOf(a, "spearman"), numbersOf(b, "spearman"));
}

/** A word with its tokens. */
export interface Word {
  readonly text: string;
  /** Its first token, and the one after its last. */
  readonly start: number;
  readonly end: number;
}

/** The words of some tokens; a special token stands alone. */
export function wordsOf(tokens: readonly Token[]): Word[] {
  return groupWords(tokens.map(wordIndex)).map((group) => ({
    text: textOf(group, tokens),
    start: group.start,
    end: group.end,
  }));
}

/** A head's cross-attention between words, with the names of its rows and columns. */
export interface WordMatrix {
  readonly matrix: Matrix;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/**
 * Cross-attention between words: a row for each word of the target; a column for each word of the source's sentence, and
 * behind them what else is there to look at, the instruction and the end.
 */
export function wordMatrix(cross: unknown, written: readonly Token[], source: readonly Token[]): WordMatrix {
  const merged = mergeWords(tensorOf(matrixFrom(cross, "byWord")), written.map(wordIndex), source.map(wordIndex));
  const all = matrixOf({ data: merged.attention.data, shape: merged.attention.shape.slice(2) });
  const columns = [...merged.keys.keys()].sort((a, b) => rank(merged.keys[a], source) - rank(merged.keys[b], source));
  const rows = [...merged.queries.keys()].filter((row) => rank(merged.queries[row], written) === 0);
  const named = (groups: readonly WordGroup[], places: readonly number[], tokens: readonly Token[]): string[] =>
    places.flatMap((place) => (groups[place] ? [textOf(groups[place], tokens)] : []));
  return {
    matrix: Object.freeze(rows.map((row) => Object.freeze(columns.map((column) => all[row]?.[column] ?? 0)))),
    rows: named(merged.queries, rows, written),
    columns: named(merged.keys, columns, source),
  };
}

/** The share of words whose largest weight lies on a right one. @throws Error where no gold alignment is known */
export function alignmentAgreement(
  cross: unknown,
  written: readonly Token[],
  source: readonly Token[],
  gold: Alignment | null,
): number {
  if (gold === null) throw new Error("no gold alignment is known for this sentence");
  return alignmentScore(tensorOf(matrixFrom(cross, "alignmentAgreement")), written, source, gold).values.data[0] ?? 0;
}

/** 0 for a word of the sentence, 1 for the instruction and special tokens. */
function rank(group: WordGroup | undefined, tokens: readonly Token[]): number {
  return group && group.word >= 0 && tokens[group.start]?.instruction === false ? 0 : 1;
}

function wordIndex({ word }: Token): number {
  return word;
}

function textOf({ start, end }: WordGroup, tokens: readonly Token[]): string {
  const some = tokens.slice(start, end);
  const text = some.map((token) => token.text).join("");
  return text.trim() || some.map(({ piece }) => piece).join("");
}

/** `[1, 1, query, key]`, as the engine's measures take it. */
function tensorOf(matrix: Matrix): Tensor {
  const width = matrix[0]?.length ?? 0;
  return { data: Float32Array.from(matrix.flat()), shape: [1, 1, matrix.length, width] };
}

function rowWise(value: unknown, measure: (row: Row) => number, name: string): Numbers {
  const list = listFrom(value, name);
  if (listOf(list[0]) === null) return measure(numbersOf(list, name));
  return Array.from(list, (inner) => rowWise(inner, measure, name));
}

function matrixWise(value: unknown, measure: (matrix: Matrix) => Numbers, name: string): Numbers {
  const list = listFrom(value, name);
  const inner = listOf(list[0]);
  if (inner === null) throw new TypeError(`${name} takes a matrix of weights, [query][key], not a single row`);
  if (listOf(inner[0]) === null) return measure(matrixFrom(list, name));
  return Array.from(list, (matrix) => matrixWise(matrix, measure, name));
}

function matrixFrom(value: unknown, name: string): Matrix {
  return Array.from(listFrom(value, name), (row) => numbersOf(row, name));
}

function numbersOf(value: unknown, name: string): Row {
  return Array.from(listFrom(value, name), (item) => {
    if (typeof item !== "number") throw new TypeError(`${name} takes numbers; found a ${typeof item}`);
    return item;
  });
}

function listFrom(value: unknown, name: string): ArrayLike<unknown> {
  const list = listOf(value);
  if (list === null)
    throw new TypeError(`${name} takes a list of numbers; found ${value === null ? "null" : typeof value}`);
  return list;
}
