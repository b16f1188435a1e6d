/** A weight between 0 and 1 as it stands beside a token: two decimals, no more than it can carry; nothing at all is "0". */
export function weightText(weight: number): string {
  if (weight === 0) return "0";
  if (weight > 0 && weight < 0.005) return "<0.01";
  return weight.toFixed(2);
}

/** A share of one as a percentage without decimals, never rounded to nothing or to all. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.005) return "less than 1 %";
  if (share < 1 && share >= 0.995) return "more than 99 %";
  return `${Math.round(share * 100)} %`;
}

/** "1", "1 and 2", "1, 2 and 4". */
export function listText(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A number held between two ends; `fallback` for what is no number. */
export function clamp(value: unknown, low: number, high: number, fallback: number): number {
  if (typeof value !== "number" || Number.isNaN(value)) return fallback;
  return Math.min(high, Math.max(low, value));
}

/** Megabytes with one decimal, as chips, pickers and the prose write them. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
