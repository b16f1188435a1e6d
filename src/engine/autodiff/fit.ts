/** Cotangents brought to the shape that they should have. */
import { intAttribute } from "../onnx/attributes.ts";
import type { Size } from "./sizes.ts";
import type { Tape } from "./tape.ts";

/** Whether two tensors surely have the same shape. */
export function alike(tape: Tape, a: string, b: string): boolean {
  const [left, right] = [tape.shape(a), tape.shape(b)];
  return left !== undefined && left.length === right?.length && left.every((size, axis) => size === right[axis]);
}

/** A tensor that spreads over another one, spread. */
export function whole(tape: Tape, a: string, like: string): string {
  if (alike(tape, a, like)) return a;
  return tape.shapedLike(tape.emit("Expand", [a, tape.shapeOf(like)]), like);
}

/** The sum of `a` over the axes along which `x` was spread to its shape. */
export function fitted(tape: Tape, a: string, x: string): string {
  const [from, to] = [tape.shape(a), tape.shape(x)];
  if (from === undefined || to === undefined) return fittedInRun(tape, a, x);
  const lead = from.length - to.length;
  const fates = to.map((size, axis) => fate(size, from[axis + lead] ?? 1));
  if (lead < 0 || fates.includes("unknown")) return fittedInRun(tape, a, x);
  const ones = fates.flatMap((what, axis) => (what === "summed" ? [axis] : []));
  const leading = Array.from({ length: lead }, (_, axis) => axis);
  const flat = lead === 0 ? a : tape.sum(a, leading, false);
  return ones.length === 0 ? flat : tape.sum(flat, ones, true);
}

/** What becomes of an axis of `size` that was spread over one of `wide`. */
function fate(size: Size, wide: Size): "kept" | "summed" | "unknown" {
  if (size === wide) return "kept";
  if (size === 1) return "summed";
  return typeof size === "number" ? "kept" : "unknown";
}

/** The same where the shapes cannot be proved: compares them in the run, from the last axis on. */
function fittedInRun(tape: Tape, a: string, x: string): string {
  tape.fallbacks += 1;
  const [wide, narrow] = [tape.emit("Shape", [a]), tape.emit("Shape", [x])];
  const missing = tape.sub(tape.emit("Shape", [wide]), tape.emit("Shape", [narrow]));
  const ones = tape.emit("Expand", [tape.wholes([1]), missing]);
  const padded = tape.emit("Concat", [ones, narrow], intAttribute("axis", 0));
  const differs = tape.emit("Not", [tape.emit("Equal", [padded, wide])]);
  const axes = tape.emit("Reshape", [tape.emit("NonZero", [differs]), tape.wholes([-1])]);
  const options = [intAttribute("keepdims", 1), intAttribute("noop_with_empty_axes", 1)];
  const summed = tape.emit("ReduceSum", [a, axes], ...options);
  return tape.shapedLike(tape.emit("Reshape", [summed, narrow]), x);
}

/** The numbers of `a` in the shape of `x`. */
export function reshaped(tape: Tape, a: string, x: string): string {
  if (alike(tape, a, x)) return a;
  const to = tape.shape(x);
  const sizes = to && plainSizes(to, tape.shape(a) ?? []);
  const target = sizes === undefined ? tape.shapeOf(x) : tape.wholes(sizes);
  return tape.shapedLike(tape.emit("Reshape", [a, target]), x);
}

/** The list that makes `Reshape` give a shape: 0 for an axis that stays, −1 for one that a run decides. */
function plainSizes(to: readonly Size[], from: readonly Size[]): number[] | undefined {
  const sizes = to.map((size, axis) => (typeof size === "number" ? size : size === from[axis] ? 0 : -1));
  const fits = sizes.filter((size) => size === -1).length <= 1 && !to.includes(0);
  return fits ? sizes : undefined;
}
