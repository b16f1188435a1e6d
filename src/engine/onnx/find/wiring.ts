/** Who makes and who reads each tensor, what is constant, and which inputs carry data rather than shapes or indices. */

import type { Graph, Node } from "../graph.ts";
import { namesRead } from "../names.ts";
import { sortedNodes } from "../order.ts";

/** One reading of a tensor: the node, and at which of its inputs. */
export interface Reading {
  readonly node: Node;
  readonly input: number;
}

/** A graph with its edges looked up once. */
export interface Wiring {
  readonly graph: Graph;
  /** In topological order. */
  readonly nodes: readonly Node[];
  readonly producers: ReadonlyMap<string, Node>;
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** Weights, and all that is computed from weights alone (a cast, a dequantisation). */
  readonly constants: ReadonlySet<string>;
}

/** Looks up all edges of a graph. */
export function wire(graph: Graph): Wiring {
  const nodes = sortedNodes(graph.nodes);
  const producers = new Map<string, Node>();
  const readings = new Map<string, Reading[]>();
  const constants = new Set(graph.initializers.keys());
  for (const node of nodes) {
    for (const output of node.outputs) if (output !== "") producers.set(output, node);
    for (const [input, name] of node.inputs.entries()) {
      if (name === "") continue;
      const list = readings.get(name);
      if (list === undefined) readings.set(name, [{ node, input }]);
      else list.push({ node, input });
    }
    if (namesRead(node).every((name) => constants.has(name))) for (const output of node.outputs) constants.add(output);
  }
  return { graph, nodes, producers, readings, constants };
}

/** Inputs that say where or how (an index, a shape, a condition), by operator; numbers do not flow through them. */
const CONTROL_INPUTS: Readonly<Record<string, readonly number[]>> = {
  Clip: [1, 2],
  CumSum: [1],
  Expand: [1],
  Gather: [1],
  GatherElements: [1],
  GatherND: [1],
  Pad: [1, 3],
  ReduceMean: [1],
  ReduceSum: [1],
  Reshape: [1],
  ScatterND: [1],
  Slice: [1, 2, 3, 4],
  Split: [1],
  Squeeze: [1],
  Tile: [1],
  TopK: [1],
  Trilu: [1],
  Unsqueeze: [1],
  Where: [0],
};

/** Operators whose output tells of their input's shape, sign or order, and carries none of its numbers on. */
const CARRIES_NOTHING = new Set([
  "And",
  "ArgMax",
  "ArgMin",
  "ConstantOfShape",
  "Equal",
  "Greater",
  "GreaterOrEqual",
  "IsInf",
  "IsNaN",
  "Less",
  "LessOrEqual",
  "NonZero",
  "Not",
  "Or",
  "Range",
  "Shape",
  "Size",
]);

/** The tensors whose numbers flow into a node's outputs. */
export function dataInputs(node: Node): string[] {
  if (CARRIES_NOTHING.has(node.op)) return [];
  const control = CONTROL_INPUTS[node.op];
  return node.inputs.filter((name, index) => name !== "" && !control?.includes(index));
}

/** The tensors that the numbers of `start` flow into, itself included. */
export function reachedFrom(wiring: Wiring, start: string): Set<string> {
  const reached = new Set([start]);
  for (const node of wiring.nodes) {
    if (!dataInputs(node).some((name) => reached.has(name))) continue;
    for (const output of node.outputs) if (output !== "") reached.add(output);
  }
  return reached;
}

/** Follows first inputs upwards through nodes of the given operators and gives the tensor at which that ends. */
export function climb(wiring: Wiring, from: string, through: ReadonlySet<string>): string {
  let name = from;
  for (let node = wiring.producers.get(name); node !== undefined; node = wiring.producers.get(name)) {
    if (!through.has(node.op)) return name;
    name = node.inputs[0] ?? "";
  }
  return name;
}
