/** Element type and rank of a tensor, where the way to it tells; exporters often leave them out of the file. */
import { intOf, intsOf, tensorOf } from "../attributes.ts";
import type { Node, Value } from "../graph.ts";
import type { Wiring } from "./wiring.ts";

/** Operators whose result has the type of another input than the first. */
const TYPE_INPUT: Readonly<Record<string, number>> = { DequantizeLinear: 1, Where: 1 };

/** The number of `ElementType` of a tensor; undefined where nothing tells it. */
export function elementTypeOf(wiring: Wiring, name: string): number | undefined {
  const known = wiring.graph.initializers.get(name)?.elementType ?? declared(wiring, name)?.elementType;
  if (known) return known;
  const producer = wiring.producers.get(name);
  if (producer === undefined) return undefined;
  if (producer.op === "Cast") return intOf(producer, "to", 0) || undefined;
  if (producer.op === "Constant") return tensorOf(producer, "value")?.elementType;
  return elementTypeOf(wiring, producer.inputs[TYPE_INPUT[producer.op] ?? 0] ?? "");
}

/** Operators whose result has as many axes as their first input. */
const KEEPS_RANK = new Set(["Cast", "Clip", "Concat", "Identity", "IsNaN", "Neg", "Slice", "Softmax", "Split"]);
/** Operators whose result has as many axes as the input that has most. */
const BROADCASTS = new Set(["Add", "Div", "MatMul", "Mul", "Sub", "Where"]);

/** How many axes a tensor has; undefined where nothing tells it. */
export function rankOf(wiring: Wiring, name: string): number | undefined {
  const known = wiring.graph.initializers.get(name)?.shape ?? declared(wiring, name)?.shape;
  if (known !== undefined) return known.length;
  const producer = wiring.producers.get(name);
  return producer === undefined ? undefined : rankMade(wiring, producer);
}

function rankMade(wiring: Wiring, node: Node): number | undefined {
  const [first = "", second = ""] = node.inputs;
  if (node.op === "Constant") return tensorOf(node, "value")?.shape.length;
  if (node.op === "Reshape" || node.op === "Expand") return lengthOf(wiring, second);
  if (node.op === "Transpose") return intsOf(node, "perm")?.length ?? rankOf(wiring, first);
  if (KEEPS_RANK.has(node.op)) return rankOf(wiring, first);
  if (!BROADCASTS.has(node.op)) return undefined;
  const ranks = node.inputs.map((name) => rankOf(wiring, name)).filter((rank) => rank !== undefined);
  return ranks.length === 0 ? undefined : Math.max(...ranks);
}

/** How many numbers a list of sizes has. */
function lengthOf(wiring: Wiring, name: string): number | undefined {
  const producer = wiring.producers.get(name);
  const constant = producer?.op === "Constant" ? tensorOf(producer, "value") : wiring.graph.initializers.get(name);
  const shape = constant?.shape ?? declared(wiring, name)?.shape;
  if (typeof shape?.[0] === "number") return shape[0];
  if (producer?.op === "Cast" || producer?.op === "Identity") return lengthOf(wiring, producer.inputs[0] ?? "");
  // One size, made a list of one so that it can be joined with others.
  if (producer?.op === "Unsqueeze") return 1;
  if (producer?.op !== "Concat") return undefined;
  const lengths = producer.inputs.map((part) => lengthOf(wiring, part));
  return lengths.reduce((sum, length) => (sum === undefined || length === undefined ? undefined : sum + length), 0);
}

function declared({ graph }: Wiring, name: string): Value | undefined {
  return [graph.values, graph.inputs].flatMap((list) => list.find((value) => value.name === name) ?? [])[0];
}
