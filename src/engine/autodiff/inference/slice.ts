/** Slices: how much of an axis is left. */
import { intsOf } from "../../onnx/attributes.ts";
import type { Node } from "../../onnx/graph.ts";
import { atMost, isCount, outcome, type Size } from "../sizes.ts";
import { at, axisOf, fact, type Inference, type Known, numbers } from "./common.ts";
import { subtracted } from "./spreading.ts";

/** Exporters write "to the end" as the largest number. */
const LONG = 2 ** 31 - 1;

/** Where a slice of one axis starts, ends and how it steps. */
export interface Cut {
  readonly start: Size;
  readonly end: Size;
  readonly step: Size;
}

export const slice: Inference = (node, known) => {
  const { type, shape, wholes } = at(node, known, 0);
  if (shape === undefined) return [fact(type, undefined)];
  const cuts = cutsOf(node, known, shape.length);
  const own = (axis: number): Size => outcome("slice", node.outputs[0] ?? "", axis);
  if (cuts === undefined)
    return [
      fact(
        type,
        shape.map((_, axis) => own(axis)),
      ),
    ];
  const sizes = shape.map((size, axis) => cutSize(size, cuts.get(axis)) ?? own(axis));
  return [fact(type, sizes, shape.length === 1 ? cutOf(wholes, cuts.get(0)) : undefined)];
};

/** Cuts by axis; undefined where a run decides which axes are cut. */
export function cutsOf(node: Node, known: Known, rank: number): Map<number, Cut> | undefined {
  const list = (index: number, attribute: string): readonly Size[] | undefined =>
    intsOf(node, attribute) ?? ((node.inputs[index] ?? "") === "" ? [] : at(node, known, index).wholes);
  const [starts, ends] = [list(1, "starts"), list(2, "ends")];
  const [axes, steps] = [numbers(list(3, "axes")), list(4, "steps")];
  if (axes === undefined) return undefined;
  const count = at(node, known, 1).shape?.[0] ?? starts?.length ?? ends?.length;
  if (typeof count !== "number") return undefined;
  const cut = (index: number): Cut => ({
    start: starts?.[index] ?? outcome("start"),
    end: ends?.[index] ?? outcome("end"),
    step: steps?.length === 0 ? 1 : (steps?.[index] ?? outcome("step")),
  });
  return new Map(Array.from({ length: count }, (_, index) => [axisOf(axes[index] ?? index, rank), cut(index)]));
}

/** How long an axis is after its cut; undefined where that cannot be told. */
function cutSize(size: Size, cut: Cut | undefined): Size | undefined {
  if (cut === undefined) return size;
  const places = typeof size === "number" ? placesOf(size, cut) : undefined;
  if (places !== undefined) return places.length;
  const { start, end, step } = cut;
  const open = typeof end === "number" && end >= LONG;
  if (step !== 1) return undefined;
  if (open && (start === 0 || start === subtracted(0, size))) return size;
  if (start !== 0 || typeof end === "number") return undefined;
  if (end === size) return size;
  return isCount(end) ? atMost(end) : undefined;
}

function cutOf(wholes: readonly Size[] | undefined, cut: Cut | undefined): Size[] | undefined {
  if (wholes === undefined) return undefined;
  if (cut === undefined) return [...wholes];
  return placesOf(wholes.length, cut)?.map((place) => wholes[place] ?? 0);
}

/** The places of an axis of known size that a cut keeps; undefined where a run decides. */
export function placesOf(size: number, { start, end, step }: Cut): number[] | undefined {
  if (typeof start !== "number" || typeof end !== "number" || typeof step !== "number") return undefined;
  const clamp = (place: number, low: number, high: number): number =>
    Math.min(Math.max(place < 0 ? place + size : place, low), high);
  const [from, to] =
    step > 0 ? [clamp(start, 0, size), clamp(end, 0, size)] : [clamp(start, 0, size - 1), clamp(end, -1, size - 1)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, index) => from + index * step);
}
