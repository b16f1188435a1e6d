/** Gradients of sums, means and softmaxes. */
import { intAttribute, intOf, intsOf } from "../../onnx/attributes.ts";
import { reshaped } from "../fit.ts";
import type { Rule, Step } from "../step.ts";

/** y = Σ x:  dx = dy, spread over the axes that were summed. */
export const reduceSum: Rule = (step) => step.give(0, kept(step));

/** y = Σ x / n:  dx = dy / n, spread. */
export const reduceMean: Rule = (step) => {
  const { tape } = step;
  const [whole, means] = [tape.shape(step.x()), tape.shape(kept(step))];
  const lengths = whole?.flatMap((size, axis) => (means?.[axis] === 1 && size !== 1 ? [size] : []));
  const numbers = lengths?.filter((size) => typeof size === "number");
  const known = means?.length === whole?.length && numbers !== undefined && numbers.length === lengths?.length;
  if (known) return step.give(0, tape.scale(kept(step), 1 / numbers.reduce((product, size) => product * size, 1)));
  const count = tape.div(tape.emit("Size", [step.x()]), tape.emit("Size", [step.y()]));
  step.give(0, tape.div(kept(step), tape.cast(count, tape.typeOf(step.x()))));
};

/** The cotangent with the axes that were summed as axes of 1. */
function kept(step: Step): string {
  const { tape, node } = step;
  if (intOf(node, "keepdims", 1) === 1) return step.thin();
  const [x, axes] = [step.x(), axesOf(step)];
  const rank = tape.shape(x)?.length;
  if (axes === undefined || rank === undefined) {
    tape.fallbacks += 1;
    const options = [...node.attributes].filter(([name]) => name !== "keepdims");
    const again = tape.emit(node.op, node.inputs, ...options, intAttribute("keepdims", 1));
    return reshaped(tape, step.dy(), again);
  }
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const shape = tape.shape(x)?.map((size, axis) => (gone.has(axis) ? 1 : size)) ?? [];
  const sizes = shape.map((size) => (typeof size === "number" ? size : -1));
  if (sizes.filter((size) => size === -1).length < 2) return tape.emit("Reshape", [step.dy(), tape.wholes(sizes)]);
  const places = [...gone].sort((a, b) => a - b);
  if (tape.opset >= 13) return tape.emit("Unsqueeze", [step.dy(), tape.wholes(places)]);
  return tape.emit("Unsqueeze", [step.dy()], ...[...node.attributes].filter(([name]) => name === "axes"));
}

/** The axes that a node sums; all of them where it names none. Undefined where a run decides. */
function axesOf(step: Step): readonly number[] | undefined {
  const { tape, node } = step;
  const given = intsOf(node, "axes") ?? (step.x(1) === "" ? [] : tape.content(step.x(1)));
  const axes = given?.filter((axis) => typeof axis === "number");
  if (axes === undefined || axes.length !== given?.length) return undefined;
  if (axes.length > 0 || intOf(node, "noop_with_empty_axes", 0) === 1) return axes;
  return tape.shape(step.x())?.map((_, axis) => axis);
}

/** y = softmax x:  dx = y·(dy − Σ dy·y). */
export const softmax: Rule = (step) => {
  const { tape } = step;
  const weighted = tape.mul(step.dy(), step.y());
  step.give(0, tape.sub(weighted, tape.mul(step.y(), tape.sum(weighted, [softmaxAxis(step)], true))));
};

/** y = x − log Σ exp x:  dx = dy − exp(y)·Σ dy. */
export const logSoftmax: Rule = (step) => {
  const { tape } = step;
  const total = tape.sum(step.dy(), [softmaxAxis(step)], true);
  step.give(0, tape.sub(step.dy(), tape.mul(tape.emit("Exp", [step.y()]), total)));
};

/** Before version 13 all axes from the named one on were one axis, which is the same thing for the last. */
function softmaxAxis(step: Step): number {
  const axis = intOf(step.node, "axis", step.tape.opset < 13 ? 1 : -1);
  if (step.tape.opset < 13 && axis !== -1 && axis !== step.rank(step.x()) - 1) step.refuse("it joins several axes");
  return axis;
}

/** y = max or min of several:  dy goes to those that are equal to y, in equal parts. */
export const extreme: Rule = (step) => {
  const { tape, node } = step;
  const type = tape.typeOf(step.y());
  const hits = node.inputs.map((name) => tape.cast(tape.emit("Equal", [name, step.y()]), type));
  const part = tape.div(
    step.dy(),
    hits.reduce((sum, hit) => tape.add(sum, hit)),
  );
  for (const [index, hit] of hits.entries()) if (step.wants(index)) step.giveFitted(index, tape.mul(part, hit));
};
