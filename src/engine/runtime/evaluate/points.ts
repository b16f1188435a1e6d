/** Many variants of one run, some at a time. */
import type { EvaluateRequest, Evaluation } from "../../gradient.ts";
import type { ModelInfo } from "../../model.ts";
import type { Lengths } from "./check.ts";
import { type Chunk, chunksOf } from "./chunks.ts";
import { Collected } from "./wanted.ts";

/** Called before each run; `points` of the request are done so far. */
export type OnStep = (points: number) => void | Promise<void>;

/** How the points of an evaluation are run. */
export interface PointsPlan {
  readonly info: ModelInfo;
  readonly lengths: Lengths;
  /** Whether one text forward through the model serves all points: they differ in nothing but what is followed. */
  readonly shared: boolean;
  /** When the evaluation began, `performance.now()`. */
  readonly started: number;
  /** Runs some points, hands on what is to be collected, and gives their numbers: `[point]`, or one for all. */
  run(chunk: Chunk, collected: Collected): Promise<Float32Array>;
}

/** Runs all points and puts the evaluation together. */
export async function overPoints(request: EvaluateRequest, plan: PointsPlan, onStep: OnStep): Promise<Evaluation> {
  const { points, gradients = [] } = request;
  const { info, lengths, shared, started } = plan;
  const values = new Float32Array(points);
  const collected = new Collected(points);
  let forward = 0;
  for (const chunk of chunksOf(points, info, shared ? ONE_ROW : lengths)) {
    await onStep(chunk.from);
    const numbers = await plan.run(chunk, collected);
    const own = values.subarray(chunk.from, chunk.from + chunk.count);
    if (numbers.length === 1) own.fill(numbers[0] ?? Number.NaN);
    else own.set(numbers);
    forward += shared ? 1 : chunk.count;
  }
  const backward = gradients.length > 0 ? points : 0;
  return { values, ...collected.result(), cost: { forward, backward, milliseconds: performance.now() - started } };
}

/** What a point adds to a run that it shares with others. */
const ONE_ROW: Lengths = { encoder: 1, decoder: 1 };
