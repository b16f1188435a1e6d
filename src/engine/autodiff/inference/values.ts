/** Operators that make sizes and numbers out of shapes, and shapes out of sizes. */
import { intOf } from "../../onnx/attributes.ts";
import { ElementType, type Node } from "../../onnx/graph.ts";
import { constantMade } from "../constants.ts";
import type { Fact } from "../shapes.ts";
import { outcome, product, type Shape } from "../sizes.ts";
import { at, fact, type Inference, spread } from "./common.ts";
import { placesOf } from "./slice.ts";
import { subtracted } from "./spreading.ts";

export const shapeOf: Inference = (node, known) => {
  const { shape } = at(node, known, 0);
  if (shape === undefined) return [fact(ElementType.int64, undefined)];
  const rank = shape.length;
  const [from, to] = [intOf(node, "start", 0), intOf(node, "end", rank)];
  const wholes = placesOf(rank, { start: from, end: to, step: 1 })?.map((axis) => shape[axis] ?? 1);
  return [fact(ElementType.int64, wholes && [wholes.length], wholes)];
};

export const size: Inference = (node, known) => {
  const { shape } = at(node, known, 0);
  return [fact(ElementType.int64, [], shape && [product(shape)])];
};

export const constant: Inference = (node) => {
  const { elementType, shape, numbers: content } = constantMade(node);
  const whole = elementType === ElementType.int64 || elementType === ElementType.int32;
  return [fact(elementType, shape, whole ? content : undefined)];
};

export const cast: Inference = (node, known) => {
  const { shape, wholes } = at(node, known, 0);
  const to = intOf(node, "to", ElementType.float);
  const whole = to === ElementType.int64 || to === ElementType.int32;
  return [fact(to, shape, whole ? wholes : undefined)];
};

export const range: Inference = (node, known) => {
  const { type, wholes } = at(node, known, 0);
  const [start, end, step] = [wholes?.[0], at(node, known, 1).wholes?.[0], at(node, known, 2).wholes?.[0]];
  const name = outcome("range", node.outputs[0] ?? "");
  const length = step === 1 && start !== undefined && end !== undefined ? subtracted(end, start) : name;
  return [fact(type, [length])];
};

export const constantOfShape: Inference = (node, known) => {
  const to = at(node, known, 0);
  const made = constantMade({ ...node, op: "Constant" });
  const count = to.wholes && product(to.wholes);
  const value = made.elementType === ElementType.int64 ? made.numbers?.[0] : undefined;
  const short = typeof count === "number" && count <= 64;
  const wholes = short && value !== undefined ? Array.from({ length: count }, () => value) : undefined;
  return [fact(made.elementType, to.wholes ?? shapeByRank(node, to), wholes)];
};

/** Unknown sizes, as many as a list of sizes is long. */
function shapeByRank(node: Node, to: Fact): Shape | undefined {
  const rank = to.shape?.[0];
  if (typeof rank !== "number") return undefined;
  return Array.from({ length: rank }, (_, axis) => outcome("size", node.outputs[0] ?? "", axis));
}

export const expand: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  const to = at(node, known, 1);
  const wanted = to.wholes ?? shapeByRank(node, to);
  return [fact(type, spread(node.outputs[0] ?? "", [shape, wanted]))];
};
