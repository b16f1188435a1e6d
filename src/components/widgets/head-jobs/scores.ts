/** One measure of every head, ranked and set beside what needs no head: the numbers behind the map and the table. */
import type { AttentionKind, HeadRef } from "../../../engine/model.ts";
import type { HeadScores, HeadStudy, Measure } from "../../../engine/study.ts";
import { isFigure, isRelation, orderOf } from "./measures.ts";

/** One head's score. */
export interface HeadScore {
  readonly ref: HeadRef;
  readonly mean: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** The plain pattern that stands out most in this head, in the same study; null where none does. */
  readonly most: { readonly measure: Measure; readonly mean: number } | null;
}

/** What the best head has to beat: a fixed offset, a head that looks everywhere alike, or one that goes straight across. */
export interface Baseline {
  readonly kind: "offset" | "even" | "diagonal";
  readonly score: number;
  /** For an offset: how many words further on; else 0. */
  readonly by: number;
}

/** A pattern stands out from this many times what even attention gives. */
const STANDS_OUT = 2;

/** The measures that a study has of a kind of attention, in the order of the list; those that are 0 everywhere are left out. */
export function measuresOf({ scores }: HeadStudy, kind: AttentionKind): Measure[] {
  return scores
    .filter((each) => each.kind === kind && each.mean.data.some((value) => value > 0))
    .map(({ measure }) => measure)
    .sort((a, b) => orderOf(a) - orderOf(b) || a.localeCompare(b));
}

/** One measure of a study. */
export function scoresOf(study: HeadStudy, kind: AttentionKind, measure: Measure): HeadScores | undefined {
  return study.scores.find((each) => each.kind === kind && each.measure === measure);
}

/** Every head with its score, layer by layer. */
export function headsOf(study: HeadStudy, { kind, mean, low, high }: HeadScores): HeadScore[] {
  const [, heads = 1] = mean.shape;
  return Array.from(mean.data, (value, at) => ({
    ref: { kind, layer: Math.floor(at / heads), head: at % heads },
    mean: value,
    low: low.data[at] ?? value,
    high: high.data[at] ?? value,
    most: mostOf(study, kind, at),
  }));
}

function mostOf({ scores }: HeadStudy, kind: AttentionKind, at: number): HeadScore["most"] {
  const patterns = scores
    .filter((each) => each.kind === kind && !isRelation(each.measure) && !isFigure(each.measure) && each.even !== null)
    .map(({ measure, mean, even }) => ({ measure, mean: mean.data[at] ?? 0, even: even ?? 0 }))
    .filter(({ mean, even }) => mean >= STANDS_OUT * even)
    .sort((a, b) => b.mean - b.even - (a.mean - a.even));
  const [first] = patterns;
  return first ? { measure: first.measure, mean: first.mean } : null;
}

/** The head with the highest mean; of equals the first. */
export function bestOf(heads: readonly HeadScore[]): HeadScore | undefined {
  return heads.reduce<HeadScore | undefined>((best, head) => (best && best.mean >= head.mean ? best : head), undefined);
}

/**
 * What the scores have to beat; null where there is nothing.
 *
 * @param diagonal share of words for which the same relative place is right, where the sentences are pairs
 */
export function baselineOf({ measure, offset, even }: HeadScores, diagonal: number | null): Baseline | null {
  if (measure === "alignment") return diagonal === null ? null : { kind: "diagonal", score: diagonal, by: 0 };
  if (offset) return { kind: "offset", ...offset };
  return even === null ? null : { kind: "even", score: even, by: 0 };
}

/** Whether a head is above a baseline, below it, or not told apart from it: its interval decides. */
export function against(
  { low, high }: Pick<HeadScore, "low" | "high">,
  { score }: Baseline,
): "above" | "below" | "level" {
  if (low > score) return "above";
  return high < score ? "below" : "level";
}

/** What the strongest colour and the end of the bars stand for: 1 for shares, the largest number for other figures. */
export function topOf(measure: Measure, heads: readonly HeadScore[], baseline: Baseline | null): number {
  if (measure !== "entropy" && measure !== "distance") return 1;
  return Math.max(baseline?.score ?? 0, ...heads.map(({ high }) => high)) || 1;
}
