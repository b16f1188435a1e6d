import type { Tensor } from "../model.ts";
import { sizesOf } from "./sizes.ts";

/**
 * How far each row of attention looks: Σ a·|query − key| over its keys, in tokens. Meant for self-attention, where queries
 * and keys count the same places; in cross-attention it tells how far a row is from the diagonal.
 *
 * @param attention `[L, H, Q, K]`
 * @returns `[L, H, Q]`
 */
export function distance(attention: Tensor): Tensor {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const data = new Float32Array(layers * heads * queries);
  for (let row = 0, at = 0; row < data.length; row++) {
    const query = row % queries;
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += (attention.data[at++] ?? 0) * Math.abs(query - key);
    data[row] = sum;
  }
  return { data, shape: [layers, heads, queries] };
}
