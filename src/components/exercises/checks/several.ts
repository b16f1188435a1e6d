/** Choose all that hold: a wrong choice is explained under its own name; what is missing is only counted. */
import { type Checker, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: readonly string[] | null, key: Keys["several"]): Verdict {
  const chosen = (answer ?? []).filter((id) => key.choices.includes(id));
  if (chosen.length === 0) return unsettled("no-answer");
  const extra = chosen.filter((id) => !key.right.includes(id));
  const missing = key.right.filter((id) => !chosen.includes(id));
  const facts = { chosen: chosen.length, extra: extra.length, missing: missing.length, all: key.right.length };
  const [first] = extra;
  if (first) return { state: extra.length === 1 && missing.length === 0 ? "close" : "wrong", why: first, facts };
  if (missing.length > 0) return { state: "close", why: "missing", facts };
  return { state: "right", why: "right", facts };
}

/** Several of several sentences. */
export const several: Checker<"several"> = {
  check,
  solve: (key): Solution<"several"> => ({ answer: key.right, facts: { all: key.right.length } }),
  explanations: (key) => ["right", "missing", ...key.choices.filter((id) => !key.right.includes(id))],
  facts: ["chosen", "extra", "missing", "all"],
  ends: ["right"],
  measured: () => false,
};
