/** The gradient gathered on the straight way from a baseline to the input. */
import type { AttributionRequest, Path } from "../attribute.ts";
import type { Target } from "../gradient.ts";
import type { Method } from "./method.ts";
import { allMoved, runMoved } from "./move.ts";
import { overWidth, type Reduction } from "./overWidth.ts";
import { RULES, type Rule, type Steps } from "./quadrature.ts";
import type { Runner } from "./runner.ts";
import { bySide, type Subject } from "./subject.ts";

/** Adaptive steps: as many at first, then twice as many each time, up to this many. */
const FIRST_STEPS = 8;
const MOST_STEPS = 256;
const BOUND = 0.01;

/** What one row comes to. */
interface Row {
  readonly value: number;
  readonly baseline: number;
  /** `[place]` */
  readonly scores: Float64Array;
  readonly gap: number;
  readonly path: Path;
}

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017, "Axiomatic Attribution for Deep Networks"): (input − baseline) ·
 * ∫ gradient, over the straight way from the baseline to the input, on which all tokens move together. Summed over the width.
 * The scores of a row sum to what the followed number differs by between input and baseline ("completeness"), up to the error
 * of the steps, which is told as the gap. Steps are the middles of equal parts, or the nodes of Gauss and Legendre;
 * "adaptive" takes 8, 16, … 256 of them, until the gap is at most `bound` of that difference.
 */
export const integratedGradients: Method = {
  runs: (_, request) => request.targets.length * (2 + countsOf(request).reduce((sum, count) => sum + count, 0)),
  attribute: async (runner, subject, request) => {
    const rows: Row[] = [];
    for (const target of request.targets) rows.push(await rowOf(runner, subject, target, request));
    const scores = rows.map((row) => row.scores);
    return {
      of: "tokens",
      values: Float32Array.from(rows, ({ value }) => value),
      scores: bySide(subject, request.targets, scores),
      signed: true,
      completeness: {
        baseline: Float32Array.from(rows, ({ baseline }) => baseline),
        gap: Float32Array.from(rows, ({ gap }) => gap),
      },
      error: null,
      paths: rows.map(({ path }) => path),
    };
  },
};

/** The numbers of steps that are tried, one after the other. */
function countsOf({ steps = "adaptive" }: Pick<AttributionRequest, "steps">): number[] {
  if (steps !== "adaptive") return [steps];
  const counts: number[] = [];
  for (let count = FIRST_STEPS; count <= MOST_STEPS; count *= 2) counts.push(count);
  return counts;
}

async function rowOf(runner: Runner, subject: Subject, target: Target, request: AttributionRequest): Promise<Row> {
  const { bound = BOUND, rule = "gauss-legendre" } = request;
  const ends = await runMoved(runner, subject, { target, variants: [allMoved(subject, 0), allMoved(subject, 1)] });
  const [value = Number.NaN, baseline = Number.NaN] = ends;
  const tried: { steps: number; gap: number }[] = [];
  for (const [round, steps] of countsOf(request).entries()) {
    const walked = await walk(runner, subject, target, { rule, steps });
    const gap = sumOf(walked.scores) - (value - baseline);
    tried.push({ steps, gap });
    const closed = Math.abs(gap) <= bound * Math.abs(value - baseline);
    if (closed || round === countsOf(request).length - 1) {
      return { value, baseline, scores: walked.scores, gap, path: { ...walked.path, tried } };
    }
  }
  throw new RangeError("expected steps on the way");
}

/** Walks from the baseline to the input in so many steps. */
async function walk(
  runner: Runner,
  subject: Subject,
  target: Target,
  { rule, steps }: { readonly rule: Rule; readonly steps: number },
): Promise<{ readonly scores: Float64Array; readonly path: Omit<Path, "tried"> }> {
  const way = RULES[rule](steps);
  const variants = Array.from(way.places, (place) => allMoved(subject, 1 - place));
  const slopes: Float64Array[] = []; // [step][place]
  const values = await runMoved(runner, subject, { target, variants, gradients: ["embeddings"] }, (evaluation) => {
    for (let point = 0; point < evaluation.values.length; point++) {
      slopes.push(overWidth(subject, evaluation.gradients.embeddings, point, alongWay));
    }
  });
  return { scores: integral(slopes, way, subject.places), path: pathOf(way, values, slopes) };
}

const alongWay: Reduction = (gradient, { embeddings, baseline }, from) => {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) {
    sum += (gradient[i] ?? 0) * ((embeddings.data[from + i] ?? 0) - (baseline.data[from + i] ?? 0));
  }
  return sum;
};

/** Σ over steps of weight · slope: `[place]`. */
function integral(slopes: readonly Float64Array[], { weights }: Steps, places: number): Float64Array {
  const sums = new Float64Array(places);
  for (const [step, own] of slopes.entries()) {
    for (let place = 0; place < places; place++) {
      sums[place] = (sums[place] ?? 0) + (weights[step] ?? 0) * (own[place] ?? 0);
    }
  }
  return sums;
}

function pathOf(way: Steps, values: Float64Array, slopes: readonly Float64Array[]): Omit<Path, "tried"> {
  const places = slopes[0]?.length ?? 0;
  const tokenSlopes = new Float32Array(slopes.length * places);
  for (const [step, own] of slopes.entries()) tokenSlopes.set(own, step * places);
  return {
    places: Float32Array.from(way.places),
    weights: Float32Array.from(way.weights),
    values: Float32Array.from(values),
    slopes: Float32Array.from(slopes, sumOf),
    tokenSlopes: { data: tokenSlopes, shape: [slopes.length, places] },
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
