/** How facts are worded. */
import type { HeadRef } from "../../src/engine/model.ts";

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** A small number in words, a larger one in digits. */
export function count(value: number): string {
  return SMALL[value] ?? String(value);
}

/** A head as the figures count: from 1. */
export function headName({ layer, head }: Pick<HeadRef, "layer" | "head">): string {
  return `layer ${layer + 1}, head ${head + 1}`;
}

/** A share of one in percent, never rounded up to all: 0.999 is "99.9 %". */
export function percent(share: number): string {
  const nearlyAll = share < 1 && share >= 0.995;
  return `${nearlyAll ? Math.min(99.9, 100 * share).toFixed(1) : Math.round(100 * share)} %`;
}

/** A large number as it is spoken: "4.1 million". */
export function millions(value: number, decimals: number): string {
  return `${(value / 1e6).toFixed(decimals)} million`;
}
