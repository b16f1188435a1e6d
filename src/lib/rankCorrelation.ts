/**
 * Spearman's ρ: how far two lists put the same things in the same order, from −1 to 1. Equal numbers share the mean of their
 * ranks. NaN where a list has no order: fewer than two numbers, or all equal.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [centred(ranksOf(a)), centred(ranksOf(b))];
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}

/** Places in the order from the smallest on, counted from 1. */
function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
