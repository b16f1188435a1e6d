/**
 * Strips of numbers as coloured cells, one a dimension: in the upper half for positive and in the lower half for negative, the
 * stronger the larger. A few paths, one a step of opacity, which weigh little in HTML and follow the theme.
 */

/** Height of a strip in units; its middle line lies halfway. */
export const STRIP = 24;

/** Free space above and below, in units. */
const MARGIN = 2.5;

/** Steps of opacity. */
export const CELL_STEPS = 12;

/** Bent upwards, so that small numbers stay visible beside the largest. */
const BEND = 0.6;

/** All cells of one sign and one step, as a path to be filled; x is the dimension. */
export interface CellPath {
  readonly up: boolean;
  readonly step: number;
  readonly d: string;
}

/** The largest absolute value, for a scale that several strips share; 1 for nothing but zeros. */
export function largestOf(...strips: readonly ArrayLike<number>[]): number {
  let most = 0;
  for (const strip of strips) for (let at = 0; at < strip.length; at++) most = Math.max(most, Math.abs(strip[at] ?? 0));
  return most || 1;
}

/**
 * Draws rows of numbers, from top to bottom.
 *
 * @param rows each `[dimension]`
 * @param most the value of a cell at full strength
 */
export function cellPaths(rows: readonly ArrayLike<number>[], most: number): CellPath[] {
  const parts = new Map<number, string>();
  for (const [row, values] of rows.entries()) {
    for (let dimension = 0; dimension < values.length; dimension++) {
      const step = stepOf((values[dimension] ?? 0) / most);
      if (step !== 0) parts.set(step, `${parts.get(step) ?? ""}${cell(row, dimension, step > 0)}`);
    }
  }
  return [...parts].map(([step, d]) => ({ up: step > 0, step: Math.abs(step), d }));
}

/** The signed step of a share of the largest value; 0 for nothing at all, else at least 1. */
export function stepOf(share: number): number {
  const step = Math.round(Math.min(1, Math.abs(share)) ** BEND * CELL_STEPS);
  return share === 0 ? 0 : Math.sign(share) * Math.max(1, step);
}

const HALF = STRIP / 2 - MARGIN;

function cell(row: number, dimension: number, up: boolean): string {
  return `M${dimension} ${row * STRIP + (up ? MARGIN : STRIP / 2)}h1v${HALF}h-1z`;
}

/** How strongly a value is drawn: as much as its weight; the faintest is still seen to be there. */
export function valueStrength(weight: number): number {
  return 0.12 + 0.88 * weight;
}
