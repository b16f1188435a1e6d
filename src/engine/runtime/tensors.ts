/** Small work on the tensors that a run gives. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { Tensor } from "../model.ts";

/** The output of that name; throws "graph" where there is none. */
export function pick(results: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = results[name];
  if (!tensor) throw new FailureError(failure("graph", "The model gave no result.", { detail: `no output ${name}` }));
  return tensor;
}

/** Tensors `[1, …]` of equal shape as one `[layer, …]`. */
export function stacked(layers: readonly Tensor[]): Tensor {
  const size = layers[0]?.data.length ?? 0;
  const data = new Float32Array(layers.length * size);
  layers.forEach((layer, i) => {
    data.set(layer.data, i * size);
  });
  return { data, shape: [layers.length, ...(layers[0]?.shape.slice(1) ?? [])] };
}

/** One head of a tensor `[1, head, …]`, copied. */
export function headSlice({ data, shape }: Tensor, head: number): Tensor {
  const rest = shape.slice(2);
  const size = rest.reduce((product, length) => product * length, 1);
  return { data: data.slice(head * size, (head + 1) * size), shape: rest };
}

/** The same text for each point: `[1, …]` as `[count, …]`. */
export function repeated({ data, shape }: Tensor, count: number): Tensor {
  if (shape[0] === count) return { data, shape };
  const all = new Float32Array(data.length * count);
  for (let point = 0; point < count; point += 1) all.set(data, point * data.length);
  return { data: all, shape: [count, ...shape.slice(1)] };
}
