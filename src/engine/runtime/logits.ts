/** What logits say about each position: how likely the written token was, and which others were likely. */
import type { Prediction, Tensor } from "../model.ts";

/** The most probable id of each row: `[query]`. */
export function argmaxRows({ data, shape }: Tensor): number[] {
  const size = shape.at(-1) ?? 0;
  return Array.from({ length: shape.at(-2) ?? 0 }, (_, row) => argmax(data, row * size, size));
}

function argmax(data: Float32Array, from: number, size: number): number {
  let best = 0;
  for (let id = 1; id < size; id += 1) {
    if ((data[from + id] ?? 0) > (data[from + best] ?? 0)) best = id;
  }
  return best;
}

/**
 * log Σ exp of each row, safe for large logits: `[query]`. Losses and probabilities both stand on it.
 *
 * @param logits `[query, vocabulary]`
 */
export function logSums({ data, shape }: Tensor): Float64Array {
  const size = shape.at(-1) ?? 0;
  return Float64Array.from({ length: shape.at(-2) ?? 0 }, (_, row) => logSum(data, row * size, (row + 1) * size));
}

function logSum(data: Float32Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = from; at < to; at += 1) {
    const logit = data[at] ?? 0;
    if (logit > most) most = logit;
  }
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += Math.exp((data[at] ?? 0) - most);
  return most + Math.log(sum);
}

/**
 * −log P of each written id, in nats: `[query]`.
 *
 * @param logits `[query, vocabulary]`
 * @param totals their `logSums`
 */
export function tokenLosses(logits: Tensor, totals: Float64Array, written: readonly number[]): Float32Array {
  const size = logits.shape.at(-1) ?? 0;
  return Float32Array.from(written, (id, row) => (totals[row] ?? 0) - (logits.data[row * size + id] ?? 0));
}

/** The `count` most probable ids of each row, best first: `[query][count]`. */
export function topPredictions(
  logits: Tensor,
  totals: Float64Array,
  count: number,
  piece: (id: number) => string,
): Prediction[][] {
  return Array.from(totals, (total, row) =>
    topIds(logits, row, count).map(({ id, logit }) => ({
      id,
      piece: piece(id),
      probability: Math.exp(logit - total),
    })),
  );
}

function topIds({ data, shape }: Tensor, row: number, count: number): { id: number; logit: number }[] {
  const size = shape.at(-1) ?? 0;
  const best: { id: number; logit: number }[] = [];
  let bar = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < size; id += 1) {
    const logit = data[row * size + id] ?? 0;
    if (logit <= bar) continue;
    const at = best.findIndex((entry) => logit > entry.logit);
    best.splice(at < 0 ? best.length : at, 0, { id, logit });
    if (best.length > count) best.pop();
    if (best.length === count) bar = best.at(-1)?.logit ?? bar;
  }
  return best;
}
