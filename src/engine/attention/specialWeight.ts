import type { Tensor, Token } from "../model.ts";
import { sizesOf } from "./sizes.ts";

/**
 * How much of each row of attention lies on special tokens (`[CLS]`, `[SEP]`, `</s>`, a start token): their sum, between 0 and 1.
 *
 * @param attention `[L, H, Q, K]`
 * @param keys the tokens of its columns
 * @returns `[L, H, Q]`
 */
export function specialWeight(attention: Tensor, keys: readonly Token[]): Tensor {
  const sizes = sizesOf(attention);
  const places = keys.flatMap(({ special }, key) => (special ? [key] : []));
  const data = new Float32Array(sizes.layers * sizes.heads * sizes.queries);
  for (let row = 0; row < data.length; row++) {
    let sum = 0;
    for (const key of places) sum += attention.data[row * sizes.keys + key] ?? 0;
    data[row] = sum;
  }
  return { data, shape: [sizes.layers, sizes.heads, sizes.queries] };
}
