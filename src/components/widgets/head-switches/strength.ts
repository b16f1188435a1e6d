import type { RankedHead } from "../../../stored/ranking.ts";

/** Steps of colour on either side of none. */
export const STRENGTHS = 5;

/**
 * An effect as a step of colour, from −5 (the answer falls without the head) to 5 (it rises), on a scale that ends at the
 * largest effect of all heads. Square roots are compared, so that middling heads do not fade beside one that decides all.
 */
export function strengthOf(effect: number, all: readonly RankedHead[]): number {
  const most = Math.max(...all.map((head) => Math.abs(head.effect)));
  if (!(most > 0)) return 0;
  return Math.sign(effect) * Math.round(STRENGTHS * Math.sqrt(Math.abs(effect) / most));
}
