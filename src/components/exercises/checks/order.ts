/** Put steps in order. A wrong order is explained by the first step that stands too early: what it still needs. */
import { type Checker, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

function check(answer: readonly string[] | null, key: Keys["order"]): Verdict {
  if (answer === null || !samePlaces(answer, key.steps)) return unsettled("no-answer");
  const place = answer.findIndex((step, index) => step !== key.steps[index]);
  const inPlace = answer.filter((step, index) => step === key.steps[index]).length;
  const facts = { steps: key.steps.length, inPlace, place: place + 1 };
  const early = answer[place];
  if (early === undefined) return { state: "right", why: "right", facts };
  // Two neighbours changed about: all else stands where it should.
  const close = key.steps.length - inPlace === 2 && answer[place] === key.steps[place + 1];
  return { state: close ? "close" : "wrong", why: early, facts };
}

function samePlaces(answer: readonly string[], steps: readonly string[]): boolean {
  return answer.length === steps.length && steps.every((step) => answer.includes(step));
}

/** Steps in their order. */
export const order: Checker<"order"> = {
  check,
  solve: (key): Solution<"order"> => ({ answer: key.steps, facts: { steps: key.steps.length } }),
  // The last step cannot be the first to stand wrongly unless it stands too early, which all others can be as well.
  explanations: (key) => ["right", ...key.steps.slice(1)],
  facts: ["steps", "inPlace", "place"],
  ends: ["right"],
  measured: () => false,
};
