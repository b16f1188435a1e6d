/** What an evaluation feeds into a stack that can be moved: shifts and targets. */
import * as ort from "onnxruntime-web/webgpu";
import type { GradientKind, Shift, Target } from "../../gradient.ts";
import type { Stack, Tensor } from "../../model.ts";
import { SCALES } from "../../onnx/edit/objective.ts";
import { type Feeds, floatTensor } from "../sessions.ts";
import type { Chunk } from "./chunks.ts";

/** The shifts of one stack, for the points of a chunk. */
export function shiftFeeds(shifts: readonly Shift[], stack: Stack, chunk: Chunk): Feeds {
  const own = shifts.filter((shift) => shift.stack === stack);
  return Object.fromEntries(own.map(({ at, by }) => [`shift.${stack}.${at}`, floatTensor(pointsOf(by, chunk))]));
}

/** Whether the points differ in what is added to the states of a stack. */
export function differIn(shifts: readonly Shift[], stack: Stack): boolean {
  return shifts.some((shift) => shift.stack === stack && (shift.by.shape[0] ?? 1) > 1);
}

/** A tensor's part for the points of a chunk; one of a single point stands for all. */
function pointsOf(tensor: Tensor, { from, count }: Chunk): Tensor {
  const [points = 1, ...rest] = tensor.shape;
  if (points === 1) return tensor;
  const size = tensor.data.length / points;
  return { data: tensor.data.subarray(from * size, (from + count) * size), shape: [count, ...rest] };
}

/** The targets of a chunk's points; one alone stands for all. */
export function targetsOf<T>(targets: readonly T[], { from, count }: Chunk): readonly T[] {
  return targets.length === 1 ? targets : targets.slice(from, from + count);
}

/** Targets that are tokens: which row of the states, and how its logits are weighed. */
export function tokenFeeds(targets: readonly Target[], tokens: number, vocabulary: number): Feeds {
  const rows = new Float32Array(targets.length * tokens);
  const weights = Object.fromEntries(SCALES.map((scale) => [scale, new Float32Array(targets.length * vocabulary)]));
  const used = new Set<string>();
  targets.forEach((target, point) => {
    if (target.kind !== "token") return;
    rows[point * tokens + target.row] = 1;
    const data = weights[target.scale];
    if (!data) return;
    used.add(target.scale);
    const add = (id: number, by: number) => {
      data[point * vocabulary + id] = (data[point * vocabulary + id] ?? 0) + by;
    };
    add(target.id, 1);
    if (target.against !== undefined) add(target.against, -1);
  });
  const weighed = SCALES.filter((scale) => used.has(scale)).map((scale) => [
    `weigh.${scale}`,
    new ort.Tensor("float32", weights[scale] ?? new Float32Array(), [targets.length, vocabulary, 1]),
  ]);
  return { rows: floatTensor({ data: rows, shape: [targets.length, 1, tokens] }), ...Object.fromEntries(weighed) };
}

/** Targets that are other sentences: the mean over all tokens, and where the other sentences point, one a target. */
export function similarityFeeds(directions: readonly Float32Array[], tokens: number): Feeds {
  const width = directions[0]?.length ?? 0;
  const data = new Float32Array(directions.length * width);
  directions.forEach((direction, point) => {
    data.set(direction, point * width);
  });
  return {
    rows: floatTensor({ data: new Float32Array(tokens).fill(1 / tokens), shape: [1, 1, tokens] }),
    direction: floatTensor({ data, shape: [directions.length, width, 1] }),
  };
}

/** The mean of `[1, token, width]` over tokens, made of length 1: `[width]`. */
export function directionOf({ data, shape }: Tensor): Float32Array {
  const width = shape.at(-1) ?? 0;
  const sum = new Float64Array(width);
  for (let at = 0; at < data.length; at += 1) sum[at % width] = (sum[at % width] ?? 0) + (data[at] ?? 0);
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value) => value / length);
}

/** Asks a stack for its gradients, where any are wanted: those of the followed number, or of states whose gradient is `seed`. */
export function backwardFeeds(
  gradients: readonly GradientKind[],
  of: "objective" | "hidden",
  seed: Tensor = { data: Float32Array.of(1), shape: [1] },
): Feeds {
  if (gradients.length === 0) return {};
  return { gradients: new ort.Tensor("bool", [true], [1]), [`seed.${of}`]: floatTensor(seed) };
}
