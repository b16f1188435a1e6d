/** One of several sentences; each has its own explanation, under the choice's own name. */
import { type Checker, unsettled } from "../types.ts";

/** Multiple choice, one answer; more than one may be right. */
export const choice: Checker<"choice"> = {
  check: (answer, key) => {
    if (answer === null || !key.choices.includes(answer)) return unsettled("no-answer");
    return { state: key.right.includes(answer) ? "right" : "wrong", why: answer, facts: {} };
  },
  solve: (key) => ({ answer: key.right[0] ?? null, facts: {} }),
  explanations: (key) => key.choices,
  facts: [],
  ends: ["right"],
  measured: () => false,
};
