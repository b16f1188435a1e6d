/** Lines from one query to the keys, as wide and as strong as their weights. */

export interface FanLine {
  /** Place among the keys shown. */
  readonly key: number;
  readonly d: string;
  readonly width: number;
  readonly opacity: number;
}

/** Weights under this are not drawn. */
const FAINTEST = 0.01;

/** Lines within a box 48 wide: from the left edge's middle to the middle of each key's row. */
export function fanLines(weights: readonly number[], rowHeight: number): FanLine[] {
  const from = (weights.length * rowHeight) / 2;
  return weights.flatMap((weight, key) => {
    if (weight < FAINTEST) return [];
    const to = (key + 0.5) * rowHeight;
    return [
      {
        key,
        d: `M4 ${from}C26 ${from} 22 ${to} 48 ${to}`,
        width: round(0.75 + weight * 6),
        opacity: round(0.25 + 0.75 * weight),
      },
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
