/** Making constant tensors. */
import { ElementType, type Initializer } from "./graph.ts";

/** A constant of whole numbers (int64), for shapes and indices; a scalar where the shape is `[]`. */
export function wholeTensor(name: string, values: readonly number[], shape = [values.length]): Initializer {
  const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { name, elementType: ElementType.int64, shape, raw, other: [] };
}

/** A constant of fp32 numbers. */
export function floatTensor(name: string, values: readonly number[], shape = [values.length]): Initializer {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
  return { name, elementType: ElementType.float, shape, raw, other: [] };
}
