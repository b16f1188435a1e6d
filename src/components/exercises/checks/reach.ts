/** Find a text of one's own: settled by a number that the figure publishes of a live run. */
import type { Evidence } from "../evidence.ts";
import { quantityValue } from "../quantities.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["reach"], evidence: Evidence | null): Verdict {
  if (!evidence) return unsettled("no-figure");
  if (quantityValue(key.value, evidence) === null) return unsettled("other-text");
  if (answer === null) return unsettled("no-answer");
  const facts: Facts = { value: answer };
  if (!evidence.live) return { state: "wrong", why: "stored", facts };
  return answer >= key.least ? { state: "right", why: "right", facts } : { state: "wrong", why: "short", facts };
}

/** A live run with what is asked for. */
export const reach: Checker<"reach"> = {
  check,
  solve: (key, evidence): Solution<"reach"> => {
    const value = evidence?.live ? quantityValue(key.value, evidence) : null;
    return { answer: value !== null && value >= key.least ? value : null, facts: value === null ? {} : { value } };
  },
  explanations: () => ["right", "stored", "short"],
  facts: ["value"],
  ends: ["right"],
  measured: () => true,
};
