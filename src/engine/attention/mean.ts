import type { Tensor } from "../model.ts";

/**
 * The mean over query rows of a measure such as entropy or distance.
 *
 * @param measure `[L, H, Q]`
 * @param rows the rows that count; all of them unless given
 * @returns `[L, H]`; 0 where no row counts
 */
export function meanOverRows({ data, shape }: Tensor, rows?: readonly number[]): Tensor {
  const [layers = 0, heads = 0, queries = 0] = shape;
  const counted = rows ?? Array.from({ length: queries }, (_, row) => row);
  const means = new Float32Array(layers * heads);
  for (let head = 0; head < means.length; head++) {
    let sum = 0;
    for (const row of counted) sum += data[head * queries + row] ?? 0;
    means[head] = counted.length === 0 ? 0 : sum / counted.length;
  }
  return { data: means, shape: [layers, heads] };
}
