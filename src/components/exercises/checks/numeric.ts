/** A number: accepted by value and tolerance. A wrong number that is a known mix-up gets that explanation. */
import type { Evidence } from "../evidence.ts";
import { isQuantity, quantityValue } from "../quantities.ts";
import { type Checker, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: number | null, key: Keys["numeric"], evidence: Evidence | null): Verdict {
  if (answer === null || !Number.isFinite(answer)) return unsettled("no-answer");
  const trace = evidence?.trace ?? null;
  const value = quantityValue(key.value, trace);
  if (value === null) return unsettled("no-figure");
  const facts = { answer, value };
  if (Math.abs(answer - value) <= key.tolerance) return { state: "right", why: "right", facts };
  const trap = key.traps.find((name) => {
    const wrong = quantityValue(name, trace);
    return wrong !== null && Math.abs(answer - wrong) <= key.tolerance;
  });
  return { state: "wrong", why: trap ?? (answer < value ? "low" : "high"), facts };
}

/** Numbers: how many layers, which weight. */
export const numeric: Checker<"numeric"> = {
  check,
  solve: (key, evidence): Solution<"numeric"> => {
    const value = quantityValue(key.value, evidence?.trace ?? null);
    return { answer: value, facts: value === null ? {} : { value } };
  },
  explanations: (key) => ["right", ...key.traps, "low", "high"],
  facts: ["answer", "value"],
  ends: ["right"],
  measured: (key) => typeof key.value === "string" && isQuantity(key.value),
};

/** The number that a reader typed: with point or comma, with a percent sign, or null. */
export function readNumber(text: string): number | null {
  const match = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))(?:e([+-]?\d{1,3}))?\s*(%?)$/i.exec(text.trim().replace("−", "-"));
  if (!match) return null;
  const [, digits = "", exponent, percent] = match;
  const value = Number(digits.replace(",", ".")) * 10 ** Number(exponent ?? 0);
  return percent ? value / 100 : value;
}
