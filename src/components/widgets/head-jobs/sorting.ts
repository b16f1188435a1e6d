import type { Sorting } from "./place.ts";
import type { HeadScore } from "./scores.ts";

/** Heads in the order of a column; equals in the order of layers and heads. */
export function sorted(heads: readonly HeadScore[], { column, down }: Sorting): HeadScore[] {
  const sign = down ? -1 : 1;
  const compare: Readonly<Record<Sorting["column"], (a: HeadScore, b: HeadScore) => number>> = {
    place: (a, b) => a.ref.layer - b.ref.layer || a.ref.head - b.ref.head,
    score: (a, b) => a.mean - b.mean,
    low: (a, b) => a.low - b.low,
    // Heads without a pattern come last where the rest comes first.
    most: (a, b) => Number(a.most !== null) - Number(b.most !== null) || byName(b, a) || weight(a) - weight(b),
  };
  return [...heads].sort((a, b) => sign * compare[column](a, b) || compare.place(a, b));
}

function byName(a: HeadScore, b: HeadScore): number {
  return (a.most?.measure ?? "").localeCompare(b.most?.measure ?? "");
}

function weight({ most }: HeadScore): number {
  return most?.mean ?? 0;
}
