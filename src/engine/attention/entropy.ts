import type { Tensor } from "../model.ts";
import { sizesOf } from "./sizes.ts";

/**
 * How spread out each row of attention is: −Σ a·ln a over its keys, in nats. 0 is all on one key, ln K is even.
 *
 * @param attention `[L, H, Q, K]`
 * @returns `[L, H, Q]`
 */
export function entropy(attention: Tensor): Tensor {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const data = new Float32Array(layers * heads * queries);
  for (let row = 0, at = 0; row < data.length; row++) {
    let sum = 0;
    for (let key = 0; key < keys; key++) {
      const weight = attention.data[at++] ?? 0;
      if (weight > 0) sum -= weight * Math.log(weight);
    }
    data[row] = sum;
  }
  return { data, shape: [layers, heads, queries] };
}
