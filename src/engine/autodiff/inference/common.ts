/** What the families of inferences share. */
import { intsOf } from "../../onnx/attributes.ts";
import type { Node } from "../../onnx/graph.ts";
import type { Fact } from "../shapes.ts";
import { broadcast, outcome, type Shape, type Size } from "../sizes.ts";

/** Where facts of tensors are looked up. */
export interface Known {
  readonly of: (name: string) => Fact;
  readonly opset: number;
}

export type Inference = (node: Node, known: Known) => readonly Fact[];

/** Facts about one input. */
export function at(node: Node, known: Known, index: number): Fact {
  return known.of(node.inputs[index] ?? "");
}

export function fact(type: number | undefined, shape: Shape | undefined, wholes?: readonly Size[]): Fact {
  return { ...(type === undefined ? {} : { type }), ...(shape && { shape }), ...(wholes && { wholes }) };
}

/** An axis counted from 0. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Whole numbers that are known in full. */
export function numbers(wholes: readonly Size[] | undefined): number[] | undefined {
  const plain = wholes?.filter((size) => typeof size === "number");
  return plain?.length === wholes?.length ? plain : undefined;
}

/** Axes, given as an attribute in old operator sets and as an input in new ones; undefined where a run decides. */
export function axesOf(node: Node, known: Known, input = 1): number[] | undefined {
  const attribute = intsOf(node, "axes");
  if (attribute !== undefined) return attribute;
  return (node.inputs[input] ?? "") === "" ? [] : numbers(at(node, known, input).wholes);
}

/** The shape over which several are spread; undefined where a rank is not known. Sizes that a run decides get a name. */
export function spread(name: string, shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length < shapes.length) return undefined;
  const rank = Math.max(0, ...known.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    known
      .map((shape) => shape[axis - rank + shape.length] ?? 1)
      .reduce((a, b) => broadcast(a, b) ?? outcome("met", name, axis, ...[a, b].sort())),
  );
}

export function shapeOfAll(node: Node, known: Known): Shape | undefined {
  return spread(
    node.outputs[0] ?? "",
    node.inputs.map((name) => known.of(name).shape),
  );
}
