/** A straight scale with round numbers on it. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  /** Round numbers within, from low to high. */
  readonly ticks: readonly number[];
  /** Where a value stands. */
  readonly at: (value: number) => number;
}

/** How far, in steps, a value may stand outside: what is a hair below 0 should not open a whole step there. */
const SLACK = 0.1;

/**
 * An axis that holds all values, its ends round numbers.
 *
 * @param from the place of its low end, `to` of its high end
 */
export function axisOver(values: readonly number[], from: number, to: number, parts = 4): Axis {
  const step = niceStep((Math.max(...values) - Math.min(...values)) / parts);
  const low = Math.floor(Math.min(...values) / step + SLACK) * step;
  const high = Math.max(low + step, Math.ceil(Math.max(...values) / step - SLACK) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, tick) => Number((low + tick * step).toFixed(6)));
  return { low, high, ticks, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** The next of 1, 2, 5, 10 … times a power of ten. */
function niceStep(rough: number): number {
  if (!(rough > 0)) return 0.1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((nice) => nice * power >= rough * 0.999) ?? 10;
  return factor * power;
}
