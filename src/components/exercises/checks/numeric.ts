/** A number: accepted by value and tolerance. A wrong number that is a known mix-up gets that explanation. */
import type { AnyTrace } from "../../../engine/model.ts";
import type { Evidence, Mark } from "../evidence.ts";
import { ranked, rowAndColumn } from "../measures.ts";
import { isQuantity, isShown, quantityValue } from "../quantities.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["numeric"], evidence: Evidence | null): Verdict {
  if (answer === null || !Number.isFinite(answer)) return unsettled("no-answer");
  const trace = evidence?.trace ?? null;
  const value = quantityValue(key.value, evidence);
  if (value === null) return unsettled(trace ? "other-text" : "no-figure");
  const mark = trace ? markOf(trace, key.value) : undefined;
  const facts = { answer, value, ...(trace && edgesOf(trace, key.value)) };
  return { ...judge(answer, value, key, evidence), facts, ...(mark && { mark }) };
}

function judge(
  answer: number,
  value: number,
  key: Keys["numeric"],
  evidence: Evidence | null,
): Pick<Verdict, "state" | "why"> {
  if (Math.abs(answer - value) <= key.tolerance) return { state: "right", why: "right" };
  const trap = key.traps.find((name) => {
    const wrong = quantityValue(name, evidence);
    return wrong !== null && Math.abs(answer - wrong) <= key.tolerance;
  });
  if (trap) return { state: "wrong", why: trap };
  // In a count by eye, one more or less is a slip, not a mistake.
  if (typeof key.value === "object" && Math.abs(answer - value) === 1) return { state: "close", why: "near" };
  return { state: "wrong", why: answer < value ? "low" : "high" };
}

/** On either side of a count's limit: the least weight of a head that counts, the most of one that does not. */
function edgesOf(trace: AnyTrace, value: Keys["numeric"]["value"]): Facts {
  if (typeof value !== "object") return {};
  const weights = (ranked(trace, value.part, value) ?? []).map(({ score }) => score);
  return {
    least: weights.findLast((weight) => weight > value.above) ?? 0,
    most: weights.find((weight) => weight <= value.above) ?? 0,
  };
}

/** A count of heads is shown on one of them: the head with the largest weight, its cell marked. */
function markOf(trace: AnyTrace, value: Keys["numeric"]["value"]): Mark | undefined {
  if (typeof value !== "object") return undefined;
  const best = ranked(trace, value.part, value)?.[0];
  if (!best) return undefined;
  const [from, to] = rowAndColumn(trace, value.part, value);
  const cells = from.flatMap((query) => to.map((key) => ({ query, key })));
  return { head: best.head, cells, label: `${value.from} → ${value.to}: ${best.score.toFixed(2)}` };
}

/** Numbers: how many layers, in how many heads. */
export const numeric: Checker<"numeric"> = {
  check,
  solve: (key, evidence): Solution<"numeric"> => {
    const value = quantityValue(key.value, evidence);
    if (value === null) return { answer: null, facts: {} };
    const mark = evidence ? markOf(evidence.trace, key.value) : undefined;
    return { answer: value, facts: { value }, ...(mark && { mark }) };
  },
  explanations: (key) => ["right", ...key.traps, "low", "high", ...(typeof key.value === "object" ? ["near"] : [])],
  facts: ["answer", "value", "least", "most"],
  ends: ["right"],
  measured: ({ value }) =>
    typeof value === "object" || (typeof value === "string" && (isQuantity(value) || isShown(value))),
};
