/** What logits say about each position: how likely the written token was, and which others were likely. */
import type { Prediction, Tensor } from "../model.ts";

/** The most probable id of one row. */
export function argmax({ data, shape }: Tensor, row: number): number {
  const size = shape.at(-1) ?? 0;
  const from = row * size;
  let best = 0;
  for (let id = 1; id < size; id += 1) {
    if ((data[from + id] ?? 0) > (data[from + best] ?? 0)) best = id;
  }
  return best;
}

/**
 * −log P of each written id, in nats: `[query]`.
 *
 * @param logits `[query, vocabulary]`
 */
export function tokenLosses(logits: Tensor, written: readonly number[]): Float32Array {
  const size = logits.shape.at(-1) ?? 0;
  return Float32Array.from(written, (id, row) => logSum(logits, row) - (logits.data[row * size + id] ?? 0));
}

/** The `count` most probable ids of each row, best first: `[query][count]`. */
export function topPredictions(
  logits: Tensor,
  rows: number,
  count: number,
  piece: (id: number) => string,
): Prediction[][] {
  return Array.from({ length: rows }, (_, row) => {
    const total = logSum(logits, row);
    return topIds(logits, row, count).map(({ id, logit }) => ({
      id,
      piece: piece(id),
      probability: Math.exp(logit - total),
    }));
  });
}

/** log Σ exp of a row, safe for large logits. */
function logSum({ data, shape }: Tensor, row: number): number {
  const size = shape.at(-1) ?? 0;
  const logits = data.subarray(row * size, (row + 1) * size);
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
}

function topIds({ data, shape }: Tensor, row: number, count: number): { id: number; logit: number }[] {
  const size = shape.at(-1) ?? 0;
  const best: { id: number; logit: number }[] = [];
  for (let id = 0; id < size; id += 1) {
    const logit = data[row * size + id] ?? 0;
    const last = best.at(-1);
    if (last && best.length === count && logit <= last.logit) continue;
    const at = best.findIndex((entry) => logit > entry.logit);
    best.splice(at < 0 ? best.length : at, 0, { id, logit });
    if (best.length > count) best.pop();
  }
  return best;
}
