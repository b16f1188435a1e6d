/** Numbers that the figure publishes for exercises. */
import type { StoredGaps } from "../../../stored/ig.ts";
import type { IgQuestion } from "./igQuestion.ts";
import { steepestPlace, type Walk } from "./walk.ts";

/** A gap that is small enough, as a share of the change. */
const CLOSED = 0.01;
/** Fewer steps than these are expected to miss. */
const MANY = 32;

/** What is shown: the change, the sum, the gap in per cent; where it is steepest; and the gap that many steps from padding have left on a text of the reader. */
export function walkNumbers(walk: Walk, { baseline }: IgQuestion, own: boolean): Record<string, number> {
  const gap = Math.round(walk.share * 1000) / 10;
  return {
    change: walk.to - walk.from,
    sum: walk.to - walk.from + walk.gap,
    gap,
    steps: walk.steps.length,
    [`steepest.${baseline.kind}`]: steepestPlace(walk),
    missed: own && baseline.kind === "pad" && walk.steps.length >= MANY && Number.isFinite(gap) ? gap : 0,
  };
}

/** By start and rule, `fewest.mean.riemann`: the fewest measured steps from which on the gap stays below one per cent. */
export function fewestSteps(gaps: readonly StoredGaps[]): Record<string, number> {
  return Object.fromEntries(
    gaps.flatMap(({ baseline, rule, steps, shares }) => {
      const last = shares.findLastIndex((share) => share >= CLOSED);
      const fewest = steps[last + 1];
      return fewest === undefined ? [] : [[`fewest.${baseline}.${rule}`, fewest] as const];
    }),
  );
}
