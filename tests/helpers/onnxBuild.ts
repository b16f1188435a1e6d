/** Small hand-written graphs. */
import { intsAttribute } from "../../src/engine/onnx/attributes.ts";
import {
  ElementType,
  type Graph,
  type Initializer,
  makeNode,
  makeValue,
  type OnnxModel,
} from "../../src/engine/onnx/graph.ts";

/** A graph with nothing in it but what is given. */
export function graphOf(parts: Partial<Graph>): Graph {
  return {
    name: "built",
    nodes: [],
    initializers: new Map(),
    inputs: [],
    outputs: [],
    values: [],
    other: [],
    ...parts,
  };
}

/** A model of one graph, standard operators of version 17. */
export function modelOf(parts: Partial<Graph>): OnnxModel {
  return { irVersion: 8, opsets: new Map([["", 17]]), graph: graphOf(parts), other: [] };
}

/** Weights by name, ready for `Graph.initializers`. */
export function weights(...tensors: readonly Initializer[]): Map<string, Initializer> {
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

/** A float32 weight. */
export function floatWeight(name: string, shape: readonly number[], values: readonly number[]): Initializer {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
  return { name, elementType: ElementType.float, shape, raw, other: [] };
}

/** A float16 weight. */
export function halfWeight(name: string, shape: readonly number[], values: readonly number[]): Initializer {
  const raw = new Uint8Array(Uint16Array.from(values.map(halfBits)).buffer);
  return { name, elementType: ElementType.float16, shape, raw, other: [] };
}

/** The bits of a number as IEEE half precision, for numbers that need no rounding care; small ones become 0. */
function halfBits(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  if (exponent < -14 || value === 0) return sign;
  const fraction = Math.floor((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return sign | ((exponent + 15) << 10) | fraction;
}

/** Vocabulary and width of `tinyEncoder`. */
export const TINY = { vocabulary: 5, width: 4 } as const;

/** One layer of one-headed attention over a lookup of 5 tokens, width 4, in float32 or float16. */
export function tinyEncoder(weight: typeof floatWeight): OnnxModel {
  const { vocabulary, width } = TINY;
  const numbers = (count: number, step: number): number[] =>
    Array.from({ length: count }, (_, index) => (((index * step) % 7) - 3) / 4);
  const perm = (axes: readonly number[]) => ({ attributes: new Map([intsAttribute("perm", axes)]) });
  const table = weight("table", [vocabulary, width], numbers(vocabulary * width, 3));
  return modelOf({
    inputs: [makeValue("input_ids", ElementType.int64, ["batch", "tokens"])],
    outputs: [makeValue("last_hidden_state", table.elementType, ["batch", "tokens", width])],
    initializers: weights(
      table,
      weight("Wq", [width, width], numbers(width * width, 2)),
      weight("Wk", [width, width], numbers(width * width, 4)),
      weight("Wv", [width, width], numbers(width * width, 5)),
      wholeWeight("split", [0, 0, 1, width]),
      wholeWeight("join", [0, 0, width]),
    ),
    nodes: [
      makeNode("Gather", ["table", "input_ids"], ["rows"]),
      makeNode("MatMul", ["rows", "Wq"], ["q3"]),
      makeNode("MatMul", ["rows", "Wk"], ["k3"]),
      makeNode("MatMul", ["rows", "Wv"], ["v3"]),
      makeNode("Reshape", ["q3", "split"], ["q4"]),
      makeNode("Reshape", ["k3", "split"], ["k4"]),
      makeNode("Reshape", ["v3", "split"], ["v4"]),
      makeNode("Transpose", ["q4"], ["q"], perm([0, 2, 1, 3])),
      makeNode("Transpose", ["k4"], ["k"], perm([0, 2, 3, 1])),
      makeNode("Transpose", ["v4"], ["v"], perm([0, 2, 1, 3])),
      makeNode("MatMul", ["q", "k"], ["scores"]),
      makeNode("Softmax", ["scores"], ["probabilities"]),
      makeNode("MatMul", ["probabilities", "v"], ["mixed"]),
      makeNode("Transpose", ["mixed"], ["mixed4"], perm([0, 2, 1, 3])),
      makeNode("Reshape", ["mixed4", "join"], ["mixed3"]),
      makeNode("Add", ["rows", "mixed3"], ["last_hidden_state"]),
    ],
  });
}

/** An int64 weight. */
export function wholeWeight(name: string, values: readonly number[]): Initializer {
  const raw = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
  return { name, elementType: ElementType.int64, shape: [values.length], raw, other: [] };
}
