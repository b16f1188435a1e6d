/** Numbers of a reader's program, as tables and plots write them. */

/** Whole numbers as they are; others with three decimals, or where that leaves nothing with three digits that count. */
export function cellText(value: number | string): string {
  if (typeof value === "string" || Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 0.0005 && Math.abs(value) < 1e6 ? value.toFixed(3) : value.toPrecision(3);
}

/** The largest distance from 0 among some numbers that are numbers; 1 where there is none. */
export function reachOf(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
}

/** Least and largest of some numbers, leaving out what is no number. */
export function rangeOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  const finite = values.filter(Number.isFinite);
  const [first = 0] = finite;
  return {
    low: finite.reduce((least, value) => Math.min(least, value), first),
    high: finite.reduce((most, value) => Math.max(most, value), first),
  };
}
