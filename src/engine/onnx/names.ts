/** Names that nodes read and make, subgraphs included. */
import type { Attribute, Graph, Node } from "./graph.ts";

/** The subgraphs of a node (the branches of an `If`, the body of a `Loop`). */
export function subgraphsOf(node: Node): Graph[] {
  const graphs: Graph[] = [];
  for (const attribute of node.attributes.values()) if ("graph" in attribute) graphs.push(attribute.graph);
  return graphs;
}

/** All names that a node reads from the graph it stands in, those that its subgraphs capture included. */
export function namesRead(node: Node): string[] {
  const names = node.inputs.filter((name) => name !== "");
  for (const graph of subgraphsOf(node)) names.push(...namesCaptured(graph));
  return names;
}

/** Names that a subgraph reads and does not make itself. */
export function namesCaptured(graph: Graph): string[] {
  const made = namesMade(graph);
  const read = [...graph.nodes.flatMap(namesRead), ...graph.outputs.map((output) => output.name)];
  return read.filter((name) => !made.has(name));
}

/** Names that a graph makes: inputs, weights and the outputs of its nodes. */
export function namesMade(graph: Graph): Set<string> {
  const names = new Set<string>(graph.initializers.keys());
  for (const input of graph.inputs) names.add(input.name);
  for (const node of graph.nodes) for (const output of node.outputs) if (output !== "") names.add(output);
  return names;
}

/** The same graph with other names for some of its tensors; names that a subgraph makes itself stay. */
export function renamed(graph: Graph, names: ReadonlyMap<string, string>): Graph {
  if (names.size === 0) return graph;
  const other = (name: string): string => names.get(name) ?? name;
  const value = <T extends { readonly name: string }>(item: T): T => ({ ...item, name: other(item.name) });
  return {
    ...graph,
    nodes: graph.nodes.map((node) => renamedNode(node, names)),
    initializers: new Map([...graph.initializers.values()].map((tensor) => [other(tensor.name), value(tensor)])),
    inputs: graph.inputs.map(value),
    outputs: graph.outputs.map(value),
    values: graph.values.map(value),
  };
}

function renamedNode(node: Node, names: ReadonlyMap<string, string>): Node {
  const other = (name: string): string => names.get(name) ?? name;
  const attributes = new Map<string, Attribute>();
  for (const [key, attribute] of node.attributes) {
    attributes.set(key, "graph" in attribute ? { graph: renamedInside(attribute.graph, names) } : attribute);
  }
  return { ...node, inputs: node.inputs.map(other), outputs: node.outputs.map(other), attributes };
}

function renamedInside(graph: Graph, names: ReadonlyMap<string, string>): Graph {
  const made = namesMade(graph);
  return renamed(graph, new Map([...names].filter(([name]) => !made.has(name))));
}
