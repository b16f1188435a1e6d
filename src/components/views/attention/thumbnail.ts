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

/** Weights are bent upwards, so that faint ones stay visible. */
const BEND = 0.65;

/** Weights are looked up in a table this fine: a power for each of a million cells would be slow. */
const FINE = 2048;

const STEP_TABLE = Uint8Array.from({ length: FINE + 1 }, (_, at) => Math.round((at / FINE) ** BEND * STEPS));

/** Which step a weight falls in, 0 (not drawn) to `STEPS`. */
export function stepOf(weight: number): number {
  return STEP_TABLE[Math.round(Math.min(1, Math.max(0, weight)) * FINE)] ?? 0;
}

/** The paths of a matrix; runs of equal steps in a row are one rectangle. */
export function thumbnailPaths(matrix: HeadMatrix): ThumbnailPath[] {
  const parts: string[] = new Array(STEPS + 1).fill("");
  for (let row = 0; row < matrix.rows; row++) addRuns(parts, matrix, row);
  return parts.flatMap((d, step) => (step === 0 || d === "" ? [] : [{ step, d }]));
}

function addRuns(parts: string[], matrix: HeadMatrix, row: number): void {
  const step = (column: number) => stepOf(matrix.weights[row * matrix.columns + column] ?? 0);
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

function poolRow(pooled: Uint8Array, matrix: HeadMatrix, row: number, at: number, width: number): void {
  const scale = width / matrix.columns;
  for (let column = 0; column < matrix.columns; column++) {
    const weight = matrix.weights[row * matrix.columns + column] ?? 0;
    if (weight < 0.004) continue;
    const x = at + Math.floor(column * scale);
    const step = stepOf(weight);
    if (step > (pooled[x] ?? 0)) pooled[x] = step;
  }
}
