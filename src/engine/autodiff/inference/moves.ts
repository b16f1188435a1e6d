/** Operators that move numbers about and change none. */
import { intOf, intsOf } from "../../onnx/attributes.ts";
import { outcome, plus, product, quotient, type Size } from "../sizes.ts";
import { at, axesOf, axisOf, fact, type Inference, numbers } from "./common.ts";
import { reshaped } from "./reshaped.ts";

export const transpose: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  const perm = intsOf(node, "perm") ?? shape?.map((_, axis) => shape.length - 1 - axis);
  return [fact(type, shape && perm?.map((axis) => shape[axis] ?? 1))];
};

export const reshape: Inference = (node, known) => {
  const { type, shape, wholes } = at(node, known, 0);
  const to = at(node, known, 1);
  const name = node.outputs[0] ?? "";
  return [fact(type, reshaped(name, shape, to, intOf(node, "allowzero", 0) === 1), wholes)];
};

export const flatten: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  if (shape === undefined) return [fact(type, undefined)];
  const axis = axisOf(intOf(node, "axis", 1), shape.length);
  return [fact(type, [product(shape.slice(0, axis)), product(shape.slice(axis))])];
};

export const squeeze: Inference = (node, known) => {
  const { type, shape, wholes } = at(node, known, 0);
  const axes = axesOf(node, known);
  if (shape === undefined || axes === undefined) return [fact(type, undefined, wholes)];
  const all = axes.length === 0;
  // Without axes every axis of 1 goes, and which those are has to be known.
  if (all && shape.some((size) => typeof size === "string")) return [fact(type, undefined, wholes)];
  const gone = new Set(axes.map((axis) => axisOf(axis, shape.length)));
  return [
    fact(
      type,
      shape.filter((size, axis) => (all ? size !== 1 : !gone.has(axis))),
      wholes,
    ),
  ];
};

export const unsqueeze: Inference = (node, known) => {
  const { type, shape, wholes } = at(node, known, 0);
  const axes = axesOf(node, known);
  if (shape === undefined || axes === undefined) return [fact(type, undefined, wholes)];
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => axisOf(axis, rank)));
  const rest = [...shape];
  return [
    fact(
      type,
      Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? 1))),
      wholes,
    ),
  ];
};

export const concat: Inference = (node, known) => {
  const parts = node.inputs.map(known.of);
  const shapes = parts.flatMap(({ shape }) => (shape ? [shape] : []));
  const lists = parts.flatMap(({ wholes }) => (wholes ? [wholes] : []));
  const wholes = lists.length === parts.length ? lists.flat() : undefined;
  const [first] = shapes;
  if (first === undefined || shapes.length < parts.length) return [fact(parts[0]?.type, undefined)];
  const axis = axisOf(intOf(node, "axis", 0), first.length);
  const size = shapes.map((shape) => shape[axis] ?? 0).reduce(plus, 0);
  // Off the axis all are alike; the one that is a number says most.
  const alike = (index: number): Size =>
    shapes.map((shape) => shape[index] ?? 0).find((length) => typeof length === "number") ?? first[index] ?? 0;
  const shape = first.map((_, index) => (index === axis ? size : alike(index)));
  return [fact(parts[0]?.type, shape, first.length === 1 ? wholes : undefined)];
};

export const split: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  if (shape === undefined) return node.outputs.map(() => fact(type, undefined));
  const axis = axisOf(intOf(node, "axis", 0), shape.length);
  const sizes = intsOf(node, "split") ?? at(node, known, 1).wholes ?? evenly(shape[axis] ?? 0, node.outputs.length);
  return node.outputs.map((name, index) => {
    const size = sizes?.[index] ?? outcome("part", name);
    return fact(
      type,
      shape.map((length, place) => (place === axis ? size : length)),
    );
  });
};

function evenly(size: Size, parts: number): Size[] | undefined {
  if (typeof size === "string") {
    const part = quotient(size, parts);
    return part === undefined ? undefined : Array.from({ length: parts }, () => part);
  }
  const each = Math.ceil(size / parts);
  return Array.from({ length: parts }, (_, index) => Math.min(each, size - index * each));
}

export const gather: Inference = (node, known) => {
  const [data, indices] = [at(node, known, 0), at(node, known, 1)];
  const picks = numbers(indices.wholes);
  const { wholes } = data;
  const picked = wholes && picks?.map((pick) => wholes[axisOf(pick, wholes.length)] ?? outcome("past the end"));
  if (data.shape === undefined || indices.shape === undefined) return [fact(data.type, undefined, picked)];
  const axis = axisOf(intOf(node, "axis", 0), data.shape.length);
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
  return [fact(data.type, shape, data.shape.length === 1 ? picked : undefined)];
};
