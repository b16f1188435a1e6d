/** Switch heads off: settled by the figure’s own run with exactly those off, not by anything that is typed. */
import type { HeadRef } from "../../../engine/model.ts";
import type { Evidence, Removal } from "../evidence.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";
import { ordinal } from "../words.ts";

/** In the ranking, a head that is no further down than this is close. */
const NEAR = 3;

function check(answer: readonly HeadRef[] | null, key: Keys["off"], evidence: Evidence | null): Verdict {
  const removal = evidence?.removal;
  if (answer === null || answer.length === 0 || !removal) return unsettled("none-off");
  if (removal.source !== key.source) return unsettled("other-text");
  return key.goal === "flip" ? flip(key.most, removal) : strongest(removal);
}

/** As few heads as it takes for the answer to be no longer the first choice. */
function flip(most: number, { off, says, stands, share, whole, answer }: Removal): Verdict {
  const facts: Facts = { heads: off.length, most, says, answer, share, whole };
  if (stands) return { state: "wrong", why: "stands", facts };
  return off.length > most ? { state: "close", why: "many", facts } : { state: "right", why: "right", facts };
}

/** The one head whose removal lowers the answer most. */
function strongest({ off, ranking }: Removal): Verdict {
  const [head] = off;
  if (off.length !== 1 || !head) return { state: "wrong", why: "several", facts: { heads: off.length } };
  if (!ranking) return unsettled("not-ranked");
  const place = ranking.findIndex((other) => same(other, head)) + 1;
  const facts = { ...placed(head), place, all: ranking.length };
  const [first] = ranking;
  const mark = first && { head: first, label: "first in the ranking" };
  const state = place === 1 ? "right" : place <= NEAR ? "close" : "wrong";
  const why = { right: "right", close: "near", wrong: "low" }[state];
  return { state, why, facts, ...(mark && { mark }) };
}

function placed({ layer, head }: HeadRef): Facts {
  return { layer: ordinal(layer), head: ordinal(head) };
}

function same(a: HeadRef, b: HeadRef): boolean {
  return a.kind === b.kind && a.layer === b.layer && a.head === b.head;
}

/** What is off in the figure. */
export const off: Checker<"off"> = {
  check,
  solve: (key, evidence): Solution<"off"> => {
    if (key.goal === "flip") return { answer: null, facts: { most: key.most } };
    const first = evidence?.removal?.ranking?.[0];
    if (!first) return { answer: null, facts: {} };
    return { answer: [first], facts: placed(first), mark: { head: first, label: "first in the ranking" } };
  },
  explanations: ({ goal }) => (goal === "flip" ? ["right", "many", "stands"] : ["right", "near", "low", "several"]),
  facts: ["heads", "most", "says", "answer", "share", "whole", "layer", "head", "place", "all"],
  ends: ["right"],
  measured: () => true,
};
