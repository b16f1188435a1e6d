/** As few steps of integrated gradients as it takes: settled by the gaps that the model leaves with 1, 2, … steps. */
import type { Evidence } from "../evidence.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["steps"], evidence: Evidence | null): Verdict {
  if (answer === null || !Number.isInteger(answer) || answer < 1 || answer > key.most) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const gaps = evidence.traced?.gaps;
  const gap = gaps?.[answer - 1];
  if (!gaps || gap === undefined) return unsettled("not-asked");
  const facts: Facts = { steps: answer, gap: 100 * gap, bound: 100 * key.bound };
  if (gap >= key.bound) return { state: "wrong", why: "few", facts };
  const fewest = fewestOf(gaps, key.bound);
  return fewest === answer ? { state: "right", why: "right", facts } : { state: "close", why: "many", facts };
}

/** The fewest steps with a gap below the bound; null where none of those tried is. */
function fewestOf(gaps: readonly number[], bound: number): number | null {
  const at = gaps.findIndex((gap) => gap < bound);
  return at < 0 ? null : at + 1;
}

/** A number of steps, no more than needed. */
export const steps: Checker<"steps"> = {
  check,
  solve: (key, evidence): Solution<"steps"> => {
    const fewest = fewestOf(evidence?.traced?.gaps ?? [], key.bound);
    if (fewest === null) return { answer: null, facts: {} };
    const gap = evidence?.traced?.gaps?.[fewest - 1] ?? 0;
    return { answer: fewest, facts: { steps: fewest, gap: 100 * gap, bound: 100 * key.bound } };
  },
  explanations: () => ["right", "few", "many"],
  facts: ["steps", "gap", "bound"],
  ends: ["right"],
  measured: () => true,
};
