/** Gradients as more nodes of the same graph: reverse mode, from the followed tensor back to those asked about. */
import { FailureError, failure } from "../../lib/failure.ts";
import { tidied } from "../onnx/edit/tidy.ts";
import { ElementType, type Graph, makeNode, makeValue, type Node, type OnnxModel } from "../onnx/graph.ts";
import { namesMade } from "../onnx/names.ts";
import { sortedNodes } from "../onnx/order.ts";
import { floatTensor } from "../onnx/tensors.ts";
import { activeTensors } from "./activity.ts";
import { whole } from "./fit.ts";
import { ruleOf } from "./rules.ts";
import { Shapes } from "./shapes.ts";
import { Step } from "./step.ts";
import { Tape } from "./tape.ts";

/** What is wanted of the backward pass. */
export interface BackwardRequest {
  /** The tensor that is followed. */
  readonly of: string;
  /** Name of the new fp32 input that says how much each of its numbers counts; it may have any shape that spreads over `of`. */
  readonly seed: string;
  /** Name of the new bool input, of one number, that lets the backward pass run; without it outputs are empty, `[0]`. */
  readonly when: string;
  /** Tensors to differentiate by, inputs or inner ones, with the name of the output that each is given, fp32, shaped like it. */
  readonly wrt: readonly (readonly [tensor: string, output: string])[];
}

/** The model with its backward pass. */
export interface Backward {
  readonly model: OnnxModel;
  /** How much was added. */
  readonly size: BackwardSize;
}

/** What the backward pass is made of. */
export interface BackwardSize {
  readonly nodes: number;
  /** Shapes that could not be proved and are compared in the run. */
  readonly fallbacks: number;
}

/**
 * Adds the gradient of Σ seed · of with respect to each tensor of `wrt`, all of it inside one `If`: off it costs nothing,
 * on about one more forward pass, since weights get no gradient. A tensor that `of` does not depend on gets zeros. What
 * the model gave before stays as it was. Inputs whose sizes are named `1 or …` are taken to spread over what they meet.
 *
 * Throws `FailureError("graph")`, naming operator and node, where an operator on the way has no rule.
 */
export function backward(model: OnnxModel, request: BackwardRequest): Backward {
  checkNames(model.graph, request);
  const shapes = new Shapes(model);
  const nodes = sortedNodes(model.graph.nodes);
  const { initializers } = model.graph;
  const tape = new Tape({ shapes, nodes, initializers, prefix: `${request.seed}/`, running: request.when });
  shapes.state(request.seed, { type: ElementType.float });
  shapes.state(request.when, { type: ElementType.bool });

  const cotangents = walk(tape, nodes, request, shapes);
  const results = request.wrt.map(([tensor]) => result(tape, tensor, cotangents(tensor)));

  const size = { nodes: tape.nodes.length, fallbacks: tape.fallbacks };
  return { model: { ...model, graph: extended(model.graph, request, tape, results) }, size };
}

function checkNames({ nodes, initializers, inputs }: Graph, { of, seed, when, wrt }: BackwardRequest): void {
  const made = namesMade({ nodes, initializers, inputs, name: "", outputs: [], values: [], other: [] });
  const missing = [of, ...wrt.map(([tensor]) => tensor)].find((name) => !made.has(name));
  if (missing !== undefined) throw refused(`there is no tensor "${missing}" in it`);
  const taken = [seed, when, ...wrt.map(([, output]) => output)].find((name) => made.has(name));
  if (taken !== undefined) throw refused(`"${taken}" is the name of a tensor of it already`);
}

function refused(why: string): FailureError {
  return new FailureError(
    failure("graph", `Gradients cannot be added to the model's graph: ${why}.`, { action: "none" }),
  );
}

/** Goes through the nodes backwards and lets each rule hand its cotangent on; gives the way to look the sums up. */
function walk(
  tape: Tape,
  nodes: readonly Node[],
  { of, seed, wrt }: BackwardRequest,
  shapes: Shapes,
): (name: string) => string | undefined {
  const active = activeTensors(nodes, shapes, { of, wrt: wrt.map(([tensor]) => tensor) });
  const parts = new Map<string, string[]>();
  const cotangent = (name: string): string | undefined => {
    const list = parts.get(name);
    if (list === undefined) return undefined;
    const total = list.reduce((sum, part) => tape.add(sum, part));
    parts.set(name, [total]);
    return total;
  };
  const give = (name: string, gradient: string): void => {
    parts.set(name, [...(parts.get(name) ?? []), gradient]);
  };
  const wanted = (name: string): boolean => active.has(name);

  if (active.has(of)) give(of, tape.cast(seed, tape.typeOf(of)));
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((name) => active.has(name) && parts.has(name))) continue;
    if (!node.inputs.some(wanted)) continue;
    const step = new Step(tape, node, { cotangent, wanted, give });
    const rule = ruleOf(node) ?? step.refuse("there is no rule for this operator");
    rule(step);
  }
  return cotangent;
}

/** A cotangent as fp32 in the shape of its tensor; zeros where there is none. */
function result(tape: Tape, tensor: string, cotangent: string | undefined): string {
  return tape.cast(whole(tape, cotangent ?? tape.floats([0], []), tensor), ElementType.float);
}

function extended(graph: Graph, request: BackwardRequest, tape: Tape, results: readonly string[]): Graph {
  const outputs = request.wrt.map(([, output]) => output);
  const made = outputs.map((output) => `${output}/made`);
  const choice = makeNode("If", [request.when], outputs, {
    name: `${request.seed}/If`,
    attributes: new Map([
      ["then_branch", { graph: branch("on", [...tape.nodes, ...handed(results, made)], made, tape.constants) }],
      ["else_branch", { graph: empties(outputs) }],
    ]),
  });
  return {
    ...graph,
    nodes: [...graph.nodes, choice],
    inputs: [...graph.inputs, makeValue(request.seed, ElementType.float), makeValue(request.when, ElementType.bool)],
    outputs: [...graph.outputs, ...outputs.map((name) => makeValue(name, ElementType.float))],
  };
}

function handed(from: readonly string[], to: readonly string[]): Node[] {
  return to.map((name, index) => makeNode("Identity", [from[index] ?? ""], [name]));
}

function empties(outputs: readonly string[]): Graph {
  const names = outputs.map((output) => `${output}/none`);
  const nothing = `${outputs[0] ?? ""}/nothing`;
  const constants = new Map([[nothing, floatTensor(nothing, [], [0])]]);
  return branch(
    "off",
    handed(
      names.map(() => nothing),
      names,
    ),
    names,
    constants,
  );
}

function branch(
  name: string,
  nodes: readonly Node[],
  outputs: readonly string[],
  initializers: Graph["initializers"],
): Graph {
  const values = outputs.map((output) => makeValue(output, ElementType.float));
  return tidied({ name, nodes, outputs: values, initializers, inputs: [], values: [], other: [] });
}
