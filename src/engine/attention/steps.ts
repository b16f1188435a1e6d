/** One score after the other: how a head gets from its query to its output, step by step. */
import type { HeadInside, Tensor } from "../model.ts";

/** What the steps are computed from. */
export type Ingredients = Pick<HeadInside, "query" | "key" | "value" | "scale" | "bias">;

/** Each step for one query. */
export interface Steps {
  /** Query × key, number by number, `[key, head width]`. */
  readonly products: Tensor;
  /** Their sums, the dot products, `[key]`. */
  readonly dots: Float32Array;
  /** Dot products × scale, `[key]`. */
  readonly scaled: Float32Array;
  /** Bias and mask added: the scores; −Infinity where the mask forbids, `[key]`. */
  readonly scores: Float32Array;
  /** The largest score; −Infinity where every key is forbidden. */
  readonly largest: number;
  /** e to the power of (score − largest), `[key]`. */
  readonly exponentials: Float32Array;
  /** Sum of the exponentials. */
  readonly sum: number;
  /** Exponentials ÷ sum: they sum to 1, or are all 0 where every key is forbidden, `[key]`. */
  readonly weights: Float32Array;
  /** Weight × value, `[key, head width]`. */
  readonly weighted: Tensor;
  /** Their sum over keys, `[head width]`. */
  readonly output: Float32Array;
}

/** Goes through the softmax attention of one query; `place` counts the queries from 0. */
export function stepsOf({ query, key, value, scale, bias }: Ingredients, place: number): Steps {
  const [keys = 0, width = 0] = key.shape;
  const q = rowOf(query, place);
  const products = { data: key.data.map((number, at) => number * (q[at % width] ?? 0)), shape: key.shape };
  const dots = Float32Array.from({ length: keys }, (_, k) => sumOf(rowOf(products, k)));
  const scaled = dots.map((dot) => dot * scale);
  const added = rowOf(bias, place);
  const scores = scaled.map((score, k) => score + (added[k] ?? 0));

  // Without this subtraction e to the power of a large score would be infinite; the weights stay the same.
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const isClosed = largest === Number.NEGATIVE_INFINITY;
  const exponentials = scores.map((score) => (isClosed ? 0 : Math.exp(score - largest)));
  const sum = sumOf(exponentials);
  const weights = exponentials.map((power) => (isClosed ? 0 : power / sum));

  const [, valueWidth = 0] = value.shape;
  const weighted = {
    data: value.data.map((number, at) => number * (weights[Math.floor(at / valueWidth)] ?? 0)),
    shape: value.shape,
  };
  return {
    products,
    dots,
    scaled,
    scores,
    largest,
    exponentials,
    sum,
    weights,
    weighted,
    output: columnSums(weighted),
  };
}

/** How far the numbers worked out here are from those that the model used, at most. */
export interface Agreement {
  /** Largest absolute difference of the weights, over all queries and keys. */
  readonly weights: number;
  /** Largest absolute difference of the outputs, over all queries and their numbers. */
  readonly output: number;
}

/** Works a head out again from its queries, keys and values, and compares. */
export function recomputed(inside: Ingredients & Pick<HeadInside, "attention" | "output">): Agreement {
  const [queries = 0] = inside.query.shape;
  let agreement: Agreement = { weights: 0, output: 0 };
  for (let place = 0; place < queries; place++) {
    const { weights, output } = stepsOf(inside, place);
    agreement = {
      weights: Math.max(agreement.weights, largestDifference(weights, rowOf(inside.attention, place))),
      output: Math.max(agreement.output, largestDifference(output, rowOf(inside.output, place))),
    };
  }
  return agreement;
}

/** A row of a matrix, a view. */
function rowOf({ data, shape }: Tensor, row: number): Float32Array {
  const [, width = 0] = shape;
  return data.subarray(row * width, (row + 1) * width);
}

function sumOf(numbers: Float32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function columnSums({ data, shape }: Tensor): Float32Array {
  const [rows = 0, width = 0] = shape;
  return Float32Array.from({ length: width }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * width + column] ?? 0;
    return sum;
  });
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, number, at) => Math.max(largest, Math.abs(number - (b[at] ?? Number.NaN))), 0);
}
