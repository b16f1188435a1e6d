import type { Tensor } from "../model.ts";
import { sizesOf } from "./sizes.ts";

/**
 * How differently two heads look, for every pair of heads: the mean over query rows of the Jensen–Shannon distance between
 * their rows. 0 is the same attention, √ln 2 ≈ 0.83 is none on any common token. (After Clark et al. 2019, "What Does BERT Look
 * At?", section 6, who sum the divergence; the distance is its root.)
 *
 * @param attention `[L, H, Q, K]`
 * @param rows the query rows that count; all of them unless given
 * @returns `[head, head]`, head = layer · H + head; symmetric, 0 on the diagonal
 */
export function headDistances(attention: Tensor, rows?: readonly number[]): Tensor {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const counted = rows ?? Array.from({ length: queries }, (_, row) => row);
  const all = layers * heads;
  const sums = new Float64Array(all * all);

  for (const query of counted) {
    const row = rowsOfHeads(attention, query);
    const entropies = Float64Array.from({ length: all }, (_, head) => entropyOf(row, head * keys, keys));
    for (let one = 0; one < all; one++) {
      for (let other = 0; other < one; other++) {
        const mixed = mixedEntropy(row, one * keys, other * keys, keys);
        // Rounding may leave a divergence a hair below 0.
        const divergence = Math.max(0, mixed - ((entropies[one] ?? 0) + (entropies[other] ?? 0)) / 2);
        sums[one * all + other] = (sums[one * all + other] ?? 0) + Math.sqrt(divergence);
      }
    }
  }

  const data = new Float32Array(all * all);
  for (let one = 0; one < all; one++) {
    for (let other = 0; other < one; other++) {
      const mean = counted.length === 0 ? 0 : (sums[one * all + other] ?? 0) / counted.length;
      data[one * all + other] = mean;
      data[other * all + one] = mean;
    }
  }
  return { data, shape: [all, all] };
}

/** One query's row in every head, each made to sum to 1 exactly: `[head, key]`. */
function rowsOfHeads(attention: Tensor, query: number): Float64Array {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const rows = new Float64Array(layers * heads * keys);
  for (let head = 0; head < layers * heads; head++) {
    const from = (head * queries + query) * keys;
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += attention.data[from + key] ?? 0;
    for (let key = 0; key < keys; key++) rows[head * keys + key] = (attention.data[from + key] ?? 0) / (sum || 1);
  }
  return rows;
}

function entropyOf(rows: Float64Array, from: number, keys: number): number {
  return mixedEntropy(rows, from, from, keys);
}

/** Entropy of the mean of two rows, in nats. */
function mixedEntropy(rows: Float64Array, one: number, other: number, keys: number): number {
  let sum = 0;
  for (let key = 0; key < keys; key++) {
    const weight = ((rows[one + key] ?? 0) + (rows[other + key] ?? 0)) / 2;
    if (weight > 0) sum -= weight * Math.log(weight);
  }
  return sum;
}
