/** Pick a head: the head picked is measured and set beside the best one; no number of a head is written anywhere. */
import type { AnyTrace, Role } from "../../../engine/model.ts";
import { sameHead } from "../axes.ts";
import type { Evidence, Mark } from "../evidence.ts";
import { lookedAt, otherRole, ranked, rowAndColumn, rowsOf, type Scored } from "../measures.ts";
import {
  type Checker,
  type Facts,
  type HeadAnswer,
  type Keys,
  type Solution,
  unsettled,
  type Verdict,
} from "../types.ts";
import { headWords, ordinal } from "../words.ts";
import { ROLE_WORDS } from "./words.ts";

/** The share of a passing score from which on a head is nearly one. */
const NEARLY = 0.7;

function check(answer: HeadAnswer | null, key: Keys["head"], evidence: Evidence | null): Verdict {
  if (answer === null) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const { trace } = evidence;
  const scores = ranked(trace, key.kind, key.measure);
  const best = scores?.[0];
  if (!scores || !best) return unsettled("other-text");

  const facts = factsOfBest(trace, key, best);
  const exists = best.score >= key.floor;
  if (answer === "none") {
    if (exists) return { state: "wrong", why: "none", facts };
    return { state: "right", why: "noneRight", facts, mark: markOf(trace, key, best) };
  }
  if (answer.kind !== key.kind) {
    return { state: "wrong", why: "otherKind", facts: { ...facts, picked: headWords(answer) } };
  }
  const rank = scores.findIndex((entry) => sameHead(entry.head, answer));
  const picked = scores[rank];
  if (!picked) return unsettled("other-size");

  const verdict = exists ? judge(picked, best, key, trace) : { state: "wrong" as const, why: "belowFloor" };
  const own = { ...factsOfPicked(trace, key, picked), rank: rank + 1, heads: scores.length };
  return { ...verdict, facts: { ...facts, ...own }, mark: markOf(trace, key, picked) };
}

function judge(picked: Scored, best: Scored, key: Keys["head"], trace: AnyTrace): Pick<Verdict, "state" | "why"> {
  const passing = Math.max(key.share * best.score, key.floor);
  if (picked.score >= passing) return { state: "right", why: "right" };
  if (picked.score >= NEARLY * passing) return { state: "close", why: "close" };
  if (!("role" in key.measure)) return { state: "wrong", why: "elsewhere" };
  return { state: "wrong", why: otherRole(trace, picked.head, key.measure.role) ? "plays" : "spread" };
}

function factsOfBest(trace: AnyTrace, key: Keys["head"], { head: { layer, head }, score }: Scored): Facts {
  const rows = rowsOf(trace, key.kind, key.measure);
  return {
    best: score,
    bestLayer: ordinal(layer),
    bestHead: ordinal(head),
    bestHits: Math.round(score * rows),
    rows,
    floor: key.floor,
  };
}

/** The score of the head picked, and what it does instead: another role, or the token that it looks at most. */
function factsOfPicked(trace: AnyTrace, key: Keys["head"], picked: Scored): Facts {
  const { head, score } = picked;
  const hits = Math.round(score * rowsOf(trace, key.kind, key.measure));
  const own = { layer: ordinal(head.layer), head: ordinal(head.head), score, hits };
  if ("role" in key.measure) {
    const other = otherRole(trace, head, key.measure.role);
    if (!other) return own;
    return { ...own, plays: ROLE_WORDS[other.role], playsScore: other.score, playsChance: other.chance };
  }
  const [from] = rowAndColumn(trace, key.kind, key.measure);
  const { token, weight } = lookedAt(trace, head, from);
  return { ...own, top: token, topScore: weight };
}

function markOf(trace: AnyTrace, key: Keys["head"], { head, score }: Scored): Mark {
  if ("role" in key.measure) return { head, label: roleLabel(key.measure.role, score) };
  const [from, to] = rowAndColumn(trace, key.kind, key.measure);
  const cells = from.flatMap((query) => to.map((position) => ({ query, key: position })));
  return { head, cells, label: score.toFixed(2) };
}

/** A role's score in the figure: a mean weight, or for alignment a share of words. */
function roleLabel(role: Role, score: number): string {
  if (role === "alignment") return `aligns ${Math.round(score * 100)} % of the words`;
  return `${score.toFixed(2)} on the ${ROLE_WORDS[role]}`;
}

/** Heads by what they do: a role's score, or the weight on one cell. */
export const head: Checker<"head"> = {
  check,
  solve: (key, evidence): Solution<"head"> => {
    const best = evidence && ranked(evidence.trace, key.kind, key.measure)?.[0];
    if (!best) return { answer: null, facts: {} };
    const answer = best.score >= key.floor ? best.head : "none";
    return { answer, facts: factsOfBest(evidence.trace, key, best), mark: markOf(evidence.trace, key, best) };
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
  facts: [
    ...[
      "layer",
      "head",
      "score",
      "hits",
      "rank",
      "heads",
      "picked",
      "plays",
      "playsScore",
      "playsChance",
      "top",
      "topScore",
    ],
    ...["best", "bestLayer", "bestHead", "bestHits", "rows", "floor"],
  ],
  ends: ["right"],
  measured: () => true,
};
