/** A curve of a nudged output and the straight line of its gradient, as numbers. */
import type { NudgeStudy } from "../../../engine/attribute.ts";

/** One point of the curve. */
export interface CurvePoint {
  /** Share of the way. */
  readonly share: number;
  /** What the model gives there. */
  readonly model: number;
  /** What the straight line says. */
  readonly line: number;
}

/** The point nearest to a share. */
export function pointAt(study: NudgeStudy, share: number): CurvePoint {
  let nearest = 0;
  for (const [at, each] of study.shares.entries())
    if (Math.abs(each - share) < Math.abs((study.shares[nearest] ?? 0) - share)) nearest = at;
  return pointOf(study, nearest);
}

/** One point by its number. */
export function pointOf({ shares, values, value, slope }: NudgeStudy, at: number): CurvePoint {
  const share = shares[at] ?? 0;
  return { share, model: values[at] ?? Number.NaN, line: value + slope * share };
}

/** All points in order. */
export function pointsOf(study: NudgeStudy): CurvePoint[] {
  return Array.from(study.shares, (_, at) => pointOf(study, at));
}

/** How far apart the two ways of finding a slope are, as a share of it; 0 where both are 0. */
export function slopeGap(byGradient: number, byRuns: number): number {
  const size = Math.max(Math.abs(byGradient), Math.abs(byRuns));
  return size === 0 ? 0 : Math.abs(byGradient - byRuns) / size;
}

/** One token with its steepest slope, found in both ways. */
export interface TokenSlope {
  readonly side: "source" | "target";
  readonly place: number;
  readonly piece: string;
  readonly special: boolean;
  readonly byGradient: number;
  readonly byRuns: number;
}

/** All tokens on which the output can hang, in reading order. */
export function tokenSlopes({ source, target, steepest, steepestMeasured }: NudgeStudy): TokenSlope[] {
  const sides = [
    { side: "source" as const, tokens: source, all: steepest.source, runs: steepestMeasured.source },
    { side: "target" as const, tokens: target ?? [], all: steepest.target, runs: steepestMeasured.target },
  ];
  return sides.flatMap(({ side, tokens, all, runs }) =>
    tokens.flatMap(({ piece, special }, place) => {
      const byGradient = all?.data[place] ?? 0;
      const byRuns = runs?.data[place] ?? 0;
      // A decoder cannot see what comes later.
      return byGradient === 0 && side === "target" ? [] : [{ side, place, piece, special, byGradient, byRuns }];
    }),
  );
}
