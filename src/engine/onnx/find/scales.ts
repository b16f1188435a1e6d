/** Single numbers by which queries, keys and scores are multiplied: 1 / √d, in one place or shared out over several. */
import { tensorOf } from "../attributes.ts";
import type { Initializer, Node } from "../graph.ts";
import type { AttentionSite } from "./attention.ts";
import type { Stream } from "./stream.ts";
import { dataInputs, type Wiring } from "./wiring.ts";

/** A tensor of one number that the graph multiplies by, or divides by. */
export interface Factor {
  readonly tensor: string;
  readonly divides: boolean;
}

/** Where an attention scales; the score of a query and a key is their dot product times all of it, before bias and mask. */
export interface Scales {
  /** On the way from the projection of the queries to the product (exports of SDPA: √s; old Marian: s). */
  readonly query: readonly Factor[];
  /** On the way from the projection of the keys to the product (exports of SDPA: √s). */
  readonly key: readonly Factor[];
  /** Between the product and the softmax (exports of 2023: ÷ √d). */
  readonly after: readonly Factor[];
}

/** Operators that move numbers and change none. */
const MOVES = new Set(["Cast", "Expand", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze"]);
const FARTHEST = 12;

/** Finds where an attention scales; undefined where its product may scale by itself (`FusedMatMul`, `Einsum`). */
export function findScales(wiring: Wiring, stream: Stream, { softmax, scores }: AttentionSite): Scales | undefined {
  if (scores.op !== "MatMul") return undefined;
  const [query = "", key = ""] = scores.inputs;
  const after = factorsBetween(wiring, stream, softmax.inputs[0] ?? "", scores, FARTHEST);
  if (after === undefined) return undefined;
  return { query: factorsAbove(wiring, query), key: factorsAbove(wiring, key), after };
}

/** Factors above a tensor, as far up as each node only moves numbers or multiplies by a single one. */
function factorsAbove(wiring: Wiring, from: string): Factor[] {
  const factors: Factor[] = [];
  let name = from;
  for (let node = wiring.producers.get(name); node !== undefined; node = wiring.producers.get(name)) {
    const scaling = scalingOf(wiring, node);
    if (scaling === undefined && !MOVES.has(node.op)) break;
    if (scaling !== undefined) factors.push(scaling.factor);
    name = scaling?.scaled ?? node.inputs[0] ?? "";
  }
  return factors;
}

/** Factors on the way from a tensor up to the product; undefined where no way leads there. */
function factorsBetween(
  wiring: Wiring,
  stream: Stream,
  from: string,
  product: Node,
  left: number,
): Factor[] | undefined {
  const node = wiring.producers.get(from);
  if (node === product) return [];
  if (node === undefined || left === 0) return undefined;
  const scaling = scalingOf(wiring, node);
  for (const name of dataInputs(node).filter((input) => stream.reached.has(input))) {
    const above = factorsBetween(wiring, stream, name, product, left - 1);
    if (above !== undefined) return scaling?.scaled === name ? [scaling.factor, ...above] : above;
  }
  return undefined;
}

/** What a node scales, and by what; undefined where it does not scale by a single number. */
function scalingOf(wiring: Wiring, node: Node): { readonly scaled: string; readonly factor: Factor } | undefined {
  const [left = "", right = ""] = node.inputs;
  if (node.op !== "Mul" && node.op !== "Div") return undefined;
  if (isOneNumber(wiring, right)) return { scaled: left, factor: { tensor: right, divides: node.op === "Div" } };
  if (node.op === "Mul" && isOneNumber(wiring, left))
    return { scaled: right, factor: { tensor: left, divides: false } };
  return undefined;
}

/** Operators that make one number of single numbers. */
const KEEPS_ONE = new Set([
  ...[
    "Add",
    "Cast",
    "Div",
    "Exp",
    "Identity",
    "Mul",
    "Neg",
    "Pow",
    "Reciprocal",
    "Sqrt",
    "Sub",
    "Squeeze",
    "Unsqueeze",
  ],
]);

/** Whether a tensor holds a single number: a constant, a size, or what is computed of such. */
export function isOneNumber(wiring: Wiring, name: string): boolean {
  const constant = constantOf(wiring, name);
  if (constant !== undefined) return constant.shape.every((length) => length === 1);
  const node = wiring.producers.get(name);
  if (node === undefined) return false;
  if (KEEPS_ONE.has(node.op)) return node.inputs.every((input) => input === "" || isOneNumber(wiring, input));
  return node.op === "Size" || isOneSize(wiring, node);
}

/** One entry of a shape: picked by a single index, or the last one, cut off. */
function isOneSize(wiring: Wiring, node: Node): boolean {
  const [shape = "", at = ""] = node.inputs;
  if (wiring.producers.get(shape)?.op !== "Shape") return false;
  if (node.op === "Gather") return isOneNumber(wiring, at);
  return node.op === "Slice" && firstOf(constantOf(wiring, at)) === -1;
}

function constantOf(wiring: Wiring, name: string): Initializer | undefined {
  const producer = wiring.producers.get(name);
  return producer?.op === "Constant" ? tensorOf(producer, "value") : wiring.graph.initializers.get(name);
}

/** The first of a constant's whole numbers. */
function firstOf(constant: Initializer | undefined): number | undefined {
  if (constant?.raw === undefined || constant.raw.length < 8) return undefined;
  return Number(new DataView(constant.raw.buffer, constant.raw.byteOffset).getBigInt64(0, true));
}
