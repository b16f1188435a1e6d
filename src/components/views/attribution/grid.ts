/** A table of scores, as `HeatGrid` draws it. */

import { quoted } from "../tokens/face.ts";
import type { TokenFace } from "../tokens/TokenChip.tsx";
import { type ScoreScale, scaleOf } from "./scale.ts";

/** What a row or a column is called: a token, or a name such as "layer 3". */
export interface GridLabel {
  readonly name: string;
  readonly token?: TokenFace;
  /** Columns with the same group stand under its name, groups apart: "source", "target so far". */
  readonly group?: string;
}

export interface ScoreGrid {
  readonly rows: readonly GridLabel[];
  readonly columns: readonly GridLabel[];
  /** `[row, column]`; NaN where there can be nothing: left blank. */
  readonly scores: Float32Array;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The score at a cell; NaN outside. */
export function scoreAt({ rows, columns, scores }: ScoreGrid, { row, column }: Cell): number {
  const inside = row >= 0 && column >= 0 && row < rows.length && column < columns.length;
  return inside ? (scores[row * columns.length + column] ?? Number.NaN) : Number.NaN;
}

/** One scale for each row, or the same one for all. */
export function gridScales(grid: ScoreGrid, signed: boolean, by: "row" | "all"): readonly ScoreScale[] {
  const width = grid.columns.length;
  const all = scaleOf(grid.scores, signed);
  return grid.rows.map((_, row) =>
    by === "all" ? all : scaleOf(grid.scores.subarray(row * width, (row + 1) * width), signed),
  );
}

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

/** Where a key leads from a cell, past blanks; null where it leads nowhere. */
export function moveCell(grid: ScoreGrid, from: Cell, key: string): Cell | null {
  const move = MOVES[key];
  if (!move) return null;
  const [down, right] = move;
  if (!Number.isFinite(right)) return endOfRow(grid, from.row, right);
  for (let step = 1; step <= Math.max(grid.rows.length, grid.columns.length); step++) {
    const next = { row: from.row + step * down, column: from.column + step * right };
    if (Number.isFinite(scoreAt(grid, next))) return next;
  }
  return null;
}

function endOfRow(grid: ScoreGrid, row: number, way: number): Cell | null {
  const cells = grid.columns
    .map((_, column) => ({ row, column }))
    .filter((cell) => Number.isFinite(scoreAt(grid, cell)));
  return (way < 0 ? cells[0] : cells.at(-1)) ?? null;
}

/** A label in a sentence: a token in quotation marks, a name as it is. */
export function labelText({ name, token }: GridLabel): string {
  return token ? quoted(token.piece) : name;
}
