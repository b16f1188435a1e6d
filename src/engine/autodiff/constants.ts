/** Numbers of constant tensors, as far as the transform has to look at them: sizes, axes, exponents. */
import { floatOf, intOf, intsOf, tensorOf } from "../onnx/attributes.ts";
import { ElementType, type Initializer, type Node } from "../onnx/graph.ts";

/** How one number of an element type is read. */
const READ: Readonly<Record<number, readonly [bytes: number, (view: DataView, at: number) => number]>> = {
  [ElementType.float]: [4, (view, at) => view.getFloat32(at, true)],
  [ElementType.double]: [8, (view, at) => view.getFloat64(at, true)],
  [ElementType.float16]: [2, (view, at) => halfAt(view, at)],
  [ElementType.int64]: [8, (view, at) => Number(view.getBigInt64(at, true))],
  [ElementType.int32]: [4, (view, at) => view.getInt32(at, true)],
  [ElementType.int8]: [1, (view, at) => view.getInt8(at)],
  [ElementType.uint8]: [1, (view, at) => view.getUint8(at)],
  [ElementType.bool]: [1, (view, at) => view.getUint8(at)],
};

const WHOLE: ReadonlySet<number> = new Set([ElementType.int64, ElementType.int32]);

/** The numbers of a tensor; undefined where they are not stored as raw bytes. */
export function numbersIn({ elementType, raw }: Initializer): number[] | undefined {
  const [bytes, read] = READ[elementType] ?? [];
  if (bytes === undefined || read === undefined || raw === undefined) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength / bytes }, (_, index) => read(view, index * bytes));
}

/** The numbers of a tensor of whole numbers; undefined for any other. */
export function wholesOf(tensor: Initializer): number[] | undefined {
  return WHOLE.has(tensor.elementType) ? numbersIn(tensor) : undefined;
}

/** What a node `Constant` makes. */
export interface Made {
  readonly elementType: number;
  readonly shape?: readonly number[];
  /** Undefined for large tensors and texts. */
  readonly numbers?: number[];
}

/** The tensor of a node `Constant`, whichever of its attributes holds it. */
export function constantMade(node: Node): Made {
  const tensor = tensorOf(node, "value");
  if (tensor !== undefined) {
    const small = tensor.shape.reduce((size, length) => size * length, 1) <= 64;
    const numbers = small ? numbersIn(tensor) : undefined;
    return { elementType: tensor.elementType, shape: tensor.shape, ...(numbers && { numbers }) };
  }
  const list = intsOf(node, "value_ints");
  if (list !== undefined) return { elementType: ElementType.int64, shape: [list.length], numbers: list };
  if (node.attributes.has("value_int")) {
    return { elementType: ElementType.int64, shape: [], numbers: [intOf(node, "value_int", 0)] };
  }
  if (!node.attributes.has("value_float")) return { elementType: ElementType.float };
  return { elementType: ElementType.float, shape: [], numbers: [floatOf(node, "value_float", 0)] };
}

/** IEEE half precision. */
function halfAt(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
