/** The residual stream: the way from the embedding to the output, and the joints that everything passes through. */
import type { Node } from "../graph.ts";
import { notFound } from "./fail.ts";
import { dataInputs, reachedFrom, type Wiring } from "./wiring.ts";

/** The nodes between an embedding and the output. */
export interface Stream {
  /** The embedding's rows, where the stream begins. */
  readonly start: string;
  /** The output where it ends: logits or last hidden state. */
  readonly sink: string;
  /** Tensors that the embedding's numbers flow into. */
  readonly reached: ReadonlySet<string>;
  /** Nodes on a way from start to sink, in the order in which they run, with their places in it. */
  readonly active: readonly Node[];
  readonly place: ReadonlyMap<Node, number>;
  /** Active nodes that no way from start to sink goes around. */
  readonly joints: readonly Node[];
}

/** Follows the numbers from `start` to the model's output; throws `FailureError("graph")` when they reach none. */
export function findStream(wiring: Wiring, start: string): Stream {
  const reached = reachedFrom(wiring, start);
  const sink = findSink(wiring, reached);
  const active = activeNodes(wiring, reached, sink);
  const place = new Map(active.map((node, index) => [node, index]));
  return { start, sink, reached, active, place, joints: findJoints(wiring, active, place, start) };
}

/** The tensor that a joint hands on. */
export function outputOf(stream: Stream, node: Node): string {
  const read = (name: string): boolean => stream.reached.has(name) && name !== "";
  return node.outputs.find((name) => name === stream.sink) ?? node.outputs.find(read) ?? "";
}

/** The last joint before a node, and the first after it. */
export function jointsAround(stream: Stream, node: Node): { readonly before?: Node; readonly after?: Node } {
  const at = stream.place.get(node) ?? -1;
  const placeOf = (joint: Node): number => stream.place.get(joint) ?? -1;
  return {
    before: stream.joints.filter((joint) => placeOf(joint) < at).at(-1),
    after: stream.joints.find((joint) => placeOf(joint) > at),
  };
}

function findSink(wiring: Wiring, reached: ReadonlySet<string>): string {
  const names = wiring.graph.outputs.map((output) => output.name).filter((name) => reached.has(name));
  const sink =
    names.find((name) => name === "logits") ??
    names.find((name) => name === "last_hidden_state") ??
    names.find((name) => /logits|hidden_state/.test(name)) ??
    names[0];
  if (sink === undefined) throw notFound("no output is computed from the token embeddings.");
  return sink;
}

function activeNodes(wiring: Wiring, reached: ReadonlySet<string>, sink: string): Node[] {
  const needed = new Set([sink]);
  const active: Node[] = [];
  for (const node of [...wiring.nodes].reverse()) {
    const inputs = dataInputs(node).filter((name) => reached.has(name));
    if (inputs.length === 0 || !node.outputs.some((name) => needed.has(name))) continue;
    active.push(node);
    for (const name of inputs) needed.add(name);
  }
  return active.reverse();
}

/** Counts, for each place, the edges that jump over it: +1 after an edge's tail, −1 at its head, summed up on the way. */
function findJoints(wiring: Wiring, active: readonly Node[], place: ReadonlyMap<Node, number>, start: string): Node[] {
  const change = new Int32Array(active.length + 1);
  const jump = (from: number, to: number): void => {
    change[from + 1] = (change[from + 1] ?? 0) + 1;
    change[to] = (change[to] ?? 0) - 1;
  };
  for (const [head, node] of active.entries()) {
    for (const name of dataInputs(node)) {
      const producer = wiring.producers.get(name);
      const tail = name === start ? -1 : producer === undefined ? undefined : place.get(producer);
      if (tail !== undefined) jump(tail, head);
    }
  }
  let open = 0;
  return active.filter((_, index) => {
    open += change[index] ?? 0;
    return open === 0;
  });
}
