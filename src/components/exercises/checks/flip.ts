/** Take words away, one at a time, until the model prefers the other one: every word counts as a try. */
import { tokenText } from "../cells.ts";
import type { Evidence } from "../evidence.ts";
import { isWord } from "../outline.ts";
import {
  type Checker,
  type Facts,
  type Keys,
  type Solution,
  type TokenAnswer,
  unsettled,
  type Verdict,
} from "../types.ts";
import { tokensOn } from "./tokens.ts";

function check(answer: TokenAnswer | null, key: Keys["flip"], evidence: Evidence | null): Verdict {
  const place = answer?.places.at(-1);
  if (!answer || place === undefined) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const { trace, traced } = evidence;
  const tokens = tokensOn(trace, key.side);
  if (answer.tokens !== tokens.length) return unsettled("other-size");
  const after = without(evidence, place);
  if (after === null || traced?.value === undefined) return unsettled("not-asked");
  const facts: Facts = {
    token: tokenText(tokens[place]),
    before: traced.value,
    after,
    tries: answer.places.length,
    ranked: rankedOf(evidence, key),
  };
  return flips(evidence, place) ? { state: "right", why: "right", facts } : { state: "wrong", why: "stands", facts };
}

/** The followed difference without a word; null where the model was not asked. */
function without({ traced }: Evidence, place: number): number | null {
  const fall = traced?.scores?.[place];
  return traced?.value === undefined || fall === undefined ? null : traced.value - fall;
}

function flips(evidence: Evidence, place: number): boolean {
  const after = without(evidence, place);
  return after !== null && Math.sign(after) !== Math.sign(evidence.traced?.value ?? 0);
}

/** How many tries it takes in the order of integrated gradients; 0 where no single word turns it round. */
function rankedOf(evidence: Evidence, key: Keys["flip"]): number {
  return orderOf(evidence, key).findIndex((place) => flips(evidence, place)) + 1;
}

/** The words that are offered, in that order. */
function orderOf({ trace, traced }: Evidence, { side, except }: Keys["flip"]): number[] {
  const tokens = tokensOn(trace, side);
  const offered = (place: number): boolean => {
    const token = tokens[place];
    return token !== undefined && isWord(token) && !except.includes(tokenText(token));
  };
  return (traced?.order ?? []).filter(offered);
}

/** Words taken away until the answer turns round. */
export const flip: Checker<"flip"> = {
  check,
  solve: (key, evidence): Solution<"flip"> => {
    const place = evidence ? orderOf(evidence, key).find((word) => flips(evidence, word)) : undefined;
    if (!evidence || place === undefined) return { answer: null, facts: {} };
    const answer = { places: [place], tokens: tokensOn(evidence.trace, key.side).length };
    return { answer, facts: check(answer, key, evidence).facts };
  },
  explanations: () => ["right", "stands"],
  facts: ["token", "before", "after", "tries", "ranked"],
  ends: ["right"],
  measured: () => true,
};
