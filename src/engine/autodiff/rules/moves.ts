/** Gradients of operators that move numbers about. */
import { intAttribute, intOf, intsAttribute, intsOf, stringAttribute } from "../../onnx/attributes.ts";
import { reshaped } from "../fit.ts";
import { cutsOf } from "../inference/slice.ts";
import type { Derivative, Rule, Step } from "../step.ts";

const ADD = stringAttribute("reduction", "add");

/** Reshape and its like: the same numbers in the shape of x. */
export const back: Derivative = (step) => reshaped(step.tape, step.dy(), step.x());

/** Transpose: the axes in their old order. */
export const transposed: Derivative = (step) => {
  const rank = step.rank(step.x());
  const perm = intsOf(step.node, "perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const inverse = perm.map((_, axis) => perm.indexOf(axis));
  return step.tape.transpose(step.dy(), inverse);
};

/** Concat: each part of dy to its input. */
export const concat: Rule = (step) => {
  const { tape, node } = step;
  const rank = step.rank(step.y());
  const named = intOf(node, "axis", 0);
  const axis = named < 0 ? named + rank : named;
  const sizes = node.inputs.map((name) => tape.shape(name)?.[axis]);
  const numbers = sizes.filter((size) => typeof size === "number");
  const parts = numbers.length === sizes.length ? cut(step, axis, numbers) : cutInRun(step, axis);
  for (const [index, part] of parts.entries()) if (step.wants(index)) step.give(index, part);
};

function cut(step: Step, axis: number, sizes: readonly number[]): readonly string[] {
  const { tape } = step;
  if (sizes.length === 1) return [step.dy()];
  const at = intAttribute("axis", axis);
  if (tape.opset < 13) {
    const attributes = [at, intsAttribute("split", sizes)];
    return tape.emitMany(sizes.length, { op: "Split", inputs: [step.dy()], attributes });
  }
  return tape.emitMany(sizes.length, { op: "Split", inputs: [step.dy(), tape.wholes(sizes)], attributes: [at] });
}

function cutInRun(step: Step, axis: number): readonly string[] {
  const { tape, node } = step;
  if (tape.opset < 13) step.refuse("the lengths of its parts do not show");
  const sizes = node.inputs.map((name) =>
    tape.emit("Gather", [tape.emit("Shape", [name]), tape.wholes([axis])], intAttribute("axis", 0)),
  );
  const inputs = [step.dy(), tape.emit("Concat", sizes, intAttribute("axis", 0))];
  const parts = tape.emitMany(sizes.length, { op: "Split", inputs, attributes: [intAttribute("axis", axis)] });
  for (const [index, part] of parts.entries()) tape.shapedLike(part, step.x(index));
  return parts;
}

/** Split: the parts of dy joined, zeros for those that nobody reads. */
export const split: Derivative = (step) => {
  const { tape, node } = step;
  const parts = node.outputs.map((_, index) => step.dy(index));
  return tape.emit("Concat", parts, intAttribute("axis", intOf(node, "axis", 0)));
};

/** Slice: zeros around dy, where the cut is known and takes every number; else each number back to its place. */
export const slice: Derivative = (step) => {
  const { tape, node } = step;
  const shape = tape.shape(step.x());
  const known = { of: (name: string) => factOf(step, name), opset: tape.opset };
  const cuts = shape && cutsOf(node, known, shape.length);
  if (shape === undefined || cuts === undefined) return scattered(step);
  const [before, after] = [shape.map(() => 0), shape.map(() => 0)];
  for (const [axis, { start, end, step: stride }] of cuts) {
    const size = shape[axis];
    if (typeof size !== "number" || typeof start !== "number" || typeof end !== "number" || stride !== 1) {
      return scattered(step);
    }
    const from = Math.min(start < 0 ? Math.max(start + size, 0) : start, size);
    const to = Math.min(end < 0 ? Math.max(end + size, 0) : end, size);
    before[axis] = from;
    after[axis] = size - Math.max(from, to);
  }
  return tape.emit("Pad", [step.dy(), tape.wholes([...before, ...after]), tape.number(0, step.x())]);
};

function factOf({ tape }: Step, name: string) {
  const [shape, wholes] = [tape.shape(name), tape.content(name)];
  return { ...(shape && { shape }), ...(wholes && { wholes }) };
}

/**
 * Any operator that picks numbers of its first input: the same picks from the list of all places say where each
 * number came from, and dy is added up there.
 */
export const scattered: Derivative = (step) => {
  const { tape, node } = step;
  if (tape.opset < 16) step.refuse("adding up by place needs operators of version 16");
  const x = step.x();
  const size = tape.emit("Size", [x]);
  const count = tape.emit("Range", [tape.wholes([0], []), size, tape.wholes([1], [])]);
  const places = tape.emit("Reshape", [count, tape.shapeOf(x)]);
  const picked = tape.emit(node.op, [places, ...node.inputs.slice(1)], ...node.attributes);
  const flat = tape.wholes([-1]);
  const zeros = tape.emit("Expand", [tape.number(0, x), tape.emit("Reshape", [size, flat])]);
  const inputs = [zeros, tape.emit("Reshape", [picked, flat]), tape.emit("Reshape", [step.dy(), flat])];
  const sum = tape.emit("ScatterElements", inputs, intAttribute("axis", 0), ADD);
  return reshaped(tape, sum, x);
};

/** Trilu: what was set to 0 gets nothing. */
export const trilu: Derivative = (step) =>
  step.tape.emit("Trilu", [step.dy(), ...step.node.inputs.slice(1)], ...step.node.attributes);

/** RotaryEmbedding: dy turned back by the same angle. */
export const rotated: Derivative = (step) => {
  const { tape, node } = step;
  const sine = node.domain === "" ? 2 : 3;
  const inputs = node.inputs.map((name, index) => (index === 0 ? step.dy() : index === sine ? tape.neg(name) : name));
  const { op, domain } = node;
  const [back = ""] = tape.emitMany(1, { op, domain, inputs, attributes: [...node.attributes] });
  return back;
};
