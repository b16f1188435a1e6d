/** The curve as shapes: the ranked order as a line, the random orders as a band around their mean. */
import type { HeadOrders } from "../../../engine/study.ts";

/** The plot’s size in its own units, and the room around it. */
export const PLOT = { width: 360, height: 200, left: 34, right: 10, top: 10, bottom: 30 } as const;

export interface CurveShape {
  /** Places of the steps from left to right. */
  readonly xs: readonly number[];
  readonly ranked: string;
  readonly mean: string;
  readonly band: string;
  /** The mean of the random orders: `[step]`. */
  readonly means: readonly number[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

/** Where a share stands. */
export function yOf(share: number): number {
  const inner = PLOT.height - PLOT.top - PLOT.bottom;
  return PLOT.top + (1 - Math.max(0, Math.min(1, share))) * inner;
}

/** Where a number of heads stands. */
export function xOf(heads: number, steps: readonly number[]): number {
  const inner = PLOT.width - PLOT.left - PLOT.right;
  return PLOT.left + (heads / Math.max(1, steps.at(-1) ?? 1)) * inner;
}

export function curveShape({ steps, values }: HeadOrders): CurveShape {
  const [ranked = [], ...random] = values;
  const at = (step: number) => random.map((row) => row[step] ?? 0);
  const means = steps.map((_, step) => at(step).reduce((sum, value) => sum + value, 0) / Math.max(1, random.length));
  const lows = steps.map((_, step) => Math.min(...at(step)));
  const highs = steps.map((_, step) => Math.max(...at(step)));
  const xs = steps.map((step) => xOf(step, steps));
  const points = (row: readonly number[]) => row.map((share, step) => `${round(xs[step] ?? 0)} ${round(yOf(share))}`);
  return {
    xs,
    ranked: `M${points(ranked).join("L")}`,
    mean: `M${points(means).join("L")}`,
    band: `M${points(highs).join("L")}L${points(lows).reverse().join("L")}Z`,
    means,
    lows,
    highs,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
