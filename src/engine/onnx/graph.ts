/**
 * A small ONNX graph of our own: what edits need to see is decoded, everything else stays as the bytes of the file.
 *
 * All of it is immutable; an edit returns a new object that shares what it did not change, so weights are never copied.
 */

/** A whole model file. */
export interface OnnxModel {
  readonly irVersion: number;
  /** Operator set version by domain; the standard operators have the domain `""`. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: Graph;
  /** Fields that no edit looks at (producer, metadata, functions), as encoded. */
  readonly other: readonly Uint8Array[];
}

/** A graph: the main one, or a branch of an `If`, which may also read the names of the graph around it. */
export interface Graph {
  readonly name: string;
  /** In topological order. */
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Types of inner tensors, where the exporter wrote them. */
  readonly values: readonly Value[];
  /** Fields that no edit looks at (quantisation notes, sparse tensors), as encoded. */
  readonly other: readonly Uint8Array[];
}

/** One operation. An input or output that is left out has the name `""`. */
export interface Node {
  readonly op: string;
  readonly name: string;
  /** `""` for the standard operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Fields that no edit looks at, as encoded. */
  readonly other: readonly Uint8Array[];
}

/** An attribute: a subgraph, or a value kept as encoded (see `attributes.ts` for reading and making one). */
export type Attribute = { readonly graph: Graph } | { readonly encoded: Uint8Array };

/** A constant tensor. Its numbers stay a view of the file. */
export interface Initializer {
  readonly name: string;
  /** A number of `ElementType`. */
  readonly elementType: number;
  readonly shape: readonly number[];
  /** The numbers, little-endian and row-major, where the file holds them as raw bytes (all exporters do). */
  readonly raw: Uint8Array | undefined;
  /** The fields that hold the numbers otherwise (typed lists, external data), as encoded. */
  readonly other: readonly Uint8Array[];
}

/** The name of a tensor with its type. */
export interface Value {
  readonly name: string;
  /** A number of `ElementType`; 0 where the file gives none. */
  readonly elementType: number;
  /** Sizes or names of the dimensions, `""` for one with neither; undefined where the file says nothing. */
  readonly shape: readonly (number | string)[] | undefined;
  /** The type as encoded, kept for types that are no plain tensor; undefined for a value that we made. */
  readonly encoded: Uint8Array | undefined;
}

/** Numbers that ONNX gives to element types (TensorProto.DataType). */
export const ElementType = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

/** A node without attributes, unless some are given. */
export function makeNode(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  rest: Partial<Omit<Node, "op" | "inputs" | "outputs">> = {},
): Node {
  return { op, inputs, outputs, name: outputs[0] ?? op, domain: "", attributes: new Map(), other: [], ...rest };
}

/** A tensor name with its element type, and its shape where it is known. */
export function makeValue(name: string, elementType: number, shape?: readonly (number | string)[]): Value {
  return { name, elementType, shape, encoded: undefined };
}
