/** Pick a head: the head picked is measured and set beside the best one; no number of a head is written anywhere. */
import type { AttentionKind, HeadRef, Trace } from "../../../engine/model.ts";
import { hasHead, headsOf, keyTokens, queryTokens, sameHead, tokenText, wordAt, wordWeight } from "../cells.ts";
import type { Evidence, Mark } from "../evidence.ts";
import {
  type Checker,
  type Facts,
  type HeadAnswer,
  type HeadMeasure,
  type Keys,
  type Solution,
  unsettled,
  type Verdict,
} from "../types.ts";
import { headWords, ordinal, ROLE_WORDS } from "../words.ts";

/** A head with its score. */
export interface Scored {
  readonly head: HeadRef;
  readonly score: number;
}

/** From here on another role is strong enough to be named as what a wrongly picked head does instead. */
const STRONG = 0.4;

const FACTS = [
  ...["layer", "head", "score", "rank", "heads", "best", "bestLayer", "bestHead", "floor"],
  ...["picked", "plays", "playsScore", "top", "topScore"],
];

/** Every head of the key's kind with its score, best first; null if this text does not allow the measure. */
export function ranked(trace: Trace, kind: AttentionKind, measure: HeadMeasure): Scored[] | null {
  const score = scorer(trace, kind, measure);
  if (!score) return null;
  return headsOf(trace, kind)
    .map((head) => ({ head, score: score(head) }))
    .sort((a, b) => b.score - a.score);
}

function scorer(trace: Trace, kind: AttentionKind, measure: HeadMeasure): ((head: HeadRef) => number) | null {
  if ("role" in measure) {
    const found = trace.roles.find((scores) => scores.role === measure.role && scores.kind === kind);
    if (!found) return null;
    const heads = found.values.shape[1] ?? 0;
    return ({ layer, head }) => found.values.data[layer * heads + head] ?? 0;
  }
  const [from, to] = cellOf(trace, kind, measure);
  return from.length && to.length ? (head) => wordWeight(trace, head, from, to) : null;
}

function cellOf(trace: Trace, kind: AttentionKind, words: { from: string; to: string }): [number[], number[]] {
  return [wordAt(queryTokens(trace, kind), words.from), wordAt(keyTokens(trace, kind), words.to)];
}

function check(answer: HeadAnswer | null, key: Keys["head"], evidence: Evidence | null): Verdict {
  if (answer === null) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const scores = ranked(evidence.trace, key.kind, key.measure);
  const best = scores?.[0];
  if (!scores || !best) return unsettled("other-text");

  const bestFacts = {
    best: best.score,
    bestLayer: ordinal(best.head.layer),
    bestHead: ordinal(best.head.head),
    floor: key.floor,
  };
  const exists = best.score >= key.floor;
  if (answer === "none") {
    return exists
      ? { state: "wrong", why: "none", facts: bestFacts }
      : { state: "right", why: "noneRight", facts: bestFacts, mark: markOf(evidence.trace, key, best) };
  }
  if (answer.kind !== key.kind)
    return { state: "wrong", why: "otherKind", facts: { ...bestFacts, picked: headWords(answer) } };
  const rank = scores.findIndex((entry) => sameHead(entry.head, answer));
  const picked = scores[rank];
  if (!picked || !hasHead(evidence.trace, answer)) return unsettled("other-size");

  const own = {
    layer: ordinal(answer.layer),
    head: ordinal(answer.head),
    score: picked.score,
    rank: rank + 1,
    heads: scores.length,
  };
  const verdict = exists ? judge(picked, best, key, evidence.trace) : { state: "wrong" as const, why: "belowFloor" };
  const facts = { ...bestFacts, ...own, ...instead(evidence.trace, key, answer) };
  return { ...verdict, facts, mark: markOf(evidence.trace, key, picked) };
}

function judge(picked: Scored, best: Scored, key: Keys["head"], trace: Trace): Pick<Verdict, "state" | "why"> {
  if (picked.score >= key.floor && picked.score >= key.share * best.score) return { state: "right", why: "right" };
  if (picked.score >= (key.share * best.score) / 2) return { state: "close", why: "close" };
  if (!("role" in key.measure)) return { state: "wrong", why: "elsewhere" };
  return { state: "wrong", why: strongestRole(trace, picked.head, key.measure.role) ? "plays" : "spread" };
}

/** What the head does instead: its strongest other role, or the token that it looks at most in this row. */
function instead(trace: Trace, key: Keys["head"], head: HeadRef): Facts {
  if ("role" in key.measure) {
    const role = strongestRole(trace, head, key.measure.role);
    return role ? { plays: ROLE_WORDS[role.role], playsScore: role.score } : {};
  }
  const [from] = cellOf(trace, key.kind, key.measure);
  const tokens = keyTokens(trace, key.kind);
  const weights = tokens.map((_, position) => wordWeight(trace, head, from, [position]));
  const top = weights.indexOf(Math.max(...weights));
  return { top: tokenText(tokens[top]), topScore: weights[top] ?? 0 };
}

function strongestRole(trace: Trace, { kind, layer, head }: HeadRef, except: string) {
  const others = trace.roles
    .filter((scores) => scores.kind === kind && scores.role !== except)
    .map((scores) => ({
      role: scores.role,
      score: scores.values.data[layer * (scores.values.shape[1] ?? 0) + head] ?? 0,
    }))
    .sort((a, b) => b.score - a.score);
  return others[0] && others[0].score >= STRONG ? others[0] : null;
}

function markOf(trace: Trace, key: Keys["head"], { head, score }: Scored): Mark {
  const label = score.toFixed(2);
  if ("role" in key.measure) return { head, label: `${label} on the ${ROLE_WORDS[key.measure.role]}` };
  const [from, to] = cellOf(trace, key.kind, key.measure);
  return { head, cells: from.flatMap((query) => to.map((at) => ({ query, key: at }))), label };
}

/** Heads by what they do: a role's mean weight, or the weight on one cell. */
export const head: Checker<"head"> = {
  check,
  solve: (key, evidence): Solution<"head"> => {
    const best = evidence && ranked(evidence.trace, key.kind, key.measure)?.[0];
    if (!best) return { answer: null, facts: {} };
    const facts = {
      best: best.score,
      bestLayer: ordinal(best.head.layer),
      bestHead: ordinal(best.head.head),
      floor: key.floor,
    };
    const answer = best.score >= key.floor ? best.head : "none";
    return { answer, facts, mark: markOf(evidence.trace, key, best) };
  },
  explanations: (key) => [
    "right",
    "close",
    ...("role" in key.measure ? ["plays", "spread"] : ["elsewhere"]),
    "otherKind",
    "none",
    "noneRight",
    "belowFloor",
  ],
  facts: FACTS,
  ends: ["right"],
  measured: () => true,
};
