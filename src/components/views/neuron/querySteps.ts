/** One query of a head against all its keys: the engine's steps, with the vector that they start from. */
import { type Agreement, recomputed, type Steps, stepsOf } from "../../../engine/attention/steps.ts";
import type { HeadInside, Tensor } from "../../../engine/model.ts";

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

/** How far the steps are from what the model itself computed. */
export interface Comparison extends Agreement {
  /** Over the whole head; else over the one query. */
  readonly whole: boolean;
}

/** Of a head with more weights than these, one query is compared: all of them would hold up the page. */
const MOST_WEIGHTS = 4096;

/** Compares these steps, over all queries of a head where it is small, with the weights and the output of the model. */
export function compare(inside: HeadInside, query: number): Comparison {
  const whole = inside.attention.data.length <= MOST_WEIGHTS;
  return { ...recomputed(whole ? inside : onlyQuery(inside, query)), whole };
}

function onlyQuery(inside: HeadInside, query: number): HeadInside {
  const only = (tensor: Tensor) => ({ data: rowOf(tensor, query), shape: [1, tensor.shape[1] ?? 0] });
  const { attention, bias, output } = inside;
  return { ...inside, query: only(inside.query), bias: only(bias), attention: only(attention), output: only(output) };
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
