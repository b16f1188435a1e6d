/** What is lost when a token is replaced. */
import type { Target } from "../gradient.ts";
import type { Method } from "./method.ts";
import { onlyMoved, runMoved } from "./move.ts";
import type { Runner } from "./runner.ts";
import { bySide, movable, type Subject } from "./subject.ts";

/** What one row comes to. */
interface Row {
  readonly value: number;
  readonly baseline: number;
  /** `[place]` */
  readonly scores: Float64Array;
}

/**
 * Occlusion (Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks"): one token at a time is replaced by the
 * baseline; its score is how far the followed number falls. Tokens that stand in for each other hide each other, so the scores
 * need not sum to anything; how far they miss the difference to the baseline is told as the gap.
 */
export const occlusion: Method = {
  runs: (subject, { targets }) => targets.reduce((sum, target) => sum + 2 + movable(subject, target).length, 0),
  attribute: async (runner, subject, { targets }) => {
    const rows: Row[] = [];
    for (const target of targets) rows.push(await rowOf(runner, subject, target));
    return {
      of: "tokens",
      values: Float32Array.from(rows, ({ value }) => value),
      scores: bySide(
        subject,
        targets,
        rows.map(({ scores }) => scores),
      ),
      signed: true,
      completeness: {
        baseline: Float32Array.from(rows, ({ baseline }) => baseline),
        gap: Float32Array.from(rows, ({ value, baseline, scores }) => sumOf(scores) - (value - baseline)),
      },
      error: null,
      paths: null,
    };
  },
};

async function rowOf(runner: Runner, subject: Subject, target: Target): Promise<Row> {
  const moved = movable(subject, target);
  const variants = [[], moved, ...moved.map((place) => [place])].map((places) => onlyMoved(subject, places));
  const [value = Number.NaN, baseline = Number.NaN, ...without] = await runMoved(runner, subject, { target, variants });
  const scores = new Float64Array(subject.places);
  for (const [at, place] of moved.entries()) scores[place] = value - (without[at] ?? Number.NaN);
  return { value, baseline, scores };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
