/**
 * The lines of a head view as geometry. Across: 0 (queries) to 100 (keys). Down: one unit a token, so the picture
 * stretches to whatever height the tokens take.
 */
import type { HeadMatrix } from "./matrix.ts";
import type { Spotlight } from "./reading.ts";

/** Steps of width and opacity: lines of one step and head are one path. */
export const LINE_STEPS = 12;

/** All lines of one head and step. */
export interface LinePath {
  readonly head: number;
  readonly step: number;
  readonly d: string;
}

/** Which step a weight falls in, 1 to `LINE_STEPS`. */
export function lineStep(weight: number): number {
  return Math.max(1, Math.min(LINE_STEPS, Math.ceil(weight * LINE_STEPS)));
}

/** A step's line: width in CSS pixels and opacity. */
export function lineLook(step: number): { width: number; opacity: number } {
  const share = step / LINE_STEPS;
  return { width: round(0.5 + 4 * share), opacity: round(0.06 + 0.86 * share ** 0.9) };
}

/** How far a head's lines stand off the middle of a row, so that heads drawn together stay apart; in rows. */
export function headOffset(place: number, heads: number): number {
  const spread = Math.min(0.5, 0.11 * (heads - 1));
  return heads < 2 ? 0 : (place / (heads - 1) - 0.5) * spread;
}

/** Whether a cell is drawn while a token is in the spotlight. */
export function isLit(spotlight: Spotlight | null, row: number, column: number): boolean {
  if (spotlight === null) return true;
  return spotlight.index === (spotlight.side === "row" ? row : column);
}

/** How many lines reach the floor. */
export function countLines(matrix: HeadMatrix, floor: number): number {
  let count = 0;
  for (let at = 0; at < matrix.weights.length; at++) if (isDrawn(matrix.weights[at] ?? 0, floor)) count++;
  return count;
}

/** Zero weights are never lines. */
export function isDrawn(weight: number, floor: number): boolean {
  return weight > 0.0005 && weight >= floor;
}

/** One curve between the middles of two rows. */
export function curve(row: number, column: number, offset: number): string {
  const from = round(row + 0.5 + offset);
  const to = round(column + 0.5 + offset);
  return `M0 ${from}C45 ${from} 55 ${to} 100 ${to}`;
}

/** The paths of one head: the lines that the spotlight falls on, or all. */
export function headLines(
  matrix: HeadMatrix,
  head: number,
  offset: number,
  floor: number,
  spotlight: Spotlight | null,
): LinePath[] {
  const parts: string[] = new Array(LINE_STEPS + 1).fill("");
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      const weight = matrix.weights[row * matrix.columns + column] ?? 0;
      if (!isDrawn(weight, floor) || !isLit(spotlight, row, column)) continue;
      parts[lineStep(weight)] += curve(row, column, offset);
    }
  }
  return parts.flatMap((d, step) => (d === "" ? [] : [{ head, step, d }]));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
