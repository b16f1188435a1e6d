/** Find a text of one's own on which two methods contradict each other. */
import { factText } from "../code/words.ts";
import type { Evidence } from "../evidence.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["disagree"], evidence: Evidence | null): Verdict {
  if (!evidence) return unsettled("no-figure");
  const { comparison } = evidence;
  if (!comparison) return unsettled("one-method");
  if (answer === null) return unsettled("no-answer");
  const { rho, first, second } = comparison;
  const facts: Facts = { rho, first: factText(first), second: factText(second), below: key.below };
  if (!evidence.live) return { state: "wrong", why: "stored", facts };
  if (first === second) return { state: "wrong", why: "same", facts };
  return rho < key.below ? { state: "right", why: "right", facts } : { state: "close", why: "order", facts };
}

/** A live run on which the two methods put different words first and order the rest differently. */
export const disagree: Checker<"disagree"> = {
  check,
  solve: (key, evidence): Solution<"disagree"> => {
    const rho = evidence?.comparison?.rho ?? null;
    if (rho === null) return { answer: null, facts: {} };
    const { state, facts } = check(rho, key, evidence);
    return { answer: state === "right" ? rho : null, facts };
  },
  explanations: () => ["right", "stored", "same", "order"],
  facts: ["rho", "first", "second", "below"],
  ends: ["right"],
  measured: () => true,
};
