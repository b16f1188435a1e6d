/**
 * A head's matrix as a thumbnail. Small ones are a few SVG paths, one a step of opacity, that follow the theme and weigh
 * little in HTML; large ones are pixels, each showing the strongest weight of the block it stands for.
 */
import type { HeadMatrix } from "./matrix.ts";

/** Steps of opacity. */
export const STEPS = 16;

/** Most tokens on a side for which paths are drawn. */
export const PATH_SIDE = 32;

/** All cells of one step as one path over unit squares: column right, row down. */
export interface ThumbnailPath {
  readonly step: number;
  readonly d: string;
}

/**
 * Weights are bent upwards, so that faint ones stay visible: the more keys share a row, the fainter an even share is,
 * and the stronger the bend. Each entry: up to how many keys, exponent.
 */
const BENDS: readonly [keys: number, exponent: number][] = [
  [32, 0.65],
  [128, 0.5],
  [Number.POSITIVE_INFINITY, 0.4],
];

/** Weights are looked up in a table this fine: a power for each of a million cells would be slow. */
const FINE = 2048;

const TABLES = BENDS.map(([keys, exponent]) => ({
  keys,
  steps: Uint8Array.from({ length: FINE + 1 }, (_, at) => Math.round((at / FINE) ** exponent * STEPS)),
}));

/** Which step a weight falls in, 0 (not drawn) to `STEPS`, in a row of so many keys. */
export function stepOf(weight: number, keys: number): number {
  return lookUp(tableFor(keys), weight);
}

function tableFor(keys: number): Uint8Array {
  return TABLES.find((table) => keys <= table.keys)?.steps ?? new Uint8Array(FINE + 1);
}

function lookUp(table: Uint8Array, weight: number): number {
  return table[Math.round(Math.min(1, Math.max(0, weight)) * FINE)] ?? 0;
}

/** The paths of a matrix; runs of equal steps in a row are one rectangle. */
export function thumbnailPaths(matrix: HeadMatrix): ThumbnailPath[] {
  const parts: string[] = new Array(STEPS + 1).fill("");
  for (let row = 0; row < matrix.rows; row++) addRuns(parts, matrix, row);
  return parts.flatMap((d, step) => (step === 0 || d === "" ? [] : [{ step, d }]));
}

function addRuns(parts: string[], matrix: HeadMatrix, row: number): void {
  const table = tableFor(matrix.columns);
  const step = (column: number) => lookUp(table, matrix.weights[row * matrix.columns + column] ?? 0);
  let from = 0;
  while (from < matrix.columns) {
    const here = step(from);
    let to = from + 1;
    while (to < matrix.columns && step(to) === here) to++;
    if (here > 0) parts[here] += `M${from} ${row}h${to - from}v1H${from}z`;
    from = to;
  }
}

/** A matrix boiled down to `width` × `height` steps, each the strongest weight of its block, `[y, x]`. */
export function pooledSteps(matrix: HeadMatrix, width: number, height: number): Uint8Array {
  const pooled = new Uint8Array(width * height);
  for (let row = 0; row < matrix.rows; row++) {
    const y = Math.min(height - 1, Math.floor((row * height) / matrix.rows));
    poolRow(pooled, matrix, row, y * width, width);
  }
  return pooled;
}

/** Under this, no table reaches the first step. */
const FAINTEST = 0.0002;

function poolRow(pooled: Uint8Array, matrix: HeadMatrix, row: number, at: number, width: number): void {
  const scale = width / matrix.columns;
  const table = tableFor(matrix.columns);
  for (let column = 0; column < matrix.columns; column++) {
    const weight = matrix.weights[row * matrix.columns + column] ?? 0;
    if (weight < FAINTEST) continue;
    const x = at + Math.floor(column * scale);
    const step = lookUp(table, weight);
    if (step > (pooled[x] ?? 0)) pooled[x] = step;
  }
}
