/** One query of a head against all its keys: the engine's steps, with the vector that they start from. */
import { type Agreement, recomputed, type Steps, stepsOf } from "../../../engine/attention/steps.ts";
import type { HeadInside, Tensor } from "../../../engine/model.ts";

export type { Agreement };

export interface QuerySteps extends Steps {
  /** Position of the query. */
  readonly query: number;
  /** `[head width]`. */
  readonly q: Float32Array;
}

/** Takes all steps for one query. */
export function querySteps(inside: HeadInside, query: number): QuerySteps {
  return { ...stepsOf(inside, query), query, q: rowOf(inside.query, query) };
}

/** How far these steps, over all queries of a head, are from the weights and the output that the model itself computed. */
export function agreementOf(inside: HeadInside): Agreement {
  return recomputed(inside);
}

/** One row of a tensor `[row, column]`, a view. */
export function rowOf({ data, shape }: Tensor, row: number): Float32Array {
  const width = shape[1] ?? 0;
  return data.subarray(row * width, (row + 1) * width);
}

/** The place of the number that is furthest from 0. */
export function furthest(vector: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < vector.length; at++) {
    if (Math.abs(vector[at] ?? 0) > Math.abs(vector[best] ?? 0)) best = at;
  }
  return best;
}
