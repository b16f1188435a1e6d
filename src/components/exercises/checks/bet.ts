/** Which word will a method put first: a bet, then the method's own order. Any outcome ends the exercise. */
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

/** A word with its score. */
interface Scored {
  readonly place: number;
  readonly score: number;
}

/** From here on a bet is far off. */
const CLOSE = 3;

function check(answer: TokenAnswer | null, key: Keys["bet"], evidence: Evidence | null): Verdict {
  const [place] = answer?.places ?? [];
  if (!answer || place === undefined) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  if (answer.tokens !== tokensOn(evidence.trace, key.side).length) return unsettled("other-size");
  const order = orderOf(key, evidence);
  const rank = order?.findIndex((word) => word.place === place) ?? -1;
  if (!order || rank < 0) return unsettled("not-asked");
  const facts = factsOf(evidence, key, order, rank);
  if (rank === 0) return { state: "right", why: "first", facts };
  return rank < CLOSE ? { state: "close", why: "close", facts } : { state: "wrong", why: "far", facts };
}

/** The words by the size of their scores, largest first; null where the model was not asked. */
function orderOf({ side }: Keys["bet"], { trace, traced }: Evidence): Scored[] | null {
  const scores = traced?.scores;
  if (!scores) return null;
  return tokensOn(trace, side)
    .flatMap((token, place) => (isWord(token) ? [{ place, score: scores[place] ?? 0 }] : []))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
}

function factsOf({ trace }: Evidence, { side }: Keys["bet"], order: readonly Scored[], rank: number): Facts {
  const tokens = tokensOn(trace, side);
  const [top] = order;
  const own = order[rank];
  return {
    token: tokenText(tokens[own?.place ?? -1]),
    number: own?.score ?? 0,
    rank: rank + 1,
    words: order.length,
    top: tokenText(tokens[top?.place ?? -1]),
    topNumber: top?.score ?? 0,
  };
}

/** A bet on the most important word. */
export const bet: Checker<"bet"> = {
  check,
  solve: (key, evidence): Solution<"bet"> => {
    const order = evidence && orderOf(key, evidence);
    const [top] = order ?? [];
    if (!evidence || !order || !top) return { answer: null, facts: {} };
    const answer = { places: [top.place], tokens: tokensOn(evidence.trace, key.side).length };
    return { answer, facts: factsOf(evidence, key, order, 0) };
  },
  explanations: () => ["first", "close", "far"],
  facts: ["token", "number", "rank", "words", "top", "topNumber"],
  ends: ["right", "close", "wrong"],
  measured: () => true,
};
