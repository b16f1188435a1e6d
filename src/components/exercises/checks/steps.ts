/** As few steps of integrated gradients as it takes: settled by the gap that the model leaves with them. */
import type { Evidence } from "../evidence.ts";
import { type Checker, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["steps"], evidence: Evidence | null): Verdict {
  if (answer === null || !Number.isInteger(answer) || answer < 1 || answer > key.most) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const walk = evidence.traced?.walk;
  if (walk?.steps !== answer) return unsettled("not-asked");
  const facts = { steps: answer, gap: 100 * walk.gap, bound: 100 * key.bound };
  if (!(walk.gap < key.bound)) return { state: "wrong", why: "few", facts };
  return answer > key.enough ? { state: "close", why: "many", facts } : { state: "right", why: "right", facts };
}

/** A number of steps, no more than are enough. */
export const steps: Checker<"steps"> = {
  check,
  solve: (key, evidence): Solution<"steps"> => {
    const steps = evidence?.traced?.walk?.steps ?? null;
    const { state, facts } = check(steps, key, evidence);
    return { answer: state === "right" ? steps : null, facts };
  },
  explanations: () => ["right", "few", "many"],
  facts: ["steps", "gap", "bound"],
  ends: ["right"],
  measured: () => true,
};
