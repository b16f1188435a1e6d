/** From a study of heads to what a plot draws. */
import type { AttentionKind, Tensor } from "../../../engine/model.ts";
import type { HeadScores, HeadStudy, Measure } from "../../../engine/study.ts";
import type { Estimate, HeadRow, NumbersData, PlotName } from "../../plots/data.ts";

/** Which heads a plot shows of a study: of one kind of attention, or for relations those that are asked in one direction. */
export type Part = AttentionKind | "head" | "dependant";

/** What a plot needs besides the study. */
export interface Beside {
  /** The share that the same relative place gets right, for alignment. */
  readonly diagonal?: number;
  /** The head of the cross-attention that was taught to align. */
  readonly taught?: { readonly layer: number; readonly head: number };
}

/** Relations that fewer sentences than these have are left out: their intervals would say nothing. */
export const LEAST_SENTENCES = 20;

/** The parts of a study that a plot can show. */
export function partsOf(plot: PlotName, study: HeadStudy): Part[] {
  if (plot === "relations") return ["head", "dependant"];
  if (plot === "alignment") return ["cross"];
  if (plot === "alike" || plot === "map") return (study.pairs ?? []).map(({ kind }) => kind);
  const kinds = study.scores.filter(({ measure }) => measure === "entropy").map(({ kind }) => kind);
  return plot === "spread" ? kinds.filter((kind) => kind !== "cross") : kinds;
}

/** What a plot draws of a part of a study; throws RangeError where the study lacks the measure. */
export function numbersOf(plot: PlotName, study: HeadStudy, part: Part, beside: Beside = {}): NumbersData {
  if (part === "head" || part === "dependant") return relations(study, part);
  switch (plot) {
    case "spread":
      return spread(study, part);
    case "special":
      return special(study, part);
    case "alike":
      return alike(study, part);
    case "map":
      return map(study, part);
    case "alignment":
      return alignment(study, beside);
    case "relations":
      return relations(study, "head");
  }
}

function spread(study: HeadStudy, kind: AttentionKind): NumbersData {
  const [entropy, distance] = [found(study, "entropy", kind), found(study, "distance", kind)];
  const rows = headsOf(entropy.mean).map((head, at) => ({
    ...head,
    entropy: estimate(entropy, at),
    distance: estimate(distance, at),
  }));
  const known = entropy.even !== null && distance.even !== null;
  const even = known ? { entropy: entropy.even ?? 0, distance: distance.even ?? 0 } : null;
  return { plot: "spread", layers: entropy.mean.shape[0] ?? 0, rows, even };
}

function special(study: HeadStudy, kind: AttentionKind): NumbersData {
  const scores = found(study, "special", kind);
  const [layers = 0, heads = 0] = scores.mean.shape;
  const rows = headsOf(scores.mean).map((head, at) => ({ ...head, weight: estimate(scores, at) }));
  return { plot: "special", layers, heads, rows, even: scores.even };
}

function pairsOf(study: HeadStudy, kind: AttentionKind) {
  const pairs = study.pairs?.find((each) => each.kind === kind);
  if (!pairs) throw new RangeError(`the study compares no heads of the ${kind}`);
  const { shape } = found(study, "entropy", kind).mean;
  return { pairs, shape, layers: shape[0] ?? 0, heads: shape[1] ?? 0 };
}

function alike(study: HeadStudy, kind: AttentionKind): NumbersData {
  const { pairs, layers, heads } = pairsOf(study, kind);
  const all = layers * heads;
  const below = Array.from(pairs.distances.data)
    .filter((_, pair) => pair % all < Math.floor(pair / all))
    .map(rounded);
  return { plot: "alike", layers, heads, below };
}

function map(study: HeadStudy, kind: AttentionKind): NumbersData {
  const { pairs, layers, shape } = pairsOf(study, kind);
  const place = (at: number, axis: number): number => rounded(pairs.places.data[at * 2 + axis] ?? 0);
  const rows = headsOf({ shape }).map((head, at) => ({ ...head, x: place(at, 0), y: place(at, 1) }));
  return { plot: "map", layers, rows, kept: pairs.kept };
}

function alignment(study: HeadStudy, { diagonal = 0, taught }: Beside): NumbersData {
  const scores = found(study, "alignment", "cross");
  const rows = headsOf(scores.mean)
    .map((head, at) => ({
      ...head,
      share: estimate(scores, at),
      taught: head.layer === taught?.layer && head.head === taught.head,
    }))
    .sort((a, b) => b.share[0] - a.share[0]);
  return { plot: "alignment", rows, diagonal: rounded(diagonal) };
}

function relations(study: HeadStudy, direction: "head" | "dependant"): NumbersData {
  const rows = study.scores.flatMap((scores) => {
    const [way, ...relation] = scores.measure.split(":");
    if (way !== direction || scores.offset === null || scores.sentences < LEAST_SENTENCES) return [];
    const means = Array.from(scores.mean.data);
    const best = means.indexOf(Math.max(...means));
    const head = headsOf(scores.mean)[best];
    if (!head) return [];
    const { score, by } = scores.offset;
    const share = estimate(scores, best);
    return [{ ...head, relation: relation.join(":"), share, offset: rounded(score), by, words: scores.rows }];
  });
  return { plot: "relations", rows: rows.sort((a, b) => b.share[0] - b.offset - (a.share[0] - a.offset)) };
}

function found(study: HeadStudy, measure: Measure, kind: AttentionKind): HeadScores {
  const scores = study.scores.find((each) => each.measure === measure && each.kind === kind);
  if (!scores) throw new RangeError(`the study has no ${measure} of the ${kind}`);
  return scores;
}

function headsOf({ shape }: Pick<Tensor, "shape">): HeadRow[] {
  const [layers = 0, heads = 0] = shape;
  return Array.from({ length: layers * heads }, (_, at) => ({ layer: Math.floor(at / heads), head: at % heads }));
}

function estimate({ mean, low, high }: HeadScores, at: number): Estimate {
  return [rounded(mean.data[at] ?? 0), rounded(low.data[at] ?? 0), rounded(high.data[at] ?? 0)];
}

/** Three decimals: what is stored, and all that an interval can carry. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}
