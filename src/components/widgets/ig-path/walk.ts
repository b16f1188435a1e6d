/** One run of integrated gradients, as the figure shows it. */
import type { Attribution, Path, TokenAttribution } from "../../../engine/attribute.ts";
import type { Cost } from "../../../engine/gradient.ts";
import type { Tensor, Token } from "../../../engine/model.ts";

/** The way from a baseline to the text, with what its steps add up to. */
export interface Walk {
  readonly source: readonly Token[];
  /** The target so far of an encoder–decoder; empty for a model with one stack. */
  readonly target: readonly Token[];
  /** What each token has got in the end: source tokens, then target tokens. */
  readonly scores: readonly number[];
  readonly steps: readonly Step[];
  /** The followed number at the baseline and at the text. */
  readonly from: number;
  readonly to: number;
  /** Sum of the scores − what has changed on the way. */
  readonly gap: number;
  /** Size of the gap as a share of that change. */
  readonly share: number;
  readonly tried: Path["tried"];
  readonly cost: Cost;
}

/** One place on the way. */
export interface Step {
  /** 0 at the baseline, 1 at the text. */
  readonly place: number;
  readonly weight: number;
  /** The stretch of the way that its slope stands for. */
  readonly between: readonly [from: number, to: number];
  readonly value: number;
  readonly slope: number;
  /** The slope by token, in the order of the scores. */
  readonly tokens: readonly number[];
  /** What all steps up to this one have added up to. */
  readonly sum: number;
}

/** The first row of an attribution by integrated gradients; throws TypeError for one by another method. */
export function walkOf(attribution: Attribution): Walk {
  const path = attribution.of === "tokens" ? attribution.paths?.[0] : undefined;
  if (attribution.of !== "tokens" || !path) throw new TypeError(`${attribution.method} walks no path`);
  const { completeness, values, source, target, cost } = attribution;
  const [from = Number.NaN, to = Number.NaN] = [completeness?.baseline[0], values[0]];
  const gap = completeness?.gap[0] ?? Number.NaN;
  return {
    source,
    target: target ?? [],
    scores: scoresOf(attribution),
    steps: stepsOf(path),
    from,
    to,
    gap,
    share: shareOf(gap, from, to),
    tried: path.tried,
    cost,
  };
}

/** A gap as a share of the change; a change of nothing leaves all of it. */
export function shareOf(gap: number, from: number, to: number): number {
  return gap === 0 ? 0 : Math.abs(gap) / Math.abs(to - from);
}

/** The step that stands nearest to a place. */
export function nearestStep(steps: readonly Step[], place: number): number {
  const far = steps.map((step) => Math.abs(step.place - place));
  return Math.max(0, far.indexOf(Math.min(...far)));
}

/** The place at which the number moves fastest. */
export function steepestPlace({ steps }: Walk): number {
  const [most] = [...steps].sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope));
  return most?.place ?? 0.5;
}

function scoresOf({ scores }: TokenAttribution): number[] {
  return [...rowOf(scores.source, 0), ...(scores.target ? rowOf(scores.target, 0) : [])];
}

function stepsOf({ places, weights, values, slopes, tokenSlopes }: Path): Step[] {
  let [way, sum] = [0, 0];
  return Array.from(places, (place, at) => {
    const [weight = 0, slope = 0, start] = [weights[at], slopes[at], way];
    way += weight;
    sum += weight * slope;
    const tokens = rowOf(tokenSlopes, at);
    return { place, weight, between: [start, way], value: values[at] ?? Number.NaN, slope, tokens, sum };
  });
}

/** A row of `[row, token]`. */
function rowOf({ data, shape }: Tensor, row: number): number[] {
  const tokens = shape[1] ?? 0;
  return Array.from(data.subarray(row * tokens, (row + 1) * tokens));
}
