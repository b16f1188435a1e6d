/** An order in which nodes can run. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { Node } from "./graph.ts";
import { namesRead } from "./names.ts";

/**
 * Gives each node after the nodes whose outputs it reads; nodes that are in order already keep it.
 *
 * Depth first with a stack of our own, since a chain can be thousands of nodes deep.
 */
export function sortedNodes(nodes: readonly Node[]): Node[] {
  const producers = producersOf(nodes);
  const state = new Map<Node, "open" | "placed">();
  const sorted: Node[] = [];
  for (const start of nodes) {
    const stack = [start];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const waiting = state.get(node) === undefined ? unplaced(node, producers, state) : [];
      if (waiting.length > 0) {
        state.set(node, "open");
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      if (state.get(node) === "placed") continue;
      state.set(node, "placed");
      sorted.push(node);
    }
  }
  return sorted;
}

function unplaced(
  node: Node,
  producers: ReadonlyMap<string, Node>,
  state: ReadonlyMap<Node, "open" | "placed">,
): Node[] {
  const waiting: Node[] = [];
  for (const name of namesRead(node)) {
    const producer = producers.get(name);
    if (producer === undefined || state.get(producer) === "placed") continue;
    if (producer === node || state.get(producer) === "open") throw cycle(producer);
    waiting.push(producer);
  }
  return waiting.reverse();
}

function cycle(node: Node): FailureError {
  const message = `The model's graph runs in a circle at ${node.op} "${node.name}".`;
  return new FailureError(failure("graph", message, { action: "none" }));
}

/** The node that makes each tensor. */
export function producersOf(nodes: readonly Node[]): Map<string, Node> {
  const producers = new Map<string, Node>();
  for (const node of nodes) for (const output of node.outputs) if (output !== "") producers.set(output, node);
  return producers;
}
