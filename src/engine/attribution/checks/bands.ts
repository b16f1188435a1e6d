import { quantile } from "../../attention/statistics.ts";
import type { Band, Curve, CurvesStudy } from "../../attribute.ts";

/** Share of the orders that a band holds. */
const LEVEL = 0.95;

/** Curves of random orders together: at every step their mean, and the interval that holds the middle 95 % of them. */
export function bandsOf(curves: readonly Curve[]): CurvesStudy["random"] {
  const mean = (of: (curve: Curve) => number): number =>
    curves.reduce((sum, curve) => sum + of(curve), 0) / curves.length;
  return {
    orders: curves.length,
    deletion: bandOf(curves.map(({ deletion }) => deletion)),
    insertion: bandOf(curves.map(({ insertion }) => insertion)),
    areas: { deletion: mean(({ areas }) => areas.deletion), insertion: mean(({ areas }) => areas.insertion) },
  };
}

/** `[token + 1]`, from `[order][token + 1]`. */
function bandOf(curves: readonly Float32Array[]): Band {
  const length = curves[0]?.length ?? 0;
  const at = (step: number) => curves.map((values) => values[step] ?? Number.NaN).sort((a, b) => a - b);
  const of = (figure: (sorted: readonly number[]) => number) =>
    Float32Array.from({ length }, (_, step) => figure(at(step)));
  return {
    mean: of((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: of((values) => quantile(values, (1 - LEVEL) / 2)),
    high: of((values) => quantile(values, (1 + LEVEL) / 2)),
  };
}
