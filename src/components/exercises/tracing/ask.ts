/** What exercises ask of a figure's model, in the form that their checks read. */
import type { Attribution } from "../../../engine/attribute.ts";
import type { MethodRequest, ModelAnswer, Traced, Tracing } from "../evidence.ts";
import type { Keys, TokenSide } from "../types.ts";
import { scoresOf } from "./attributed.ts";

/** Said where a method that has no score for tokens was asked for one. */
const NO_SCORES = "This method gives no score for a token.";

/** The scores of a method on one side of the text. */
export async function askScores(
  tracing: Tracing,
  side: TokenSide,
  request: MethodRequest,
): Promise<ModelAnswer<Traced>> {
  const answer = await tracing.attribute(tracing.followed, request);
  if (!answer.ok) return answer;
  const scores = sideOf(answer.value, side);
  if (!scores) return { ok: false, message: NO_SCORES };
  return { ok: true, live: answer.live, value: { scores: { ...scores }, value: answer.value.values[0] ?? 0 } };
}

/** What taking away each token does, and the order in which integrated gradients would have it tried. */
export async function askRemovals(tracing: Tracing, side: TokenSide): Promise<ModelAnswer<Traced>> {
  const falls = await askScores(tracing, side, { method: "occlusion" });
  if (!falls.ok) return falls;
  const ranking = await askScores(tracing, side, { method: "integrated-gradients" });
  if (!ranking.ok) return ranking;
  const scores = ranking.value.scores ?? {};
  const order = Object.keys(scores)
    .map(Number)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return { ok: true, live: falls.live && ranking.live, value: { ...falls.value, order } };
}

/** The gap that a number of steps leaves. */
export async function askWalk(
  tracing: Tracing,
  steps: number,
  { rule }: Pick<Keys["steps"], "rule">,
): Promise<ModelAnswer<Traced>> {
  const answer = await tracing.attribute(tracing.followed, {
    method: "integrated-gradients",
    baseline: { kind: "pad" },
    steps,
    rule,
  });
  if (!answer.ok) return answer;
  return { ok: true, live: answer.live, value: { walk: { steps, gap: gapShare(answer.value) } } };
}

/** The gap as a share of the difference to the baseline. */
export function gapShare(attribution: Attribution): number {
  if (attribution.of !== "tokens" || !attribution.completeness) return Number.POSITIVE_INFINITY;
  const { gap, baseline } = attribution.completeness;
  return Math.abs((gap[0] ?? 0) / ((attribution.values[0] ?? 0) - (baseline[0] ?? 0)));
}

/** Of the first row, the scores on one side; what a decoder alone reads is its source. */
function sideOf(attribution: Attribution, side: TokenSide): readonly number[] | null {
  if (attribution.of !== "tokens") return null;
  const { source, target } = scoresOf(attribution.scores);
  return side === "source" || target.length === 0 ? source : target;
}
