/** A strip of numbers as bars from a middle line, up for positive and down for negative: few bytes, and it follows the theme. */

/** Height of a strip in units; its middle line lies halfway. */
export const STRIP = 24;

/** Longest bar, in units. */
const REACH = 11;

/** Bars of several strips under one another, as two paths to be stroked; x is the dimension. */
export interface Bars {
  readonly up: string;
  readonly down: string;
}

/** The largest absolute value, for a scale that several strips share; 1 for nothing but zeros. */
export function largestOf(...strips: readonly ArrayLike<number>[]): number {
  let most = 0;
  for (const strip of strips) for (let at = 0; at < strip.length; at++) most = Math.max(most, Math.abs(strip[at] ?? 0));
  return most || 1;
}

/**
 * Draws rows of numbers.
 *
 * @param rows each `[dimension]`
 * @param most the value that a bar of full length stands for
 */
export function bars(rows: readonly ArrayLike<number>[], most: number): Bars {
  let up = "";
  let down = "";
  for (const [row, values] of rows.entries()) {
    const middle = row * STRIP + STRIP / 2;
    for (let dimension = 0; dimension < values.length; dimension++) {
      const length = lengthOf((values[dimension] ?? 0) / most);
      if (length > 0) up += `M${dimension} ${middle}v${-length}`;
      if (length < 0) down += `M${dimension} ${middle}v${-length}`;
    }
  }
  return { up, down };
}

/** Length of a bar to half a unit; anything that is not 0 can be seen. */
function lengthOf(share: number): number {
  const length = Math.round(Math.min(1, Math.abs(share)) * REACH * 2) / 2;
  return share === 0 ? 0 : Math.sign(share) * Math.max(0.5, length);
}
