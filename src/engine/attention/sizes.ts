import type { Tensor } from "../model.ts";

/** The axes of an attention tensor. */
export interface AttentionSizes {
  readonly layers: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
}

/** The axes of a tensor `[L, H, Q, K]`; throws `RangeError` when its shape is another, or does not fit its numbers. */
export function sizesOf({ data, shape }: Tensor): AttentionSizes {
  const [layers, heads, queries, keys] = shape;
  if (
    shape.length !== 4 ||
    layers === undefined ||
    heads === undefined ||
    queries === undefined ||
    keys === undefined
  ) {
    throw new RangeError(`expected attention of shape [layer, head, query, key], found [${shape}]`);
  }
  if (layers * heads * queries * keys !== data.length) {
    throw new RangeError(
      `expected ${layers * heads * queries * keys} numbers for the shape [${shape}], found ${data.length}`,
    );
  }
  return { layers, heads, queries, keys };
}
