/** What every edit ends with: nodes in an order in which they can run, and nothing left that no output needs. */
import type { Graph, Node } from "../graph.ts";
import { namesRead } from "../names.ts";
import { producersOf, sortedNodes } from "../order.ts";

/** The graph without dead nodes, inputs, weights and types, its nodes sorted; throws `FailureError("graph")` on a cycle. */
export function tidied(graph: Graph): Graph {
  const nodes = uniquelyNamed(sortedNodes(liveNodes(graph)));
  const used = new Set([...nodes.flatMap(namesRead), ...graph.outputs.map((output) => output.name)]);
  const made = new Set(nodes.flatMap((node) => node.outputs));
  return {
    ...graph,
    nodes,
    initializers: new Map([...graph.initializers].filter(([name]) => used.has(name))),
    inputs: graph.inputs.filter((input) => used.has(input.name)),
    values: graph.values.filter((value) => made.has(value.name)),
  };
}

/** ONNX Runtime refuses a graph in which two nodes have the same name. */
function uniquelyNamed(nodes: readonly Node[]): Node[] {
  const taken = new Set<string>();
  return nodes.map((node) => {
    let name = node.name;
    while (name !== "" && taken.has(name)) name += "'";
    taken.add(name);
    return name === node.name ? node : { ...node, name };
  });
}

/** The nodes that some output of the graph needs, in their order. */
function liveNodes(graph: Graph): Node[] {
  const producers = producersOf(graph.nodes);
  const live = new Set<Node>();
  const wanted = graph.outputs.map((output) => output.name);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const node = producers.get(name);
    if (node === undefined || live.has(node)) continue;
    live.add(node);
    wanted.push(...namesRead(node));
  }
  return graph.nodes.filter((node) => live.has(node));
}
