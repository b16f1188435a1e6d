/** Whether the names of a graph fit together: a file that was cut off between two fields is found out here. */
import type { Graph } from "./graph.ts";
import { namesMade } from "./names.ts";
import { damaged } from "./protobuf.ts";

/**
 * Throws `FailureError("damaged")` unless every name that is read is an input, a weight or a node's output, of this graph
 * or one around it, every output is made, and every operator's domain has a version.
 */
export function checkNames(graph: Graph, opsets: ReadonlyMap<string, number>): void {
  if (graph.nodes.length === 0) throw damaged("graph", "no nodes in it");
  if (graph.outputs.length === 0) throw damaged("graph", "no outputs in it");
  checkGraph(graph, opsets, [], "graph");
}

function checkGraph(
  graph: Graph,
  opsets: ReadonlyMap<string, number>,
  around: readonly ReadonlySet<string>[],
  where: string,
): void {
  const known = [...around, namesMade(graph)];
  const isKnown = (name: string): boolean => name === "" || known.some((names) => names.has(name));
  for (const node of graph.nodes) {
    const at = `${where}, ${node.op} "${node.name}"`;
    if (!opsets.has(node.domain)) throw damaged(at, `operator set "${node.domain}" has no version`);
    const missing = node.inputs.find((name) => !isKnown(name));
    if (missing !== undefined) throw damaged(at, `reads "${missing}", which nothing makes`);
    for (const [name, attribute] of node.attributes) {
      if ("graph" in attribute) checkGraph(attribute.graph, opsets, known, `${at}, ${name}`);
    }
  }
  const missing = graph.outputs.find((output) => !isKnown(output.name));
  if (missing !== undefined) throw damaged(where, `output "${missing.name}" is made by nothing`);
}
