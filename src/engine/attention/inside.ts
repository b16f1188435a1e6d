/** One head's inside, put together from what a run leaves of it. */
import type { HeadInside, Tensor } from "../model.ts";

/** The tensors of one head, as the graph gives them. */
export interface HeadTensors {
  /** `[query, head width]`, not scaled. */
  readonly query: Tensor;
  /** `[key, head width]`, not scaled. */
  readonly key: Tensor;
  /** `[key, head width]`. */
  readonly value: Tensor;
  /** What the dot products are multiplied by, all in all. */
  readonly scale: number;
  /** Input of the softmax: scaled, bias and mask added, `[query, key]`. */
  readonly scores: Tensor;
  /** `[query, key]`. */
  readonly attention: Tensor;
  /** `[query, head width]`. */
  readonly output: Tensor;
}

/**
 * Scores as low as this come from a mask. Files write −∞, the lowest fp32 or fp16 (−3.4e38, −65504), −1e9, and older ones
 * −1e4, each added to a score that is at most some hundreds.
 */
const FORBIDDEN = -5000;

/** Below this share of the largest score, what remains beside the product is rounding. */
const ROUNDING = 1e-5;

/** Works out the bias: what the scores hold beyond the scaled product, −Infinity where the mask forbids. */
export function headInside(
  tensors: HeadTensors,
): Pick<HeadInside, "query" | "key" | "value" | "scale" | "bias" | "attention" | "output"> {
  const { query, key, value, scale, attention, output } = tensors;
  return { query, key, value, scale, bias: biasOf(tensors), attention, output };
}

function biasOf({ query, key, scale, scores, attention }: HeadTensors): Tensor {
  const [keys = 0] = key.shape;
  let [largestScore, largestBias] = [1, 0];
  const data = scores.data.map((score, at) => {
    const scaled = scale * dot(query, Math.floor(at / keys), key, at % keys);
    // A row that is forbidden altogether has weights in some files; there the low scores are what they come from.
    if (score <= FORBIDDEN) return attention.data[at] === 0 ? Number.NEGATIVE_INFINITY : score - scaled;
    largestScore = Math.max(largestScore, Math.abs(scaled));
    largestBias = Math.max(largestBias, Math.abs(score - scaled));
    return score - scaled;
  });
  const isRounding = largestBias <= ROUNDING * largestScore;
  return { data: isRounding ? data.map((bias) => (bias < FORBIDDEN ? bias : 0)) : data, shape: scores.shape };
}

function dot(query: Tensor, row: number, key: Tensor, column: number): number {
  const [, width = 0] = query.shape;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (query.data[row * width + i] ?? 0) * (key.data[column * width + i] ?? 0);
  return sum;
}
