/** Merged decoders: one file whose graph is an `If` between a decoder that reads its cache and one that has none yet. */
import { type Graph, makeNode, type Node, type OnnxModel } from "../graph.ts";
import { namesMade, renamed, subgraphsOf } from "../names.ts";
import { tidied } from "./tidy.ts";

/**
 * Makes one branch of a merged decoder's `If` the main graph and drops the inputs that this branch does not read
 * (`use_cache_branch`, `past_key_values.*`); a model without such an `If` comes back as it is.
 */
export function promoteBranch(model: OnnxModel, branch: "else_branch" | "then_branch"): OnnxModel {
  const choice = findChoice(model.graph);
  const attribute = choice?.attributes.get(branch);
  if (choice === undefined || attribute === undefined || !("graph" in attribute)) return model;
  return { ...model, graph: tidied(merged(model.graph, choice, attribute.graph)) };
}

/** The `If` that is the whole graph but for a few nodes: its branch has more nodes than stand beside it. */
function findChoice(graph: Graph): Node | undefined {
  const size = (node: Node): number => Math.max(0, ...subgraphsOf(node).map((branch) => branch.nodes.length));
  return graph.nodes.find((node) => node.op === "If" && size(node) >= graph.nodes.length);
}

function merged(outer: Graph, choice: Node, branch: Graph): Graph {
  const rest = outer.nodes.filter((node) => node !== choice);
  const inner = renamed(branch, clashes({ ...outer, nodes: rest }, choice, branch));
  const handed = inner.outputs.flatMap((output, index) => {
    const name = choice.outputs[index] ?? "";
    return name === "" || name === output.name ? [] : [makeNode("Identity", [output.name], [name])];
  });
  return {
    ...outer,
    nodes: [...rest, ...inner.nodes, ...handed],
    initializers: new Map([...outer.initializers, ...inner.initializers]),
    values: [...outer.values, ...inner.values],
    other: [...outer.other, ...inner.other],
  };
}

/** New names for tensors of the branch that are called like one outside it (converters to fp16 make such files). */
function clashes(rest: Graph, choice: Node, branch: Graph): Map<string, string> {
  const outside = namesMade(rest);
  const inside = namesMade(branch);
  const names = new Map<string, string>();
  for (const name of inside) {
    const handedOn = choice.outputs.includes(name) && branch.outputs[choice.outputs.indexOf(name)]?.name !== name;
    if (outside.has(name) || handedOn) names.set(name, freshName(name, outside, inside));
  }
  return names;
}

function freshName(name: string, ...taken: readonly ReadonlySet<string>[]): string {
  let fresh = `${name}/inner`;
  while (taken.some((names) => names.has(fresh))) fresh += "'";
  return fresh;
}
