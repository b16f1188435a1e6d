/**
 * Attention as a picture needs it: one head's weights on the axes as they are laid out.
 * Merging sub-words into words sums over keys and averages over queries, so rows still sum to one.
 */
import type { AnyTrace, AttentionKind, Tensor } from "../../../engine/model.ts";
import type { AxisItem } from "../tokens/axis.ts";

/** One head on laid-out axes: `weights` is `[row, column]`. */
export interface HeadMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
}

const NONE: Tensor = { data: new Float32Array(), shape: [0, 0, 0, 0] };

/** One kind of a run's attention, `[layer, head, query, key]`; empty where the model has none of it. */
export function attentionOf(trace: AnyTrace, kind: AttentionKind): Tensor {
  return trace.attention[kind] ?? NONE;
}

/** The model's sizes of one kind of attention: `[layer, head, query, key]`. */
export function sizes(attention: Tensor): { layers: number; heads: number; queries: number; keys: number } {
  const [layers = 0, heads = 0, queries = 0, keys = 0] = attention.shape;
  return { layers, heads, queries, keys };
}

/** One head's weights as the model gave them, a view without a copy, `[query, key]`. */
export function rawHead(attention: Tensor, layer: number, head: number): Float32Array {
  const { heads, queries, keys } = sizes(attention);
  const from = (layer * heads + head) * queries * keys;
  return attention.data.subarray(from, from + queries * keys);
}

/** One head's weights on the given axes. */
export function headMatrix(
  attention: Tensor,
  layer: number,
  head: number,
  rows: readonly AxisItem[],
  columns: readonly AxisItem[],
): HeadMatrix {
  const { queries, keys } = sizes(attention);
  const raw = rawHead(attention, layer, head);
  const whole = rows.length === queries && columns.length === keys;
  if (whole) return { rows: queries, columns: keys, weights: raw };
  return { rows: rows.length, columns: columns.length, weights: gather(raw, keys, rows, columns) };
}

function gather(
  raw: Float32Array,
  keys: number,
  rows: readonly AxisItem[],
  columns: readonly AxisItem[],
): Float32Array {
  const weights = new Float32Array(rows.length * columns.length);
  const starts = Int32Array.from(columns, (column) => column.start);
  const ends = Int32Array.from(columns, (column) => column.end);
  for (const [row, { start, end }] of rows.entries()) {
    const share = 1 / (end - start);
    for (let query = start; query < end; query++) {
      addRow(weights, row * columns.length, raw, query * keys, starts, ends, share);
    }
  }
  return weights;
}

function addRow(
  into: Float32Array,
  at: number,
  raw: Float32Array,
  from: number,
  starts: Int32Array,
  ends: Int32Array,
  share: number,
): void {
  for (let column = 0; column < starts.length; column++) {
    const end = ends[column] ?? 0;
    let sum = 0;
    for (let key = starts[column] ?? 0; key < end; key++) sum += raw[from + key] ?? 0;
    into[at + column] = (into[at + column] ?? 0) + sum * share;
  }
}

/** The share of a head's attention that falls on columns that are hidden: mean over the rows shown, 0 when none are. */
export function hiddenShare(matrix: HeadMatrix): number {
  if (matrix.rows === 0) return 0;
  let sum = 0;
  for (let at = 0; at < matrix.weights.length; at++) sum += matrix.weights[at] ?? 0;
  return Math.min(1, Math.max(0, 1 - sum / matrix.rows));
}

/** Where a row looks most: the column and its weight; column −1 for an empty row. */
export function strongestInRow(matrix: HeadMatrix, row: number): { column: number; weight: number } {
  let column = -1;
  let weight = 0;
  for (let at = 0; at < matrix.columns; at++) {
    const here = matrix.weights[row * matrix.columns + at] ?? 0;
    if (here <= weight) continue;
    column = at;
    weight = here;
  }
  return { column, weight };
}

/** Which row looks at a column most; row −1 for an empty column. */
export function strongestInColumn(matrix: HeadMatrix, column: number): { row: number; weight: number } {
  let row = -1;
  let weight = 0;
  for (let at = 0; at < matrix.rows; at++) {
    const here = matrix.weights[at * matrix.columns + column] ?? 0;
    if (here <= weight) continue;
    row = at;
    weight = here;
  }
  return { row, weight };
}

/** How peaked a head is: mean over rows of the largest weight, between 0 and 1. */
export function peakedness(matrix: HeadMatrix): number {
  let sum = 0;
  for (let row = 0; row < matrix.rows; row++) sum += strongestInRow(matrix, row).weight;
  return matrix.rows === 0 ? 0 : sum / matrix.rows;
}

/** The weight at one cell; 0 outside. */
export function weightAt(matrix: HeadMatrix, row: number, column: number): number {
  if (row < 0 || column < 0 || row >= matrix.rows || column >= matrix.columns) return 0;
  return matrix.weights[row * matrix.columns + column] ?? 0;
}
